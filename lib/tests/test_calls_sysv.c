// SPDX-License-Identifier: MIT
/* System V messages and semaphores: both forms of each call, and what they give. */
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/stat.h>

#include "checks.h"
#include "trial.h"

static int queue, set;

static void make_both(void)
{
	queue = msgget(IPC_PRIVATE, 0600);
	set = semget(IPC_PRIVATE, 3, 0600);
	ck_assert_int_ge(queue, 0);
	ck_assert_int_ge(set, 0);
}

static void remove_both(void)
{
	msgctl(queue, IPC_RMID, NULL);
	semctl(set, 0, IPC_RMID);
}

START_TEST(test_types)
{
	RETURNS(0, "msgsnd", INT(queue), BYTES("three"), INT(3));
	RETURNS(0, "msgsnd", INT(queue), BYTES(""), INT(2));
	FAILS(E2BIG, "msgrcv", INT(queue), INT(4));
	RETURNS(0, "msgrcv", INT(queue), INT(4), INT(-2));
	GAVE_DATA("");
	GAVE("msgrcv", "type", 2);
	FAILS(ENOMSG, "msgrcv", INT(queue), INT(4), INT(2), INT(IPC_NOWAIT));
	RETURNS(4, "msgrcv", INT(queue), INT(4), INT(0), INT(MSG_NOERROR));
	GAVE_DATA("thre");
	GAVE("msgrcv", "type", 3);
	FAILS(EINVAL, "msgsnd", INT(queue), BYTES("x"), INT(0));
}
END_TEST

START_TEST(test_keys)
{
	int64_t key = MAKE("ftok", BYTES("/"), INT(7))->number;

	ck_assert_int_eq(MAKE("ftok", BYTES("/"), INT(7))->number, key);
	ck_assert_int_ne(MAKE("ftok", BYTES("/"), INT(8))->number, key);
	FAILS(ENOENT, "ftok", BYTES("/nowhere"), INT(7));
	FAILS(ENOENT, "msgget", INT(0x7ffffff1), INT(0));
	FAILS(ENOENT, "semget", INT(0x7ffffff1), INT(0), INT(0));
}
END_TEST

START_TEST(test_what_a_queue_is)
{
	RETURNS(0, "msgsnd", INT(queue), BYTES("abc"));
	RETURNS(0, "msgctl", INT(queue), INT(IPC_STAT));
	GAVE("msgctl", "qnum", 1);
	GAVE("msgctl", "cbytes", 3);
	GAVE("msgctl", "lspid", getpid());
	GAVE("msgctl", "lrpid", 0);
	GAVE("msgctl", "mode", 0600);
	GAVE("msgctl", "cuid", geteuid());
	GAVE("msgctl", "key", IPC_PRIVATE);
	GAVE_NO("msgctl", "msgmax");
	RETURNS(0, "msgctl", INT(queue), INT(IPC_SET), INT(0640));
	GAVE_NO("msgctl", "qnum");
	RETURNS(0, "msgctl", INT(queue), INT(IPC_STAT));
	GAVE("msgctl", "mode", 0640);
	GAVE("msgctl", "uid", geteuid());
	ck_assert_int_ge(MAKE("msgctl", INT(0), INT(MSG_INFO))->number, 0);
	ck_assert_int_ge(trial_number("msgctl", "queues"), 1);
	ck_assert_int_ge(trial_number("msgctl", "bytes"), 3);
	ck_assert_int_gt(trial_number("msgctl", "msgmax"), 0);
	ck_assert_int_ge(MAKE("msgctl", INT(0), INT(IPC_INFO))->number, 0);
	GAVE_NO("msgctl", "queues");
	RETURNS(0, "msgctl", INT(queue), INT(IPC_RMID));
	FAILS(EINVAL, "msgctl", INT(queue), INT(IPC_RMID));
	FAILS(EINVAL, "msgctl", INT(queue), INT(99));
}
END_TEST

