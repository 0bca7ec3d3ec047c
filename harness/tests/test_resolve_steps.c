// SPDX-License-Identifier: MIT
/* What the steps of a scenario become in its plan. */
#include <signal.h>

#include "checks.h"
#include "complained.h"

START_TEST(test_steps)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved, PIPE,
					       "r: read(c, 8) blocks\n"
					       "r: blocks\n"
					       "w: write(c, \"x\") = 1\n"
					       "r: resumes = \"x\"\n"
					       "do stop w\n"
					       "do cont w\n"
					       "do signal w, SIGCHLD\n"
					       "do kill w, SIGKILL\n"
					       "await w killed_by(SIGKILL)\n"
					       "do restart w\n"
					       "w: exit = 3\n"
					       "await w exited(3)\n"
					       "check holders(\"c\") == 0\n");
	static const enum step_kind kinds[] = {
		STEP_CALL, STEP_BLOCKS,       STEP_CALL,  STEP_RESUMES,      STEP_STOP,
		STEP_CONT, STEP_SIGNAL,       STEP_KILL,  STEP_AWAIT_KILLED, STEP_RESTART,
		STEP_EXIT, STEP_AWAIT_EXITED, STEP_CHECK,
	};

	ck_assert_uint_eq(plan->step_count, sizeof(kinds) / sizeof(*kinds));
	for (size_t i = 0; i < plan->step_count; i++) {
		ck_assert_int_eq(plan->steps[i].kind, kinds[i]);
		ck_assert_int_eq(plan->steps[i].where.line, 7 + (int)i);
	}
	ck_assert_int_eq(plan->steps[0].want.kind, WANT_BLOCKS);
	ck_assert_int_eq(plan->steps[3].endpoint, 1);
	ck_assert_int_eq(constant(plan->steps[3].want.values[0])->kind, VALUE_BYTES);
	ck_assert_int_eq(plan->steps[7].number, SIGKILL);
	ck_assert_int_eq(plan->steps[10].number, 3);
	ck_assert_int_eq(plan->steps[12].endpoint, -1);
	ck_assert_ptr_nonnull(plan->steps[12].condition);
	ck_assert_str_eq(plan->id, "pipe/t");
	release(&resolved);
}
END_TEST

START_TEST(test_outside)
{
	struct resolved resolved;
	const struct step *steps;

	resolve_well(&resolved, STEPS,
		     "do stop r\ndo cont r\ndo signal r, SIGUSR1\nr: read(c, 1) blocks\n"
		     "await r blocked_in(read(c))\ndo kill r\ndo restart r\nr: exit = 3\n"
		     "await r exited(3)\ndo kill w, SIGTERM\nawait w killed_by(SIGTERM)\n"
		     "check exists(\"x\") == 0 && size(scratch(\"j\")) == 0\n");
	steps = resolved.suite.plans[0]->steps;
	ck_assert_int_eq(steps[0].kind, STEP_STOP);
	ck_assert_int_eq(steps[1].kind, STEP_CONT);
	ck_assert_int_eq(steps[2].number, SIGUSR1);
	ck_assert_ptr_eq(steps[4].awaited, call_find("read"));
	ck_assert_int_eq(steps[5].kind, STEP_KILL);
	ck_assert_int_eq(steps[5].number, SIGKILL);
	ck_assert_int_eq(steps[6].kind, STEP_RESTART);
	ck_assert_int_eq(steps[7].kind, STEP_EXIT);
	ck_assert_int_eq(steps[7].number, 3);
	ck_assert_int_eq(steps[8].kind, STEP_AWAIT_EXITED);
	ck_assert_int_eq(steps[10].number, SIGTERM);
	ck_assert_int_eq(steps[11].condition->op, OPERATOR_AND);
	ck_assert_uint_eq(resolved.suite.plans[0]->scratch_count, 1);
	ck_assert_str_eq(resolved.suite.plans[0]->scratch[0], "j");
	release(&resolved);
}
END_TEST

