// SPDX-License-Identifier: MIT
/* What binds what in an expression, and what numbers and strings stand for. */
#include "bracketed.h"
#include "checks.h"
#include "parsed.h"

static const struct {
	const char *text;
	const char *tree;
} expressions[] = {
	{ "1 + 2 * 3 - 4 % 5", "[[1 + [2 * 3]] - [4 % 5]]" },
	{ "a || b && c == d", "[a || [b && [c == d]]]" },
	{ "a == O_A | O_B", "[a == [O_A | O_B]]" },
	{ "A | b + 1", "[A | [b + 1]]" },
	{ "-1 + !a * - -2", "[[-1] + [[!a] * [-[-2]]]]" },
	{ "-c.read", "[-c.read]" },
	{ "1..n + 1", "[1 .. [n + 1]]" },
	{ "x in_ ~ y", NULL },
	{ "path ~ \"*.sock\"", "[path ~ '*.sock']" },
	{ "kernel >= 5.14 && 1 <= 2", "[[kernel >= v327694] && [1 <= 2]]" },
	{ "f(a, g(), timeout=1s, from = b.to)", "f(a g() timeout=t1000000000 from=b.to)" },
	{ "(1 + 2) * 3", "[[1 + 2] * 3]" },
	{ "f(\n  1,\n\n  # comment\n  {\n 2,\n 3\n }\n)", "f(1 {2 3})" },
	{ "{ }", "{}" },
	{ "{1, EINTR}", "{1 EINTR}" },
	{ "0x1F", "31" },
	{ "0644 + 0o17 + 0 + 08s", "[[[420 + 15] + 0] + t8000000000]" },
	{ "9223372036854775807", "9223372036854775807" },
	{ "1ns + 2us + 3ms + 4m", "[[[t1 + t2000] + t3000000] + t240000000000]" },
	{ "1..12", "[1 .. 12]" },
	{ "\"y\" * 4096 + \"a\\tb\\x41\\\\\\\"\"", "[['y' * 4096] + 'a\tbA\\\"']" },
	{ "exit(3) + blocks + resumes.with", "[[exit(3) + blocks] + resumes.with]" },
	{ "run(check=do, in=as, every=nth)", "run(check=do in=as every=nth)" },
};

START_TEST(test_expression)
{
	char body[256];

	snprintf(body, sizeof(body), "let n = %s", expressions[_i].text);
	parse_body(body);
	if (expressions[_i].tree) {
		ck_assert_uint_eq(diag.count, 0);
		expect_list(file.scenarios->decls->expr, expressions[_i].tree);
	} else {
		ck_assert_uint_eq(diag.count, 1);
	}
	release();
}
END_TEST

START_TEST(test_bytes_of_a_string)
{
	const struct expr *expr;

	parse_body("let s = \"a\\0b\\x00\\xff\\n\"");
	expr = file.scenarios->decls->expr;
	ck_assert_uint_eq(expr->length, 6);
	ck_assert_mem_eq(expr->bytes, "a\0b\0\xff\n", 7);
	release();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_expression, 0,
			    sizeof(expressions) / sizeof(expressions[0]));
	tcase_add_test(tcase, test_bytes_of_a_string);
}

int main(void)
{
	return checks_run_case("expression", fill);
}
