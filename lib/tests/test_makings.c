// SPDX-License-Identifier: MIT
/*
 * What was noted is removed, by whoever opened the list; nobody is asked to stop in the middle of
 * making something.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "makings.h"

enum { MODE = 0632 }; /* by which ours are known */

static char text[200];

static int clear(void)
{
	struct leak_account account = leak_account_open(text, sizeof(text), 3);

	makings_clear(&account);
	return leak_account_close(&account);
}

static int make_queue(void)
{
	int id = msgget(IPC_PRIVATE, 0600);

	ck_assert_int_ge(id, 0);
	return id;
}

static bool is_there(int queue)
{
	struct msqid_ds status;

	return !msgctl(queue, IPC_STAT, &status);
}

/* As an endpoint does that dies before it has told anybody. */
static void make_and_die(void)
{
	makings_begin();
	makings_note("msgget", msgget(IPC_PRIVATE, 0600));
	makings_note("semget", semget(IPC_PRIVATE, 1, 0600));
	makings_note("shmget", shmget(IPC_PRIVATE, 1, 0600));
	raise(SIGKILL);
}

START_TEST(what_a_dead_child_made_is_removed)
{
	pid_t pid;

	ck_assert_int_eq(makings_open(), 0);
	makings_reset(true);
	pid = fork();
	if (!pid)
		make_and_die();
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_int_eq(clear(), 3);
	ck_assert_ptr_nonnull(strstr(text, "message queue "));
	ck_assert_ptr_nonnull(strstr(text, "semaphore set "));
	ck_assert_ptr_nonnull(strstr(text, "shared memory segment "));
	ck_assert_int_eq(clear(), 0);
}
END_TEST

START_TEST(others_are_left_alone)
{
	int keyed = msgget(0x6b1d0000 + getpid(), IPC_CREAT | IPC_EXCL | 0600);
	int queue = make_queue();

	ck_assert_int_ge(keyed, 0);
	/* Nobody has opened it. */
	makings_note("msgget", queue);
	ck_assert_int_eq(clear(), 0);
	ck_assert_int_eq(makings_open(), 0);
	/* In another namespace the id is not ours. */
	makings_reset(false);
	makings_note("msgget", queue);
	ck_assert_int_eq(clear(), 0);
	makings_reset(true);
	makings_note("msgget", keyed);
	makings_note("msgrcv", queue);
	makings_note("msgget", -1);
	ck_assert_int_eq(clear(), 0);
	/* What is forgotten is nobody's any more. */
	makings_note("msgget", queue);
	makings_reset(true);
	ck_assert_int_eq(clear(), 0);
	ck_assert(is_there(queue) && is_there(keyed));
	ck_assert(!msgctl(queue, IPC_RMID, NULL) && !msgctl(keyed, IPC_RMID, NULL));
}
END_TEST

START_TEST(more_than_there_is_room_for)
{
	int last = make_queue();

	ck_assert_int_eq(makings_open(), 0);
	makings_reset(true);
	for (int i = 0; i < 10000; i++)
		makings_note("semget", 0x7fffffff);
	makings_note("msgget", last);
	ck_assert_int_eq(clear(), 1);
	ck_assert(!is_there(last));
}
END_TEST

static int keyless_queues(void)
{
	struct msginfo info;
	int count = 0, highest = msgctl(0, MSG_INFO, (struct msqid_ds *)&info);

	for (int index = 0; index <= highest; index++) {
		struct msqid_ds queue;

		count += msgctl(index, MSG_STAT, &queue) >= 0 && !queue.msg_perm.__key &&
			 queue.msg_perm.mode == MODE;
	}
	return count;
}

static int ends[2];

/* Begins, says so, and goes on until it is frozen. */
static void make_without_end(void)
{
	char byte = 0;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	makings_begin();
	if (write(ends[1], &byte, 1) != 1)
		abort();
	for (;;) {
		int id = msgget(IPC_PRIVATE, MODE);

		makings_note("msgget", id);
		makings_end();
		makings_begin();
		msgctl(id, IPC_RMID, NULL);
	}
}

START_TEST(who_has_begun_is_waited_for)
{
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	for (int i = 0; i < 200; i++) {
		ck_assert_int_eq(makings_open(), 0);
		makings_reset(true);
		pid = fork();
		if (!pid)
			make_without_end();
		ck_assert_int_eq(read(ends[0], &byte, 1), 1);
		makings_freeze();
		kill(pid, SIGKILL);
		ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
		ck_assert_int_ge(clear(), 1);
		ck_assert_int_eq(keyless_queues(), 0);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, what_a_dead_child_made_is_removed);
	tcase_add_test(tcase, others_are_left_alone);
	tcase_add_test(tcase, more_than_there_is_room_for);
	tcase_add_test(tcase, who_has_begun_is_waited_for);
}

int main(void)
{
	return checks_run_case("makings", fill);
}