START_TEST(test_wants)
{
	struct resolved resolved;
	const struct step *steps;

	resolve_well(&resolved, STEPS,
		     "r: pipe() = 0 with read as x, write as y\n"
		     "r: recvmsg(c, 8) in { \"x\", EOF, EINTR, 1..3 } with fd=x, nfds=1..2\n"
		     "w: write(c, \"x\") = GONE\nr: read(x, 1) = ANY\n"
		     "r: getitimer(ITIMER_REAL) = 0 with value=1s..2s\nr: close(y)\n");
	steps = resolved.suite.plans[0]->steps;
	ck_assert_int_eq(steps[0].want.kind, WANT_ONE_OF);
	ck_assert_uint_eq(steps[0].want.out_count, 0);
	ck_assert_uint_eq(steps[1].want.count, 4);
	ck_assert_uint_eq(steps[1].want.out_count, 2);
	ck_assert_int_eq(steps[1].want.outs[0].value->kind, OPERAND_BINDING);
	ck_assert_str_eq(steps[1].want.outs[0].value->value.bytes, "x");
	ck_assert_int_eq(steps[2].want.kind, WANT_NEVER);
	ck_assert_int_eq(steps[3].want.values[0]->value.kind, VALUE_ANY);
	ck_assert_int_eq(steps[4].want.outs[0].value->value.kind, VALUE_RANGE);
	ck_assert_int_eq(steps[4].want.outs[0].value->value.upper, 2000000000);
	ck_assert_int_eq(steps[5].want.kind, WANT_SUCCESS);
	ck_assert_int_eq(steps[5].want.where.line, 0);
	release(&resolved);
}
END_TEST

START_TEST(test_repeat)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved, PIPE,
					       "repeat 3 as i {\nrepeat 2 as j {\nw: write(c, "
					       "\"y\" * (i * 2 + j)) = i * 2 + j\n}\n}\n");

	ck_assert_uint_eq(plan->step_count, 6);
	for (size_t i = 0; i < 6; i++) {
		ck_assert_uint_eq(constant(action_of(plan, i)->arguments[1])->length, i);
		ck_assert_int_eq(constant(plan->steps[i].want.values[0])->number, (int64_t)i);
	}
	release(&resolved);
}
END_TEST

START_TEST(test_what_says_the_same_is_one_action)
{
	struct resolved resolved;
	const struct plan *plan;

	resolve_well(&resolved, STEPS,
		     "repeat 2 as i {\nrepeat 3 as j {\n"
		     "w: write(c, \"x\" * (10 * i + j)) = 10 * i + j\n}\n"
		     "r: read(c, 64) = \"x\"\n}\n");
	plan = resolved.suite.plans[0];
	ck_assert_uint_eq(plan->step_count, 8);
	ck_assert_uint_eq(constant(action_of(plan, 2)->arguments[1])->length, 2);
	ck_assert_uint_eq(constant(action_of(plan, 6)->arguments[1])->length, 12);
	ck_assert_int_eq(plan->steps[6].want.values[0]->value.number, 12);
	ck_assert_int_eq(plan->steps[6].where.line, 9);
	ck_assert_ptr_eq(action_of(plan, 3)->call, call_find("read"));
	ck_assert_int_eq(plan->steps[3].action, plan->steps[7].action);
	ck_assert_int_ne(plan->steps[2].action, plan->steps[6].action);
	release(&resolved);
}
END_TEST

/* Long repeats stay small: what is the same is made once. */
START_TEST(test_large)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(
		&resolved, PIPE, "repeat 20000 as i {\nw: write(c, \"y\" * 65536) = 65536\n}\n");

	ck_assert_uint_eq(plan->step_count, 20000);
	ck_assert_ptr_eq(action_of(plan, 0)->arguments[1]->value.bytes,
			 action_of(plan, 19999)->arguments[1]->value.bytes);
	release(&resolved);
}
END_TEST

/* What a call gives when it resumes is bound by the action that blocked: so that is its own. */
START_TEST(test_blocking_actions)
{
	struct resolved resolved;
	const struct plan *plan;

	resolve_well(&resolved, STEPS,
		     "repeat 2 as i {\nr: n = read(c, 9) blocks\n"
		     "w: write(c, \"x\") = 1\nr: resumes = \"x\"\n"
		     "r: kill(n, 0) = ESRCH\n}\n");
	plan = resolved.suite.plans[0];
	ck_assert_uint_eq(plan->step_count, 8);
	ck_assert_int_eq(plan->steps[0].want.kind, WANT_BLOCKS);
	ck_assert_int_eq(plan->steps[2].kind, STEP_RESUMES);
	ck_assert_int_ne(plan->steps[0].action, plan->steps[4].action);
	ck_assert_int_eq(plan->steps[1].action, plan->steps[5].action);
	ck_assert_int_eq(action_of(plan, 0)->bind, action_of(plan, 4)->bind);
	ck_assert_uint_eq(plan->slot_count, 1);
	ck_assert_str_eq(plan->slot_names[0], "n");
	release(&resolved);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_steps);
	tcase_add_test(tcase, test_outside);
	tcase_add_test(tcase, test_wants);
	tcase_add_test(tcase, test_repeat);
	tcase_add_test(tcase, test_what_says_the_same_is_one_action);
	tcase_add_test(tcase, test_large);
	tcase_add_test(tcase, test_blocking_actions);
}

int main(void)
{
	return checks_run_case("resolve_steps", fill);
}
