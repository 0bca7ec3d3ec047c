// SPDX-License-Identifier: MIT
/*
 * The exit of calls that only their callers can make: done, and not known to be done; in every run.
 */
#include <sys/ptrace.h>
#include <sys/socket.h>

#include "checks.h"
#include "semaphore_fixture.h"

enum { RUNS = 40 };

static int fds[2];

static void raise_thrice(struct shared *shared)
{
	for (int i = 0; i < 3; i++)
		shared->got[i] = add_to_semaphore(1) ? errno : 1;
}

START_TEST(test_kill_after_the_effect)
{
	for (int i = 0; i < RUNS; i++) {
		struct inject_rule rule = nth(rule_on("semop", HIT_EXIT, "kill", SIGKILL), 2);

		make_semaphore(0);
		run(&rule, 1, raise_thrice);
		KILLED_BY(SIGKILL);
		ck_assert_int_eq(semaphore_value(), 2);
		ck_assert_int_eq(fixture.shared->got[0], 1);
		ck_assert_int_eq(fixture.shared->got[1], 0);
		ck_assert_uint_eq(rule.trigger.count, 2);
		ck_assert_int_eq(fixture.last_end, HIT_KILLED);
		finish_fixture();
		remove_semaphore();
	}
}
END_TEST

START_TEST(test_errno_in_spite_of_the_effect)
{
	struct inject_rule rule = nth(rule_on("semop", HIT_EXIT, "errno", EIO), 2);

	make_semaphore(0);
	run(&rule, 1, raise_thrice);
	EXITED_WELL();
	ck_assert_int_eq(semaphore_value(), 3);
	ck_assert_int_eq(fixture.shared->got[0], 1);
	ck_assert_int_eq(fixture.shared->got[1], EIO);
	ck_assert_int_eq(fixture.shared->got[2], 1);
	ck_assert_uint_eq(rule.trigger.count, 3);
	finish_fixture();
	remove_semaphore();
}
END_TEST

START_TEST(test_stop_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("semop", HIT_EXIT, "stop", 0), 2);

	make_semaphore(0);
	start(&rule, 1, raise_thrice);
	while (fixture.done < 1)
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	await_state(fixture.pid, WSTOPPED);
	ck_assert_int_eq(semaphore_value(), 2);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(semaphore_value(), 3);
	finish_fixture();
	remove_semaphore();
}
END_TEST

START_TEST(test_hold_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("semop", HIT_EXIT, "hold", 3), 1);

	make_semaphore(0);
	start(&rule, 1, raise_thrice);
	serve_until_held(HIT_GATE);
	ck_assert_int_eq(semaphore_value(), 1);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	inject_release(&fixture.inject, 3);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(semaphore_value(), 3);
	finish_fixture();
	remove_semaphore();
}
END_TEST

START_TEST(test_delay_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("semop", HIT_EXIT, "delay", 20000000), 2);
	int64_t start_ns = clock_now_ns();

	make_semaphore(0);
	run(&rule, 1, raise_thrice);
	EXITED_WELL();
	ck_assert_int_ge(clock_now_ns() - start_ns, 20000000);
	ck_assert_int_eq(fixture.shared->got[1], 1);
	finish_fixture();
	remove_semaphore();
}
END_TEST

/* Calls of every kind; got[0] stays 0 if the caller never learns. */
static void open_file(struct shared *shared)
{
	shared->got[0] = open("/dev/null", O_RDONLY) + 1;
}

static void close_pipe_end(struct shared *shared)
{
	shared->got[0] = close(fds[1]) + 1;
}

static void duplicate(struct shared *shared)
{
	shared->got[0] = dup(fds[0]) + 1;
}

static void bear(struct shared *shared)
{
	pid_t pid = fork();

	if (!pid) {
		shared->got[1] = 1;
		_exit(0);
	}
	shared->got[0] = 1;
}

static void wake_nobody(struct shared *shared)
{
	shared->got[0] = syscall(SYS_futex, &shared->flag, 1 /* FUTEX_WAKE */, 1, NULL, NULL, 0) +
			 1;
}

static void execute(struct shared *shared)
{
	execl("/bin/true", "true", NULL);
	shared->got[0] = 1;
}

static const struct kind {
	const char *call;
	void (*body)(struct shared *shared);
} kinds[] = {
	{ "open", open_file }, { "close", close_pipe_end }, { "dup", duplicate }, { "fork", bear },
	{ "futex", wake_nobody }, { "execve", execute },
};

START_TEST(test_every_kind_of_call)
{
	struct inject_rule rule = rule_on(kinds[_i].call, HIT_EXIT, "kill", SIGKILL);

	ck_assert_int_eq(pipe2(fds, O_CLOEXEC), 0);
	run(&rule, 1, kinds[_i].body);
	KILLED_BY(SIGKILL);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	ck_assert_uint_eq(rule.trigger.count, 1);
	ck_assert_int_eq(fixture.last_end, HIT_KILLED);
	finish_fixture();
	close(fds[0]);
	close(fds[1]);
}
END_TEST

/* Another tracer is there first: the call goes on, and it is said why nothing was done. */
START_TEST(test_refused_where_it_cannot_be_traced)
{
	struct inject_rule rules[] = {
		nth(rule_on("getppid", HIT_ENTRY, "hold", 0), 1),
		rule_on("semop", HIT_EXIT, "kill", SIGKILL),
	};
	_Atomic uint32_t *seized = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t tracer;

	make_semaphore(0);
	start(rules, 2, raise_thrice);
	tracer = fork();
	if (!tracer) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (!ptrace(PTRACE_SEIZE, fixture.pid, NULL, NULL))
			atomic_store(seized, 1);
		for (;;)
			pause();
	}
	while (!atomic_load(seized))
		ck_assert_int_eq(waitpid(tracer, NULL, WNOHANG), 0);
	while (fixture.refused < 3)
		inject_serve(&fixture.inject);
	ck_assert_ptr_nonnull(strstr(fixture.refusal, "traces the caller already"));
	kill(tracer, SIGKILL);
	waitpid(tracer, NULL, 0);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(semaphore_value(), 3);
	finish_fixture();
	remove_semaphore();
	munmap(seized, 4096);
}
END_TEST

START_TEST(test_signals_are_as_before)
{
	struct inject_rule rule = nth(rule_on("semop", HIT_EXIT, "kill", SIGKILL), 2);
	sigset_t before, after, child;

	sigprocmask(SIG_SETMASK, NULL, &before);
	make_semaphore(0);
	run(&rule, 1, raise_thrice);
	finish_fixture();
	remove_semaphore();
	sigprocmask(SIG_SETMASK, NULL, &after);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	ck_assert_int_eq(sigismember(&before, SIGCHLD), sigismember(&after, SIGCHLD));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_kill_after_the_effect);
	tcase_add_test(tcase, test_errno_in_spite_of_the_effect);
	tcase_add_test(tcase, test_stop_after_the_effect);
	tcase_add_test(tcase, test_hold_after_the_effect);
	tcase_add_test(tcase, test_delay_after_the_effect);
	tcase_add_loop_test(tcase, test_every_kind_of_call, 0,
			    (int)(sizeof(kinds) / sizeof(*kinds)));
	tcase_add_test(tcase, test_refused_where_it_cannot_be_traced);
	tcase_add_test(tcase, test_signals_are_as_before);
}

int main(void)
{
	return checks_run_case("exit_stop", fill);
}
