// SPDX-License-Identifier: MIT
/*
 * Shared memory left in an IPC namespace of our own is counted, named and removed; the machine's
 * names are not.
 */
#include <fcntl.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "leak.h"
#include "namespace_fixture.h"

static char text[200];
static int directory_fd;

static void enter_namespaces(void)
{
	enter_namespaces_with("tmpfs", "/dev/shm", "mode=1777");
	/* Who is nobody in a user namespace makes nothing there. */
	alone = alone && !mkdir("/dev/shm/ours", 0700);
	if (!alone)
		return;
	directory_fd = open("/dev/shm/ours", O_RDONLY | O_DIRECTORY);
	ck_assert_int_ge(directory_fd, 0);
}

START_TEST(nothing_is_left)
{
	if (!alone)
		return;
	strcpy(text, "old");
	ck_assert_int_eq(leak_clear_ipc("/nowhere", directory_fd, text, sizeof(text)), 0);
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(each_kind_is_found_and_removed)
{
	int segment;

	if (!alone)
		return;
	segment = shmget(0x1234, 1, IPC_CREAT | 0600);
	close(shm_open("/left", O_CREAT | O_RDWR, 0));
	ck_assert_int_eq(leak_clear_ipc("/nowhere", directory_fd, text, sizeof(text)), 2);
	ck_assert_str_eq(text,
			 "shared memory segment 0 (key 0x1234), shared memory '/left'");
	ck_assert_int_eq(shmctl(segment, IPC_RMID, NULL), -1);
	ck_assert_int_eq(shm_unlink("/left"), -1);
	ck_assert_int_eq(access("/dev/shm/ours", F_OK), 0);
	ck_assert_int_eq(leak_clear_ipc("/nowhere", directory_fd, text, sizeof(text)), 0);
}
END_TEST

START_TEST(only_some_are_named)
{
	if (!alone)
		return;
	for (int i = 0; i < 20; i++)
		shmget(IPC_PRIVATE, 1, 0);
	ck_assert_int_eq(leak_clear_ipc("/nowhere", directory_fd, text, sizeof(text)), 20);
	ck_assert_ptr_nonnull(strstr(text, " and 17 more"));
	for (int i = 0; i < 20; i++)
		shmget(IPC_PRIVATE, 1, 0);
	ck_assert_int_eq(leak_clear_ipc("/nowhere", directory_fd, text, 30), 20);
	ck_assert_uint_le(strlen(text), 29);
}
END_TEST

START_TEST(names_of_others_stay)
{
	int elsewhere = open("/", O_RDONLY | O_DIRECTORY);

	if (!alone)
		return;
	close(shm_open("/theirs", O_CREAT | O_RDWR, 0600));
	ck_assert_int_eq(leak_clear_ipc("/nowhere", elsewhere, text, sizeof(text)), 0);
	ck_assert_int_eq(shm_unlink("/theirs"), 0);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_namespaces, NULL);
	tcase_add_test(tcase, nothing_is_left);
	tcase_add_test(tcase, each_kind_is_found_and_removed);
	tcase_add_test(tcase, only_some_are_named);
	tcase_add_test(tcase, names_of_others_stay);
}

int main(void)
{
	return checks_run_case("leak_memory", fill);
}
