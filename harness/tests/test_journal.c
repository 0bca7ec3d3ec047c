// SPDX-License-Identifier: MIT
/*
 * Journals: what is lost, twice, out of order or torn in them, told by sender, sequence and line.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "journal.h"

static const struct {
	enum journal_demand demand;
	const char *lines;
	const char *violation; /* NULL: it holds */
} cases[] = {
	{ JOURNAL_NO_LOSS, "", NULL },
	{ JOURNAL_NO_LOSS, "a 0\na 1\na 2\n", NULL },
	{ JOURNAL_NO_LOSS, "a 1\na 2\n", NULL },
	{ JOURNAL_NO_LOSS, "a 2\na 1\nb 0\na 3\na 0\n", NULL },
	{ JOURNAL_NO_LOSS, "a 1\na 1\na 2\n", NULL },
	{ JOURNAL_NO_LOSS, "a 0\na 2\n", "a 1 is lost: the next that is there is 2, on line 2" },
	{ JOURNAL_NO_LOSS, "a 1\na 3\n", "a 2 is lost: the next that is there is 3, on line 2" },
	{ JOURNAL_NO_LOSS, "b 1\na 2\n", "a 1 is lost: the next that is there is 2, on line 2" },
	{ JOURNAL_NO_LOSS, "a 9\na 1\n",
	  "a 2 to 8 are lost: the next that is there is 9, on line 1" },
	{ JOURNAL_NO_LOSS, "aa 1\na 1\naa 2\na 2\nab 1\n", NULL },
	/* What is torn is not there. */
	{ JOURNAL_NO_LOSS, "a 1\na2\na 3\n",
	  "a 2 is lost: the next that is there is 3, on line 3" },
	{ JOURNAL_NO_DUP, "a 1\nb 1\na 2\nab 1\n", NULL },
	{ JOURNAL_NO_DUP, "a 1\nb 1\nb 1\n", "b 1 is there twice: on line 2 and on line 3" },
	{ JOURNAL_NO_DUP, "a 1 text\nb 1\na 1 other\n",
	  "a 1 is there twice: on line 1 and on line 3" },
	{ JOURNAL_NO_DUP, "a 01\nb 1\na 1\n", "a 1 is there twice: on line 1 and on line 3" },
	{ JOURNAL_NO_DUP, "a 1\na 1", NULL },
	{ JOURNAL_ORDER_PER_SENDER, "b 1\na 1\nb 2\na 5\nb 9\na 5\n", NULL },
	{ JOURNAL_ORDER_PER_SENDER, "a 10\na 9\n",
	  "a is out of order: 10 on line 1, then 9 on line 2" },
	{ JOURNAL_ORDER_PER_SENDER, "a 1\nb 7\na 3\nb 8\na 2\n",
	  "a is out of order: 3 on line 3, then 2 on line 5" },
	{ JOURNAL_ATOMIC, "", NULL },
	{ JOURNAL_ATOMIC, "a 1\na 2 text and more\n", NULL },
	{ JOURNAL_ATOMIC, "a 18446744073709551614\n", "line 1 is torn: 'a 18446744073709551614'" },
	{ JOURNAL_ATOMIC, "a 1\na 2", "line 2 is torn: 'a 2'" },
	{ JOURNAL_ATOMIC, "a 1\n\na 2\n", "line 2 is torn: ''" },
	{ JOURNAL_ATOMIC, "a 1\na\n", "line 2 is torn: 'a'" },
	{ JOURNAL_ATOMIC, "a 1\na \n", "line 2 is torn: 'a '" },
	{ JOURNAL_ATOMIC, " 1\n", "line 1 is torn: ' 1'" },
	{ JOURNAL_ATOMIC, "a 1a\n", "line 1 is torn: 'a 1a'" },
	{ JOURNAL_ATOMIC, "a -1\n", "line 1 is torn: 'a -1'" },
	{ JOURNAL_ATOMIC, "a\t1\n", "line 1 is torn: 'a?1'" },
	/* What a terminal might obey is not passed on to it. */
	{ JOURNAL_NO_LOSS, "\033[2J\r 2\n",
	  "?[2J? 1 is lost: the next that is there is 2, on line 1" },
	{ JOURNAL_NO_DUP, "\a 1\n\a 1\n", "? 1 is there twice: on line 1 and on line 2" },
	{ JOURNAL_ORDER_PER_SENDER, "\x7f 2\n\x7f 1\n",
	  "? is out of order: 2 on line 1, then 1 on line 2" },
	{ JOURNAL_ATOMIC,
	  "a 1\na 2\na 1234567890123456789 x\na b cdefghijklmnopqrstuvwxyzabcdefghijklmnopqrst\n",
	  "line 4 is torn: 'a b cdefghijklmnopqrstuvwxyzabcdefghijkl...'" },
};

START_TEST(test_cases)
{
	char text[300];
	bool holds = journal_holds(cases[_i].lines, strlen(cases[_i].lines), cases[_i].demand, text,
				   sizeof(text));

	ck_assert_msg(holds == !cases[_i].violation, "%s: %s", cases[_i].lines, text);
	if (cases[_i].violation)
		ck_assert_str_eq(text, cases[_i].violation);
}
END_TEST

START_TEST(test_many_lines)
{
	char *lines = NULL, text[300];
	size_t size;
	FILE *out = open_memstream(&lines, &size);

	for (int i = 1; i <= 20000; i++)
		fprintf(out, "sender%d %d some text\n", i % 7, (i + 6) / 7);
	fclose(out);
	for (int demand = JOURNAL_NO_LOSS; demand <= JOURNAL_ATOMIC; demand++)
		ck_assert_msg(
			journal_holds(lines, size, (enum journal_demand)demand, text, sizeof(text)),
			"%s", text);
	free(lines);
}
END_TEST

START_TEST(test_files)
{
	char path[] = "/tmp/test_journal.XXXXXX", text[300];
	bool holds = false;
	int fd = mkstemp(path);

	ck_assert_int_eq(write(fd, "a 1\na 3\n", 8), 8);
	close(fd);
	ck_assert_int_eq(journal_check(path, JOURNAL_NO_DUP, &holds, text, sizeof(text)), 0);
	ck_assert(holds);
	ck_assert_int_eq(journal_check(path, JOURNAL_NO_LOSS, &holds, text, sizeof(text)), 0);
	ck_assert(!holds);
	unlink(path);
	ck_assert_int_eq(journal_check(path, JOURNAL_NO_LOSS, &holds, text, sizeof(text)), -ENOENT);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(journal_check(path, JOURNAL_NO_LOSS, &holds, text, sizeof(text)), -EINVAL);
	unlink(path);
	ck_assert_int_eq(journal_check("/", JOURNAL_NO_LOSS, &holds, text, sizeof(text)), -EINVAL);
}
END_TEST

START_TEST(test_names)
{
	ck_assert_str_eq(journal_demand_name(JOURNAL_NO_LOSS), "no_loss");
	ck_assert_str_eq(journal_demand_name(JOURNAL_ATOMIC), "atomic");
	ck_assert_ptr_null(journal_demand_name((enum journal_demand)(JOURNAL_ATOMIC + 1)));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_cases, 0, sizeof(cases) / sizeof(*cases));
	tcase_add_test(tcase, test_many_lines);
	tcase_add_test(tcase, test_files);
	tcase_add_test(tcase, test_names);
}

int main(void)
{
	return checks_run_case("journal", fill);
}
