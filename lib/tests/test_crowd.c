// SPDX-License-Identifier: MIT
/* Looking at processes of any make: who runs, who sleeps, and no mistake while they play ball. */
#include <grp.h>
#include <pthread.h>
#include <sys/syscall.h>

#include "checks.h"
#include "crowd_fixture.h"

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void spin(void)
{
	for (;;)
		;
}

START_TEST(test_nobody)
{
	ck_assert_int_eq(crowd_look(&crowd), 0);
	ck_assert_int_eq(crowd.mood, CROWD_NOBODY);
	ck_assert_uint_eq(crowd.count, 0);
	ck_assert(!crowd_waits_for_time(&crowd));
}
END_TEST

START_TEST(test_zombies_are_nobody)
{
	pid_t pid = start(spin);

	kill(pid, SIGKILL);
	do
		ck_assert_int_eq(crowd_look(&crowd), 0);
	while (crowd.mood != CROWD_NOBODY);
	ck_assert_uint_eq(crowd.count, 1);
	ck_assert_int_eq(crowd.threads[0].state, 'Z');
}
END_TEST

START_TEST(test_runner_is_busy)
{
	pid_t sleeper = start(read_for_ever);
	pid_t spinner = start(spin);

	for (int i = 0; i < 500; i++) {
		ck_assert_int_eq(crowd_look(&crowd), 0);
		ck_assert_int_eq(crowd.mood, CROWD_BUSY);
		ck_assert_ptr_nonnull(crowd.busy);
	}
	end(spinner);
	look_until_asleep();
	ck_assert_int_eq(crowd.threads[0].pid, sleeper);
	ck_assert_int_eq(crowd.threads[0].number, SYS_read);
	ck_assert_uint_eq(crowd.threads[0].arguments[0], (unsigned)pipe_fds[0]);
	ck_assert(!crowd_waits_for_time(&crowd));
}
END_TEST

static void *run_thread(void *argument)
{
	spin();
	return argument;
}

static void sleep_beside_a_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, run_thread, NULL);
	read_for_ever();
}

START_TEST(test_every_thread_counts)
{
	pid_t pid = start(sleep_beside_a_thread);
	const pid_t roots[] = { pid };
	size_t most = 0;

	crowd.roots = roots;
	crowd.root_count = 1;
	crowd.whole = true;
	while (most < 2) {
		ck_assert_int_eq(crowd_look(&crowd), 0);
		ck_assert_int_ne(crowd.mood, CROWD_NOBODY);
		most = crowd.count > most ? crowd.count : most;
	}
	for (int i = 0; i < 200; i++) {
		ck_assert_int_eq(crowd_look(&crowd), 0);
		ck_assert_int_eq(crowd.mood, CROWD_BUSY);
	}
	end(pid);
	crowd.roots = NULL;
	crowd.root_count = 0;
}
END_TEST

static int ball[2][2];

static void play(int from, int to)
{
	char byte;

	for (;;) {
		if (read(ball[from][0], &byte, 1) != 1 || write(ball[to][1], &byte, 1) != 1)
			_exit(1);
	}
}

static void play_left(void)
{
	play(0, 1);
}

static void play_right(void)
{
	play(1, 0);
}

/* Asleep in the very same call as before, but it ran meanwhile. */
START_TEST(test_digest_knows_who_ran)
{
	uint64_t before;
	char byte;

	ck_assert(!pipe(ball[0]) && !pipe(ball[1]));
	start(play_left);
	look_until_asleep();
	before = crowd.digest;
	for (int i = 0; i < 100; i++) {
		ck_assert_int_eq(write(ball[0][1], "x", 1), 1);
		ck_assert_int_eq(read(ball[1][0], &byte, 1), 1);
		do
			ck_assert_int_eq(crowd_look(&crowd), 0);
		while (crowd.mood != CROWD_ASLEEP);
		ck_assert_uint_ne(crowd.digest, before);
		before = crowd.digest;
	}
}
END_TEST

/*
 * One of them always runs, but hardly any look sees it: each look finds both asleep in read, one
 * after the other.
 */
