// SPDX-License-Identifier: MIT
/* What a warden tells of a program, and that nothing of it is left, whoever dies. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "lacking_fixture.h"
#include "leak.h"
#include "warden.h"

enum { PATIENCE_MS = 20000 };

static sigset_t mask;

static int start_script(struct warden *warden, const char *script, int out, bool apart)
{
	const char *argv[] = { "sh", "-c", script, NULL };
	struct warden_order order = {
		.path = "/bin/sh",
		.argv = (char *const *)argv,
		.environment = environ,
		.stdio = { -1, out, -1 },
		.apart = apart,
		.mask = &mask,
	};

	sigprocmask(SIG_SETMASK, NULL, &mask);
	return warden_start(warden, &order);
}

static void await_end(const struct warden *warden)
{
	struct pollfd end = { .fd = warden->pidfd, .events = POLLIN };

	ck_assert_int_eq(poll(&end, 1, PATIENCE_MS), 1);
	ck_assert(warden_is_done(warden));
}

static int status_of(const char *script)
{
	struct warden warden;
	int before = leak_lowest_fd(), status;

	ck_assert_int_eq(start_script(&warden, script, -1, false), 0);
	await_end(&warden);
	ck_assert_uint_eq(atomic_load(&warden.board->has_ended), 1);
	status = atomic_load(&warden.board->status);
	warden_end(&warden);
	ck_assert_int_eq(leak_lowest_fd(), before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	return status;
}

START_TEST(test_how_it_ended)
{
	int status = status_of("exit 7");

	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 7);
	status = status_of("kill -TERM $$");
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGTERM);
	/* An orphan that ends otherwise is not the program. */
	status = status_of("(exit 9) & exit 3");
	ck_assert_int_eq(WEXITSTATUS(status), 3);
}
END_TEST

static int error_of(const char *path)
{
	char *argv[] = { "x", NULL };
	struct warden_order order = {
		.path = path,
		.argv = argv,
		.environment = environ,
		.stdio = { -1, -1, -1 },
		.mask = &mask,
	};
	struct warden warden;
	int err;

	ck_assert_int_eq(warden_start(&warden, &order), 0);
	await_end(&warden);
	err = atomic_load(&warden.board->exec_error);
	warden_end(&warden);
	return err;
}

START_TEST(test_what_cannot_be_executed)
{
	ck_assert_int_eq(error_of("/nowhere/at/all"), -ENOENT);
	ck_assert_int_eq(error_of("/dev/null"), -EACCES);
	ck_assert_int_eq(error_of("/"), -EACCES);
}
END_TEST

/* Everybody who could write to it is gone. */
static void expect_nobody(int fd)
{
	struct pollfd end = { .fd = fd, .events = POLLIN };
	char text[100];

	do
		ck_assert_int_eq(poll(&end, 1, PATIENCE_MS), 1);
	while (read(fd, text, sizeof(text)) > 0);
}

static const char daemons[] = "trap '' TERM HUP INT; (setsid sh -c 'trap \"\" TERM HUP; (tail -f "
			      "/dev/null & tail -f /dev/null) & echo up; wait' &) & "
			      "echo up; wait; exec tail -f /dev/null";

static void await_text(int fd)
{
	char byte;

	ck_assert_int_eq(read(fd, &byte, 1), 1);
}

START_TEST(test_nothing_is_left)
{
	struct warden warden;
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(start_script(&warden, daemons, ends[1], _i), 0);
	close(ends[1]);
	await_text(ends[0]);
	ck_assert(!warden_is_done(&warden));
	warden_end(&warden);
	expect_nobody(ends[0]);
}
END_TEST

/* Also on Linux before 5.9. */
START_TEST(test_nothing_is_left_if_we_die)
{
	struct warden warden;
	int ends[2];
	pid_t pid;

	if (_i)
		lack("close_range");
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (start_script(&warden, daemons, ends[1], false))
			_exit(1);
		await_text(ends[0]);
		raise(SIGKILL);
	}
	close(ends[1]);
	/* What they print is for it, until it is dead. */
	waitpid(pid, NULL, 0);
	expect_nobody(ends[0]);
}
END_TEST

START_TEST(test_what_is_kept_outlives_us)
{
	struct warden warden;
	int ends[2], kept[2];
	struct pollfd end;
	pid_t pid;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(kept, O_CLOEXEC), 0);
	ck_assert_int_eq(start_script(&warden, "exec tail -f /dev/null", ends[1], false), 0);
	ck_assert_int_eq(warden_keep(&warden, kept[1]), 0);
	close(kept[1]);
	end = (struct pollfd){ .fd = kept[0], .events = POLLIN };
	ck_assert_int_eq(poll(&end, 1, 0), 0);
	pid = warden.program;
	warden_end(&warden);
	ck_assert_int_eq(kill(pid, 0), -1);
	expect_nobody(kept[0]);
}
END_TEST

START_TEST(test_a_program_dies_with_its_warden)
{
	struct warden warden;
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(start_script(&warden, "echo up; exec tail -f /dev/null", ends[1], false),
			 0);
	close(ends[1]);
	await_text(ends[0]);
	kill(warden.pid, SIGKILL);
	expect_nobody(ends[0]);
	warden_end(&warden);
}
END_TEST

START_TEST(test_descriptors_and_session)
{
	struct warden warden;
	char text[100] = "";
	int ends[2];

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	ck_assert_int_eq(
		start_script(&warden,
			     "read x _ _ _ _ sid _ </proc/self/stat; test $sid = $$ && ulimit -c",
			     ends[1], true),
		0);
	close(ends[1]);
	await_end(&warden);
	ck_assert_int_gt(read(ends[0], text, sizeof(text) - 1), 0);
	ck_assert_str_eq(text, "0\n");
	warden_end(&warden);
	close(ends[0]);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_how_it_ended);
	tcase_add_test(tcase, test_what_cannot_be_executed);
	tcase_add_loop_test(tcase, test_nothing_is_left, 0, 2);
	tcase_add_loop_test(tcase, test_nothing_is_left_if_we_die, 0, 2);
	tcase_add_test(tcase, test_what_is_kept_outlives_us);
	tcase_add_test(tcase, test_a_program_dies_with_its_warden);
	tcase_add_test(tcase, test_descriptors_and_session);
}

int main(void)
{
	return checks_run_case("warden", fill);
}
