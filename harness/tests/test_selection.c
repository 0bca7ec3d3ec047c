// SPDX-License-Identifier: MIT
/* Patterns, tags and orders. */
#include "checks.h"
#include "glob.h"
#include "loaded.h"
#include "selection.h"

static struct selection selection;
static enum exit_status status;

static void load(void)
{
	char *paths[] = { "." };

	write_scenario("a.drill", "first, both");
	write_scenario("b.drill", "second, both");
	ck_assert_int_eq(suite_load(&suite, "try", paths, 1), EXIT_PASSED);
}

static void apply(void)
{
	status = selection_apply(&selection, &suite, "try");
}

/* The ids in order, each with a blank behind it, and what was said. */
static void expect(const char *ids, const char *said)
{
	char *text = said_by(apply), *got = NULL;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	for (size_t i = 0; i < selection.count; i++)
		fprintf(out, "%s ", suite.plans[selection.order[i]]->id);
	fclose(out);
	ck_assert_str_eq(text, said);
	ck_assert_str_eq(got, ids);
	ck_assert_int_eq(status, said[0] ? EXIT_USAGE : EXIT_PASSED);
	free(got);
	free(text);
	selection_close(&selection);
}

START_TEST(test_glob)
{
	static const struct {
		const char *pattern, *id;
		bool want;
	} cases[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "a", "", false },
		{ "a", "a", true },
		{ "a", "ab", false },
		{ "*", "", true },
		{ "*", "a/b[c=d]", true },
		{ "a*", "a", true },
		{ "*b", "ab", true },
		{ "?", "a", true },
		{ "?", "", false },
		{ "a?c", "abc", true },
		{ "a?c", "ac", false },
		{ "a[c=d]", "a[c=d]", true },
		{ "a[c=d]", "ac", false },
		{ "a[*]", "a[n=1,m=2]", true },
		{ "*ab*ab*c", "ababababc", true },
		{ "*a*b*c", "acb", false },
		{ "**", "x", true },
		{ "a*b", "aXbXc", false },
		{ "a\\*", "a*", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ck_assert_msg(glob_matches(cases[i].pattern, cases[i].id) == cases[i].want,
			      "'%s' and '%s'", cases[i].pattern, cases[i].id);
}
END_TEST

/* Exponential in naive matchers: this one would outlive the test. */
START_TEST(test_glob_is_fast)
{
	char pattern[2001], id[20001];

	for (size_t i = 0; i < sizeof(pattern) - 1; i++)
		pattern[i] = i % 2 ? 'a' : '*';
	pattern[sizeof(pattern) - 1] = '\0';
	pattern[sizeof(pattern) - 2] = 'b';
	memset(id, 'a', sizeof(id) - 1);
	id[sizeof(id) - 1] = '\0';
	ck_assert(!glob_matches(pattern, id));
}
END_TEST

START_TEST(test_all)
{
	load();
	expect("a[n=1] a[n=2] b[n=1] b[n=2] ", "");
}
END_TEST

START_TEST(test_criteria)
{
	load();
	selection_add_pattern(&selection, "*n=2]");
	expect("a[n=2] b[n=2] ", "");
	selection_add_pattern(&selection, "b*");
	selection_add_pattern(&selection, "a[n=2]");
	expect("a[n=2] b[n=1] b[n=2] ", "");
	selection_add_tag(&selection, "second");
	expect("b[n=1] b[n=2] ", "");
	selection_add_tag(&selection, "first");
	selection_add_tag(&selection, "second");
	selection_add_pattern(&selection, "*n=1]");
	expect("a[n=1] b[n=1] ", "");
}
END_TEST

START_TEST(test_nothing)
{
	load();
	selection_add_pattern(&selection, "swim*");
	selection_add_pattern(&selection, "a*");
	selection_add_pattern(&selection, "b");
	selection_add_tag(&selection, "secnd");
	expect("", "ipcdrill try: --only 'swim*' matches none of 4 tests\n"
	       "ipcdrill try: --only 'b' matches none of 4 tests; did you mean 'b*'?\n"
	       "ipcdrill try: --tag 'secnd': none of 4 tests has it; did you mean 'second'?\n");
	selection_add_pattern(&selection, "a*");
	selection_add_tag(&selection, "second");
	expect("", "ipcdrill try: no test is left: none matches both --only and --tag\n");
}
END_TEST

START_TEST(test_shuffle)
{
	load();
	ck_assert(selection_shuffle(&selection, "0"));
	expect("b[n=1] a[n=2] a[n=1] b[n=2] ", "");
	ck_assert(selection_shuffle(&selection, "18446744073709551615"));
	expect("b[n=1] a[n=2] b[n=2] a[n=1] ", "");
	ck_assert(selection_shuffle(&selection, NULL));
	ck_assert(selection.shuffle);
	ck_assert_uint_le(selection.seed, UINT32_MAX);
	ck_assert(!selection_shuffle(&selection, "x"));
	ck_assert(!selection_shuffle(&selection, "1x"));
	ck_assert(!selection_shuffle(&selection, "-1"));
	ck_assert(!selection_shuffle(&selection, "18446744073709551616"));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_glob);
	tcase_add_test(tcase, test_glob_is_fast);
	tcase_add_test(tcase, test_all);
	tcase_add_test(tcase, test_criteria);
	tcase_add_test(tcase, test_nothing);
	tcase_add_test(tcase, test_shuffle);
}

int main(void)
{
	return checks_run_case("selection", fill);
}
