// SPDX-License-Identifier: MIT
/* Reports word for word. */
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "report.h"
#include "settle.h"
#include "totals.h"
#include "utf8.h"

static char path[] = "a/b.drill", id[] = "a/b[c=#1]",
	    source_text[] = "one\ntwo\n  w: write(c, \"x\") = 2\n";
static const struct cite cites[] = {
	{ .kind = "man",
	  .document = "pipe(7)",
	  .place = "\"here\"",
	  .next = (struct cite *)&cites[1] },
	{ .kind = "posix", .document = "write" },
};
static const struct scenario scenario = { .title = "a title",
					  .where = { 1, 10, 12 },
					  .cites = (struct cite *)cites };
static struct scenario_file file = {
	.source = { .path = path, .text = source_text, .length = sizeof(source_text) - 1 },
};
static const struct plan plan = { .file = &file, .scenario = &scenario, .id = id };

static char *text;
static size_t size;
static struct report_output out;
static struct totals totals;
static const struct report *report;

static void begin(const char *name, size_t planned, bool terminal, bool colour)
{
	out = (struct report_output){ open_memstream(&text, &size), terminal, colour };
	totals = (struct totals){ .planned = planned, .duration_ns = 1234567890 };
	report = report_find(name);
	ck_assert_ptr_nonnull(report);
	report->begin(&out, planned);
}

static void give_judged_by(enum settle_grade grade, enum verdict_kind kind, const char *reason)
{
	struct test_result result = {
		.plan = &plan,
		.verdict = { .kind = kind, .step = -1, .reason = reason ? strdup(reason) : NULL },
		.history = { .grade = grade },
	};

	totals_add(&totals, kind, grade);
	report->result(&out, &result, &totals);
	verdict_free(&result.verdict);
}

static void give(enum verdict_kind kind, const char *reason)
{
	give_judged_by(SETTLE_SYSCALL, kind, reason);
}

static void expect(const char *want)
{
	report->end(&out, &totals);
	fclose(out.file);
	ck_assert_str_eq(text, want);
	free(text);
}

static void expect_in(const char *want)
{
	fflush(out.file);
	ck_assert_msg(strstr(text, want) != NULL, "no '%s' in '%s'", want, text);
}

static void run_quietly(void)
{
	begin("pretty", 3, false, false);
	give(VERDICT_PASS, NULL);
	give(VERDICT_SKIP, "no such kernel");
	give(VERDICT_EXPECTED_FAILURE, "known");
	expect("1 failed as expected: known\n    a/b[c=#1]\n1 skipped: no such kernel\n    a/b[c=#1]\n"
	       "1 expected failure\nin 1.234 s\n2 passed, 0 failed, 1 skipped\n");
}

START_TEST(test_pretty_quiet)
{
	run_quietly();
}
END_TEST

/* Nothing of a run is remembered in the next. */
START_TEST(test_pretty_again)
{
	run_quietly();
	begin("pretty", 1, false, false);
	give(VERDICT_PASS, NULL);
	expect("in 1.234 s\n1 passed, 0 failed, 0 skipped\n");
}
END_TEST

START_TEST(test_pretty_sums)
{
	begin("pretty", 9, false, false);
	give(VERDICT_FAIL, "wrong");
	expect_in("FAIL a/b[c=#1]");
	give(VERDICT_BROKEN, "messy");
	give(VERDICT_INCONCLUSIVE, "late");
	give(VERDICT_INCONCLUSIVE, "late");
	give(VERDICT_UNEXPECTED_PASS, "better");
	totals.early_end = "stopped at the first failure";
	expect_in("UNEXPECTED PASS a/b[c=#1]");
	report->end(&out, &totals);
	expect_in("\n4 of 9 not run: stopped at the first failure\n"
		  "1 unexpected pass, 1 broken, 2 inconclusive\nin 1.234 s\n0 passed, 5 failed, 0 skipped\n");
	fclose(out.file);
	free(text);
}
END_TEST

START_TEST(test_pretty_terminal)
{
	begin("pretty", 2, true, true);
	give(VERDICT_PASS, NULL);
	give(VERDICT_PASS, NULL);
	expect("\r\033[K[1/2]\r\033[K[2/2]\r\033[Kin 1.234 s\n\033[1;32m2 passed, 0 failed, 0 skipped\033[0m\n");
	begin("pretty", 2, true, false);
	give(VERDICT_FAIL, "wrong");
	expect_in("\r\033[KFAIL");
	expect_in("\r\033[K[1/2] 1 failed");
	fclose(out.file);
	free(text);
}
END_TEST

/* Of the line with the sums, of two tests. */
static void expect_last_colour(const char *colour)
{
	char *want = NULL;

	totals.planned = 2;
	report->end(&out, &totals);
	fflush(out.file);
	ck_assert_int_gt(asprintf(&want, "s\n%s%zu passed, ", colour, totals_passed(&totals)), 0);
	expect_in(want);
	free(want);
	fclose(out.file);
	free(text);
}

