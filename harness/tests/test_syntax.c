// SPDX-License-Identifier: MIT
/*
 * What is said about a wrong scenario file: each mistake once, where it is, and nothing about
 * what is right.
 */
#include "checks.h"
#include "parsed.h"

static const struct mistake {
	const char *text;
	const char *message;
} declarations[] = {
	{ "cite man", "3:9: error: expected a string, found end of line\n" },
	{ "covers a b", "3:10: error: expected end of line or ',', found 'b'\n" },
	{ "chanel c: fifo", "3:1: error: expected a declaration, found 'chanel'\n" },
	{ "bogus", "3:1: error: expected a declaration, found 'bogus'\n" },
	{ "\"x\"", "3:1: error: expected a declaration or '}', found '\"x\"'\n" },
	{ "channel c fifo", "3:11: error: expected ':', found 'fifo'\n" },
	{ "channel c: fifo from a", "3:23: error: expected 'to' or ',', found end of line\n" },
	{ "timeout 2", "3:9: error: expected a duration, found '2'\n" },
	{ "timeout 5min", "3:10: error: unknown unit 'min' after a number\n" },
	{ "timeout 9999999999999s", "3:9: error: the duration is longer than 292 years\n" },
	{ "across n in", "3:12: error: expected a value, found end of line\n" },
	{ "let = 5", "3:5: error: expected a name, found '='\n" },
	{ "let n = 9223372036854775808",
	  "3:9: error: the number is larger than 9223372036854775807\n" },
	{ "let n = 0x8000000000000000",
	  "3:9: error: the number is larger than 9223372036854775807\n" },
	{ "let n = 0689", "3:11: error: '8' is not a digit of a base 8 number\n" },
	{ "let n = 0x", "3:9: error: no digits after '0x'\n" },
	{ "let n = 5.14.3", "3:9: error: expected a version of two numbers, such as 5.14\n" },
	{ "let n = 5.99999", "3:9: error: there is no version that large\n" },
	{ "let n = 1.5s", "3:9: error: expected a version of two numbers, such as 5.14\n" },
	{ "let n = 1 == 2 == 3", "3:16: error: expected end of line, found '=='\n" },
	{ "let n = (1", "3:11: error: expected ')', found end of line\n" },
	{ "let n = {1, }", "3:13: error: expected a value, found '}'\n" },
	{ "let n = \"abc", "3:9: error: unterminated string\n" },
	{ "let n = \"abc\\", "3:9: error: unterminated string\n" },
	{ "let n = \"a\\qb\\xg0\"",
	  "3:11: error: unknown escape\n3:14: error: \\x needs two hexadecimal digits\n" },
	{ "let n = \"\\01\"", "3:10: error: \\0 followed by a digit looks octal\n" },
	{ "let n = 1 @ 2", "3:11: error: unexpected character '@'\n" },
	{ "let n = \xc3\xa9", "3:9: error: unexpected character '\xc3\xa9'\n" },
	{ "let n = \001", "3:9: error: unexpected control character 0x01\n" },
	{ "w: write(c)", "3:1: error: a step belongs in run { } or race { }\n" },
	{ "check 1", "3:1: error: 'check' belongs in run { } or race { }\n" },
	{ "deviates a", "3:11: error: expected a string, found end of line\n" },
	{ "deviates a \"\"", "3:12: error: this text must not be empty\n" },
	{ "deviates a \"a\\nb\"", "3:12: error: this text must be one line that can be printed\n" },
	{ "fault f on a: middle w() -> stop",
	  "3:15: error: expected 'entry' or 'exit', found 'middle'\n" },
	{ "fault f on a: entry w() every 0 -> stop",
	  "3:31: error: 'every' needs a number of at least 1\n" },
	{ "fault f on a: entry w()",
	  "3:24: error: expected '->', 'nth' or 'every', found end of line\n" },
	{ "outcome {\nallow \"a\" r\nalow \"b\": r\nforbid c: r\n}",
	  "4:11: error: expected ':', found 'r'\n"
	  "5:1: error: expected 'allow', 'forbid' or 'witness', found 'alow'\n"
	  "6:8: error: expected a string, found 'c'\n" },
	{ "outcome x {\nallow \"a\": r\nallow\n}",
	  "3:9: error: expected '{', found 'x'\n5:6: error: expected a string, found end of "
	  "line\n" },
	{ "rum {\nw: f(\n}", "3:1: error: expected a declaration, found 'rum'\n"
			     "4:6: error: expected a value or ')', found end of line\n" },
	{ "bogus {\nw: f(\n}", "3:1: error: expected a declaration, found 'bogus'\n"
			       "4:6: error: expected a value or ')', found end of line\n" },
	{ "run\n{\nw: f()\n}\nbogus", "3:4: error: expected '{' at the end of this line\n"
				      "7:1: error: expected a declaration, found 'bogus'\n" },
	{ "run { w: f() }\nbogus", "3:6: error: expected a new line after '{'\n"
				   "3:14: error: expected a new line before '}'\n"
				   "4:1: error: expected a declaration, found 'bogus'\n" },
};

