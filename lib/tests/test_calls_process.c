// SPDX-License-Identifier: MIT
/*
 * Processes: identity, children, limits; and where each blocking call is seen asleep, by number and
 * by library.
 */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "directory_fixture.h"
#include "process.h"
#include "trial.h"

/* What there is to block on, for each test. */
static int reader, listener, socket_fd, epoll_fd, child;

START_TEST(test_identity)
{
	RETURNS(getpid(), "getpid");
	RETURNS(getppid(), "getppid");
	RETURNS(gettid(), "gettid");
	RETURNS(getuid(), "getuid");
	RETURNS(getgid(), "getgid");
	RETURNS(0, "sched_yield");
	RETURNS(0, "setpgid");
	RETURNS(getpid(), "getpgid");
	FAILS(ESRCH, "getpgid", INT(0x3ffffff));
	FAILS(EPERM, "setsid");
	RETURNS(0, "setuid", INT(getuid()));
	RETURNS(0, "setgid", INT(getgid()));
	RETURNS(sysconf(_SC_MQ_PRIO_MAX), "sysconf", INT(_SC_MQ_PRIO_MAX));
	FAILS(EINVAL, "sysconf", INT(-1));
}
END_TEST

/* A descriptor that the child closes is closed here if they share them, and only then. */
START_TEST(test_a_child_shares_what_it_is_told)
{
	const int64_t shared[] = { 0, CLONE_FILES };
	int fd = dup(0), status;

	for (size_t i = 0; i < 2; i++) {
		const struct result *made = MAKE("fork", INT(0), INT(shared[i]));

		if (!made->number) {
			close(fd);
			_exit(made->error);
		}
		ck_assert_int_eq(waitpid((pid_t)made->number, &status, 0), made->number);
		ck_assert_int_eq(status, 0);
		ck_assert_int_eq(fcntl(fd, F_GETFD), shared[i] ? -1 : 0);
	}
	COMPLAINS("shared must be of CLONE_FILES", "fork", INT(0), INT(CLONE_VM));
}
END_TEST

/* The child ends as `end` says; the result is its pid. */
static int make_child(int _i, void (*end)(int _i))
{
	const struct result *made = MAKE("fork", INT(0));

	ck_assert_int_eq(made->error, 0);
	if (!made->number)
		end(_i);
	return (int)made->number;
}

static void exit_with_3(int _i)
{
	MAKE("exit", INT(3));
	if (_i)
		_exit(3);	/* the library has no form of it */
}

static void kill_itself(int _i)
{
	MAKE("kill", INT(getpid()), INT(SIGKILL));
}

static void wait_for_ever(int _i)
{
	for (;;)
		MAKE("pause");
}

START_TEST(test_children_end)
{
	child = make_child(_i, exit_with_3);

	RETURNS(child, "waitpid", INT(child));
	GAVE("waitpid", "exited", 3);
	GAVE("waitpid", "status", 3 << 8);
	GAVE_NO("waitpid", "killed_by");
	child = make_child(_i, kill_itself);
	RETURNS(child, "waitpid", INT(-1), INT(0));
	GAVE("waitpid", "killed_by", SIGKILL);
	GAVE_NO("waitpid", "exited");
	FAILS(ECHILD, "waitpid", INT(child));
	GAVE_NO("waitpid", "status");
	FAILS(EINVAL, "waitpid", INT(child), INT(0x100000));
}
END_TEST

START_TEST(test_children_stop_and_continue)
{
	child = make_child(_i, wait_for_ever);

	RETURNS(0, "waitpid", INT(child), INT(WNOHANG));
	GAVE_NO("waitpid", "status");
	RETURNS(0, "kill", INT(child), INT(SIGSTOP));
	RETURNS(child, "waitpid", INT(child), INT(WUNTRACED));
	GAVE("waitpid", "stopped_by", SIGSTOP);
	RETURNS(0, "kill", INT(child), INT(SIGCONT));
	RETURNS(child, "waitpid", INT(child), INT(WCONTINUED));
	GAVE("waitpid", "continued", 1);
	RETURNS(0, "kill", INT(child), INT(SIGKILL));
	RETURNS(0, "waitid", INT(P_PID), INT(child), INT(WEXITED));
	GAVE("waitid", "pid", child);
	GAVE("waitid", "status", SIGKILL);
	GAVE("waitid", "code", CLD_KILLED);
	FAILS(ECHILD, "waitid", INT(P_PID), INT(child), INT(WEXITED));
}
END_TEST

START_TEST(test_limits)
{
	RETURNS(0, "setrlimit", INT(RLIMIT_NOFILE), INT(40), INT(50));
	RETURNS(0, "getrlimit", INT(RLIMIT_NOFILE));
	GAVE("getrlimit", "soft", 40);
	GAVE("getrlimit", "hard", 50);
	RETURNS(0, "setrlimit", INT(RLIMIT_NOFILE), INT(30));
	RETURNS(0, "getrlimit", INT(RLIMIT_NOFILE));
	GAVE("getrlimit", "hard", 50);
	RETURNS(29, "fcntl", INT(reader), INT(F_DUPFD), INT(29));
	FAILS(EMFILE, "fcntl", INT(reader), INT(F_DUPFD), INT(29));
	FAILS(EINVAL, "setrlimit", INT(RLIMIT_NOFILE), INT(51));
	FAILS(EINVAL, "getrlimit", INT(12345));
	GAVE_NO("getrlimit", "soft");
}
END_TEST