START_TEST(test_operations)
{
	RETURNS(0, "semop", INT(set), INT(5));
	RETURNS(0, "semop", INT(set), LIST(INT(1), INT(2)), INT(0), LIST(INT(1), INT(2)));
	RETURNS(0, "semctl", INT(set), INT(GETALL));
	GAVE_LIST("semctl", "values", 5, 1, 2);
	FAILS(EAGAIN, "semop", INT(set), LIST(INT(-1), INT(-2)), LIST(INT(0), INT(IPC_NOWAIT)),
	      INT(1));
	FAILS(EAGAIN, "semtimedop", INT(set), INT(-6), LEFT_OUT, LEFT_OUT, LEFT_OUT, TIME(1000));
	GAVE("semtimedop", "timeout", 1000);
	ck_assert_int_ge(trial_number("semtimedop", "waited"), 1000);
	RETURNS(0, "semtimedop", INT(set), INT(-1));
	GAVE_NO("semtimedop", "timeout");
	FAILS(EFBIG, "semop", INT(set), INT(1), LEFT_OUT, INT(3));
	RETURNS(0, "semop", INT(set), LIST(INT(1), INT(-1)), LEFT_OUT, LEFT_OUT, INT(250));
	FAILS(E2BIG, "semop", INT(set), INT(1), LEFT_OUT, LEFT_OUT, INT(501));
	FAILS(EINVAL, "semop", INT(set), EMPTY_LIST);
	COMPLAINS("index has 3 items for 2", "semop", INT(set), LIST(INT(1), INT(1)), LEFT_OUT,
		  LIST(INT(0), INT(1), INT(2)));
	COMPLAINS("16 bits", "semop", INT(set), INT(65536));
	RETURNS(4, "semctl", INT(set), INT(GETVAL));
}
END_TEST

START_TEST(test_what_a_set_is)
{
	RETURNS(0, "semctl", INT(set), INT(SETALL), LIST(INT(3), INT(2), INT(1)));
	RETURNS(0, "semctl", INT(set), INT(SETVAL), INT(9), INT(1));
	RETURNS(9, "semctl", INT(set), INT(GETVAL), LEFT_OUT, INT(1));
	RETURNS(getpid(), "semctl", INT(set), INT(GETPID));
	RETURNS(0, "semctl", INT(set), INT(GETNCNT));
	RETURNS(0, "semctl", INT(set), INT(IPC_STAT));
	GAVE("semctl", "nsems", 3);
	GAVE("semctl", "otime", 0);
	GAVE("semctl", "mode", 0600);
	GAVE_NO("semctl", "semmni");
	RETURNS(0, "semctl", INT(set), INT(IPC_SET), LEFT_OUT, LEFT_OUT, INT(0644));
	RETURNS(0, "semctl", INT(set), INT(IPC_STAT));
	GAVE("semctl", "mode", 0644);
	GAVE("semctl", "uid", geteuid());
	ck_assert_int_ge(MAKE("semctl", INT(0), INT(SEM_INFO))->number, 0);
	ck_assert_int_ge(trial_number("semctl", "sets"), 1);
	ck_assert_int_ge(trial_number("semctl", "semaphores"), 3);
	FAILS(ERANGE, "semctl", INT(set), INT(SETVAL), INT(-1));
	FAILS(ERANGE, "semctl", INT(set), INT(SETALL), LIST(INT(32768)));
	COMPLAINS("16 bits", "semctl", INT(set), INT(SETALL), LIST(INT(65536)));
	RETURNS(0, "semctl", INT(set), INT(IPC_RMID));
	FAILS(EINVAL, "semctl", INT(set), INT(GETVAL));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, make_both, remove_both);
	tcase_add_loop_test(tcase, test_types, 0, 2);
	tcase_add_loop_test(tcase, test_keys, 0, 2);
	tcase_add_loop_test(tcase, test_what_a_queue_is, 0, 2);
	tcase_add_loop_test(tcase, test_operations, 0, 2);
	tcase_add_loop_test(tcase, test_what_a_set_is, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_sysv", fill);
}
