// SPDX-License-Identifier: MIT
/* Counting verdicts. */
#include "totals.h"

#include "settle.h"

void totals_add(struct totals *totals, enum verdict_kind kind, uint32_t grade)
{
	totals->count[kind]++;
	totals->weaker += grade != SETTLE_SYSCALL;
	if (grade > totals->grade)
		totals->grade = grade;
}

size_t totals_done(const struct totals *totals)
{
	size_t done = 0;

	for (size_t i = 0; i < sizeof(totals->count) / sizeof(totals->count[0]); i++)
		done += totals->count[i];
	return done;
}

size_t totals_skipped(const struct totals *totals)
{
	return totals->count[VERDICT_SKIP];
}

size_t totals_passed(const struct totals *totals)
{
	return totals->count[VERDICT_PASS] + totals->count[VERDICT_EXPECTED_FAILURE];
}

size_t totals_failed(const struct totals *totals)
{
	return totals_done(totals) - totals_passed(totals) - totals_skipped(totals);
}

/* A failure says more about the platform than a broken scenario does, so it wins. */
enum exit_status totals_exit_status(const struct totals *totals)
{
	if (totals->count[VERDICT_FAIL] || totals->count[VERDICT_UNEXPECTED_PASS])
		return EXIT_FAILED;
	if (totals->failure || totals_failed(totals))
		return EXIT_BROKEN;
	if (totals->no_skips && totals_skipped(totals))
		return EXIT_FAILED;
	if (!totals_passed(totals))
		return EXIT_ALL_SKIPPED;
	return EXIT_PASSED;
}
