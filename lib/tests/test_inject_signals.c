// SPDX-License-Identifier: MIT
/* Signals, deaths and stops in a call of a real process, before its effect and after it. */
#include "checks.h"
#include "inject_fixture.h"
#include "pipe_fixture.h"

static volatile sig_atomic_t handled;

static void count_signal(int signal)
{
	(void)signal;
	handled++;
}

/* flags: of the handler. */
static void read_with_handler(struct shared *shared, int flags)
{
	struct sigaction action = { .sa_handler = count_signal, .sa_flags = flags };
	char text[8];

	sigaction(SIGUSR1, &action, NULL);
	shared->got[0] = outcome(read(pipe_fds[0], text, sizeof(text)));
	shared->got[1] = handled;
	shared->got[2] = outcome(read(pipe_fds[0], text, sizeof(text)));
	shared->got[3] = handled;
}

static void read_interrupted(struct shared *shared)
{
	read_with_handler(shared, 0);
}

static void read_restarted(struct shared *shared)
{
	read_with_handler(shared, SA_RESTART);
}

START_TEST(test_signal_at_entry_interrupts)
{
	struct inject_rule rule = nth(rule_on("read", HIT_ENTRY, "signal", SIGUSR1), 1);

	make_pipe();
	start(&rule, 1, read_interrupted);
	while (!fixture.shared->got[1])
		inject_serve(&fixture.inject);
	ck_assert_int_eq(write(pipe_fds[1], "x", 1), 1);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EINTR);
	ck_assert_int_eq(fixture.shared->got[2], 1);
	ck_assert_int_eq(fixture.shared->got[3], 1);
	ck_assert_uint_eq(rule.trigger.count, 2);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_signal_at_entry_restarts_and_counts_once)
{
	struct inject_rule rules[] = {
		nth(rule_on("read", HIT_ENTRY, "signal", SIGUSR1), 1),
		nth(rule_on("read", HIT_ENTRY, "errno", EIO), 2),
	};

	make_pipe();
	start(rules, 2, read_restarted);
	/* The call, and once more after the handler. */
	while (fixture.inject.notifications < 2)
		inject_serve(&fixture.inject);
	ck_assert_int_eq(write(pipe_fds[1], "x", 1), 1);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 1);
	ck_assert_int_eq(fixture.shared->got[1], 1);
	ck_assert_int_eq(fixture.shared->got[2], -EIO);
	ck_assert_uint_eq(rules[0].trigger.count, 2);
	ck_assert_uint_eq(fixture.inject.notifications, 3);
	finish_fixture();
	close_pipe();
}
END_TEST

static const int deadly[] = { SIGKILL, SIGUSR2 };

START_TEST(test_kill_before_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_ENTRY, "kill", deadly[_i]), 2);
	char text[20];

	make_pipe();
	run(&rule, 1, write_twice);
	KILLED_BY(deadly[_i]);
	ck_assert_int_eq(fixture.shared->got[0], 6);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 6);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_kill_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_EXIT, "kill", deadly[_i]), 2);
	char text[20];

	make_pipe();
	run(&rule, 1, write_twice);
	KILLED_BY(deadly[_i]);
	ck_assert_int_eq(fixture.shared->got[0], 6);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 12);
	ck_assert_mem_eq(text, "abcdefghijkl", 12);
	finish_fixture();
	close_pipe();
}
END_TEST

static void read_blocking(struct shared *shared)
{
	char text[8] = "";

	shared->got[0] = outcome(read(pipe_fds[0], text, sizeof(text)));
	memcpy(shared->text, text, sizeof(text));
}

START_TEST(test_exit_waits_until_the_call_can_be_done)
{
	struct inject_rule rule = rule_on("read", HIT_EXIT, "kill", SIGKILL);
	struct pollfd readable;

	make_pipe();
	start(&rule, 1, read_blocking);
	serve_until_held(HIT_DESCRIPTOR);
	ck_assert_int_eq(write(pipe_fds[1], "taken", 5), 5);
	serve_to_the_end();
	KILLED_BY(SIGKILL);
	readable = (struct pollfd){ .fd = pipe_fds[0], .events = POLLIN };
	ck_assert_int_eq(poll(&readable, 1, 0), 0);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_stop_before_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_ENTRY, "stop", 0), 2);
	char text[20];

	make_pipe();
	start(&rule, 1, write_twice);
	serve_until_held(HIT_RESTART);
	await_state(fixture.pid, WSTOPPED);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 6);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[1], 6);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 6);
	ck_assert_uint_eq(rule.trigger.count, 2);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_stop_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_EXIT, "stop", 0), 2);
	char text[20];

	make_pipe();
	start(&rule, 1, write_twice);
	while (fixture.done < 1)
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	await_state(fixture.pid, WSTOPPED);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 12);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[1], 6);
	finish_fixture();
	close_pipe();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_signal_at_entry_interrupts);
	tcase_add_test(tcase, test_signal_at_entry_restarts_and_counts_once);
	tcase_add_loop_test(tcase, test_kill_before_the_effect, 0, 2);
	tcase_add_loop_test(tcase, test_kill_after_the_effect, 0, 2);
	tcase_add_test(tcase, test_exit_waits_until_the_call_can_be_done);
	tcase_add_test(tcase, test_stop_before_the_effect);
	tcase_add_test(tcase, test_stop_after_the_effect);
}

int main(void)
{
	return checks_run_case("inject_signals", fill);
}
