// SPDX-License-Identifier: MIT
/*
 * Messages: their order, the line they show, where the caret points, and what is kept from a
 * terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "diag.h"

static struct diag diag;
static struct source source;

static void use_text(const char *text, size_t length)
{
	source.path = "file.drill";
	source.text = calloc(1, length + 1);
	source.length = length;
	memcpy(source.text, text, length);
}

static void setup(void)
{
	diag = (struct diag){ 0 };
}

static void teardown(void)
{
	diag_free(&diag);
	free(source.text);
	source = (struct source){ 0 };
}

/* What diag_print() writes; the caller frees it. */
static char *printed(bool colour, size_t most)
{
	static char *text;	/* not on the stack: gcc 12 takes what is returned for a pointer into this frame */
	static size_t size;
	FILE *out = open_memstream(&text, &size);

	diag_print(&diag, out, colour, most);
	fclose(out);
	return text;
}

static void expect(const char *want)
{
	char *got = printed(false, 0);

	ck_assert_str_eq(got, want);
	free(got);
}

START_TEST(test_shows_line_and_caret)
{
	use_text("one\ntwo words\nthree\n", 20);
	diag_error(&diag, &source, (struct location){ 2, 5, 10 }, "did you mean 'wolds'?", "bad %s",
		   "words");
	expect("file.drill:2:5: error: bad words\n"
	       "    2 | two words\n"
	       "      |     ^~~~~\n"
	       "      = did you mean 'wolds'?\n");
}
END_TEST

START_TEST(test_sorts_by_line_and_column)
{
	use_text("one\ntwo\nthree\n", 14);
	diag_error(&diag, &source, (struct location){ 3, 1, 2 }, NULL, "C");
	diag_error(&diag, &source, (struct location){ 2, 3, 4 }, NULL, "B");
	diag_error(&diag, &source, (struct location){ 2, 1, 2 }, NULL, "A");
	diag_error(&diag, &source, (struct location){ 2, 1, 2 }, NULL, "A again");
	expect("file.drill:2:1: error: A\n    2 | two\n      | ^\n"
	       "file.drill:2:1: error: A again\n    2 | two\n      | ^\n"
	       "file.drill:2:3: error: B\n    2 | two\n      |   ^\n"
	       "file.drill:3:1: error: C\n    3 | three\n      | ^\n");
}
END_TEST

START_TEST(test_sorts_by_file)
{
	struct source other = { .path = "a.drill", .text = "x\n", .length = 2 };
	char *got;

	use_text("x\n", 2);
	diag_error(&diag, &source, (struct location){ 1, 1, 2 }, NULL, "second");
	diag_error(&diag, &other, (struct location){ 1, 1, 2 }, NULL, "first");
	got = printed(false, 0);
	ck_assert_ptr_eq(strstr(got, "a.drill:1:1: error: first"), got);
	ck_assert_ptr_nonnull(strstr(got, "file.drill:1:1: error: second"));
	free(got);
}
END_TEST

START_TEST(test_caret_is_right_after_tabs_and_wide_letters)
{
	const char *text = "\ta\tbad\n\"\xc3\xa9\xe6\xbc\xa2\" bad\n";

	use_text(text, strlen(text));
	diag_error(&diag, &source, (struct location){ 1, 4, 7 }, NULL, "tabs");
	diag_error(&diag, &source, (struct location){ 2, 9, 12 }, NULL, "letters");
	expect("file.drill:1:4: error: tabs\n"
	       "    1 |         a       bad\n"
	       "      |                 ^~~\n"
	       "file.drill:2:9: error: letters\n"
	       "    2 | \"\xc3\xa9\xe6\xbc\xa2\" bad\n"
	       "      |       ^~~\n");
}
END_TEST

START_TEST(test_controls_never_reach_the_terminal)
{
	const char text[] = "a\033[31m\0\xff\xe2\x80\xae"
			    "z\n";

	use_text(text, sizeof(text) - 1);
	diag_error(&diag, &source, (struct location){ 1, 12, 13 }, NULL, "odd \001 name");
	expect("file.drill:1:12: error: odd <01> name\n"
	       "    1 | a<1B>[31m<00><FF><U+202E>z\n"
	       "      |                          ^\n");
}
END_TEST

START_TEST(test_long_line_is_cut_around_the_place)
{
	size_t length = 10 * 1024 * 1024;
	char *text = malloc(length), *got, *line;

	memset(text, 'x', length);
	text[length / 2] = '@';
	use_text(text, length);
	free(text);
	diag_error(&diag, &source,
		   (struct location){ 1, (int)(length / 2) + 1, (int)(length / 2) + 2 }, NULL,
		   "here");
	got = printed(false, 0);
	ck_assert_uint_lt(strlen(got), 500);
	line = strstr(got, "    1 | ...x");
	ck_assert_ptr_nonnull(line);
	/* The caret stands under the odd character. */
	ck_assert_int_eq(strchr(line, '@') - line, strchr(line, '^') - (strchr(line, '\n') + 1));
	free(got);
}
END_TEST

