// SPDX-License-Identifier: MIT
/*
 * Queues and semaphores as channels: as declared, nobody else's, and gone afterwards whatever
 * became of them.
 */
#include <errno.h>
#include <limits.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/stat.h>

#include "channel_fixture.h"
#include "checks.h"

START_TEST(a_posix_queue_is_as_declared)
{
	struct channel channel = planned("posix_mq", FORM_NAMED, "maxmsg", 3);
	struct mq_attr attr;
	struct stat status;
	mqd_t queue;

	channel.options[option_index(channel.mechanism, "msgsize")] = 17;
	channel.options[option_index(channel.mechanism, "mode")] = 0666;
	umask(077);
	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel.address[0], '/');
	queue = mq_open(channel.address, O_RDONLY);
	ck_assert_int_ge(queue, 0);
	ck_assert_int_eq(mq_getattr(queue, &attr), 0);
	ck_assert_int_eq(attr.mq_maxmsg, 3);
	ck_assert_int_eq(attr.mq_msgsize, 17);
	ck_assert_int_eq(fstat(queue, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0666);
	channel_destroy(&channel);
	ck_assert_int_eq(mq_open(channel.address, O_RDONLY), -1);
	ck_assert_int_eq(errno, ENOENT);
	channel_destroy(&channel);
}
END_TEST

START_TEST(holders_of_a_queue_have_descriptions_of_their_own)
{
	static const int modes[] = {
		[SIDE_READ] = O_RDONLY, [SIDE_WRITE] = O_WRONLY, [SIDE_BOTH] = O_RDWR
	};

	for (enum channel_side side = SIDE_READ; side <= SIDE_BOTH; side++) {
		struct channel channel = planned(
			"posix_mq", side == SIDE_BOTH ? FORM_HELD_BY : FORM_FROM_TO, NULL, 0);
		int before = open_fds();
		int first, second;

		ck_assert_int_eq(channel_create(&channel), 0);
		ck_assert_int_eq(open_fds(), before);
		ck_assert_int_eq(channel_hold(&channel, side, &first), 0);
		ck_assert_int_eq(channel_hold(&channel, side, &second), 0);
		ck_assert_int_eq(fcntl(first, F_GETFL) & O_ACCMODE, modes[side]);
		ck_assert_int_eq(fcntl(first, F_GETFD), 0);
		ck_assert_int_eq(fcntl(first, F_SETFL, O_NONBLOCK), 0);
		ck_assert_int_eq(fcntl(second, F_GETFL) & O_NONBLOCK, 0);
		channel_destroy(&channel);
	}
}
END_TEST

