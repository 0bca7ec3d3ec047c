// SPDX-License-Identifier: MIT
/*
 * Killed while followed to the exit of a call: before it or at it, by whomever; the corpse of each
 * thread is taken, so the process is dead.
 */
#include "checks.h"
#include "lock_fixture.h"

enum { THREADS = 3 };

static void *sleep_in_call(void *unused)
{
	(void)unused;
	poll(NULL, 0, -1);
	return NULL;
}

static void sleep_in_threads(struct shared *shared)
{
	pthread_t thread;

	(void)shared;
	for (int i = 1; i < THREADS; i++)
		pthread_create(&thread, NULL, sleep_in_call, NULL);
	sleep_in_call(NULL);
}

static int count_followed(void)
{
	int count = 0;

	for (const struct hit *hit = fixture.inject.hits; hit; hit = hit->next)
		count += hit->wait == HIT_CALLER && hit_expects(hit);
	return count;
}

START_TEST(test_all_are_seen_to_die)
{
	struct inject_rule rule = rule_on("poll", HIT_EXIT, "errno", EIO);
	struct deadline deadline = deadline_in(10 * (int64_t)FIXTURE_PATIENCE_NS);

	start(&rule, 1, sleep_in_threads);
	while (count_followed() < THREADS && !deadline_passed(&deadline))
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	ck_assert_int_eq(count_followed(), THREADS);
	ck_assert_int_eq(kill(fixture.pid, SIGKILL), 0);
	serve_to_the_end();
	KILLED_BY(SIGKILL);
	ck_assert(fixture.inject.is_over);
	ck_assert_ptr_null(fixture.inject.hits);
	finish_fixture();
}
END_TEST

START_TEST(test_killed_with_the_lock)
{
	for (int i = 0; i < RUNS; i++) {
		struct inject_rule rule = rule_on("flock", HIT_EXIT, "kill", SIGKILL);
		int other = lock_file();

		start(&rule, 1, lockers[_i]);
		syscall(SYS_tkill, serve_until_asleep(), SIGUSR1);
		serve_until_asleep();
		ck_assert_int_eq(flock(other, LOCK_UN), 0);
		serve_to_the_end();
		if (_i == 2)
			ck_assert_int_eq(WEXITSTATUS(fixture.status), SIGKILL);
		else
			KILLED_BY(SIGKILL);
		ck_assert_int_eq(fixture.shared->got[0], 0);
		ck_assert_int_eq(fixture.last_end, HIT_KILLED);
		/* We share the open file description: the lock is still there. */
		ck_assert(is_locked(other));
		finish_fixture();
		close(other);
		close(lock_fd);
	}
}
END_TEST

START_TEST(test_dead_before_the_exit)
{
	for (int i = 0; i < RUNS; i++) {
		struct inject_rule rule = rule_on("flock", HIT_EXIT, "kill", SIGKILL);
		int other = lock_file();

		start(&rule, 1, lockers[_i]);
		syscall(SYS_tkill, serve_until_asleep(), SIGUSR2);
		serve_to_the_end();
		if (_i == 2)
			ck_assert_int_eq(WEXITSTATUS(fixture.status), SIGUSR2);
		else
			KILLED_BY(SIGUSR2);
		ck_assert_int_eq(fixture.last_end, HIT_LOST);
		finish_fixture();
		close(other);
		close(lock_fd);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_all_are_seen_to_die);
	tcase_add_loop_test(tcase, test_killed_with_the_lock, 0, 3);
	tcase_add_loop_test(tcase, test_dead_before_the_exit, 0, 3);
}

int main(void)
{
	return checks_run_case("exit_stop_killed", fill);
}
