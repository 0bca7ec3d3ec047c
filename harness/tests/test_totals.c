// SPDX-License-Identifier: MIT
/* What all verdicts together amount to. */
#include <string.h>

#include "checks.h"
#include "totals.h"

START_TEST(test_exit_status)
{
	static const struct {
		size_t count[VERDICT_UNEXPECTED_PASS + 1];
		const char *failure;
		enum exit_status want;
	} cases[] = {
		{ { [VERDICT_PASS] = 2 }, NULL, EXIT_PASSED },
		{ { [VERDICT_EXPECTED_FAILURE] = 1 }, NULL, EXIT_PASSED },
		{ { [VERDICT_PASS] = 1, [VERDICT_SKIP] = 9 }, NULL, EXIT_PASSED },
		{ { [VERDICT_SKIP] = 9 }, NULL, EXIT_ALL_SKIPPED },
		{ { [VERDICT_SKIP] = 9, [VERDICT_EXPECTED_FAILURE] = 1 }, NULL, EXIT_PASSED },
		{ { [VERDICT_PASS] = 9, [VERDICT_BROKEN] = 1 }, NULL, EXIT_BROKEN },
		{ { [VERDICT_SKIP] = 9, [VERDICT_INCONCLUSIVE] = 1 }, NULL, EXIT_BROKEN },
		{ { [VERDICT_BROKEN] = 1, [VERDICT_FAIL] = 1 }, NULL, EXIT_FAILED },
		{ { [VERDICT_INCONCLUSIVE] = 1, [VERDICT_UNEXPECTED_PASS] = 1 },
		  NULL,
		  EXIT_FAILED },
		{ { [VERDICT_PASS] = 1 }, "no room", EXIT_BROKEN },
		{ { 0 }, "no room", EXIT_BROKEN },
	};
	struct totals totals = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memcpy(totals.count, cases[i].count, sizeof(totals.count));
		totals.failure = cases[i].failure;
		ck_assert_msg(totals_exit_status(&totals) == cases[i].want, "case %zu", i);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_exit_status);
}

int main(void)
{
	return checks_run_case("totals", fill);
}
