// SPDX-License-Identifier: MIT
/* Tests that are grouped by what is said about them. */
#include <stdlib.h>

#include "checks.h"
#include "tally.h"

START_TEST(test_groups)
{
	static const char *const ids[] = { "a", "b", "c", "d", "e" };
	struct tally tally = { 0 };
	char *text;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	for (size_t i = 0; i < 5; i++)
		tally_add(&tally, "first", ids[i]);
	for (size_t i = 0; i < 3; i++)
		tally_add(&tally, "second", ids[i]);
	tally_print(&tally, file, "left");
	tally_clear(&tally);
	tally_print(&tally, file, "left");
	fclose(file);
	ck_assert_str_eq(text,
			 "5 left: first\n    a, b, c and 2 more\n3 left: second\n    a, b, c\n");
	free(text);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_groups);
}

int main(void)
{
	return checks_run_case("tally", fill);
}