START_TEST(test_declaration)
{
	parse_body(declarations[_i].text);
	expect_messages(declarations[_i].message);
}
END_TEST

static const struct mistake steps[] = {
	{ "w write(c)", "4:3: error: expected ':', found 'write'\n" },
	{ "w: write(c \"x\")", "4:12: error: expected ',' or ')', found '\"x\"'\n" },
	{ "w: = 5", "4:4: error: expected a call, 'resumes', 'blocks' or 'exit', found '='\n" },
	{ "w:", "4:3: error: expected a call, 'resumes', 'blocks' or 'exit', found end of line\n" },
	{ "w: r = 5", "4:8: error: expected a call, found '5'\n" },
	{ "w: f() =", "4:9: error: expected a value, found end of line\n" },
	{ "w: f() 5", "4:8: error: expected end of line, 'in', 'blocks' or '=', found '5'\n" },
	{ "w: f() = 1 with", "4:16: error: expected a name, found end of line\n" },
	{ "w: f() = 1 with a", "4:18: error: expected 'as' or '=', found end of line\n" },
	{ "w: f(1,)", "4:8: error: expected a value, found ')'\n" },
	{ "w: f(1\nw: g(", "4:7: error: expected ',' or ')', found end of line\n"
			   "5:6: error: expected a value or ')', found end of line\n" },
	{ "w: f(1\ndo\ndo kill w\ncheck", "5:1: error: expected ',' or ')', found 'do'\n"
					  "7:6: error: expected a value, found end of line\n" },
	{ "w: f(1))", "4:8: error: expected end of line, 'in', 'blocks' or '=', found ')'\n" },
	{ "w: f({1, 2)", "4:11: error: expected '}' or ',', found ')'\n" },
	{ "w: resumes blocks", "4:12: error: expected end of line, 'in' or '=', found 'blocks'\n" },
	{ "chekc f() == 0", "4:1: error: expected a statement, found 'chekc'\n" },
	{ "do", "4:3: error: expected a name, found end of line\n" },
	{ "do kill w S", "4:11: error: expected end of line or ',', found 'S'\n" },
	{ "channel c: fifo", "4:1: error: 'channel' belongs directly in a scenario\n" },
	{ "repeat 3 {\nw: f(@)\n}\nw: g(@)", "4:10: error: expected 'as', found '{'\n"
					     "5:6: error: unexpected character '@'\n"
					     "7:6: error: unexpected character '@'\n" },
	{ "repeat 3 as i\n{\nw: f()\n}", "4:14: error: expected '{' at the end of this line\n" },
	{ "} w", "4:3: error: expected end of line, found 'w'\n6:1: error: '}' without a '{'\n" },
	{ "w: f() }", "4:8: error: expected a new line before '}'\n"
		      "6:1: error: '}' without a '{'\n" },
};

START_TEST(test_step)
{
	parse_run(steps[_i].text);
	expect_messages(steps[_i].message);
}
END_TEST

