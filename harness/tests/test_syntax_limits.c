// SPDX-License-Identifier: MIT
/* Scenario files without measure: how deep, how long and how wrong one may be. */
#include "checks.h"
#include "parsed.h"

/* `open` and `close` around a 1, many times; and a mistake in the line after it. */
static void parse_nested(const char *open, const char *close, int count)
{
	char *body = NULL;
	size_t size;
	FILE *out = open_memstream(&body, &size);

	fputs("let n = ", out);
	for (int i = 0; i < count; i++)
		fputs(open, out);
	fputs("1", out);
	for (int i = 0; i < count; i++)
		fputs(close, out);
	fputs("\nbogus", out);
	fclose(out);
	parse_body(body);
	free(body);
}

static const struct {
	const char *open, *close;
	int count;
	const char *message;
} nests[] = {
	{ "(", ")", 150, "" },
	{ "(", ")", 10000, "3:209: error: brackets nested more than 200 deep\n" },
	{ "(", "", 10000, "3:209: error: brackets nested more than 200 deep\n" },
	{ "{", "}", 10000, "3:209: error: brackets nested more than 200 deep\n" },
	{ "f(", ")", 10000, "3:410: error: brackets nested more than 200 deep\n" },
	{ "-", "", 10000, "3:209: error: more than 200 operators in a row\n" },
	{ "(-", ")", 150, "" },
	{ "{-", "}", 150, "3:109: error: an expression nested more than 200 deep\n" },
	{ "", "+1", 199, "" },
	{ "", "+1", 1000000, "3:9: error: an expression nested more than 200 deep\n" },
	{ "", "|A", 1000000, "3:9: error: an expression nested more than 200 deep\n" },
};

START_TEST(test_nest)
{
	char *got;

	parse_nested(nests[_i].open, nests[_i].close, nests[_i].count);
	got = messages();
	if (!*nests[_i].close && *nests[_i].open == '(') {
		/* Nothing shows where it was meant to end. */
		ck_assert_str_eq(got, nests[_i].message);
	} else {
		char *rest = got + strlen(nests[_i].message);

		ck_assert(!strncmp(got, nests[_i].message, strlen(nests[_i].message)));
		ck_assert_str_eq(rest, "4:1: error: expected a declaration, found 'bogus'\n");
	}
	free(got);
	release();
}
END_TEST

START_TEST(test_nested_blocks)
{
	char *steps = NULL;
	size_t size;
	FILE *out = open_memstream(&steps, &size);

	for (int i = 0; i < 10000; i++)
		fputs("repeat 2 as i {\n", out);
	for (int i = 0; i < 10000; i++)
		fputs("}\n", out);
	fclose(out);
	parse_run(steps);
	free(steps);
	expect_messages("34:15: error: blocks nested more than 32 deep\n");
}
END_TEST

START_TEST(test_line_of_10_mebibytes)
{
	size_t length = 10 * 1024 * 1024;
	char *body = malloc(length + 100);

	strcpy(body, "let n = \"");
	memset(body + 9, 'x', length);
	strcpy(body + 9 + length, "\" 5\nbogus");
	parse_body(body);
	free(body);
	expect_messages("3:10485772: error: expected end of line, found '5'\n"
			"4:1: error: expected a declaration, found 'bogus'\n");
}
END_TEST

START_TEST(test_endless_list_and_endless_errors)
{
	char *body = malloc(400001);

	strcpy(body, "let n = f(");
	for (int i = 10; i < 400000; i += 2)
		memcpy(body + i, "1,", 3);
	parse_body(body);
	ck_assert_uint_eq(diag.count, 1);
	release();
	for (int i = 0; i < 400000; i += 2)
		memcpy(body + i, "x\n", 3);
	parse_body(body);
	ck_assert_uint_gt(diag.count, 5000);
	ck_assert_uint_le(diag.count, 10000);
	release();
	free(body);
}
END_TEST

#define ADD_ALL(cases, test, table) \
	tcase_add_loop_test(cases, test, 0, sizeof(table) / sizeof((table)[0]))

static void fill(TCase *tcase)
{
	ADD_ALL(tcase, test_nest, nests);
	tcase_add_test(tcase, test_nested_blocks);
	tcase_add_test(tcase, test_line_of_10_mebibytes);
	tcase_add_test(tcase, test_endless_list_and_endless_errors);
}

int main(void)
{
	return checks_run_case("syntax_limits", fill);
}
