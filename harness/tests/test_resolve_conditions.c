// SPDX-License-Identifier: MIT
/* What a plan says about where and whether it can run. */
#include "checks.h"
#include "resolved.h"

START_TEST(test_platform)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved,
					       "requires kernel >= 1.0\nrequires kernel >= "
					       "900.0\ndeviates kernel >= 1.0 \"it does not\"\n"
					       "timeout 2s\n" PIPE,
					       "r: read(c, 1) blocks\n");

	ck_assert_msg(strstr(plan->skip.reason, "kernel"), "%s", plan->skip.reason);
	ck_assert_int_eq(plan->skip.where.line, 5);
	ck_assert_str_eq(plan->deviation, "it does not");
	ck_assert_int_eq(plan->timeout_ns, 2000000000);
	release(&resolved);
	plan = resolve_good(&resolved,
			    "requires kernel >= 1.0\ndeviates kernel >= 900.0 \"no\"\n" PIPE,
			    "r: read(c, 1) blocks\n");
	ck_assert_str_eq(plan->skip.reason, "");
	ck_assert_ptr_null(plan->deviation);
	ck_assert(!plan->needs_network);
	release(&resolved);
}
END_TEST

START_TEST(test_missing_sysctl)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved, PIPE "let n = sysctl(\"no.such\")\n",
					       "w: write(c, \"y\" * n) = n\n");

	ck_assert_msg(strstr(plan->skip.reason, "no.such"), "%s", plan->skip.reason);
	release(&resolved);
}
END_TEST

START_TEST(test_network_and_scratch)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(
		&resolved,
		"channel u: unix_stream(address=abstract) between a and b\nendpoint a, b\n",
		"a: write(u, \"x\") = 1\nb: read(u, 1) = \"x\"\n"
		"a: d = open(scratch(\"journal\"), O_WRONLY | O_CREAT)\n");

	ck_assert(plan->needs_network);
	ck_assert_uint_eq(plan->scratch_count, 1);
	ck_assert_str_eq(plan->scratch[0], "journal");
	ck_assert_str_eq(constant(action_of(plan, 2)->arguments[0])->bytes, "journal");
	release(&resolved);
}
END_TEST

/* Resolved to the end, and then told apart by what cannot run yet. */
static const struct {
	const char *declarations;
	const char *steps;
	const char *reason;
	int line;
} later[] = {
	{ PIPE "invariant no_loss(c)\n", "w: write(c, \"x\") = 1\n", "invariant", 6 },
	{ PIPE, "w: write(c, msg(w, 0, 64)) = 64\n", "msg()", 7 },
	{ PIPE, "w: close(c) = 0\nr: drain(c, chunk=1..8)\n", "drain()", 8 },
};

START_TEST(test_later)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved, later[_i].declarations, later[_i].steps);

	ck_assert_msg(strstr(plan->unsupported.reason, "not supported yet") &&
			      strstr(plan->unsupported.reason, later[_i].reason),
		      "%s", plan->unsupported.reason);
	ck_assert_int_eq(plan->unsupported.where.line, later[_i].line);
	release(&resolved);
}
END_TEST

START_TEST(test_race)
{
	static const char text[] =
		"ipcdrill 1\nscenario \"s\" {\ncite man \"pipe(7)\"\n" PIPE
		"race all(limit=100) {\nw: write(c, \"x\")\nr: n = read(c, 1)\n}\n"
		"outcome {\nallow \"seen\": n == \"x\"\nwitness \"late\": n == EAGAIN\n}\n}\n";
	struct resolved resolved;

	resolve_text_of(&resolved, text);
	ck_assert_msg(!resolved.diag.count, "%s", resolved.said);
	ck_assert_uint_eq(resolved.suite.plan_count, 1);
	ck_assert(strstr(resolved.suite.plans[0]->unsupported.reason, "race"));
	release(&resolved);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_platform);
	tcase_add_test(tcase, test_missing_sysctl);
	tcase_add_test(tcase, test_network_and_scratch);
	tcase_add_loop_test(tcase, test_later, 0, sizeof(later) / sizeof(*later));
	tcase_add_test(tcase, test_race);
}

int main(void)
{
	return checks_run_case("resolve_conditions", fill);
}
