// SPDX-License-Identifier: MIT
/* The calls that processes of any make sleep in: whom time can wake, and how they are said. */
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>

#include "checks.h"
#include "crowd_fixture.h"

static const struct timespec hour = { .tv_sec = 3600 };

/* Calls that sleep. */
static void sleep_nanosleep(void)
{
	nanosleep(&hour, NULL);
}
static void sleep_clock(void)
{
	clock_nanosleep(CLOCK_MONOTONIC, 0, &hour, NULL);
}
static void sleep_poll(void)
{
	poll(NULL, 0, -1);
}
static void sleep_poll_timed(void)
{
	poll(NULL, 0, 1000000);
}
static void sleep_ppoll(void)
{
	ppoll(NULL, 0, NULL, NULL);
}
static void sleep_ppoll_timed(void)
{
	ppoll(NULL, 0, &hour, NULL);
}
static void sleep_select(void)
{
	select(0, NULL, NULL, NULL, NULL);
}
static void sleep_select_timed(void)
{
	select(0, NULL, NULL, NULL, &(struct timeval){ .tv_sec = 3600 });
}
static void sleep_pselect_timed(void)
{
	pselect(0, NULL, NULL, NULL, &hour, NULL);
}
static void sleep_pause(void)
{
	pause();
}

static void sleep_epoll_for(int timeout)
{
	struct epoll_event event;

	epoll_wait(epoll_create1(0), &event, 1, timeout);
}

static void sleep_epoll(void)
{
	sleep_epoll_for(-1);
}
static void sleep_epoll_timed(void)
{
	sleep_epoll_for(1000000);
}

static void sleep_futex(void)
{
	uint32_t word = 0;

	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, NULL);
}

static void sleep_futex_timed(void)
{
	uint32_t word = 0;

	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &hour);
}

static void sleep_cond_timed(void)
{
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 3600;
	pthread_mutex_lock(&mutex);
	pthread_cond_timedwait(&cond, &mutex, &until);
}

static void sleep_signal(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigwaitinfo(&set, NULL);
}

static void sleep_signal_timed(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigtimedwait(&set, NULL, &hour);
}

static void on_alarm(int signal)
{
	(void)signal;
}

static void sleep_with_alarm(void)
{
	signal(SIGALRM, on_alarm);
	alarm(3600);
	pause();
}

static void sleep_with_timer(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	timer_t timer;

	timer_create(CLOCK_MONOTONIC, &event, &timer);
	timer_settime(timer, 0, &(struct itimerspec){ .it_value = hour }, NULL);
	pause();
}

static void read_timer(bool armed)
{
	int fd = timerfd_create(CLOCK_MONOTONIC, 0);
	uint64_t count;

	if (armed)
		timerfd_settime(fd, 0, &(struct itimerspec){ .it_value = hour }, NULL);
	if (read(fd, &count, sizeof(count)) < 0)
		_exit(1);
}

static void sleep_timerfd(void)
{
	read_timer(false);
}
static void sleep_timerfd_armed(void)
{
	read_timer(true);
}

/* A limit that is the socket's: the call itself does not show it. */
static void use_socket(int limit, bool sends)
{
	const struct timeval hour_long = { .tv_sec = hour.tv_sec };
	char block[4096] = "";
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) ||
	    (limit && setsockopt(pair[0], SOL_SOCKET, limit, &hour_long, sizeof(hour_long))))
		_exit(1);
	while (sends && write(pair[0], block, sizeof(block)) > 0)
		;
	if (recv(pair[0], block, sizeof(block), 0) < 0)
		_exit(1);
}

static void receive(void)
{
	use_socket(0, false);
}
static void receive_limited(void)
{
	use_socket(SO_RCVTIMEO, false);
}
static void write_to_socket(void)
{
	use_socket(0, true);
}
static void write_limited(void)
{
	use_socket(SO_SNDTIMEO, true);
}

static const struct {
	void (*life)(void);
	bool timed;
} lives[] = {
	{ read_for_ever, false },      { sleep_nanosleep, true },  { sleep_clock, true },
	{ sleep_poll, false },         { sleep_poll_timed, true }, { sleep_ppoll, false },
	{ sleep_ppoll_timed, true },   { sleep_select, false },    { sleep_select_timed, true },
	{ sleep_pselect_timed, true }, { sleep_pause, false },     { sleep_epoll, false },
	{ sleep_epoll_timed, true },   { sleep_futex, false },     { sleep_futex_timed, true },
	{ sleep_cond_timed, true },    { sleep_signal, false },    { sleep_signal_timed, true },
	{ sleep_with_alarm, true },    { sleep_with_timer, true }, { sleep_timerfd, false },
	{ sleep_timerfd_armed, true }, { receive, false },         { receive_limited, true },
	{ write_to_socket, false },    { write_limited, true },
};

START_TEST(test_whom_time_wakes)
{
	start(lives[_i].life);
	look_until_asleep();
	ck_assert_msg(crowd_waits_for_time(&crowd) == lives[_i].timed, "life %d", _i);
}
END_TEST

START_TEST(test_resumed_sleep_is_timed)
{
	pid_t pid = start(sleep_nanosleep);
	int status;

	look_until_asleep();
	kill(pid, SIGSTOP);
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	kill(pid, SIGCONT);
	ck_assert_int_eq(waitpid(pid, &status, WCONTINUED), pid);
	look_until_asleep();
	ck_assert(crowd_waits_for_time(&crowd));
}
END_TEST

START_TEST(test_said_in_words)
{
	pid_t pid = start(read_for_ever);
	char text[200], want[200];

	look_until_asleep();
	crowd_describe(&crowd, text, sizeof(text));
	snprintf(want, sizeof(want), "%s (pid %d) is asleep in read(%d)", crowd.threads[0].name,
		 pid, pipe_fds[0]);
	ck_assert_str_eq(text, want);
	crowd_describe(&crowd, text, 20);
	ck_assert_uint_lt(strlen(text), 20);
	ck_assert_str_eq(text + strlen(text) - 3, "...");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, finish);
	tcase_add_loop_test(tcase, test_whom_time_wakes, 0, sizeof(lives) / sizeof(*lives));
	tcase_add_test(tcase, test_resumed_sleep_is_timed);
	tcase_add_test(tcase, test_said_in_words);
}

int main(void)
{
	return checks_run_case("crowd_calls", fill);
}