START_TEST(test_ball_players_are_never_quiet)
{
	ck_assert(!pipe(ball[0]) && !pipe(ball[1]));
	start(play_left);
	start(play_right);
	look_until_asleep();
	ck_assert_int_eq(write(ball[0][1], "x", 1), 1);
	for (int i = 0; i < 1000; i++) {
		uint64_t before = crowd.mood == CROWD_ASLEEP ? crowd.digest : 0;

		ck_assert_int_eq(crowd_look(&crowd), 0);
		ck_assert(i == 0 || crowd.mood != CROWD_ASLEEP || crowd.digest != before);
	}
}
END_TEST

static void leave_an_orphan(void)
{
	if (fork())
		_exit(0);
	setsid();
	read_for_ever();
}

START_TEST(test_orphans_are_ours)
{
	pid_t parent = start(leave_an_orphan);

	ck_assert_int_eq(waitpid(parent, NULL, 0), parent);
	look_until_asleep();
	ck_assert_uint_eq(crowd.count, 1);
	ck_assert_int_eq(crowd.threads[0].parent, getpid());
}
END_TEST

static void have_a_child(void)
{
	if (fork())
		read_for_ever();
	spin();
}

START_TEST(test_excluded_but_their_children_are_not)
{
	pid_t pid = start(have_a_child);
	const pid_t excluded[] = { pid };

	crowd.excluded = excluded;
	crowd.excluded_count = 1;
	do
		ck_assert_int_eq(crowd_look(&crowd), 0);
	while (crowd.mood != CROWD_BUSY);
	ck_assert_int_ne(crowd.busy->pid, pid);
	ck_assert_int_eq(crowd.busy->parent, pid);
	crowd.excluded = NULL;
	crowd.excluded_count = 0;
}
END_TEST

START_TEST(test_stopped_is_not_busy)
{
	pid_t pid = start(spin);
	int status;

	kill(pid, SIGSTOP);
	ck_assert_int_eq(waitpid(pid, &status, WUNTRACED), pid);
	look_until_asleep();
	ck_assert_int_eq(crowd.threads[0].state, 'T');
	ck_assert(!crowd_waits_for_time(&crowd));
}
END_TEST

static void wait_in_vfork(void)
{
	if (!vfork())
		read_for_ever();
}

START_TEST(test_vfork_waits_for_somebody)
{
	start(wait_in_vfork);
	look_until_asleep();
	ck_assert_uint_eq(crowd.count, 2);
}
END_TEST

static void note(int signal)
{
	(void)signal;
}

/* The list of its groups fills a page before anything else is said. */
static void sleep_in_many_groups(void)
{
	gid_t groups[2000];

	for (gid_t i = 0; i < 2000; i++)
		groups[i] = 1000000000 + i;
	signal(SIGUSR1, note);
	if (setgroups(2000, groups))
		_exit(1);
	read_for_ever();
}

START_TEST(test_groups_hide_nothing)
{
	if (geteuid())
		return;
	start(sleep_in_many_groups);
	look_until_asleep();
	ck_assert_uint_eq(crowd.count, 1);
	ck_assert(crowd.threads[0].caught & UINT64_C(1) << (SIGUSR1 - 1));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, begin, finish);
	tcase_add_test(tcase, test_nobody);
	tcase_add_test(tcase, test_zombies_are_nobody);
	tcase_add_test(tcase, test_runner_is_busy);
	tcase_add_test(tcase, test_every_thread_counts);
	tcase_add_test(tcase, test_digest_knows_who_ran);
	tcase_add_test(tcase, test_ball_players_are_never_quiet);
	tcase_add_test(tcase, test_orphans_are_ours);
	tcase_add_test(tcase, test_excluded_but_their_children_are_not);
	tcase_add_test(tcase, test_stopped_is_not_busy);
	tcase_add_test(tcase, test_vfork_waits_for_somebody);
	tcase_add_test(tcase, test_groups_hide_nothing);
}

int main(void)
{
	return checks_run_case("crowd", fill);
}