START_TEST(test_end_of_line_and_no_line)
{
	use_text("ab\r\nno newline", 14);
	diag_error(&diag, &source, (struct location){ 0 }, NULL, "the file as a whole");
	diag_error(&diag, &source, (struct location){ 1, 3, 4 }, NULL, "at the end");
	diag_error(&diag, &source, (struct location){ 2, 4, 100 }, NULL, "past the end");
	diag_error(&diag, &source, (struct location){ 9, 1, 2 }, NULL, "no such line");
	expect("file.drill: error: the file as a whole\n"
	       "file.drill:1:3: error: at the end\n"
	       "    1 | ab\n"
	       "      |   ^\n"
	       "file.drill:2:4: error: past the end\n"
	       "    2 | no newline\n"
	       "      |    ^~~~~~~\n"
	       "file.drill:9:1: error: no such line\n");
}
END_TEST

START_TEST(test_message_outlives_its_file)
{
	use_text("one\n", 4);
	diag_error(&diag, &source, (struct location){ 1, 1, 4 }, NULL, "kept");
	memset(source.text, 'X', source.length);
	expect("file.drill:1:1: error: kept\n"
	       "    1 | one\n"
	       "      | ^~~\n");
}
END_TEST

START_TEST(test_prints_at_most_and_counts_the_rest)
{
	char *got;

	use_text("x\n", 2);
	for (int i = 0; i < 100000; i++)
		diag_error(&diag, &source, (struct location){ 1, 1, 2 }, NULL, "number %d", i);
	ck_assert_uint_eq(diag.count, 100000);
	got = printed(false, 3);
	ck_assert_ptr_nonnull(strstr(got, "number 2\n"));
	ck_assert_ptr_null(strstr(got, "number 3\n"));
	ck_assert_ptr_nonnull(strstr(got, "and 99997 more\n"));
	free(got);
}
END_TEST

/* However many there are, one is asked for only where it is kept. */
START_TEST(test_what_is_only_counted_has_no_place)
{
	size_t kept = 0;
	char *got;

	use_text("x\n", 2);
	for (size_t i = 0; i < 2010; i++) {
		diag_error(&diag, &source, (struct location){ 1, 1, 2 }, NULL, "number %zu", i);
		if (diag_place(&diag, i, &source).line) {
			ck_assert_uint_eq(kept, i);
			kept++;
		}
		ck_assert_int_eq(diag_place(&diag, i + 1, &source).line, 0);
	}
	ck_assert_uint_eq(diag.count, 2010);
	ck_assert_uint_eq(kept, 2000);
	got = printed(false, 0);
	ck_assert_ptr_nonnull(strstr(got, "number 1999\n"));
	ck_assert_ptr_null(strstr(got, "number 2000\n"));
	ck_assert_ptr_nonnull(strstr(got, "and 10 more\n"));
	free(got);
}
END_TEST

START_TEST(test_colour_only_if_asked)
{
	char *plain, *coloured;

	use_text("x\n", 2);
	diag_error(&diag, &source, (struct location){ 1, 1, 2 }, NULL, "bad");
	plain = printed(false, 0);
	coloured = printed(true, 0);
	ck_assert_ptr_null(strchr(plain, '\033'));
	ck_assert_ptr_nonnull(strchr(coloured, '\033'));
	free(plain);
	free(coloured);
}
END_TEST

static const char *next_name(void *context)
{
	static const char *const names[] = { "fifo",  "pipe",     "unix_stream", "unix_dgram",
					     "write", "O_RDONLY", "O_RDWR",      "a" };
	size_t *next = context;

	return *next < sizeof(names) / sizeof(names[0]) ? names[(*next)++] : NULL;
}

static const char *nearest(const char *name)
{
	size_t next = 0;

	return diag_nearest(name, next_name, &next);
}

START_TEST(test_nearest_name)
{
	ck_assert_str_eq(nearest("fifi"), "fifo");
	ck_assert_str_eq(nearest("wirte"), "write");
	ck_assert_str_eq(nearest("unix_straem"), "unix_stream");
	ck_assert_str_eq(nearest("o_rdonly"), "O_RDONLY");
	ck_assert_str_eq(nearest("O_RDW"), "O_RDWR");
	ck_assert_str_eq(nearest("unix_dgarm"), "unix_dgram");
}
END_TEST

START_TEST(test_nothing_is_near)
{
	char endless[5000];

	memset(endless, 'f', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	ck_assert_ptr_null(nearest("socketpair"));
	ck_assert_ptr_null(nearest("b"));
	ck_assert_ptr_null(nearest(""));
	ck_assert_ptr_null(nearest(endless));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, test_shows_line_and_caret);
	tcase_add_test(tcase, test_sorts_by_line_and_column);
	tcase_add_test(tcase, test_sorts_by_file);
	tcase_add_test(tcase, test_caret_is_right_after_tabs_and_wide_letters);
	tcase_add_test(tcase, test_controls_never_reach_the_terminal);
	tcase_add_test(tcase, test_long_line_is_cut_around_the_place);
	tcase_add_test(tcase, test_end_of_line_and_no_line);
	tcase_add_test(tcase, test_message_outlives_its_file);
	tcase_add_test(tcase, test_prints_at_most_and_counts_the_rest);
	tcase_add_test(tcase, test_what_is_only_counted_has_no_place);
	tcase_add_test(tcase, test_colour_only_if_asked);
	tcase_add_test(tcase, test_nearest_name);
	tcase_add_test(tcase, test_nothing_is_near);
}

int main(void)
{
	return checks_run_case("diag", fill);
}
