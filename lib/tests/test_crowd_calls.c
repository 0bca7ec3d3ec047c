// SPDX-License-Identifier: MIT
/* The calls that processes of any make sleep in: whom time can wake, and what the call is about. */
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <time.h>

#include "checks.h"
#include "crowd_fixture.h"
#include "inject.h"
#include "mechanism.h"

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
	{ sleep_timerfd_armed, true },
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

static char directory[] = "/tmp/test_crowd.XXXXXX";

static void make_fifos(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	ck_assert(!mkfifo("one", 0600) && !mkfifo("two", 0600));
}

static void remove_fifos(void)
{
	unlink("one");
	unlink("two");
	rmdir(directory);
}

static const struct crowd_thread *find(const char *call, const struct crowd_subject *subject)
{
	int numbers[INJECT_CALLS_MAX];
	size_t count = inject_calls(call, numbers, INJECT_CALLS_MAX);

	ck_assert_uint_gt(count, 0);
	return crowd_find(&crowd, numbers, count, subject);
}

static struct crowd_subject file_subject(const char *path)
{
	struct stat status;

	ck_assert_int_eq(stat(path, &status), 0);
	return (struct crowd_subject){ .device = status.st_dev, .inode = status.st_ino };
}

static void open_one(void)
{
	open("one", O_RDONLY);
}

static void open_one_absolutely(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/one", directory);
	open(path, O_RDONLY);
}

static void open_one_at(void)
{
	int fd = open(".", O_RDONLY | O_DIRECTORY);

	if (chdir("/"))
		_exit(1);
	openat(fd, "./one", O_RDONLY);
}

static void (*const openers[])(void) = { open_one, open_one_absolutely, open_one_at };

START_TEST(test_find_by_path)
{
	const struct crowd_subject anything = { 0 };
	struct crowd_subject one, two;

	make_fifos();
	one = file_subject("one");
	two = file_subject("two");
	start(openers[_i]);
	look_until_asleep();
	ck_assert_ptr_nonnull(find("open", &one));
	ck_assert_ptr_nonnull(find("open", &anything));
	ck_assert_ptr_null(find("open", &two));
	ck_assert_ptr_null(find("read", &one));
	remove_fifos();
}
END_TEST

static void read_one(void)
{
	char byte;

	if (read(open("one", O_RDWR), &byte, 1))
		_exit(1);
}

static void poll_one(void)
{
	struct pollfd fds[] = { { .fd = pipe_fds[0], .events = POLLIN },
				{ .fd = open("one", O_RDWR), .events = POLLIN } };

	poll(fds, 2, -1);
}

START_TEST(test_find_by_descriptor)
{
	struct crowd_subject one, two;

	make_fifos();
	one = file_subject("one");
	two = file_subject("two");
	start(_i ? poll_one : read_one);
	look_until_asleep();
	ck_assert_ptr_nonnull(find(_i ? "poll" : "read", &one));
	ck_assert_ptr_null(find(_i ? "poll" : "read", &two));
	remove_fifos();
}
END_TEST

static int counters[2];

static void read_counter(void)
{
	uint64_t count;

	if (read(counters[0], &count, sizeof(count)))
		_exit(1);
}

static void poll_counter(void)
{
	struct pollfd poll_fd = { .fd = counters[0], .events = POLLIN };

	poll(&poll_fd, 1, -1);
}

static struct crowd_subject descriptor_subject(int fd)
{
	struct inject_object object;

	ck_assert_int_eq(inject_object_of(fd, &object), 0);
	return (struct crowd_subject){ object.device, object.inode, object.serial, NULL };
}

/* All counters share one inode, and all masters of terminals. */
START_TEST(test_find_by_serial)
{
	struct crowd_subject one, two;

	for (int i = 0; i < 2; i++)
		counters[i] = _i & 2 ? posix_openpt(O_RDWR | O_NOCTTY) : eventfd(0, 0);
	ck_assert(counters[0] >= 0 && counters[1] >= 0);
	one = descriptor_subject(counters[0]);
	two = descriptor_subject(counters[1]);
	ck_assert_uint_eq(one.inode, two.inode);
	start(_i & 1 ? poll_counter : read_counter);
	look_until_asleep();
	ck_assert_ptr_nonnull(find(_i & 1 ? "poll" : "read", &one));
	ck_assert_ptr_null(find(_i & 1 ? "poll" : "read", &two));
}
END_TEST

static int listener;

static void accept_one(void)
{
	accept(listener, NULL, NULL);
}

static struct inject_name unix_name(const char *path)
{
	struct inject_name name = { 0 };

	channel_sockaddr(path, strlen(path), &name.address, &name.address_size);
	return name;
}

START_TEST(test_find_by_address)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "one" };
	const struct inject_name names[] = { unix_name("one"), unix_name("on") };
	const struct crowd_subject one = { .name = &names[0] };
	const struct crowd_subject on = { .name = &names[1] };

	make_fifos();
	unlink("one");
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert(!bind(listener, (struct sockaddr *)&name, sizeof(name)) && !listen(listener, 1));
	start(accept_one);
	look_until_asleep();
	ck_assert_ptr_nonnull(find("accept", &one));
	ck_assert_ptr_null(find("accept", &on));
	remove_fifos();
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

static void add_times(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, finish);
	tcase_add_loop_test(tcase, test_whom_time_wakes, 0, sizeof(lives) / sizeof(*lives));
	tcase_add_test(tcase, test_resumed_sleep_is_timed);
}

static void add_subjects(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, finish);
	tcase_add_loop_test(tcase, test_find_by_path, 0, sizeof(openers) / sizeof(*openers));
	tcase_add_loop_test(tcase, test_find_by_descriptor, 0, 2);
	tcase_add_loop_test(tcase, test_find_by_serial, 0, 4);
	tcase_add_test(tcase, test_find_by_address);
	tcase_add_test(tcase, test_said_in_words);
}

int main(void)
{
	Suite *suite = suite_create("crowd calls");

	add_times(checks_case(suite, "time"));
	add_subjects(checks_case(suite, "subjects"));
	return checks_run(suite);
}
