// SPDX-License-Identifier: MIT
/*
 * A fault fires exactly at its call: ten thousand times, while signals arrive, over restarts,
 * threads and forks.
 */
#include <pthread.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/time.h>

#include "checks.h"
#include "inject_fixture.h"
#include "process.h"

enum { EVERY = 5, FIRINGS = 1000, CALLS = EVERY * FIRINGS };

static int data_fds[2];

static volatile sig_atomic_t handled;

static void count_signal(int signal)
{
	(void)signal;
	handled++;
}

static void be_disturbed(void (*handler)(int signal), int flags, int microseconds)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	struct itimerval timer = { { 0, microseconds }, { 0, microseconds } };
	static char room[65536];
	stack_t alternate = { .ss_sp = room, .ss_size = sizeof(room) };

	sigaltstack(&alternate, NULL);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

static void rest(struct shared *shared)
{
	setitimer(ITIMER_REAL, &(struct itimerval){ 0 }, NULL);
	shared->got[1] = handled;
}

/*
 * From another depth of the stack each time, but with the same arguments, as a buffer is filled by
 * stdio.
 */
static long read_at_depth(int depth)
{
	static char byte;
	volatile char room[48];

	room[0] = byte;
	if (depth)
		return read_at_depth(depth - 1) + (room[0] - room[0]);
	return read(data_fds[0], &byte, 1);
}

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

static void judge_count(struct inject_rule *rule)
{
	EXITED_WELL();
	ck_assert_uint_eq(rule->trigger.count, CALLS);
	ck_assert_uint_eq(rule->trigger.fired, FIRINGS);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	ck_assert_int_gt(fixture.shared->got[1], 100);
	finish_fixture();
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

/* Feeds the reader one byte when it has none, now and then so late that it is asleep for long. */
static pid_t start_feeder(void)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	close(data_fds[0]);
	for (unsigned i = 0;; i++) {
		struct timespec pause = { 0, i * 7919 % 90000 };
		int left = 1;

		if (i % 20 == 0)
			ppoll(NULL, 0, &pause, NULL);
		while (!ioctl(data_fds[1], FIONREAD, &left) && left)
			sched_yield();
		if (write(data_fds[1], "x", 1) != 1)
			_exit(0);
	}
}

static void run_fed(struct inject_rule *rule, void (*body)(struct shared *shared),
		    uint64_t (*identify)(void *context, pid_t tid))
{
	pid_t feeder;

	ck_assert_int_eq(pipe2(data_fds, O_CLOEXEC), 0);
	start(rule, 1, body);
	fixture.inject.identify = identify;
	feeder = start_feeder();
	serve_to_the_end();
	kill(feeder, SIGKILL);
	waitpid(feeder, NULL, 0);
	judge_count(rule);
	close(data_fds[0]);
	close(data_fds[1]);
}

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
	tcase_add_loop_test(tcase, test_exact_with_handlers_that_call, 0, 3);
	tcase_add_test(tcase, test_exact_by_identity);
	tcase_add_test(tcase, test_a_stop_is_no_new_call);
	tcase_add_loop_test(tcase, test_counts_over_the_whole_tree, 0, 2);
}

int main(void)
{
	return checks_run_case("inject_count", fill);
}
