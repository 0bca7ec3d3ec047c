// SPDX-License-Identifier: MIT
/* poll(), select() and epoll on real pipes. */
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "checks.h"
#include "trial.h"

enum { MS = 1000000 };

/* Two pipes: the first has a byte to read, the second is empty. */
static int full[2], empty[2];

static void make_pipes(void)
{
	ck_assert_int_eq(pipe(full), 0);
	ck_assert_int_eq(pipe(empty), 0);
	ck_assert_int_eq(write(full[1], "x", 1), 1);
}

START_TEST(test_poll_one)
{
	RETURNS(1, "poll", INT(full[0]), INT(POLLIN), TIME(0));
	GAVE("poll", "revents", POLLIN);
	RETURNS(0, "poll", INT(empty[0]), INT(POLLIN), TIME(0));
	GAVE("poll", "revents", 0);
	RETURNS(0, "poll", INT(empty[0]), INT(POLLIN), TIME(1));
	RETURNS(0, "poll", INT(empty[0]), INT(POLLIN), INT(0));
	RETURNS(1, "poll", INT(9999), INT(POLLIN));
	GAVE("poll", "revents", POLLNVAL);
	RETURNS(0, "poll", INT(-1), INT(POLLIN), TIME(0));
}
END_TEST

START_TEST(test_poll_several)
{
	RETURNS(2, "poll", LIST(INT(full[0]), INT(empty[0]), INT(empty[1])),
		LIST(INT(POLLIN), INT(POLLIN), INT(POLLOUT)), TIME(0));
	GAVE_LIST("poll", "revents", POLLIN, 0, POLLOUT);
	RETURNS(1, "poll", LIST(INT(empty[0]), INT(full[0])), INT(POLLIN), TIME(0));
	GAVE_LIST("poll", "revents", 0, POLLIN);
	RETURNS(1, "poll", LIST(INT(full[0])), INT(POLLIN), TIME(0));
	GAVE_LIST("poll", "revents", POLLIN);
	RETURNS(0, "poll", EMPTY_LIST, EMPTY_LIST, TIME(0));
	COMPLAINS("2 descriptors, but events for 3", "poll", LIST(INT(1), INT(2)),
		  LIST(INT(1), INT(1), INT(1)), TIME(0));
	COMPLAINS("2 descriptors, but events for 1", "poll", LIST(INT(1), INT(2)), LIST(INT(1)),
		  TIME(0));
}
END_TEST

START_TEST(test_ppoll)
{
	RETURNS(1, "ppoll", INT(full[0]), INT(POLLIN), TIME(50LL * MS),
		LIST(INT(SIGUSR1), INT(SIGUSR2)));
	GAVE("ppoll", "revents", POLLIN);
	if (_i)
		GAVE_NO("ppoll", "left");
	else
		ck_assert_int_gt(trial_number("ppoll", "left"), 0);
	FAILS(EINVAL, "ppoll", INT(full[0]), INT(POLLIN), TIME(-1));
}
END_TEST

START_TEST(test_select_keeps_the_order_of_the_argument)
{
	RETURNS(3, "select", LIST(INT(full[0]), INT(empty[0])), LIST(INT(empty[1]), INT(full[1])),
		EMPTY_LIST, TIME(0));
	GAVE_LIST("select", "read", full[0]);
	GAVE_LIST("select", "write", empty[1], full[1]);
	GAVE_EMPTY_LIST("select", "except");
	GAVE("select", "left", 0);
	RETURNS(1, "select", INT(full[0]), LEFT_OUT, LEFT_OUT, TIME(20LL * MS));
	GAVE_NO("select", "write");
	RETURNS(0, "select", INT(empty[0]), LEFT_OUT, LEFT_OUT, TIME(0));
	GAVE_EMPTY_LIST("select", "read");
}
END_TEST

