// SPDX-License-Identifier: MIT
/*
 * POSIX message queues: both forms of each call, what they give, and notification in its three
 * ways.
 */
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>

#include "checks.h"
#include "trial.h"

static char name[64];
static int queue;

static void make_queue(void)
{
	struct mq_attr attr = { .mq_maxmsg = 2, .mq_msgsize = 8 };

	snprintf(name, sizeof(name), "/ipcdrill-test-%d", (int)getpid());
	queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK, 0600, &attr);
	ck_assert_int_ge(queue, 0);
}

static void remove_queue(void)
{
	mq_unlink(name);
	mq_close(queue);
}

START_TEST(test_messages_come_by_priority)
{
	RETURNS(0, "mq_send", INT(queue), BYTES("low"));
	RETURNS(0, "mq_send", INT(queue), BYTES("high"), INT(9));
	FAILS(EAGAIN, "mq_send", INT(queue), BYTES("more"), INT(9));
	FAILS(EMSGSIZE, "mq_receive", INT(queue), INT(7));
	RETURNS(4, "mq_receive", INT(queue), INT(8));
	GAVE_DATA("high");
	GAVE("mq_receive", "prio", 9);
	RETURNS(3, "mq_receive", INT(queue), INT(8), INT(0));
	GAVE_DATA("low");
	GAVE_NO("mq_receive", "prio");
	FAILS(EAGAIN, "mq_receive", INT(queue), INT(8));
	FAILS(EINVAL, "mq_send", INT(queue), BYTES("x"), INT(32768));
	FAILS(EMSGSIZE, "mq_send", INT(queue), BYTES("ninebytes"));
}
END_TEST

START_TEST(test_deadlines)
{
	int blocking = OPENS("mq_open", STRING(name), INT(O_RDWR));

	FAILS(ETIMEDOUT, "mq_timedreceive", INT(blocking), INT(8), LEFT_OUT, TIME(1000));
	ck_assert_int_ge(trial_number("mq_timedreceive", "late"), 0);
	FAILS(EINVAL, "mq_timedreceive", INT(blocking), INT(8), LEFT_OUT, TIME(0), INT(1000000000));
	RETURNS(0, "mq_timedsend", INT(blocking), BYTES("a"), INT(3), TIME(0));
	GAVE_NO("mq_timedsend", "late");
	RETURNS(0, "mq_timedsend", INT(blocking), BYTES("b"));
	FAILS(ETIMEDOUT, "mq_timedsend", INT(blocking), BYTES("c"), INT(0), TIME(1000));
	ck_assert_int_ge(trial_number("mq_timedsend", "late"), 0);
	RETURNS(1, "mq_timedreceive", INT(blocking), INT(8));
	GAVE_DATA("a");
	GAVE("mq_timedreceive", "prio", 3);
	RETURNS(0, "mq_close", INT(blocking));
	FAILS(EBADF, "mq_close", INT(blocking));
}
END_TEST

START_TEST(test_attributes)
{
	RETURNS(0, "mq_send", INT(queue), BYTES("x"));
	RETURNS(0, "mq_getattr", INT(queue));
	GAVE("mq_getattr", "flags", O_NONBLOCK);
	GAVE("mq_getattr", "maxmsg", 2);
	GAVE("mq_getattr", "msgsize", 8);
	GAVE("mq_getattr", "curmsgs", 1);
	RETURNS(0, "mq_setattr", INT(queue));
	GAVE("mq_setattr", "flags", O_NONBLOCK);
	RETURNS(0, "mq_setattr", INT(queue), INT(O_NONBLOCK), INT(5), INT(5), INT(5));
	GAVE("mq_setattr", "flags", 0);
	GAVE("mq_setattr", "maxmsg", 2);
	FAILS(EINVAL, "mq_setattr", INT(queue), INT(1));
}
END_TEST

START_TEST(test_names)
{
	char two[80], other[80];
	int fresh;

	snprintf(two, sizeof(two), "%s/x", name);
	snprintf(other, sizeof(other), "%s-2", name);
	FAILS(EACCES, "mq_open", STRING(two), INT(O_RDWR));
	FAILS(ENOENT, "mq_open", BYTES("/"), INT(O_RDWR | O_CREAT));
	FAILS(EEXIST, "mq_open", STRING(name), INT(O_RDWR | O_CREAT | O_EXCL));
	fresh = OPENS("mq_open", STRING(other), INT(O_RDWR | O_CREAT), INT(0600), INT(1), INT(16));
	RETURNS(0, "mq_getattr", INT(fresh));
	GAVE("mq_getattr", "msgsize", 16);
	RETURNS(0, "mq_unlink", STRING(other));
	FAILS(ENOENT, "mq_unlink", STRING(other));
	FAILS(EINVAL, "mq_open", STRING(other), INT(O_RDWR | O_CREAT), INT(0600), INT(0), INT(16));
}
END_TEST

START_TEST(test_notified_by_signal)
{
	RETURNS(0, "mq_notify", INT(queue), INT(SIGUSR1), INT(7));
	FAILS(EBUSY, "mq_notify", INT(queue), INT(SIGUSR1));
	RETURNS(0, "mq_send", INT(queue), BYTES("x"));
	RETURNS(SIGUSR1, "sigtimedwait", INT(SIGUSR1), TIME(0));
	GAVE("sigtimedwait", "value", 7);
	GAVE("sigtimedwait", "code", SI_MESGQ);
	RETURNS(1, "mq_receive", INT(queue), INT(8));
	RETURNS(0, "mq_notify", INT(queue), LEFT_OUT, LEFT_OUT, INT(SIGEV_NONE));
	FAILS(EBUSY, "mq_notify", INT(queue), INT(SIGUSR1));
	RETURNS(0, "mq_notify", INT(queue));
	FAILS(EINVAL, "mq_notify", INT(queue), LEFT_OUT, LEFT_OUT, INT(99));
}
END_TEST

START_TEST(test_handlers_are_not_held_back)
{
	int64_t before = MAKE("handled", INT(SIGUSR2))->number;

	RETURNS(0, "sigaction", INT(SIGUSR2), INT(symbol_find("handler")->number));
	RETURNS(0, "mq_notify", INT(queue), INT(SIGUSR2));
	RETURNS(0, "mq_send", INT(queue), BYTES("x"));
	RETURNS(before + 1, "handled", INT(SIGUSR2));
}
END_TEST

START_TEST(test_notified_by_thread)
{
	RETURNS(0, "notified", TIME(0));
	RETURNS(0, "mq_notify", INT(queue), LEFT_OUT, INT(7), INT(SIGEV_THREAD));
	RETURNS(0, "mq_send", INT(queue), BYTES("x"));
	RETURNS(1, "notified", TIME(5000000000));
	GAVE("notified", "value", 7);
	GAVE("notified", "pid", getpid());
	GAVE("notified", "other_thread", 1);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, make_queue, remove_queue);
	tcase_add_loop_test(tcase, test_messages_come_by_priority, 0, 2);
	tcase_add_loop_test(tcase, test_deadlines, 0, 2);
	tcase_add_loop_test(tcase, test_attributes, 0, 2);
	tcase_add_loop_test(tcase, test_names, 0, 2);
	tcase_add_loop_test(tcase, test_notified_by_signal, 0, 2);
	tcase_add_loop_test(tcase, test_handlers_are_not_held_back, 0, 2);
	tcase_add_loop_test(tcase, test_notified_by_thread, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_mqueue", fill);
}
