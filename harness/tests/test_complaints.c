// SPDX-License-Identifier: MIT
/* All that is said of scenarios with several mistakes, and nothing that only follows from one. */
#include "checks.h"
#include "complaints_calls.h"
#include "complaints_damage.h"
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

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static const struct topic {
	const char *name;
	const struct complaint_case *cases;
	int count;
} topics[] = {
	{ "calls", said_of_calls, COUNT(said_of_calls) },
	{ "damage", said_of_damage, COUNT(said_of_damage) },
	{ "declarations", said_of_declarations, COUNT(said_of_declarations) },
	{ "lives", said_of_lives, COUNT(said_of_lives) },
	{ "names", said_of_names, COUNT(said_of_names) },
	{ "objects", said_of_objects, COUNT(said_of_objects) },
	{ "programs", said_of_programs, COUNT(said_of_programs) },
	{ "scenarios", said_of_scenarios, COUNT(said_of_scenarios) },
	{ "steps", said_of_steps, COUNT(said_of_steps) },
};

/* Check only hands out a number: it counts through all topics. */
static const struct complaint_case *case_at(int number)
{
	const struct topic *topic = topics;

	for (; number >= topic->count; topic++)
		number -= topic->count;
	return &topic->cases[number];
}

START_TEST(test_said)
{
	check_case(case_at(_i));
}
END_TEST

/* A topic is a test case of its own, so that a failure and CK_RUN_CASE name it. */
static void add_topics(Suite *suite)
{
	int first = 0;

	for (int i = 0; i < COUNT(topics); i++) {
		tcase_add_loop_test(checks_case(suite, topics[i].name), test_said, first,
				    first + topics[i].count);
		first += topics[i].count;
	}
}

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

int main(void)
{
	Suite *suite = suite_create("complaints");
	TCase *files = checks_case(suite, "files");

	tcase_add_test(files, test_other_scenarios);
	tcase_add_loop_test(files, test_floods, 0, COUNT(floods));
	add_topics(suite);
	return checks_run(suite);
}
