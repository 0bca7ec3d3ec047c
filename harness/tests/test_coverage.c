// SPDX-License-Identifier: MIT
/*
 * What verdicts say of behaviours: the worst of several counts, and nothing is counted that does
 * not exist.
 */
#include <string.h>

#include "checks.h"
#include "coverage.h"

static struct coverage coverage;

static void add(const char *id, enum verdict_kind kind)
{
	struct word word = { .text = id };
	struct scenario scenario = { .covers = &word };
	struct plan plan = { .scenario = &scenario, .id = (char *)"test" };
	struct test_result result = { .plan = &plan,
				      .verdict = { .kind = kind, .reason = (char *)"because" } };

	coverage_add(&coverage, &result);
}

static const struct {
	enum verdict_kind kind;
	enum coverage_state want;
} states[] = {
	{ VERDICT_PASS, COVERAGE_PASSING },	    { VERDICT_SKIP, COVERAGE_SKIPPED },
	{ VERDICT_FAIL, COVERAGE_FAILING },	    { VERDICT_BROKEN, COVERAGE_FAILING },
	{ VERDICT_INCONCLUSIVE, COVERAGE_FAILING }, { VERDICT_UNEXPECTED_PASS, COVERAGE_FAILING },
	{ VERDICT_EXPECTED_FAILURE, COVERAGE_DEVIATING },
};

START_TEST(test_state)
{
	const struct catalogue_entry *entry = &catalogue_entries[3];
	size_t count[COVERAGE_STATES];

	add(entry->id, states[_i].kind);
	ck_assert_int_eq(coverage.rows[3].state, states[_i].want);
	ck_assert_str_eq(coverage.rows[3].test, "test");
	ck_assert_str_eq(coverage.rows[3].why, "because");
	coverage_count(&coverage, entry->mechanism, count);
	ck_assert_uint_eq(count[states[_i].want], 1);
	coverage_count(&coverage, NULL, count);
	ck_assert_uint_eq(count[COVERAGE_MISSING], catalogue_count - 1);
	coverage_free(&coverage);
}
END_TEST

START_TEST(test_worst)
{
	add(catalogue_entries[0].id, VERDICT_FAIL);
	add(catalogue_entries[0].id, VERDICT_PASS);
	add(catalogue_entries[0].id, VERDICT_SKIP);
	add("no.such-behaviour", VERDICT_PASS);
	ck_assert_int_eq(coverage.rows[0].state, COVERAGE_FAILING);
	ck_assert_uint_eq(coverage.rows[0].tests, 3);
	coverage_free(&coverage);
}
END_TEST

START_TEST(test_nothing)
{
	size_t count[COVERAGE_STATES];

	coverage_count(&coverage, NULL, count);
	ck_assert_uint_eq(count[COVERAGE_MISSING], catalogue_count);
	coverage_free(&coverage);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_state, 0, sizeof(states) / sizeof(*states));
	tcase_add_test(tcase, test_worst);
	tcase_add_test(tcase, test_nothing);
}

int main(void)
{
	return checks_run_case("coverage", fill);
}
