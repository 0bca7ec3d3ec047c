// SPDX-License-Identifier: MIT
/* Killed at random points, on this kernel and on older ones: nobody hangs, and nothing is left. */
#include "checks.h"
#include "inject_fixture.h"
#include "victims.h"

enum { RUNS = 120 };

START_TEST(test_nobody_hangs)
{
	struct victim_tally tally = { 0 };
	unsigned random = 12345;
	int fd = leak_lowest_fd();

	for (int i = 0; i < RUNS; i++) {
		random = random * 1664525 + 1013904223;
		ck_assert_int_eq(victim_try(&victim_kernels[_i], random >> 4, &tally), 0);
	}
	ck_assert_uint_eq(tally.runs, RUNS);
	ck_assert_uint_eq(tally.hangs, 0);
	ck_assert_uint_gt(tally.held, RUNS / 4);
	ck_assert_int_eq(leak_lowest_fd(), fd);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_nobody_hangs, 0, VICTIM_KERNELS);
}

int main(void)
{
	return checks_run_case("inject_killed", fill);
}