START_TEST(test_prctl)
{
	RETURNS(0, "prctl", INT(PR_SET_PDEATHSIG), INT(SIGTERM));
	RETURNS(1, "prctl", INT(PR_GET_DUMPABLE));
	FAILS(EINVAL, "prctl", INT(PR_SET_PDEATHSIG), INT(12345));
	COMPLAINS("not one that takes a number", "prctl", INT(PR_SET_NAME), INT(4096));
	COMPLAINS("not one that takes a number", "prctl", INT(-1));
}
END_TEST

/* A call that blocks. */
static const struct sleeper {
	const char *name;
	struct value arguments[CALL_PARAMETERS_MAX];
	const int *fd;			/* goes in front */
} sleepers[] = {
	{ "read", { [1] = INT(1) }, &reader },
	{ "readv", { [1] = INT(1) }, &reader },
	{ "open", { BYTES("fifo"), INT(O_RDONLY) }, NULL },
	{ "openat", { INT(AT_FDCWD), BYTES("fifo"), INT(O_RDONLY) }, NULL },
	{ "creat", { BYTES("fifo") }, NULL },
	{ "accept", { LEFT_OUT }, &listener },
	{ "accept4", { [1] = INT(0) }, &listener },
	{ "recv", { [1] = INT(1) }, &socket_fd },
	{ "recvfrom", { [1] = INT(1) }, &socket_fd },
	{ "recvmsg", { [1] = INT(1) }, &socket_fd },
	{ "recvmmsg", { [1] = INT(1), [2] = INT(1) }, &socket_fd },
	{ "poll", { [1] = INT(POLLIN) }, &reader },
	{ "ppoll", { [1] = INT(POLLIN) }, &reader },
	{ "select", { LEFT_OUT }, &reader },
	{ "pselect", { LEFT_OUT }, &reader },
	{ "epoll_wait", { [1] = INT(1) }, &epoll_fd },
	{ "epoll_pwait", { [1] = INT(1) }, &epoll_fd },
	{ "pause", { LEFT_OUT }, NULL },
	{ "sigsuspend", { EMPTY_LIST }, NULL },
	{ "sigtimedwait", { INT(SIGUSR1) }, NULL },
	{ "sigwaitinfo", { INT(SIGUSR1) }, NULL },
	{ "nanosleep", { TIME(3600000000000) }, NULL },
	{ "waitpid", { INT(-1) }, &child },
	{ "waitid", { INT(P_ALL), INT(0), INT(WEXITED) }, NULL },
};

enum { SLEEPERS = sizeof(sleepers) / sizeof(sleepers[0]) };

static void prepare_to_sleep(void)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	reader = ends[0];
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	socket_fd = ends[0];
	listener = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(
		bind(listener, &(struct sockaddr){ .sa_family = AF_UNIX }, sizeof(sa_family_t)), 0);
	ck_assert_int_eq(listen(listener, 1), 0);
	epoll_fd = epoll_create1(0);
	mkfifo("fifo", 0600);
}

/* In a process of its own, which has a child to wait for. */
static void sleep_in(const struct sleeper *sleeper, bool libc)
{
	struct value arguments[CALL_PARAMETERS_MAX];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	child = fork();
	if (!child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	memcpy(arguments, sleeper->arguments, sizeof(arguments));
	if (sleeper->fd)
		arguments[0] = (struct value)INT(*sleeper->fd);
	trial_make(libc, sleeper->name, arguments);
	_exit(1);	/* it should not have returned */
}

/*
 * The number of the call that a process is asleep in; looks again as long as it is in none. A sleep
 * that no signal could end is on the way there: for a page after fork(2), or for the file of Check.
 */
static long asleep_in(pid_t pid)
{
	char path[40], text[32];
	long number;

	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)pid);
	for (;;) {
		FILE *file = fopen(path, "re");
		const bool is_asleep = process_state(pid) == 'S';

		ck_assert_ptr_nonnull(file);
		ck_assert_ptr_nonnull(fgets(text, sizeof(text), file));
		fclose(file);
		if (is_asleep && sscanf(text, "%ld", &number) == 1 && number >= 0)
			return number;
		ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), 0);
		sched_yield();
	}
}

START_TEST(test_sleeping_calls_are_recognised)
{
	const struct sleeper *sleeper = &sleepers[_i / 2];
	pid_t pid = fork();
	long number;

	if (!pid)
		sleep_in(sleeper, _i % 2);
	number = asleep_in(pid);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ck_assert_msg(call_may_sleep_in(call_find(sleeper->name), number),
		      "%s sleeps in system call %ld", sleeper->name, number);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_checked_fixture(tcase, prepare_to_sleep, NULL);
	tcase_add_loop_test(tcase, test_identity, 0, 2);
	tcase_add_loop_test(tcase, test_a_child_shares_what_it_is_told, 0, 2);
	tcase_add_loop_test(tcase, test_children_end, 0, 2);
	tcase_add_loop_test(tcase, test_children_stop_and_continue, 0, 2);
	tcase_add_loop_test(tcase, test_limits, 0, 2);
	tcase_add_loop_test(tcase, test_prctl, 0, 2);
	tcase_add_loop_test(tcase, test_sleeping_calls_are_recognised, 0, 2 * SLEEPERS);
}

int main(void)
{
	return checks_run_case("calls_process", fill);
}
