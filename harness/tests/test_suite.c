// SPDX-License-Identifier: MIT
/* Loading: all files or every reason why not. */
#include "checks.h"
#include "loaded.h"

static char *paths[] = { "scenarios", "nowhere" };
static size_t path_count = 1;
static enum exit_status status;

static void load(void)
{
	suite_free(&suite);
	status = suite_load(&suite, "try", paths, path_count);
}

static void expect(enum exit_status want, const char *said)
{
	char *text = said_by(load);

	ck_assert_str_eq(text, said);
	ck_assert_int_eq(status, want);
	free(text);
}

START_TEST(test_good)
{
	mkdir("scenarios", 0700);
	write_scenario("scenarios/a.drill", "x");
	write_scenario("scenarios/b.drill", "x");
	expect(EXIT_PASSED, "");
	ck_assert_uint_eq(suite.file_count, 2);
	ck_assert_uint_eq(suite.plan_count, 4);
	ck_assert_str_eq(suite.plans[2]->id, "b[n=1]");
	ck_assert_str_eq(suite_nearest_id(&suite, "a[m=1]"), "a[n=1]");
	ck_assert_ptr_null(suite_nearest_id(&suite, "swimming"));
}
END_TEST

START_TEST(test_every_reason)
{
	mkdir("scenarios", 0700);
	write_file("scenarios/a.drill", "");
	write_scenario("scenarios/b.drill", "x");
	write_file("scenarios/c.drill", "ipcdrill 99\n");
	path_count = 2;
	expect(EXIT_USAGE, "ipcdrill try: nowhere: No such file or directory\n"
	       "scenarios/a.drill:1:1: error: nothing in this file: the first line must be 'ipcdrill 1', the language's "
	       "version\n    1 | \n      | ^\n"
	       "scenarios/c.drill:1:10: error: unknown version '99' of the language; this program knows version 1\n"
	       "    1 | ipcdrill 99\n      |          ^~\n");
}
END_TEST

START_TEST(test_same_ids)
{
	mkdir("scenarios", 0700);
	mkdir("nowhere", 0700);
	mkdir("nowhere/scenarios", 0700);
	write_scenario("scenarios/a.drill", "x");
	write_scenario("nowhere/scenarios/a.drill", "x");
	path_count = 2;
	expect(EXIT_USAGE,
	       "ipcdrill try: two tests have the id a[n=1]: scenarios/a.drill:2 and nowhere/scenarios/a.drill:2\n"
	       "ipcdrill try: two tests have the id a[n=2]: scenarios/a.drill:2 and nowhere/scenarios/a.drill:2\n");
}
END_TEST

START_TEST(test_unreadable)
{
	mkdir("scenarios", 0700);
	ck_assert_int_eq(symlink("b.drill", "scenarios/a.drill"), 0);
	ck_assert_int_eq(symlink("a.drill", "scenarios/b.drill"), 0);
	write_scenario("scenarios/c.drill", "x");
	expect(EXIT_USAGE, "ipcdrill try: scenarios/a.drill: Too many levels of symbolic links\n"
	       "ipcdrill try: scenarios/b.drill: Too many levels of symbolic links\n");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_good);
	tcase_add_test(tcase, test_every_reason);
	tcase_add_test(tcase, test_same_ids);
	tcase_add_test(tcase, test_unreadable);
}

int main(void)
{
	return checks_run_case("suite", fill);
}