static const struct mistake files[] = {
	{ "",
	  "1:1: error: nothing in this file: the first line must be 'ipcdrill 1', the language's "
	  "version\n" },
	{ "# a\n\n# b",
	  "1:1: error: nothing in this file: the first line must be 'ipcdrill 1', the "
	  "language's version\n" },
	{ "ipcdrill 1\n", "2:1: error: no scenario in this file\n" },
	{ "ipcdrill 2\n$$$\n",
	  "1:10: error: unknown version '2' of the language; this program knows version 1\n" },
	{ "ipcdrill 1.1\n$$$\n",
	  "1:10: error: unknown version '1.1' of the language; this program knows version 1\n" },
	{ "ipcdrill\nscenario \"a\" {\n}\n",
	  "1:9: error: expected a number or a version, found end of "
	  "line\n" },
	{ "scenario \"a\" {\nbogus\n}\n", "1:1: error: the first line must be 'ipcdrill 1', the "
					  "language's version\n"
					  "2:1: error: expected a declaration, found 'bogus'\n" },
	{ "some text\nmore $$$\n",
	  "1:1: error: a scenario file begins with 'ipcdrill 1', the version "
	  "of its language\n" },
	{ "ipcdrill 1\nscenario \"\xff\" {\n",
	  "2:11: error: the byte 0xff here is not UTF-8 text\n" },
	{ "ipcdrill 1\n}\nscenaro \"a\" {\n}\n}\n",
	  "2:1: error: '}' without a '{'\n"
	  "3:1: error: expected 'scenario', found 'scenaro'\n"
	  "5:1: error: '}' without a '{'\n" },
	{ "ipcdrill 1\nscenario \"a\" {\nrun {\nw: f(\nscenario \"b\" {\nbogus\n}\n",
	  "3:5: error: this '{' is not closed before the next scenario\n"
	  "4:6: error: expected a value or ')', found end of line\n"
	  "6:1: error: expected a declaration, found 'bogus'\n" },
	{ "ipcdrill 1\nscenario \"a\" {\nrun {\nw: f()",
	  "3:5: error: this '{' is not closed before the end of the file\n" },
	{ "ipcdrill 1\nscenario {\nbogus\n}\n",
	  "2:10: error: expected a string, found '{'\n"
	  "3:1: error: expected a declaration, found 'bogus'\n" },
};

START_TEST(test_file)
{
	parse_bytes(files[_i].text, strlen(files[_i].text));
	expect_messages(files[_i].message);
}
END_TEST

START_TEST(test_nul_byte)
{
	parse_bytes("ipcdrill 1\n\0", 12);
	expect_messages("2:1: error: a NUL byte: this is not text\n");
}
END_TEST

START_TEST(test_help_names_what_was_meant)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	parse_body("channnel c: fifo\nlet n = (1");
	diag_print(&diag, out, false, 0);
	fclose(out);
	ck_assert_ptr_nonnull(strstr(text, "= did you mean 'channel'?\n"));
	ck_assert_ptr_nonnull(strstr(text, "= the '(' of line 4, column 9 is not closed\n"));
	free(text);
	/* What was meant is taken for granted, so that the channel is known to what follows. */
	ck_assert_int_eq(file.scenarios->decls->kind, DECL_CHANNEL);
	release();
}
END_TEST

START_TEST(test_damage_stays_in_its_scenario)
{
	static const char text[] =
		"ipcdrill 1\nscenario \"a\" {\n}\nscenario \"b\" {\nbogus\n}\n"
		"scenario \"c\" {\nrun {\nw: f(\nw: g()\n}\n}\nscenario \"d\" {\n}\n";
	const struct scenario *scenario;

	parse_bytes(text, strlen(text));
	scenario = file.scenarios;
	ck_assert(!scenario->damaged);
	ck_assert(scenario->next->damaged);
	scenario = scenario->next->next;
	ck_assert(scenario->damaged);
	ck_assert_int_eq(scenario->decls->body->kind, STATEMENT_DAMAGED);
	ck_assert_int_eq(scenario->decls->body->next->kind, STATEMENT_CALL);
	ck_assert_str_eq(scenario->next->title, "d");
	ck_assert(!scenario->next->damaged);
	release();
}
END_TEST

#define ADD_ALL(cases, test, table) \
	tcase_add_loop_test(cases, test, 0, sizeof(table) / sizeof((table)[0]))

static void fill(TCase *tcase)
{
	ADD_ALL(tcase, test_declaration, declarations);
	ADD_ALL(tcase, test_step, steps);
	ADD_ALL(tcase, test_file, files);
	tcase_add_test(tcase, test_nul_byte);
	tcase_add_test(tcase, test_help_names_what_was_meant);
	tcase_add_test(tcase, test_damage_stays_in_its_scenario);
}

int main(void)
{
	return checks_run_case("syntax", fill);
}
