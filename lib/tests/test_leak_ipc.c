// SPDX-License-Identifier: MIT
/*
 * What is left in an IPC namespace of our own is counted, named and removed; without one, nothing
 * is touched.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "leak.h"
#include "namespace_fixture.h"

static char text[200];

static void enter_namespaces(void)
{
	enter_namespaces_with("mqueue", "/mnt", NULL);
	/* Who is nobody in a user namespace makes nothing there. */
	if (alone)
		alone = !mq_close(mq_open("/first", O_CREAT | O_RDWR, 0, NULL)) &&
			!mq_unlink("/first");
}

START_TEST(nothing_is_left)
{
	if (!alone)
		return;
	strcpy(text, "old");
	ck_assert_int_eq(leak_clear_ipc("/mnt", -1, text, sizeof(text)), 0);
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(each_kind_is_found_and_removed)
{
	int queue, set, again;

	if (!alone)
		return;
	queue = msgget(0x1234, IPC_CREAT | 0600);
	set = semget(IPC_PRIVATE, 2, 0);
	mq_close(mq_open("/left", O_CREAT | O_RDWR, 0, NULL));
	ck_assert_int_eq(leak_clear_ipc("/mnt", -1, text, sizeof(text)), 3);
	ck_assert_str_eq(
		text,
		"message queue 0 (key 0x1234), semaphore set 0 (key 0x0), POSIX message queue '/left'");
	ck_assert_int_eq(msgctl(queue, IPC_RMID, NULL), -1);
	ck_assert_int_eq(semctl(set, 0, IPC_RMID), -1);
	ck_assert_int_eq(mq_unlink("/left"), -1);
	again = leak_clear_ipc("/mnt", -1, text, sizeof(text));
	ck_assert_int_eq(again, 0);
}
END_TEST

START_TEST(many_are_counted)
{
	if (!alone)
		return;
	for (int i = 0; i < 5; i++)
		ck_assert_int_ge(msgget(IPC_PRIVATE, 0600), 0);
	ck_assert_int_eq(leak_clear_ipc("/mnt", -1, text, sizeof(text)), 5);
	ck_assert_ptr_nonnull(strstr(text, " and 2 more"));
	ck_assert_int_ge(msgget(IPC_PRIVATE, 0600), 0);
	ck_assert_int_ge(msgget(IPC_PRIVATE, 0600), 0);
	ck_assert_int_eq(leak_clear_ipc("/mnt", -1, text, 10), 2);
	ck_assert_str_eq(text, "message q");
}
END_TEST

/* A directory that is no file system of queues is somebody's: not emptied. */
START_TEST(other_directories_are_left_alone)
{
	char directory[] = "/tmp/ipcdrill-test.XXXXXX";

	if (!alone)
		return;
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	close(open("file", O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(leak_clear_ipc(directory, -1, text, sizeof(text)), 0);
	ck_assert_int_eq(leak_clear_ipc("/nowhere", -1, text, sizeof(text)), 0);
	ck_assert_int_eq(unlink("file"), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_namespaces, NULL);
	tcase_add_test(tcase, nothing_is_left);
	tcase_add_test(tcase, each_kind_is_found_and_removed);
	tcase_add_test(tcase, many_are_counted);
	tcase_add_test(tcase, other_directories_are_left_alone);
}

int main(void)
{
	return checks_run_case("leak_ipc", fill);
}
