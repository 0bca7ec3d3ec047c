// SPDX-License-Identifier: MIT
/* Which points a sweep has, which of them cannot be, and which share a line. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "checks.h"
#include "inject_points.h"
#include "inject_rules.h"
#include "inject_table.h"

static struct call_profile profiled[] = {
	{ .number = SYS_openat, .count = 3 },
	{ .number = SYS_write, .count = 5 },
	{ .number = SYS_exit_group, .count = 1 },
	{ .number = SYS_read, .count = 2 },
};
static const struct inject_profile profile = { .calls = profiled, .count = 4 };

static const struct sweep_call calls[] = {
	{ "open", { SYS_open, SYS_openat }, 2 },
	{ "write", { SYS_write }, 1 },
	{ "exit_group", { SYS_exit_group }, 1 },
	{ "recv", { SYS_recvfrom }, 1 },
};

static struct inject_effect effects[INJECT_EFFECTS_MAX];
static struct sweep_points points;

static void make(const char *text)
{
	struct diag diag = { 0 };
	size_t count = inject_effects_read("t", text, HIT_ENTRY, effects, &diag);

	ck_assert_uint_gt(count, 0);
	ck_assert_int_eq(points_make(&points, calls, 4, effects, count, HIT_ENTRY, &profile), 0);
}

static const struct sweep_line *find_line(const char *call, const char *effect)
{
	for (size_t i = 0; i < points.line_count; i++) {
		if (!strcmp(points.lines[i].call, call) && !strcmp(points.lines[i].effect, effect))
			return &points.lines[i];
	}
	ck_abort_msg("no line for %s, %s", call, effect);
}

START_TEST(test_every_call_and_time_and_effect)
{
	make("errno EIO, short 1, kill");
	ck_assert_uint_eq(points.line_count, 12);
	ck_assert_uint_eq(points.count, 3 * (3 + 5 + 1));
	ck_assert_uint_eq(find_line("open", "errno EIO")->times, 3);
	ck_assert_uint_eq(find_line("recv", "kill")->times, 0);
	ck_assert_uint_eq(points.points[0].n, 1);
	ck_assert_uint_eq(points.points[2].n, 3);
	ck_assert_uint_eq(points.points[3].n, 1);
	ck_assert_uint_eq(find_line("write", "short 1")->rule.effects[0].operand, 1);
	points_free(&points);
}
END_TEST

START_TEST(test_what_cannot_be)
{
	make("errno EIO, short 1, kill");
	ck_assert_ptr_null(find_line("open", "errno EIO")->refusal);
	ck_assert_str_eq(find_line("open", "short 1")->refusal,
			 "this call moves no bytes that could be fewer");
	ck_assert_ptr_null(find_line("write", "short 1")->refusal);
	ck_assert_ptr_nonnull(find_line("exit_group", "errno EIO")->refusal);
	ck_assert_ptr_null(find_line("exit_group", "kill")->refusal);
	points_free(&points);
}
END_TEST

START_TEST(test_nameless_calls_cannot_be)
{
	static const struct sweep_call nameless[] = {
		{ "32-bit call", { -1 }, 1 },
		{ "call 100000", { 100000 }, 1 },
	};
	struct diag diag = { 0 };
	size_t count = inject_effects_read("t", "kill", HIT_ENTRY, effects, &diag);

	ck_assert_int_eq(points_make(&points, nameless, 2, effects, count, HIT_ENTRY, &profile), 0);
	ck_assert_ptr_nonnull(find_line("32-bit call", "kill")->refusal);
	ck_assert_ptr_nonnull(find_line("call 100000", "kill")->refusal);
	points_free(&points);
}
END_TEST

/* write has the points 3 .. 7 of `errno EIO` alone. */
static size_t first_of_write(void)
{
	make("errno EIO");
	return find_line("write", "errno EIO")->first;
}

static void come(size_t first, enum sweep_outcome outcome, int number)
{
	points.points[first].outcome = outcome;
	points.points[first].number = number;
}

START_TEST(test_equal_neighbours_are_one_group)
{
	size_t first = first_of_write();

	come(first, SWEEP_SAME, 0);
	come(first + 1, SWEEP_SAME, 0);
	come(first + 2, SWEEP_STATUS, 1);
	come(first + 3, SWEEP_STATUS, 2);
	come(first + 4, SWEEP_SAME, 0);
	ck_assert_uint_eq(points_group_end(&points, first), first + 2);
	ck_assert_uint_eq(points_group_end(&points, first + 1), first + 2);
	ck_assert_uint_eq(points_group_end(&points, first + 2), first + 3);
	ck_assert_uint_eq(points_group_end(&points, first + 3), first + 4);
	/* The next one is about another call. */
	come(first + 5, SWEEP_SAME, 0);
	ck_assert_uint_eq(points_group_end(&points, first + 4), first + 5);
	points_free(&points);
}
END_TEST

START_TEST(test_reasons_and_sleepers)
{
	size_t first = first_of_write();

	for (size_t i = 0; i < 5; i++)
		come(first + i, i < 2 ? SWEEP_HANG : SWEEP_REFUSED, 0);
	points.points[first].text = strdup("sh (pid 1) is asleep in read");
	points.points[first + 1].text = strdup("sh (pid 2) is asleep in read");
	points.points[first + 2].text = strdup("it is a socket");
	points.points[first + 3].text = strdup("it is a socket");
	points.points[first + 4].text = strdup("it is a queue");
	ck_assert_uint_eq(points_group_end(&points, first), first + 2);
	ck_assert_uint_eq(points_group_end(&points, first + 2), first + 4);
	points_free(&points);
}
END_TEST