START_TEST(test_select_refuses_what_no_set_can_hold)
{
	COMPLAINS("does not fit into a set", "select", INT(FD_SETSIZE), LEFT_OUT, LEFT_OUT,
		  TIME(0));
	COMPLAINS("does not fit into a set", "select", INT(-1), LEFT_OUT, LEFT_OUT, TIME(0));
	COMPLAINS("nfds", "select", INT(1), LEFT_OUT, LEFT_OUT, TIME(0), INT(FD_SETSIZE + 1));
	FAILS(EINVAL, "select", LEFT_OUT, LEFT_OUT, LEFT_OUT, TIME(0), INT(-1));
	close(full[1]); /* below an open one; those above all are overlooked by the kernel */
	FAILS(EBADF, "select", INT(full[1]), LEFT_OUT, LEFT_OUT, TIME(0));
	GAVE_NO("select", "read");
	FAILS(EINVAL, "select", INT(full[0]), LEFT_OUT, LEFT_OUT, TIME(-1000000000LL));
}
END_TEST

START_TEST(test_pselect_with_a_mask)
{
	RETURNS(1, "pselect", INT(full[0]), LEFT_OUT, LEFT_OUT, TIME(0), LEFT_OUT, INT(SIGUSR1));
	GAVE_LIST("pselect", "read", full[0]);
	RETURNS(1, "pselect", INT(full[0]));
	GAVE_NO("pselect", "left");
}
END_TEST

START_TEST(test_epoll)
{
	int ep = OPENS("epoll_create1", INT(EPOLL_CLOEXEC));

	RETURNS(0, "epoll_ctl", INT(ep), INT(EPOLL_CTL_ADD), INT(full[0]), INT(EPOLLIN));
	RETURNS(0, "epoll_ctl", INT(ep), INT(EPOLL_CTL_ADD), INT(empty[0]), INT(EPOLLIN));
	FAILS(EEXIST, "epoll_ctl", INT(ep), INT(EPOLL_CTL_ADD), INT(empty[0]), INT(EPOLLIN));
	RETURNS(1, "epoll_wait", INT(ep), INT(8), TIME(0));
	GAVE("epoll_wait", "events", EPOLLIN);
	GAVE("epoll_wait", "data", full[0]);
	RETURNS(0, "epoll_ctl", INT(ep), INT(EPOLL_CTL_ADD), INT(empty[1]),
		INT((int64_t)(EPOLLOUT | EPOLLET)), INT(1LL << 40));
	RETURNS(2, "epoll_wait", INT(ep), INT(8), TIME(0));
	GAVE_LIST("epoll_wait", "events", EPOLLIN, EPOLLOUT);
	GAVE_LIST("epoll_wait", "data", full[0], 1LL << 40);
	RETURNS(0, "epoll_ctl", INT(ep), INT(EPOLL_CTL_DEL), INT(full[0]));
	RETURNS(0, "epoll_pwait", INT(ep), INT(8), TIME(0), INT(SIGUSR1));
	GAVE_NO("epoll_pwait", "events");
}
END_TEST

START_TEST(test_epoll_refusals)
{
	int ep = OPENS("epoll_create1");

	FAILS(EINVAL, "epoll_create1", INT(1));
	FAILS(EINVAL, "epoll_wait", INT(ep), INT(0), TIME(0));
	FAILS(EINVAL, "epoll_wait", INT(ep), INT(-1), TIME(0));
	FAILS(EBADF, "epoll_wait", INT(-1), INT(1), TIME(0));
	FAILS(EINVAL, "epoll_ctl", INT(ep), INT(EPOLL_CTL_ADD), INT(ep), INT(EPOLLIN));
	FAILS(EINVAL, "epoll_ctl", INT(ep), INT(77), INT(full[0]), INT(EPOLLIN));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, make_pipes, NULL);
	tcase_add_loop_test(tcase, test_poll_one, 0, 2);
	tcase_add_loop_test(tcase, test_poll_several, 0, 2);
	tcase_add_loop_test(tcase, test_ppoll, 0, 2);
	tcase_add_loop_test(tcase, test_select_keeps_the_order_of_the_argument, 0, 2);
	tcase_add_loop_test(tcase, test_select_refuses_what_no_set_can_hold, 0, 2);
	tcase_add_loop_test(tcase, test_pselect_with_a_mask, 0, 2);
	tcase_add_loop_test(tcase, test_epoll, 0, 2);
	tcase_add_loop_test(tcase, test_epoll_refusals, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_poll", fill);
}
