// SPDX-License-Identifier: MIT
/*
 * A fault fires exactly at its call: ten thousand times, while signals arrive, over restarts,
 * threads and forks.
 */
#include <pthread.h>

#include "checks.h"
#include "disturbed_fixture.h"

/*
 * Makes CALLS calls; got[0]: how many failed elsewhere than at each EVERY-th, or did not fail
 * there. A call that a signal ends before it is received has had no effect, and is not counted by
 * anybody.
 */
static void call_and_compare(struct shared *shared)
{
	for (int i = 1; i <= CALLS; i++) {
		long returned = read_at_depth(i / 3 % 4);
		bool failed = returned < 0 && errno == EXDEV;

		if (returned < 0 && errno == EINTR) {
			shared->got[2]++;
			i--;
			continue;
		}
		if (failed != (i % EVERY == 0) || (!failed && returned < 0))
			shared->got[0]++;
	}
	rest(shared);
}

static const struct way {
	int flags;
	bool is_watched;
	bool is_impatient;	/* the driver's kernel */
	bool is_spread;		/* over all cores */
} ways[] = {
	{ SA_RESTART, false, false, false }, { SA_RESTART, true, false, false },
	{ 0, true, false, false },           { SA_RESTART, true, true, false },
	{ SA_RESTART, true, false, true },   { SA_RESTART | SA_ONSTACK, true, false, false },
};
enum { WAYS = sizeof(ways) / sizeof(*ways) };

static const struct way *way;

static void call_disturbed(struct shared *shared)
{
	be_disturbed(count_signal, way->flags, 53);
	call_and_compare(shared);
}

static struct inject_rule rule_of_way(void)
{
	struct inject_rule rule = every(rule_on("read", HIT_ENTRY, "errno", EXDEV), EVERY);

	rule.watches_handlers = way->is_watched;
	fixture.is_impatient = way->is_impatient;
	if (!way->is_spread)
		stay_on_one_core();
	return rule;
}

START_TEST(test_exact_where_calls_never_block)
{
	struct inject_rule rule;

	way = &ways[_i];
	rule = rule_of_way();
	data_fds[0] = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	run(&rule, 1, call_disturbed);
	judge_count(&rule);
	close(data_fds[0]);
}
END_TEST

START_TEST(test_exact_where_calls_block_and_restart)
{
	struct inject_rule rule;

	way = &ways[_i];
	if (!way->flags)
		return;		/* nobody can tell which of them were counted before they failed */
	rule = rule_of_way();
	run_fed(&rule, call_disturbed, NULL);
}
END_TEST

static void call_until_it_fails(struct shared *shared)
{
	be_disturbed(count_signal, SA_RESTART, 20);
	while (read_at_depth(0) == 1)
		shared->got[0]++;
	shared->got[1] = errno;
}

/* Each run a process of its own. */
START_TEST(test_exact_in_every_run)
{
	stay_on_one_core();
	data_fds[0] = open("/dev/zero", O_RDONLY | O_CLOEXEC);
	for (uint64_t n = 1; n <= 1000; n++) {
		struct inject_rule rule = nth(rule_on("read", HIT_ENTRY, "errno", EXDEV),
					      1 + n % 40);

		rule.watches_handlers = n % 2;
		run(&rule, 1, call_until_it_fails);
		EXITED_WELL();
		ck_assert_int_eq(fixture.shared->got[0], (long)(n % 40));
		ck_assert_int_eq(fixture.shared->got[1], EXDEV);
		finish_fixture();
	}
	close(data_fds[0]);
}
END_TEST

enum { THREADS = 4, EACH = 500 };

static void *count_in_thread(void *failed)
{
	for (int i = 0; i < EACH; i++)
		*(long *)failed += syscall(SYS_getpgid, 0) < 0;
	return NULL;
}

static void call_in_threads(struct shared *shared)
{
	pthread_t threads[THREADS];
	long failed[THREADS] = { 0 };

	for (int i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, count_in_thread, &failed[i]);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		shared->got[0] += failed[i];
	}
}

static void call_in_children(struct shared *shared)
{
	for (int i = 0; i < THREADS; i++) {
		if (!fork()) {
			long failed = 0;

			count_in_thread(&failed);
			__atomic_fetch_add(&shared->got[0], failed, __ATOMIC_SEQ_CST);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		;
}

static void (*const trees[])(struct shared *shared) = { call_in_threads, call_in_children };

START_TEST(test_counts_over_the_whole_tree)
{
	struct inject_rule rule = every(rule_on("getpgid", HIT_ENTRY, "errno", EXDEV), 10);

	run(&rule, 1, trees[_i]);
	EXITED_WELL();
	ck_assert_uint_eq(rule.trigger.count, THREADS * EACH);
	ck_assert_int_eq(fixture.shared->got[0], THREADS * EACH / 10);
	finish_fixture();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_exact_where_calls_never_block, 0, WAYS);
	tcase_add_loop_test(tcase, test_exact_where_calls_block_and_restart, 0, WAYS);
	tcase_add_test(tcase, test_exact_in_every_run);
	tcase_add_loop_test(tcase, test_counts_over_the_whole_tree, 0, 2);
}

int main(void)
{
	return checks_run_case("inject_count", fill);
}
