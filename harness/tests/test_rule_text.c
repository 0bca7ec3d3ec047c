// SPDX-License-Identifier: MIT
/*
 * A rule that stands alone is read as it would be behind `fault NAME on NAME:`, mistakes included.
 */
#include "checks.h"
#include "parsed.h"

static struct decl *parse_rule(const char *text)
{
	return scenario_rule_parse(&file, "t", "", text, "", &diag);
}

/* The same fault in a scenario. */
static const struct decl *parse_fault(const char *text)
{
	char *body = NULL;

	ck_assert_int_gt(asprintf(&body, "fault f on e: %s", text), 0);
	parse_body(body);
	free(body);
	ck_assert_uint_eq(diag.count, 0);
	return file.scenarios->decls;
}

static const char *const rules[] = {
	"entry write(path ~ \"*.log\") nth 3 -> errno ENOSPC",
	("exit read|readv|recv(kind == fifo, size > 4096) nth 2..4 -> kill SIGTERM, delay 20ms "
	 "optional"),
	"entry exit() every 2 -> stop",
	"entry nth() nth any(7) -> signal SIGUSR1 # a comment",
};

static size_t count_exprs(const struct expr *list)
{
	size_t count = 0;

	for (; list; list = list->next)
		count++;
	return count;
}

START_TEST(test_same_as_in_a_scenario)
{
	const struct decl *want = parse_fault(rules[_i]);
	struct scenario_file scenario = file;
	const struct decl *got = parse_rule(rules[_i]);

	ck_assert_ptr_nonnull(got);
	ck_assert_int_eq(got->kind, DECL_FAULT);
	ck_assert_int_eq(got->point, want->point);
	ck_assert_str_eq(got->calls->text, want->calls->text);
	ck_assert_int_eq(!got->calls->next, !want->calls->next);
	ck_assert_uint_eq(count_exprs(got->arguments), count_exprs(want->arguments));
	ck_assert_int_eq(!got->nth, !want->nth);
	ck_assert_int_eq(got->every, want->every);
	ck_assert_uint_eq(count_exprs(got->effects), count_exprs(want->effects));
	ck_assert_str_eq(got->effects->bytes, want->effects->bytes);
	ck_assert_int_eq(got->optional, want->optional);
	ck_assert_ptr_null(got->name.text);
	scenario_file_free(&scenario);
	release();
}
END_TEST

START_TEST(test_lines_mean_nothing)
{
	const struct decl *rule = parse_rule("\n  entry write()\n\tnth 2\n-> errno EIO\n");

	ck_assert_ptr_nonnull(rule);
	ck_assert_int_eq(rule->nth->number, 2);
	ck_assert_int_eq(rule->nth->where.line, 1);
	release();
}
END_TEST

static const struct {
	const char *text, *messages;
} mistakes[] = {
	{ "", "1:1: error: expected 'entry' or 'exit', found end of line\n" },
	{ "write() -> kill", "1:1: error: expected 'entry' or 'exit', found 'write'\n" },
	{ "entry write -> kill", "1:13: error: expected '|' or '(', found '->'\n" },
	{ "entry write() kill", "1:15: error: expected '->', 'nth' or 'every', found 'kill'\n" },
	{ "entry write() -> kill }", "1:23: error: '}' without a '{'\n" },
	{ "entry write() -> kill\nexit read() -> kill",
	  "1:28: error: expected end of line, 'optional' or ',', found 'read'\n" },
	{ "fault f on e: entry write() -> kill",
	  "1:1: error: expected 'entry' or 'exit', found 'fault'\n" },
	{ "entry write() every 0 -> kill", "1:21: error: 'every' needs a number of at least 1\n" },
	{ "entry write(\"x) -> kill", "1:13: error: unterminated string\n" },
	{ "entry \xff() -> kill", "1:7: error: the byte 0xff here is not UTF-8 text\n" },
	{ "ipcdrill 1", "1:1: error: expected 'entry' or 'exit', found 'ipcdrill'\n" },
};

START_TEST(test_mistakes)
{
	ck_assert_ptr_null(parse_rule(mistakes[_i].text));
	expect_messages(mistakes[_i].messages);
}
END_TEST

static const struct {
	const char *before, *text, *after, *messages;
} parts[] = {
	{ "entry write() -> ", "kill}", "", "1:5: error: '}' without a '{'\n" },
	{ "entry write() -> ", "", "", "1:1: error: expected a name, found end of line\n" },
	{ "entry write() -> ", "kil\xff", "", "1:4: error: the byte 0xff here is not UTF-8 text\n" },
	{ "entri ", "write", "() -> kill",
	  "1:1: error: expected 'entry' or 'exit', found 'entri'\n" },
	{ "entry ", "write", "() kill",
	  "1:6: error: expected '->', 'nth' or 'every', found 'kill'\n" },
};

START_TEST(test_mistakes_are_in_the_part_that_was_written)
{
	ck_assert_ptr_null(scenario_rule_parse(&file, "t", parts[_i].before, parts[_i].text,
					       parts[_i].after, &diag));
	expect_messages(parts[_i].messages);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_same_as_in_a_scenario, 0, sizeof(rules) / sizeof(rules[0]));
	tcase_add_test(tcase, test_lines_mean_nothing);
	tcase_add_loop_test(tcase, test_mistakes, 0, sizeof(mistakes) / sizeof(mistakes[0]));
	tcase_add_loop_test(tcase, test_mistakes_are_in_the_part_that_was_written, 0,
			    sizeof(parts) / sizeof(parts[0]));
}

int main(void)
{
	return checks_run_case("rule text", fill);
}
