// SPDX-License-Identifier: MIT
/* What comes to be made again is not counted again: after handlers that call, and after a stop. */
#include "checks.h"
#include "disturbed_fixture.h"
#include "process.h"

static void write_in_handler(int signal)
{
	(void)signal;
	for (int i = 0; i < 3; i++)
		handled += write(STDERR_FILENO, "abc", (size_t)i + 1) > 0;
}

static void call_in_handlers(struct shared *shared)
{
	dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
	be_disturbed(write_in_handler, SA_RESTART, 93);
	for (int i = 0; i < CALLS; i++)
		shared->got[0] += read_at_depth(0) != 1;
	rest(shared);
}

/*
 * What handlers call is counted by itself, and does not make the call that they interrupted a new
 * one; nor does what they call while nobody counts that.
 */
START_TEST(test_exact_with_handlers_that_call)
{
	const bool counts_both = _i < 2;
	struct inject_rule rules[] = {
		nth(rule_on("read", HIT_ENTRY, "errno", EXDEV), UINT64_MAX),
		nth(rule_on("write", HIT_ENTRY, "errno", EXDEV), UINT64_MAX),
	};
	pid_t feeder;

	rules[0].watches_handlers = _i;
	if (_i)
		stay_on_one_core();
	ck_assert_int_eq(pipe2(data_fds, O_CLOEXEC), 0);
	start(rules, 1 + counts_both, call_in_handlers);
	feeder = start_feeder();
	serve_to_the_end();
	kill(feeder, SIGKILL);
	waitpid(feeder, NULL, 0);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 0);
	ck_assert_uint_eq(rules[0].trigger.count, CALLS);
	ck_assert_uint_eq(rules[1].trigger.count,
			  counts_both ? (uint64_t)fixture.shared->got[1] : 0);
	ck_assert_int_gt(fixture.shared->got[1], 100);
	finish_fixture();
	close(data_fds[0]);
	close(data_fds[1]);
}
END_TEST

/* By identity, as for an endpoint that numbers its calls. */
static uint64_t flag_as_identity(void *context, pid_t tid)
{
	(void)context;
	(void)tid;
	return atomic_load(&fixture.shared->flag);
}

static void number_the_calls(struct shared *shared)
{
	be_disturbed(count_signal, SA_RESTART, 53);
	for (int i = 1; i <= CALLS; i++) {
		long returned;

		atomic_store(&shared->flag, (uint32_t)i);
		returned = read_at_depth(0);
		if ((returned < 0 && errno == EXDEV) != (i % EVERY == 0))
			shared->got[0]++;
	}
	rest(shared);
}

START_TEST(test_exact_by_identity)
{
	struct inject_rule rule = every(rule_on("read", HIT_ENTRY, "errno", EXDEV), EVERY);

	run_fed(&rule, number_the_calls, flag_as_identity);
}
END_TEST

static void read_two(struct shared *shared)
{
	shared->got[0] = read_at_depth(0);
	shared->got[1] = read_at_depth(0);
}

/* SIGSTOP and SIGCONT restart the sleep without a handler: only who continues it knows. */
START_TEST(test_a_stop_is_no_new_call)
{
	struct inject_rule rule = nth(rule_on("read", HIT_ENTRY, "errno", EXDEV), 2);

	ck_assert_int_eq(pipe2(data_fds, O_CLOEXEC), 0);
	start(&rule, 1, read_two);
	while (fixture.inject.notifications < 1)
		inject_serve(&fixture.inject);
	/* Held, it would be in an uninterruptible sleep: this is the read itself. */
	while (process_state(fixture.pid) != 'S')
		sched_yield();
	kill(fixture.pid, SIGSTOP);
	await_state(fixture.pid, WSTOPPED);
	inject_continuing(&fixture.inject, fixture.pid);
	kill(fixture.pid, SIGCONT);
	while (fixture.inject.notifications < 2)
		inject_serve(&fixture.inject);
	ck_assert_int_eq(write(data_fds[1], "x", 1), 1);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 1);
	ck_assert_int_eq(fixture.shared->got[1], -1);
	finish_fixture();
	close(data_fds[0]);
	close(data_fds[1]);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_exact_with_handlers_that_call, 0, 3);
	tcase_add_test(tcase, test_exact_by_identity);
	tcase_add_test(tcase, test_a_stop_is_no_new_call);
}

int main(void)
{
	return checks_run_case("inject_restart", fill);
}
