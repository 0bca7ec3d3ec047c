// SPDX-License-Identifier: MIT
/* All that is said of scenarios with several mistakes, and nothing that only follows from one. */
#include "complaints_calls.h"
#include "complaints_declarations.h"
#include "complaints_lives.h"
#include "complaints_names.h"
#include "complaints_objects.h"
#include "complaints_programs.h"
#include "complaints_scenarios.h"
#include "complaints_steps.h"

static void check_case(const struct complaint_case *wrong)
{
	struct resolved resolved;

	resolve_form(&resolved, wrong->form, wrong->text);
	expect_complaints(&resolved, wrong->want);
	/* What has errors is never run, not even those variants of it that have none. */
	if (wrong->form != TEXT)
		ck_assert_uint_eq(resolved.suite.plan_count, 0);
	release(&resolved);
}

START_TEST(test_calls)
{
	check_case(&said_of_calls[_i]);
}
END_TEST

START_TEST(test_declarations)
{
	check_case(&said_of_declarations[_i]);
}
END_TEST

START_TEST(test_lives)
{
	check_case(&said_of_lives[_i]);
}
END_TEST

START_TEST(test_names)
{
	check_case(&said_of_names[_i]);
}
END_TEST

START_TEST(test_objects)
{
	check_case(&said_of_objects[_i]);
}
END_TEST

START_TEST(test_programs)
{
	check_case(&said_of_programs[_i]);
}
END_TEST

START_TEST(test_scenarios)
{
	check_case(&said_of_scenarios[_i]);
}
END_TEST

START_TEST(test_steps)
{
	check_case(&said_of_steps[_i]);
}
END_TEST

/* A scenario with errors takes nothing from the others of its file. */
START_TEST(test_other_scenarios)
{
	static const char text[] = "ipcdrill 1\n"
				   "scenario \"a\" {\ncite man \"x\"\nendpoint a\n"
				   "run {\na: getpid() in 1..9\n}\n}\n"
				   "scenario \"b\" {\ncite man \"x\"\nendpoint a\n"
				   "across n in 1, zz\n"
				   "run {\na: close(n) = EAGAIN\n}\n}\n"
				   "scenario \"c\" {\ncite man \"x\"\nendpoint a\nlet idle = 1\n"
				   "run {\na: getpid() in 1..9\n}\n}\n"
				   "scenario \"d\" {\ncite man \"x\"\nendpoint a\n"
				   "run {\na: getpid() in 1..9\n}\n}\n";
	struct resolved resolved;

	resolve_form(&resolved, TEXT, text);
	expect_complaints(&resolved,
			  "14:10 n is the plain word zz, not the fd of close()\n"
			  "20:5 constant idle is never used | use it, or leave it out\n");
	ck_assert_uint_eq(resolved.suite.plan_count, 2);
	ck_assert_str_eq(resolved.suite.plans[0]->id, "pipe/t/a");
	ck_assert_str_eq(resolved.suite.plans[1]->id, "pipe/t/d");
	release(&resolved);
}
END_TEST

/* What would grow without end: the first message says it for all. */
static const struct {
	const char *head; /* before what is repeated */
	const char *line; /* with a number in it */
	int count;
	const char *tail;
	size_t messages;
	const char *last;
} floods[] = {
	{ PIPE "run {\n", "w: write(c, x%d) = 1\n", 5000, "}\n", 1001,
	  "1006:13 too many errors: the rest is not looked at\n" },
	{ "", "let n%d = 1\n", 1100, "endpoint a\nrun {\na: close(9) = EBADF\n}\n", 1,
	  "1028:5 a scenario has at most 1024 names" },
	{ "", "endpoint e%d\n", 65, "run {\ne0: close(9) = EBADF\n}\n", 1,
	  "68:10 a scenario has at most 64 endpoints" },
	{ "endpoint a\n", "channel c%d: fifo\n", 65, "run {\na: close(9) = EBADF\n}\n", 1,
	  "69:9 a scenario has at most 64 channels" },
	{ "endpoint a\nrun {\n", "a: n%d = dup(0)\n", 1025, "a: close(9) = EBADF\n}\n", 1,
	  "1030:4 more than 1024 bindings in one scenario\n" },
	{ "", "let s%d = \"x\" * 16000000\n", 8, "endpoint a\nrun {\na: write(9, s0) = 1\n}\n", 1,
	  "8:10 the lists and strings of this file need more than 64 MiB" },
	{ "across n in 1..10000\nendpoint a\nrun {\nrepeat 60 as i {\n", "a: close(n) = %d\n", 1,
	  "}\n}\n", 1, "7:1 more than 500000 turns in one file | repeat less often\n" },
};

START_TEST(test_floods)
{
	struct resolved resolved;
	char *text = NULL, *got;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	fputs(floods[_i].head, out);
	for (int i = 0; i < floods[_i].count; i++) {
		const char *number = strstr(floods[_i].line, "%d");

		fprintf(out, "%.*s%d%s", (int)(number - floods[_i].line), floods[_i].line, i,
			number + 2);
	}
	fputs(floods[_i].tail, out);
	fclose(out);
	resolve_form(&resolved, BODY, text);
	free(text);
	got = complaints(&resolved);
	ck_assert_uint_eq(resolved.diag.count, floods[_i].messages);
	ck_assert_msg(strstr(got, floods[_i].last), "%.400s", got);
	ck_assert_uint_eq(resolved.suite.plan_count, 0);
	free(got);
	release(&resolved);
}
END_TEST

#define LOOP(tcase, test, table) \
	tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof((table)[0])))

int main(void)
{
	Suite *suite = suite_create("complaints");
	TCase *tcase = tcase_create("complaints");
	SRunner *runner = srunner_create(suite);
	int failed;

	LOOP(tcase, test_calls, said_of_calls);
	LOOP(tcase, test_declarations, said_of_declarations);
	LOOP(tcase, test_lives, said_of_lives);
	LOOP(tcase, test_names, said_of_names);
	LOOP(tcase, test_objects, said_of_objects);
	LOOP(tcase, test_programs, said_of_programs);
	LOOP(tcase, test_scenarios, said_of_scenarios);
	LOOP(tcase, test_steps, said_of_steps);
	tcase_add_test(tcase, test_other_scenarios);
	LOOP(tcase, test_floods, floods);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