START_TEST(an_absent_queue_is_only_a_name)
{
	struct channel channel = planned("posix_mq", FORM_NAMED, "exists", 0);
	mqd_t queue;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(mq_open(channel.address, O_RDONLY), -1);
	ck_assert_int_eq(errno, ENOENT);
	queue = mq_open(channel.address, O_RDONLY | O_CREAT | O_EXCL, 0600, NULL);
	ck_assert_int_ge(queue, 0);
	channel_destroy(&channel);
	ck_assert_int_eq(mq_unlink(channel.address), -1);
	channel = planned("posix_mq", FORM_HELD_BY, "exists", 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
}
END_TEST

START_TEST(queues_too_large_are_a_matter_of_privilege)
{
	struct channel channel = planned("posix_mq", FORM_NAMED, "msgsize", INT_MAX);

	ck_assert_int_eq(channel_create(&channel), -EPERM);
	channel = planned("posix_mq", FORM_NAMED, "maxmsg", 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
}
END_TEST

START_TEST(channels_do_not_meet)
{
	static const char *const names[] = { "posix_mq", "sysv_msg", "sysv_sem" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct channel first = planned(names[i], FORM_NAMED, NULL, 0);
		struct channel second = planned(names[i], FORM_NAMED, NULL, 0);

		ck_assert_int_eq(channel_create(&first), 0);
		ck_assert_int_eq(channel_create(&second), 0);
		ck_assert(first.mechanism->system_v
				  ? first.key != second.key && first.id != second.id
				  : strcmp(first.address, second.address) != 0);
		channel_destroy(&first);
		channel_destroy(&second);
	}
}
END_TEST

START_TEST(a_system_v_queue_has_an_id_and_a_key)
{
	struct channel channel = planned("sysv_msg", FORM_NAMED, "mode", 0640);
	struct msqid_ds queue;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_ne(channel.key, IPC_PRIVATE);
	ck_assert_int_eq(msgget((key_t)channel.key, 0), channel.id);
	ck_assert_int_eq(msgctl((int)channel.id, IPC_STAT, &queue), 0);
	ck_assert_int_eq(queue.msg_perm.mode, 0640);
	channel_destroy(&channel);
	ck_assert_int_eq(msgctl((int)channel.id, IPC_STAT, &queue), -1);
	channel_destroy(&channel);
}
END_TEST

START_TEST(a_key_that_is_taken_is_left_alone)
{
	struct channel channel = planned("sysv_msg", FORM_NAMED, NULL, 0);
	struct channel again = channel;

	ck_assert_int_eq(channel_create(&channel), 0);
	ck_assert_int_eq(channel_create(&again), 0);
	ck_assert_int_eq(again.key, channel.key + 1);
	channel_destroy(&again);
	ck_assert_int_eq(msgget((key_t)channel.key, 0), channel.id);
	channel_destroy(&channel);
}
END_TEST

START_TEST(what_was_made_anew_of_the_key_goes_too)
{
	struct channel queue = planned("sysv_msg", FORM_NAMED, NULL, 0);
	struct channel set = planned("sysv_sem", FORM_NAMED, NULL, 0);

	ck_assert_int_eq(channel_create(&queue), 0);
	ck_assert_int_eq(msgctl((int)queue.id, IPC_RMID, NULL), 0);
	ck_assert_int_ge(msgget((key_t)queue.key, IPC_CREAT | 0600), 0);
	channel_destroy(&queue);
	ck_assert_int_eq(msgget((key_t)queue.key, 0), -1);
	ck_assert_int_eq(channel_create(&set), 0);
	ck_assert_int_eq(semctl((int)set.id, 0, IPC_RMID), 0);
	ck_assert_int_ge(semget((key_t)set.key, 1, IPC_CREAT | 0600), 0);
	channel_destroy(&set);
	ck_assert_int_eq(semget((key_t)set.key, 0, 0), -1);
}
END_TEST

START_TEST(semaphores_begin_as_declared)
{
	struct channel channel = planned("sysv_sem", FORM_NAMED, "count", 3);

	struct semid_ds set;

	channel.options[option_index(channel.mechanism, "values")] = 5;
	channel.options[option_index(channel.mechanism, "mode")] = 0444;
	ck_assert_int_eq(channel_create(&channel), 0);
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(semctl((int)channel.id, i, GETVAL), 5);
	ck_assert_int_eq(semctl((int)channel.id, 3, GETVAL), -1);
	ck_assert_int_eq(semctl((int)channel.id, 0, IPC_STAT, &set), 0);
	ck_assert_int_eq(set.sem_perm.mode, 0444);
	channel_destroy(&channel);
	channel = planned("sysv_sem", FORM_NAMED, "values", 32768);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
	channel = planned("sysv_sem", FORM_NAMED, "count", 0);
	ck_assert_int_eq(channel_create(&channel), -EINVAL);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, a_posix_queue_is_as_declared);
	tcase_add_test(tcase, holders_of_a_queue_have_descriptions_of_their_own);
	tcase_add_test(tcase, an_absent_queue_is_only_a_name);
	tcase_add_test(tcase, queues_too_large_are_a_matter_of_privilege);
	tcase_add_test(tcase, channels_do_not_meet);
	tcase_add_test(tcase, a_system_v_queue_has_an_id_and_a_key);
	tcase_add_test(tcase, a_key_that_is_taken_is_left_alone);
	tcase_add_test(tcase, what_was_made_anew_of_the_key_goes_too);
	tcase_add_test(tcase, semaphores_begin_as_declared);
}

int main(void)
{
	return checks_run_case("mechanism_ipc", fill);
}
