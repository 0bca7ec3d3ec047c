// SPDX-License-Identifier: MIT
/*
 * Calls that sleep, with a fault at their exit: interrupted, restarted, stopped, let go, by any
 * thread of any process.
 */
#include "checks.h"
#include "lock_fixture.h"
#include "semaphore_fixture.h"

static void lock_interrupted(struct shared *shared)
{
	catch_signals(0);
	wait_in_flock(shared);
}

static void serve_for(int turns)
{
	for (int i = 0; i < turns; i++) {
		struct deadline soon = deadline_in(50000);

		ck_assert_int_ge(drive(&fixture.inject, &soon), 0);
	}
}

/*
 * Signals arrive while the call sleeps: it is restarted each time, and its exit is where it has the
 * lock.
 */
START_TEST(test_restarted_calls_are_followed_to_their_end)
{
	for (int i = 0; i < RUNS; i++) {
		struct inject_rule rule = rule_on("flock", HIT_EXIT, "hold", 0);
		int other = lock_file();

		start(&rule, 1, lockers[_i]);
		for (int n = 0; n < 3; n++) {
			syscall(SYS_tkill, serve_until_asleep(), SIGUSR1);
			serve_for(i % 4);
		}
		ck_assert_int_eq(flock(other, LOCK_UN), 0);
		while (!fixture.inject.hits || fixture.inject.hits->wait != HIT_GATE)
			ck_assert_int_ge(inject_serve(&fixture.inject), 0);
		ck_assert(is_locked(other));
		ck_assert_int_eq(fixture.shared->got[0], 0);
		inject_release(&fixture.inject, 0);
		serve_to_the_end();
		EXITED_WELL();
		ck_assert_int_eq(fixture.shared->got[0], 1);
		ck_assert_int_ge(fixture.shared->got[1], 1);
		ck_assert_uint_eq(rule.trigger.count, 1);
		finish_fixture();
		close(other);
		close(lock_fd);
	}
}
END_TEST

/* A handler without SA_RESTART ends the call: its exit is there, and the handler has yet to run. */
START_TEST(test_interrupted_calls_end_with_eintr)
{
	for (int i = 0; i < RUNS; i++) {
		struct inject_rule rule = rule_on("flock", HIT_EXIT, i % 2 ? "errno" : "kill",
						  i % 2 ? EXDEV : SIGKILL);
		int other = lock_file();

		start(&rule, 1, lock_interrupted);
		syscall(SYS_tkill, serve_until_asleep(), SIGUSR1);
		serve_to_the_end();
		if (i % 2) {
			EXITED_WELL();
			ck_assert_int_eq(fixture.shared->got[0], -EXDEV);
			ck_assert_int_eq(fixture.shared->got[1], 1);
		} else {
			KILLED_BY(SIGKILL);
			ck_assert_int_eq(fixture.shared->got[0], 0);
		}
		ck_assert_uint_eq(rule.trigger.count, 1);
		finish_fixture();
		close(other);
		close(lock_fd);
	}
}
END_TEST

/* Stopped and continued while it sleeps: job control works on it as on anybody. */
START_TEST(test_stopped_while_it_sleeps)
{
	struct inject_rule rule = rule_on("flock", HIT_EXIT, "errno", EXDEV);
	int other = lock_file();

	start(&rule, 1, lock_restarting);
	serve_until_asleep();
	kill(fixture.pid, SIGSTOP);
	while (process_state(fixture.pid) != 't' || fixture.inject.hits->wait != HIT_CALLER)
		inject_serve(&fixture.inject);
	serve_for(20);
	ck_assert_int_eq(flock(other, LOCK_UN), 0);
	serve_for(20);
	ck_assert(!is_locked(other));
	ck_assert_int_eq(flock(other, LOCK_UN), 0);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EXDEV);
	ck_assert_uint_eq(rule.trigger.count, 1);
	finish_fixture();
	close(other);
	close(lock_fd);
}
END_TEST

/* The handler makes the same kind of call: that is a call of its own. */
static void raise_in_handler(int signal)
{
	(void)signal;
	add_to_semaphore(1);
	syscall(SYS_getppid);
}

static void nest(struct shared *shared)
{
	struct sigaction action = { .sa_handler = raise_in_handler, .sa_flags = SA_RESTART };

	sigaction(SIGUSR1, &action, NULL);
	wait_in_flock(shared);
}

START_TEST(test_calls_of_handlers_are_others)
{
	struct inject_rule rules[] = {
		rule_on("flock", HIT_EXIT, "errno", EXDEV),
		rule_on("semop", HIT_ENTRY, "delay", 1000),
	};
	int other = lock_file();

	make_semaphore(0);
	start(rules, 2, nest);
	for (int i = 1; i <= 5; i++) {
		syscall(SYS_tkill, serve_until_asleep(), SIGUSR1);
		while (semaphore_value() != i || fixture.done != (unsigned)i)
			inject_serve(&fixture.inject);
	}
	ck_assert_int_eq(flock(other, LOCK_UN), 0);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EXDEV);
	ck_assert_uint_eq(rules[0].trigger.count, 1);
	ck_assert_uint_eq(rules[1].trigger.count, 5);
	finish_fixture();
	remove_semaphore();
	close(other);
	close(lock_fd);
}
END_TEST

START_TEST(test_let_go_in_the_middle)
{
	struct inject_rule rule = rule_on("flock", HIT_EXIT, "kill", SIGKILL);
	int other = lock_file();

	start(&rule, 1, lock_restarting);
	serve_until_asleep();
	inject_close(&fixture.inject);
	ck_assert_int_eq(flock(other, LOCK_UN), 0);
	ck_assert_int_eq(waitpid(fixture.pid, &fixture.status, 0), fixture.pid);
	EXITED_WELL();
	/* Called away from its call, it made it again: before the listener was closed, or after. */
	ck_assert(fixture.shared->got[0] == 1 || fixture.shared->got[0] == -ENOSYS);
	fixture.filter.has_listener = false;
	finish_fixture();
	close(other);
	close(lock_fd);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_restarted_calls_are_followed_to_their_end, 0, 3);
	tcase_add_test(tcase, test_interrupted_calls_end_with_eintr);
	tcase_add_test(tcase, test_stopped_while_it_sleeps);
	tcase_add_test(tcase, test_calls_of_handlers_are_others);
	tcase_add_test(tcase, test_let_go_in_the_middle);
}

int main(void)
{
	return checks_run_case("exit_stop_signals", fill);
}