static bool is_bad(const char *effect, enum sweep_outcome outcome, int number)
{
	bool bad;

	make(effect);
	come(0, outcome, number);
	bad = point_is_bad(&points, &points.points[0]);
	points_free(&points);
	return bad;
}

START_TEST(test_what_is_bad)
{
	ck_assert(!is_bad("errno EIO", SWEEP_SAME, 0));
	ck_assert(!is_bad("errno EIO", SWEEP_STATUS, 1));
	ck_assert(!is_bad("errno EIO", SWEEP_UNREACHED, 0));
	ck_assert(is_bad("errno EIO", SWEEP_HANG, 0));
	ck_assert(is_bad("kill", SWEEP_HANG, 0));
	ck_assert(is_bad("stop", SWEEP_HANG, 0));
	ck_assert(is_bad("errno EIO", SWEEP_SIGNAL, SIGSEGV));
	ck_assert(!is_bad("kill", SWEEP_SIGNAL, SIGKILL));
	ck_assert(is_bad("kill", SWEEP_SIGNAL, SIGSEGV));
	ck_assert(!is_bad("signal SIGTERM", SWEEP_SIGNAL, SIGTERM));
}
END_TEST

static void expect_text(enum sweep_outcome outcome, int number, const char *detail,
			const char *want)
{
	struct sweep_point point = { .outcome = outcome, .number = number, .text = (char *)detail };
	char got[100];

	point_text(&point, got, sizeof(got));
	ck_assert_str_eq(got, want);
}

START_TEST(test_outcomes_in_words)
{
	expect_text(SWEEP_SAME, 0, NULL, "same");
	expect_text(SWEEP_STATUS, 2, NULL, "exit status 2");
	expect_text(SWEEP_SIGNAL, SIGSEGV, NULL, "killed by SIGSEGV");
	expect_text(SWEEP_SIGNAL, SIGRTMIN + 3, NULL, "killed by signal 37");
	expect_text(SWEEP_HANG, 0, "a sleeps", "hang: a sleeps");
	expect_text(SWEEP_REFUSED, 0, "why", "not carried out: why");
}
END_TEST

static void expect_table(struct sweep_stop stop, const char *want)
{
	struct sweep_measure measure = { .profile = profile, .has_steady_output = true };
	char *got = NULL;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	sweep_print(&points, &measure, &stop, out);
	fclose(out);
	ck_assert_str_eq(got, want);
	free(got);
	points_free(&points);
}

START_TEST(test_table)
{
	make("short 1, kill");
	for (size_t i = 0; i < points.count; i++)
		come(i, SWEEP_SAME, 0);
	come(find_line("write", "short 1")->first + 4, SWEEP_STATUS, 1);
	expect_table((struct sweep_stop){ 0 },
		     "undisturbed: 11 calls, 0 bytes of output, exit status 0\n"
		     "\n"
		     "call                  effect            n          outcome\n"
		     "open                  kill              1-3        same\n"
		     "write                 short 1           1-4        same\n"
		     "write                 short 1           5          exit status 1\n"
		     "write                 kill              1-5        same\n"
		     "exit_group            kill              1          same\n"
		     "recv                  short 1           -          never called\n"
		     "recv                  kill              -          never called\n"
		     "\n"
		     "short 1 cannot be: this call moves no bytes that could be fewer\n"
		     "    open, exit_group\n"
		     "\n"
		     "14 runs: 13 same, 1 exit status; 4 points that cannot be\n");
}
END_TEST

START_TEST(test_table_of_a_part)
{
	make("short 1, kill");
	for (size_t i = 0; i < 2; i++)
		come(find_line("write", "short 1")->first + i, SWEEP_SAME, 0);
	expect_table((struct sweep_stop){ .signal = SIGTERM },
		     "undisturbed: 11 calls, 0 bytes of output, exit status 0\n"
		     "\n"
		     "call                  effect            n          outcome\n"
		     "write                 short 1           1-2        same\n"
		     "recv                  short 1           -          never called\n"
		     "recv                  kill              -          never called\n"
		     "\n"
		     "short 1 cannot be: this call moves no bytes that could be fewer\n"
		     "    open, exit_group\n"
		     "\n"
		     "2 runs: 2 same; 4 points that cannot be\n"
		     "12 points not run: interrupted by SIGTERM\n");
}
END_TEST

START_TEST(test_table_up_to_a_run_that_could_not_be_started)
{
	const struct sweep_point *failed;

	make("kill");
	for (size_t i = 0; i < 3; i++)
		come(find_line("open", "kill")->first + i, SWEEP_SAME, 0);
	failed = &points.points[find_line("write", "kill")->first];
	expect_table((struct sweep_stop){ .failed = failed },
		     "undisturbed: 11 calls, 0 bytes of output, exit status 0\n"
		     "\n"
		     "call                  effect            n          outcome\n"
		     "open                  kill              1-3        same\n"
		     "recv                  kill              -          never called\n"
		     "\n"
		     "3 runs: 3 same\n"
		     "6 points not run: no run could be started for write, kill, 1\n");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_every_call_and_time_and_effect);
	tcase_add_test(tcase, test_what_cannot_be);
	tcase_add_test(tcase, test_nameless_calls_cannot_be);
	tcase_add_test(tcase, test_equal_neighbours_are_one_group);
	tcase_add_test(tcase, test_reasons_and_sleepers);
	tcase_add_test(tcase, test_what_is_bad);
	tcase_add_test(tcase, test_outcomes_in_words);
	tcase_add_test(tcase, test_table);
	tcase_add_test(tcase, test_table_of_a_part);
	tcase_add_test(tcase, test_table_up_to_a_run_that_could_not_be_started);
}

int main(void)
{
	return checks_run_case("inject_points", fill);
}