/* Green is what can be relied on: everything was run, and passed. */
START_TEST(test_pretty_colours)
{
	begin("pretty", 2, false, true);
	give(VERDICT_PASS, NULL);
	give(VERDICT_SKIP, "no");
	expect_last_colour("\033[1;32m");
	begin("pretty", 2, false, true);
	give(VERDICT_PASS, NULL);
	expect_last_colour("\033[1;31m");
	begin("pretty", 2, false, true);
	give(VERDICT_PASS, NULL);
	give(VERDICT_PASS, NULL);
	totals.failure = "no room";
	expect_last_colour("\033[1;31m");
	begin("pretty", 2, false, true);
	give(VERDICT_PASS, NULL);
	give(VERDICT_SKIP, "no");
	totals.no_skips = true;
	expect_last_colour("\033[1;31m");
	begin("pretty", 2, false, true);
	give(VERDICT_SKIP, "no");
	give(VERDICT_SKIP, "no");
	expect_last_colour("\033[1m");
}
END_TEST

/* A progress line a test would be most of the work of a long run. */
START_TEST(test_pretty_many)
{
	size_t drawn = 0;

	begin("pretty", 100000, true, false);
	for (int i = 0; i < 100000; i++)
		give(VERDICT_PASS, NULL);
	fclose(out.file);
	for (const char *at = text; (at = strchr(at, '\r')); at++)
		drawn++;
	ck_assert_uint_ge(drawn, 900);
	ck_assert_uint_le(drawn, 1001);
	free(text);
}
END_TEST

START_TEST(test_pretty_failure)
{
	begin("pretty", 1, false, false);
	totals.failure = "no room";
	expect("the run ended early: no room\n1 of 1 not run\nin 1.234 s\n0 passed, 0 failed, 0 skipped\n");
}
END_TEST

/* Also of tests that passed, and of which the report says nothing else. */
START_TEST(test_weaker_grades)
{
	static const char said[] = "what is asleep was judged by grade 'time' in 2 of 3 tests, "
				   "not by the kernel naming the call\n";
	static const char *const formats[] = { "pretty", "tap" };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		begin(formats[i], 3, false, false);
		give_judged_by(SETTLE_TIME, VERDICT_PASS, NULL);
		give_judged_by(SETTLE_STAT, VERDICT_PASS, NULL);
		give(VERDICT_PASS, NULL);
		report->end(&out, &totals);
		expect_in(said);
		fclose(out.file);
		free(text);
	}
}
END_TEST

START_TEST(test_tap)
{
	begin("tap", 5, false, false);
	give(VERDICT_PASS, NULL);
	/* With what some readers take for the end of a line, and what is no UTF-8. */
	give(VERDICT_SKIP, "# no\nkernel\xc2\x85-\xe2\x80\xa8-\xff\xc3\xa9\xc3");
	expect("TAP version 14\n1..5\nok 1 - a/b[c=\\#1]\nok 2 - a/b[c=\\#1] # SKIP \\# no kernel - -"
	       UTF8_REPLACEMENT "\xc3\xa9" UTF8_REPLACEMENT "\n"
	       "# 1 passed, 0 failed, 1 skipped\nBail out! not all tests were run\n");
}
END_TEST

START_TEST(test_tap_block)
{
	char reason[] = "a \"b\" \\ # c\x01\xff\xc3\xa9", facts[] = "  one\n\ttwo\x1b", got[] = "5";
	struct test_result result = {
		.plan = &plan,
		.repetition = 2,
		.verdict = { .kind = VERDICT_FAIL,
			     .where = { 3, 3, 4 },
			     .reason = reason,
			     .got = got,
			     .facts = facts },
		.duration_ns = 12345,
		.replay = "ipcdrill run",
	};

	begin("tap", 1, false, false);
	totals.count[VERDICT_FAIL]++;
	report->result(&out, &result, &totals);
	expect("TAP version 14\n1..1\nnot ok 1 - a/b[c=\\#1] (repetition 3)\n  ---\n  verdict: \"fail\"\n"
	       "  message: \"a \\\"b\\\" \\\\ # c\\x01\\xff\xc3\xa9\"\n  file: \"a/b.drill\"\n  line: 3\n  column: 3\n"
	       "  got: \"5\"\n  cite:\n    - \"man pipe(7): \\\"here\\\"\"\n    - \"posix write\"\n  duration_us: 12\n"
	       "  replay: \"ipcdrill run\"\n  facts: |2\n      one\n    \ttwo\\x1b\n  ...\n"
	       "# 0 passed, 1 failed, 0 skipped\n");
}
END_TEST

START_TEST(test_tap_bails_out)
{
	begin("tap", 2, false, false);
	give(VERDICT_PASS, NULL);
	totals.failure = "no room # here";
	expect("TAP version 14\n1..2\nok 1 - a/b[c=\\#1]\n# 1 passed, 0 failed, 0 skipped\n"
	       "Bail out! no room \\# here\n");
}
END_TEST

START_TEST(test_names)
{
	ck_assert_ptr_nonnull(report_find("pretty"));
	ck_assert_ptr_nonnull(report_find("tap"));
	ck_assert_ptr_null(report_find("Tap"));
	ck_assert_ptr_null(report_find(""));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_pretty_quiet);
	tcase_add_test(tcase, test_pretty_again);
	tcase_add_test(tcase, test_pretty_sums);
	tcase_add_test(tcase, test_pretty_terminal);
	tcase_add_test(tcase, test_pretty_colours);
	tcase_add_test(tcase, test_pretty_many);
	tcase_add_test(tcase, test_pretty_failure);
	tcase_add_test(tcase, test_weaker_grades);
	tcase_add_test(tcase, test_tap);
	tcase_add_test(tcase, test_tap_block);
	tcase_add_test(tcase, test_tap_bails_out);
	tcase_add_test(tcase, test_names);
}

int main(void)
{
	return checks_run_case("reports", fill);
}
