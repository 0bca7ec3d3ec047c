// SPDX-License-Identifier: MIT
/* One mistake a case: where it is reported, in which words, and that nothing else is said. */
#include "checks.h"
#include "mistakes_names.h"
#include "mistakes_steps.h"

static void check_mistake(const struct mistake *mistake)
{
	struct resolved resolved;

	resolve_parts(&resolved, mistake->declarations, mistake->steps);
	ck_assert_msg(resolved.diag.count == 1, "%s%zu messages:\n%s", mistake->steps,
		      resolved.diag.count, resolved.said);
	ck_assert_msg(!strncmp(resolved.said, mistake->place, strlen(mistake->place)),
		      "not at %s:\n%s", mistake->place, resolved.said);
	for (int i = 0; i < 2 && mistake->words[i]; i++)
		ck_assert_msg(strstr(resolved.said, mistake->words[i]), "no \"%s\":\n%s",
			      mistake->words[i], resolved.said);
	ck_assert_uint_eq(resolved.suite.plan_count, 0);
	release(&resolved);
}

START_TEST(test_names)
{
	check_mistake(&mistakes_of_names[_i]);
}
END_TEST

START_TEST(test_in_steps)
{
	check_mistake(&mistakes_of_steps[_i]);
}
END_TEST

/* All mistakes of a file at once, of each scenario. */
START_TEST(test_all_at_once)
{
	static const char text[] = "ipcdrill 1\n"
				   "scenario \"one\" {\n"
				   "covers no.such\n"
				   "channel c: pipe from w to r\n"
				   "endpoint w, r\n"
				   "run {\n"
				   "w: wriet(c, \"x\") = 1\n"
				   "r: read(c, 1, 2) = 1\n"
				   "}\n"
				   "}\n"
				   "scenario \"two\" {\n"
				   "cite man \"pipe(7)\"\n"
				   "endpoint w\n"
				   "run {\n"
				   "w: n = getpid()\n"
				   "}\n"
				   "}\n";
	static const char *const places[] = { "t:2:", "t:3:", "t:7:", "t:8:", "t:11:", "t:15:" };
	struct resolved resolved;

	resolve_text_of(&resolved, text);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		ck_assert_msg(strstr(resolved.said, places[i]), "nothing at %s:\n%s", places[i],
			      resolved.said);
	ck_assert_uint_eq(resolved.suite.plan_count, 0);
	release(&resolved);
}
END_TEST

START_TEST(test_same_title)
{
	static const char one[] = "scenario \"%s\" {\ncite man \"pipe(2)\"\nendpoint w\nrun {\nw: "
				  "close(0) = EBADF\n}\n}\n";
	struct resolved resolved;
	char text[400];

	strcpy(text, "ipcdrill 1\n");
	sprintf(text + strlen(text), one, "A b!");
	sprintf(text + strlen(text), one, "a -B");
	resolve_text_of(&resolved, text);
	ck_assert_uint_eq(resolved.diag.count, 1);
	ck_assert_msg(!strncmp(resolved.said, "t:9:", 4) && strstr(resolved.said, "line 2"), "%s",
		      resolved.said);
	release(&resolved);
}
END_TEST

/* A mistake in a loop or in every variant is one mistake. */
START_TEST(test_said_once)
{
	struct resolved resolved;

	resolve_parts(&resolved, "across n in 1..20\n" PIPE,
		      "repeat 100 as i {\nw: write(c, \"x\" * n, i) = 1\n}\n");
	ck_assert_msg(resolved.diag.count == 1, "%s", resolved.said);
	release(&resolved);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_names, 0,
			    sizeof(mistakes_of_names) / sizeof(*mistakes_of_names));
	tcase_add_loop_test(tcase, test_in_steps, 0,
			    sizeof(mistakes_of_steps) / sizeof(*mistakes_of_steps));
	tcase_add_test(tcase, test_all_at_once);
	tcase_add_test(tcase, test_same_title);
	tcase_add_test(tcase, test_said_once);
}

int main(void)
{
	return checks_run_case("resolve_mistakes", fill);
}
