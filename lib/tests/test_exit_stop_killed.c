// SPDX-License-Identifier: MIT
/*
 * Killed while several threads are followed to the exit of their calls: each corpse is taken, so
 * the process is dead.
 */
#include <pthread.h>

#include "checks.h"
#include "inject_fixture.h"

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

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_all_are_seen_to_die);
}

int main(void)
{
	return checks_run_case("exit_stop_killed", fill);
}
