// SPDX-License-Identifier: MIT
/*
 * Calls that sleep, with a fault at their exit: interrupted, restarted, stopped, killed, by any
 * thread of any process.
 */
#include <pthread.h>
#include <sys/file.h>

#include "checks.h"
#include "process.h"
#include "semaphore_fixture.h"

enum { RUNS = 40 };

static int fds[1];
static volatile sig_atomic_t handled;

static void count_signal(int signal)
{
	(void)signal;
	handled++;
}

static void catch_signals(int flags)
{
	struct sigaction action = { .sa_handler = count_signal, .sa_flags = flags };

	sigaction(SIGUSR1, &action, NULL);
}

static void *wait_in_flock(void *shared)
{
	long error = outcome(flock(fds[0], LOCK_EX));

	((struct shared *)shared)->got[0] = error ? error : 1;
	((struct shared *)shared)->got[1] = handled;
	return NULL;
}

static void lock_restarting(struct shared *shared)
{
	catch_signals(SA_RESTART);
	wait_in_flock(shared);
}

static void lock_interrupted(struct shared *shared)
{
	catch_signals(0);
	wait_in_flock(shared);
}

static void lock_in_thread(struct shared *shared)
{
	pthread_t thread;

	catch_signals(SA_RESTART);
	pthread_create(&thread, NULL, wait_in_flock, shared);
	pthread_join(thread, NULL);
}

static void lock_in_child(struct shared *shared)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		lock_restarting(shared);
		_exit(0);
	}
	atomic_store(&shared->flag, (uint32_t)pid);
	while (wait(&status) < 0)
		;
	_exit(WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

/*
 * Serves until the thread sleeps in the call itself: held or stopped, it would be in another state.
 */
static pid_t serve_until_asleep(void)
{
	struct deadline deadline = deadline_in(10 * (int64_t)FIXTURE_PATIENCE_NS);
	const struct hit *hit;

	for (;;) {
		ck_assert_int_ge(inject_poll(&fixture.inject, NULL), 0);
		ck_assert_msg(!deadline_passed(&deadline), "never asleep");
		ck_assert_msg(!fixture.inject.is_over, "over before it slept");
		hit = fixture.inject.hits;
		if (hit && hit->wait == HIT_CALLER && process_state(hit->tid) == 'S')
			return hit->tid;
	}
}

static void serve_for(int turns)
{
	for (int i = 0; i < turns; i++) {
		struct deadline soon = deadline_in(50000);

		ck_assert_int_ge(inject_poll(&fixture.inject, &soon), 0);
	}
}

static int lock_file(void)
{
	int other;
	char name[] = "/tmp/ipcdrill-lock-XXXXXX";

	fds[0] = mkostemp(name, O_CLOEXEC);
	other = open(name, O_RDWR | O_CLOEXEC);
	unlink(name);
	ck_assert_int_ge(fds[0], 0);
	ck_assert_int_eq(flock(other, LOCK_EX), 0);
	return other;
}

static bool is_locked(int other)
{
	return flock(other, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK;
}

static void (*const lockers[])(struct shared *shared) = { lock_restarting, lock_in_thread,
							  lock_in_child };

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
			ck_assert_int_ge(inject_poll(&fixture.inject, NULL), 0);
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
		close(fds[0]);
	}
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
		close(fds[0]);
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
		close(fds[0]);
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
		inject_poll(&fixture.inject, NULL);
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
	close(fds[0]);
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
			inject_poll(&fixture.inject, NULL);
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
	close(fds[0]);
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
		close(fds[0]);
	}
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
	close(fds[0]);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_restarted_calls_are_followed_to_their_end, 0, 3);
	tcase_add_loop_test(tcase, test_killed_with_the_lock, 0, 3);
	tcase_add_test(tcase, test_interrupted_calls_end_with_eintr);
	tcase_add_test(tcase, test_stopped_while_it_sleeps);
	tcase_add_test(tcase, test_calls_of_handlers_are_others);
	tcase_add_loop_test(tcase, test_dead_before_the_exit, 0, 3);
	tcase_add_test(tcase, test_let_go_in_the_middle);
}

int main(void)
{
	return checks_run_case("exit_stop_signals", fill);
}
