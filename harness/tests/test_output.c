// SPDX-License-Identifier: MIT
/* Output that arrives, and output that does not. */
#include <fcntl.h>

#include "checks.h"
#include "loaded.h"
#include "output.h"

static struct report_output output;

START_TEST(test_file)
{
	char text[16] = "";
	FILE *file;

	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	ck_assert_int_eq(output_open(&output, "results"), 0);
	ck_assert(!output.terminal && !output.colour);
	fputs("hello", output.file);
	ck_assert_int_eq(output_flush(output.file), 0);
	ck_assert_int_eq(output_close(&output), 0);
	file = fopen("results", "r");
	ck_assert_ptr_nonnull(fgets(text, sizeof(text), file));
	fclose(file);
	ck_assert_str_eq(text, "hello");
}
END_TEST

START_TEST(test_unopened)
{
	ck_assert_int_eq(output_open(&output, "no/where"), -ENOENT);
	ck_assert_int_eq(output_open(&output, "."), -EISDIR);
}
END_TEST

START_TEST(test_full)
{
	if (access("/dev/full", W_OK))
		return;
	ck_assert_int_eq(output_open(&output, "/dev/full"), 0);
	ck_assert_int_eq(output_flush(output.file), 0);
	fputs("hello", output.file);
	ck_assert_int_eq(output_flush(output.file), -ENOSPC);
	ck_assert_int_eq(output_flush(output.file), -ENOSPC);
	output_close(&output);
	ck_assert_int_eq(output_open(&output, "/dev/full"), 0);
	fputs("hello", output.file);
	ck_assert_int_eq(output_close(&output), -ENOSPC);
}
END_TEST

/* The reason is known even if it was stdio that wrote, long before anybody asked. */
START_TEST(test_early)
{
	if (access("/dev/full", W_OK))
		return;
	ck_assert_int_eq(output_open(&output, "/dev/full"), 0);
	for (int i = 0; i < 10000; i++)
		fputs("hello", output.file);
	ck_assert(ferror(output.file));
	errno = 0;
	ck_assert_int_eq(output_close(&output), -ENOSPC);
}
END_TEST

START_TEST(test_colour)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	FILE *terminal;

	if (master < 0)
		return;
	ck_assert(!grantpt(master) && !unlockpt(master));
	terminal = fopen(ptsname(master), "w");
	ck_assert_ptr_nonnull(terminal);
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	ck_assert(output_colour(terminal));
	setenv("NO_COLOR", "", 1);
	ck_assert(output_colour(terminal));
	setenv("NO_COLOR", "0", 1);
	ck_assert(!output_colour(terminal));
	unsetenv("NO_COLOR");
	setenv("TERM", "dumb", 1);
	ck_assert(!output_colour(terminal));
	unsetenv("TERM");
	ck_assert(!output_colour(terminal));
	fclose(terminal);
	close(master);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_file);
	tcase_add_test(tcase, test_unopened);
	tcase_add_test(tcase, test_full);
	tcase_add_test(tcase, test_early);
	tcase_add_test(tcase, test_colour);
}

int main(void)
{
	return checks_run_case("output", fill);
}
