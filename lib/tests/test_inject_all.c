// SPDX-License-Identifier: MIT
/*
 * Every call is notified, none of the engine's own is counted, and what is seen once is one call.
 */
#include <stdio.h>

#include "checks.h"
#include "inject_fixture.h"

static struct {
	unsigned calls[512];
	unsigned total;
} seen;

static void count_call(void *context, const struct hit *hit)
{
	(void)context;
	ck_assert_int_ge(hit->number, 0);
	ck_assert_int_lt(hit->number, 512);
	seen.calls[hit->number]++;
	seen.total++;
}

static void serve_all(void (*body)(struct shared *shared))
{
	struct deadline deadline = deadline_in(20 * (int64_t)FIXTURE_PATIENCE_NS);
	struct inject_filter filter;
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct inject inject = { .called = count_call, .listener_fd = -1, .pidfd = -1 };
	pid_t pid;

	memset(&seen, 0, sizeof(seen));
	ck_assert_int_eq(inject_compile_all(&filter), 0);
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (inject_install(&filter, &shared->port))
			_exit(99);
		body(shared);
		syscall(SYS_exit_group, 0);
	}
	ck_assert_int_eq(inject_take(&inject, &shared->port, pid, &deadline), 0);
	ck_assert_int_ge(drive(&inject, &deadline), 0);
	ck_assert_int_eq(waitpid(pid, &fixture.status, 0), pid);
	inject_close(&inject);
	inject_filter_free(&filter);
	munmap(shared, sizeof(*shared));
}

static void make_three(struct shared *shared)
{
	shared->got[0] = syscall(SYS_getppid);
	shared->got[1] = syscall(SYS_getppid);
	shared->got[2] = syscall(SYS_close, -1);
}

START_TEST(test_each_call_and_no_other)
{
	serve_all(make_three);
	EXITED_WELL();
	ck_assert_uint_eq(seen.calls[SYS_getppid], 2);
	ck_assert_uint_eq(seen.calls[SYS_close], 1);
	ck_assert_uint_eq(seen.calls[SYS_exit_group], 1);
	ck_assert_uint_eq(seen.total, 4);
}
END_TEST

static void run_another(struct shared *shared)
{
	static char *const argv[] = { "true", NULL };

	(void)shared;
	execv("/bin/true", argv);
}

START_TEST(test_another_program)
{
	serve_all(run_another);
	EXITED_WELL();
	ck_assert_uint_eq(seen.calls[SYS_execve], 1);
	ck_assert_uint_eq(seen.calls[SYS_exit_group], 1);
}
END_TEST

static void handle(int signal)
{
	(void)signal;
	for (int i = 0; i < 3; i++)
		syscall(SYS_gettid);
}

static void be_interrupted(struct shared *shared)
{
	struct sigaction action = { .sa_handler = handle, .sa_flags = SA_RESTART };
	int ends[2];
	char byte;

	(void)shared;
	sigaction(SIGUSR1, &action, NULL);
	if (pipe(ends))
		_exit(2);
	if (!fork()) {
		/* Not before the parent sleeps in its read. */
		for (char text[64] = ""; strncmp(text, "0 ", 2) != 0;) {
			char path[64];
			int fd;

			snprintf(path, sizeof(path), "/proc/%d/syscall", getppid());
			fd = open(path, O_RDONLY);
			if (pread(fd, text, sizeof(text) - 1, 0) < 0)
				_exit(3);
			close(fd);
		}
		kill(getppid(), SIGUSR1);
		if (write(ends[1], "x", 1) != 1)
			_exit(4);
		_exit(0);
	}
	if (read(ends[0], &byte, 1) != 1)
		_exit(5);
	wait(NULL);
}

START_TEST(test_interrupted_is_one_call)
{
	serve_all(be_interrupted);
	EXITED_WELL();
	ck_assert_uint_eq(seen.calls[SYS_read], 1);
	ck_assert_uint_eq(seen.calls[SYS_write], 1);
	ck_assert_uint_eq(seen.calls[SYS_gettid], 3);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_each_call_and_no_other);
	tcase_add_test(tcase, test_another_program);
	tcase_add_test(tcase, test_interrupted_is_one_call);
}

int main(void)
{
	return checks_run_case("inject_all", fill);
}
