// SPDX-License-Identifier: MIT
/* Which files can be read at all. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "parsed.h"

static const char *const examples[] = {
	"01-blocking-open",          "02-end-of-file",
	"03-epipe-and-sigpipe",      "04-pipe-buf-atomicity",
	"05-o-nonblock-on-a-fifo",   "06-posix-queue-priority",
	"07-sysv-types-and-removal", "08-sem-undo-after-sigkill",
	"09-robust-mutex",           "10-descriptor-passing",
	"11-datagram-backpressure",  "12-external-programs",
};

enum { EXAMPLE_COUNT = sizeof(examples) / sizeof(examples[0]) };

START_TEST(test_example)
{
	char path[128];

	snprintf(path, sizeof(path), "bats/fixtures/examples/%s.drill", examples[_i]);
	ck_assert_int_eq(scenario_file_read(&file, path, &diag), 0);
	diag_print(&diag, stderr, false, 0);
	ck_assert_uint_eq(diag.count, 0);
	ck_assert_ptr_nonnull(file.scenarios);
	ck_assert(!file.scenarios->damaged);
	ck_assert_ptr_nonnull(file.scenarios->cites);
	ck_assert_ptr_nonnull(file.scenarios->decls);
	release();
}
END_TEST

START_TEST(test_line_ends_and_marks)
{
	const char *text =
		"\xef\xbb\xbf# first\r\n\r\nipcdrill 1\r\nscenario \"a\" {\r\n\tcovers x.y\r\n}\r\n"
		"scenario \"b\" {}";

	parse_bytes(text, strlen(text));
	ck_assert_str_eq(file.scenarios->title, "a");
	ck_assert_str_eq(file.scenarios->covers->text, "x.y");
	ck_assert_str_eq(file.scenarios->next->title, "b");
	expect_place(file.scenarios->next->where, 7, 10, 13);
	expect_messages("7:15: error: expected a new line after '{'\n");
}
END_TEST

START_TEST(test_files_that_cannot_be_read)
{
	char path[] = "/tmp/test-scenario-XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(scenario_file_read(&file, "/tmp", &diag), -EISDIR);
	ck_assert_int_eq(scenario_file_read(&file, "/no/such/file", &diag), -ENOENT);
	ck_assert_int_eq(ftruncate(fd, 64 * 1024 * 1024 + 1), 0);
	ck_assert_int_eq(scenario_file_read(&file, path, &diag), -EFBIG);
	close(fd);
	unlink(path);
	/* A FIFO without a writer is an empty file, not a reason to wait. */
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_uint_eq(diag.count, 0);
	ck_assert_int_eq(scenario_file_read(&file, path, &diag), 0);
	ck_assert_uint_eq(diag.count, 1);
	unlink(path);
	release();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_example, 0, EXAMPLE_COUNT);
	tcase_add_test(tcase, test_line_ends_and_marks);
	tcase_add_test(tcase, test_files_that_cannot_be_read);
}

int main(void)
{
	return checks_run_case("scenario file", fill);
}
