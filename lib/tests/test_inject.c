// SPDX-License-Identifier: MIT
/*
 * Errors, delays and gates on a real process, at each point where they are possible; and several
 * effects at once.
 */
#include "checks.h"
#include "inject_fixture.h"
#include "pipe_fixture.h"

static void five_getppids(struct shared *shared)
{
	for (int i = 0; i < 5; i++)
		shared->got[i] = outcome(syscall(SYS_getppid));
}

START_TEST(test_errno_at_the_nth)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), 3);

	run(&rule, 1, five_getppids);
	EXITED_WELL();
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(fixture.shared->got[i], i == 2 ? -EXDEV : getpid());
	ck_assert_uint_eq(rule.trigger.count, 5);
	ck_assert_uint_eq(fixture.fired, 1);
	ck_assert_uint_eq(fixture.done, 1);
	finish_fixture();
}
END_TEST

START_TEST(test_static_errno)
{
	struct inject_rule rule = rule_on("getppid", HIT_ENTRY, "errno", EXDEV);

	rule.is_blind = true;
	run(&rule, 1, five_getppids);
	ck_assert(rule.is_static);
	ck_assert(!fixture.filter.has_listener);
	EXITED_WELL();
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(fixture.shared->got[i], -EXDEV);
	finish_fixture();
}
END_TEST

START_TEST(test_delay_takes_its_time)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "delay", 30000000), 2);
	int64_t start_ns = clock_now_ns();

	run(&rule, 1, five_getppids);
	EXITED_WELL();
	ck_assert_int_ge(clock_now_ns() - start_ns, 30000000);
	ck_assert_int_eq(fixture.shared->got[1], getpid());
	ck_assert_uint_eq(rule.trigger.count, 5);
	finish_fixture();
}
END_TEST

START_TEST(test_hold_until_release)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "hold", 5), 3);
	const struct hit *hit;

	start(&rule, 1, five_getppids);
	hit = serve_until_held(HIT_GATE);
	ck_assert_int_eq(hit->number, SYS_getppid);
	ck_assert_int_eq(fixture.shared->got[1], getpid());
	inject_release(&fixture.inject, 4);
	inject_serve(&fixture.inject);
	ck_assert_ptr_nonnull(inject_held(&fixture.inject, fixture.pid));
	ck_assert_int_eq(fixture.shared->got[2], 0);
	inject_release(&fixture.inject, 5);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[4], getpid());
	finish_fixture();
}
END_TEST

START_TEST(test_errno_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_EXIT, "errno", EIO), 1);
	char text[20];

	make_pipe();
	run(&rule, 1, write_twice);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EIO);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 12);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_several_faults_on_one_call)
{
	struct inject_rule rules[] = {
		nth(rule_on("write", HIT_ENTRY, "short", 1), 1),
		nth(rule_on("write", HIT_ENTRY, "errno", EIO), 1),	/* too late: the first decides */
		nth(rule_on("write", HIT_EXIT, "stop", 0), 1),
		nth(rule_on("write", HIT_ENTRY, "delay", 1000000), 1),
	};
	char text[20];

	make_pipe();
	start(rules, 4, write_twice);
	while (fixture.done < 1) {
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	}
	await_state(fixture.pid, WSTOPPED);
	ck_assert_uint_eq(fixture.fired, 3);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 1);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 1);
	ck_assert_int_eq(fixture.shared->got[1], 6);
	finish_fixture();
	close_pipe();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_errno_at_the_nth);
	tcase_add_test(tcase, test_static_errno);
	tcase_add_test(tcase, test_delay_takes_its_time);
	tcase_add_test(tcase, test_hold_until_release);
	tcase_add_test(tcase, test_errno_after_the_effect);
	tcase_add_test(tcase, test_several_faults_on_one_call);
}

int main(void)
{
	return checks_run_case("inject", fill);
}
