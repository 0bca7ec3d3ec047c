// SPDX-License-Identifier: MIT
/* Mechanisms that lie in memory: shared by all who map them, and gone afterwards, names and all. */
#include <errno.h>
#include <semaphore.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>

#include "checks.h"
#include "memory_fixture.h"

/* All that lie in memory, in the form in which they do. */
static const char *const mechanism_names[] = {
	"shm_mutex", "shm_cond", "shm_rwlock", "shm_barrier", "shm_spin", "shm_sem",
	"futex",     "mapping",  "posix_shm",  "posix_sem",   "sysv_shm",
};
enum { MECHANISM_COUNT = sizeof(mechanism_names) / sizeof(*mechanism_names) };

START_TEST(every_object_is_listed)
{
	for (const struct mechanism *const *m = mechanisms; *m; m++) {
		bool is_listed = !(*m)->map;

		for (int i = 0; i < MECHANISM_COUNT; i++)
			is_listed |= !strcmp(mechanism_names[i], (*m)->name);
		ck_assert_msg(is_listed, "%s is not tried here", (*m)->name);
	}
}
END_TEST

START_TEST(objects_are_shared_and_leave_nothing)
{
	int before = open_fds();
	int64_t object = made(mechanism_names[_i], NULL, 0);
	int fd = -7;

	ck_assert_int_eq(channel_hold(&channel, SIDE_BOTH, &fd), 0);
	ck_assert(fd == -1 || (fd > 2 && fcntl(fd, F_GETFD) == 0));
	if (fd >= 0)
		close(fd);
	IN_CHILD(memcpy((void *)(intptr_t)object, "shared!", 8));
	ck_assert_str_eq((const char *)(intptr_t)object, "shared!");
	unmade();
	channel_destroy(&channel);
	ck_assert_int_eq(open_fds(), before);
	ck_assert_int_eq(shmget((key_t)channel.key, 0, 0), channel.key ? -1 : shmget(0, 0, 0));
}
END_TEST

START_TEST(names_vanish)
{
	channel = planned("posix_shm", FORM_NAMED, NULL, 0);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(shm_open(channel.address, O_RDWR, 0), -1);
	ck_assert_int_ge(shm_open(channel.address, O_RDWR | O_CREAT, 0600), 0);
	channel_destroy(&channel);
	ck_assert_int_eq(shm_open(channel.address, O_RDWR, 0), -1);
	made("posix_sem", "value", 2);
	ck_assert_ptr_ne(sem_open(channel.address, 0), SEM_FAILED);
	channel_destroy(&channel);
	ck_assert_ptr_eq(sem_open(channel.address, 0), SEM_FAILED);
	channel = planned("sysv_shm", FORM_NAMED, "exists", 0);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel.id, -1);
	ck_assert_int_eq(shmget((key_t)channel.key, 0, 0), -1);
	ck_assert_int_ge(shmget((key_t)channel.key, 1, IPC_CREAT | 0600), 0);
	channel_destroy(&channel);
	ck_assert_int_eq(shmget((key_t)channel.key, 0, 0), -1);
}
END_TEST

START_TEST(keys_that_are_taken_are_passed_over)
{
	struct channel first = planned("sysv_shm", FORM_NAMED, NULL, 0), second = first;

	ck_assert_int_eq(channel_create(&first), 0);
	ck_assert_int_eq(channel_create(&second), 0);
	ck_assert_int_ne(first.key, second.key);
	ck_assert_int_ne(first.id, second.id);
	channel_destroy(&first);
	channel_destroy(&second);
}
END_TEST

START_TEST(what_cannot_be_made_is_an_error)
{
	channel = planned("shm_barrier", FORM_HELD_BY, "count", 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("shm_sem", FORM_HELD_BY, "value", INT64_C(1) << 31);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("futex", FORM_HELD_BY, "value", INT64_C(1) << 32);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("mapping", FORM_HELD_BY, "size", 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("sysv_shm", FORM_NAMED, "size", 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, every_object_is_listed);
	tcase_add_loop_test(tcase, objects_are_shared_and_leave_nothing, 0, MECHANISM_COUNT);
	tcase_add_test(tcase, names_vanish);
	tcase_add_test(tcase, keys_that_are_taken_are_passed_over);
	tcase_add_test(tcase, what_cannot_be_made_is_an_error);
}

int main(void)
{
	return checks_run_case("mechanism_memory", fill);
}
