// SPDX-License-Identifier: MIT
/* What a terminal must not get, what stands for it, and the columns that this takes. */
#include <stdlib.h>

#include "checks.h"
#include "visible.h"

static const struct {
	const char *text;
	const char *want;
} cases[] = {
	{ "", "" },
	{ "plain, \xc3\xa9", "plain, \xc3\xa9" },
	{ "\033[31m\a\r\n\x7f", "<1B>[31m<07><0D><0A><7F>" },
	{ "\xff-\xc3", "<FF>-<C3>" },
	{ "\xe2\x80\xae\xc2\x9b", "<U+202E><U+009B>" },
	{ "a\tb\033\tc", "a       b<1B>   c" },
};

START_TEST(test_texts)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	visible_text(out, cases[_i].text);
	fclose(out);
	ck_assert_str_eq(text, cases[_i].want);
	free(text);
}
END_TEST

/* Zero bytes are bytes. */
START_TEST(test_bytes)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	visible_bytes(out, "a\0b", 3);
	fclose(out);
	ck_assert_str_eq(text, "a<00>b");
	free(text);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_texts, 0, sizeof(cases) / sizeof(cases[0]));
	tcase_add_test(tcase, test_bytes);
}

int main(void)
{
	return checks_run_case("visible", fill);
}
