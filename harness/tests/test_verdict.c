// SPDX-License-Identifier: MIT
/* Verdicts: their names stand in baselines, and whether they are good decides the exit status. */
#include <string.h>

#include "checks.h"
#include "judge.h"

static const struct {
	enum verdict_kind kind;
	const char *name;
	bool is_good;
} kinds[] = {
	{ VERDICT_PASS, "pass", true },
	{ VERDICT_FAIL, "fail", false },
	{ VERDICT_SKIP, "skip", true },
	{ VERDICT_BROKEN, "broken", false },
	{ VERDICT_INCONCLUSIVE, "inconclusive", false },
	{ VERDICT_EXPECTED_FAILURE, "expected failure", true },
	{ VERDICT_UNEXPECTED_PASS, "unexpected pass", false },
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

START_TEST(test_kind)
{
	ck_assert_str_eq(verdict_name(kinds[_i].kind), kinds[_i].name);
	ck_assert_int_eq(verdict_find(kinds[_i].name), kinds[_i].kind);
	ck_assert_int_eq(verdict_is_good(kinds[_i].kind), kinds[_i].is_good);
}
END_TEST

START_TEST(test_unknown_names)
{
	ck_assert_int_eq(verdict_find("passed"), -1);
	ck_assert_int_eq(verdict_find("PASS"), -1);
	ck_assert_int_eq(verdict_find("unexpected"), -1);
	ck_assert_int_eq(verdict_find(""), -1);
}
END_TEST

/* As often as one likes: a verdict that was let go of is as one that never was. */
START_TEST(test_let_go_of_twice)
{
	const struct verdict nothing = { 0 };
	struct verdict verdict = {
		.kind = VERDICT_FAIL,
		.step = 3,
		.reason = strdup("r"),
		.wanted = strdup("w"),
		.got = strdup("g"),
		.also = strdup("a"),
		.facts = strdup("f"),
	};

	verdict_free(&verdict);
	ck_assert_mem_eq(&verdict, &nothing, sizeof(nothing));
	verdict_free(&verdict);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_kind, 0, KINDS);
	tcase_add_test(tcase, test_unknown_names);
	tcase_add_test(tcase, test_let_go_of_twice);
}

int main(void)
{
	return checks_run_case("verdict", fill);
}
