// SPDX-License-Identifier: MIT
/* The best grade that there is here is found. */
#include <unistd.h>

#include "checks.h"
#include "process.h"
#include "settle.h"

START_TEST(test_the_probe_finds_the_best)
{
	int fd = process_open_syscall(getpid());

	ck_assert_str_eq(settle_grade_name(settle_probe()), fd < 0 ? "stat" : "syscall");
	if (fd >= 0)
		close(fd);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_the_probe_finds_the_best);
}

int main(void)
{
	return checks_run_case("settle_grade", fill);
}
