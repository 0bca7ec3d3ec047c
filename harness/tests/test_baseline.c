// SPDX-License-Identifier: MIT
/* Baselines: what is read, refused, and expected. */
#include "baseline.h"
#include "checks.h"
#include "loaded.h"

static struct baseline baseline;
static struct diag diag;

static void print(void)
{
	diag_print(&diag, stderr, false, 0);
}

/* What was said, without the lines that show the place. */
static void expect_messages(const char *want)
{
	char *text = said_by(print), *got = NULL;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		if (line[0] != ' ' || strstr(line, "= "))
			fprintf(out, "%s\n", line + strspn(line, " "));
	}
	fclose(out);
	ck_assert_str_eq(got, want);
	free(got);
	free(text);
	diag_free(&diag);
}

static void read_lines(const char *lines)
{
	write_file("list", lines);
	ck_assert_int_eq(baseline_read(&baseline, "list", &diag), 0);
}

static struct verdict judged(const char *id, enum verdict_kind kind)
{
	char reason[] = "its own";
	struct verdict verdict = { .kind = kind, .reason = reason }, result;

	baseline_judge(&baseline, id, &verdict, &result);
	if (result.reason == reason)
		result.reason = NULL;
	return result;
}

static void expect_judged(const char *id, enum verdict_kind kind, enum verdict_kind want,
			  const char *reason)
{
	struct verdict got = judged(id, kind);

	ck_assert_int_eq(got.kind, want);
	if (reason)
		ck_assert_str_eq(got.reason, reason);
	else
		ck_assert_ptr_null(got.reason);
}

START_TEST(test_judge)
{
	read_lines(
		"# comment\n\n  \t \na\tfail\tknown\nb*\tbroken\tmessy\tindeed\r\nc\tskip\tnot here\nd\tinconclusive\tslow");
	expect_messages("");
	expect_judged("a", VERDICT_FAIL, VERDICT_EXPECTED_FAILURE, "known");
	expect_judged("a", VERDICT_PASS, VERDICT_UNEXPECTED_PASS, "list:4 says fail: known");
	expect_judged("a", VERDICT_BROKEN, VERDICT_BROKEN, NULL);
	expect_judged("a", VERDICT_SKIP, VERDICT_SKIP, NULL);
	expect_judged("a", VERDICT_EXPECTED_FAILURE, VERDICT_EXPECTED_FAILURE, NULL);
	expect_judged("aa", VERDICT_FAIL, VERDICT_FAIL, NULL);
	expect_judged("b[x=1]", VERDICT_BROKEN, VERDICT_EXPECTED_FAILURE, "messy\tindeed");
	expect_judged("c", VERDICT_SKIP, VERDICT_SKIP, NULL);
	expect_judged("c", VERDICT_PASS, VERDICT_UNEXPECTED_PASS, "list:6 says skip: not here");
	expect_judged("d", VERDICT_INCONCLUSIVE, VERDICT_EXPECTED_FAILURE, "slow");
	baseline_close(&baseline);
}
END_TEST

START_TEST(test_first_match)
{
	read_lines("a1\tbroken\tone\na*\tfail\tall\n");
	expect_judged("a1", VERDICT_FAIL, VERDICT_FAIL, NULL);
	expect_judged("a2", VERDICT_FAIL, VERDICT_EXPECTED_FAILURE, "all");
	baseline_close(&baseline);
}
END_TEST

START_TEST(test_none)
{
	expect_judged("a", VERDICT_FAIL, VERDICT_FAIL, NULL);
	expect_judged("a", VERDICT_PASS, VERDICT_PASS, NULL);
}
END_TEST

START_TEST(test_bad_lines)
{
	read_lines(
		"a\nb\tfail\nc\tfail\t\n\tfail\tx\nd\tFial\tx\ne\tpass\tx\nf\tfail\tx\nf\tskip\tx\n");
	expect_messages(
		"list:1:1: error: a baseline line needs three fields\n= write: id, tab, verdict, tab, reason\n"
		"list:2:1: error: a baseline line needs three fields\n= write: id, tab, verdict, tab, reason\n"
		"list:3:1: error: a baseline line needs three fields\n= write: id, tab, verdict, tab, reason\n"
		"list:4:1: error: a baseline line needs three fields\n= write: id, tab, verdict, tab, reason\n"
		"list:5:3: error: Fial cannot be expected\n= did you mean fail?\n"
		"list:6:3: error: pass cannot be expected\n"
		"= one of fail, broken, inconclusive, skip, unexpected pass\n"
		"list:8:1: error: f is listed twice, first in line 7\n");
	baseline_close(&baseline);
}
END_TEST

START_TEST(test_large)
{
	FILE *out = fopen("list", "w");

	for (int i = 0; i < 5000; i++)
		fprintf(out, "test-%d\tfail\tnumber %d\n", i, i);
	fclose(out);
	ck_assert_int_eq(baseline_read(&baseline, "list", &diag), 0);
	ck_assert_uint_eq(baseline.count, 5000);
	expect_judged("test-4999", VERDICT_FAIL, VERDICT_EXPECTED_FAILURE, "number 4999");
	baseline_close(&baseline);
}
END_TEST

START_TEST(test_unreadable)
{
	ck_assert_int_eq(baseline_read(&baseline, "nowhere", &diag), -ENOENT);
	baseline_close(&baseline);
	ck_assert_int_eq(baseline_read(&baseline, ".", &diag), -EISDIR);
	baseline_close(&baseline);
}
END_TEST

START_TEST(test_compare)
{
	char *paths[] = { "." };

	write_scenario("a.drill", "x");
	ck_assert_int_eq(suite_load(&suite, "try", paths, 1), EXIT_PASSED);
	read_lines("a[n=1]\tfail\tx\na[n=3]\tfail\tx\nswim*\tfail\tx\n*\tfail\tx\n");
	baseline_compare(&baseline, &suite, &diag);
	expect_messages("list:2:1: error: no test has the id a[n=3]\n= did you mean a[n=1]?\n"
			"list:3:1: error: no test has the id swim*\n");
	baseline_close(&baseline);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_judge);
	tcase_add_test(tcase, test_first_match);
	tcase_add_test(tcase, test_none);
	tcase_add_test(tcase, test_bad_lines);
	tcase_add_test(tcase, test_large);
	tcase_add_test(tcase, test_unreadable);
	tcase_add_test(tcase, test_compare);
}

int main(void)
{
	return checks_run_case("baseline", fill);
}
