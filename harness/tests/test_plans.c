// SPDX-License-Identifier: MIT
/* What the declarations and steps of a scenario become. */
#include <signal.h>

#include "checks.h"
#include "complained.h"

static const struct action *action_of(const struct plan *plan, size_t step)
{
	ck_assert_uint_lt(step, plan->step_count);
	ck_assert_int_ge(plan->steps[step].action, 0);
	return &plan->actions[plan->steps[step].action];
}

static const struct value *argument_of(const struct plan *plan, size_t step, int argument)
{
	const struct operand *operand = action_of(plan, step)->arguments[argument];

	ck_assert_ptr_nonnull(operand);
	ck_assert_int_eq(operand->kind, OPERAND_VALUE);
	return &operand->value;
}

START_TEST(test_repeat)
{
	struct resolved resolved;
	const struct plan *plan;

	resolve_well(&resolved, STEPS,
		     "repeat 2 as i {\nrepeat 3 as j {\n"
		     "w: write(c, \"x\" * (10 * i + j)) = 10 * i + j\n}\n"
		     "r: read(c, 64) = \"x\"\n}\n");
	plan = resolved.suite.plans[0];
	ck_assert_uint_eq(plan->step_count, 8);
	ck_assert_uint_eq(argument_of(plan, 2, 1)->length, 2);
	ck_assert_uint_eq(argument_of(plan, 6, 1)->length, 12);
	ck_assert_int_eq(plan->steps[6].want.values[0]->value.number, 12);
	ck_assert_int_eq(plan->steps[6].where.line, 9);
	ck_assert_ptr_eq(action_of(plan, 3)->call, call_find("read"));
	/* What says the same is one action. */
	ck_assert_int_eq(plan->steps[3].action, plan->steps[7].action);
	ck_assert_int_ne(plan->steps[2].action, plan->steps[6].action);
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

START_TEST(test_declarations)
{
	struct resolved resolved;
	const struct plan *plan;

	resolve_well(&resolved, BODY,
		     "timeout 2500ms\nlet size = 4096 * 2\ntags x, y\n"
		     "covers fifo.open-rdonly-blocks-until-writer\n"
		     "deviates kernel >= 99.0 \"not yet\"\ndeviates kernel >= 2.6 \"it does\"\n"
		     "deviates 1 \"also\"\nchannel c: pipe(size=size) from a, b to b\n"
		     "channel f: file(content=\"hello\")\nendpoint a, b, kid\n"
		     "run {\na: fork(kid)\nkid: write(c, \"x\", via=libc) = 1\n"
		     "b: fd = open(f, O_RDONLY)\nb: close(c.read) = 0\n}\n");
	plan = resolved.suite.plans[0];
	ck_assert_int_eq(plan->timeout_ns, 2500000000);
	ck_assert_str_eq(plan->deviation, "it does");
	ck_assert_uint_eq(plan->endpoint_count, 3);
	ck_assert_uint_eq(plan->channel_count, 2);
	ck_assert_int_eq(plan->channels[0].form, FORM_FROM_TO);
	ck_assert_int_eq(plan->channels[0].options[0], 8192);
	ck_assert_int_eq(plan->channels[1].form, FORM_NAMED);
	ck_assert_uint_eq(plan->channels[1].text_length, 5);
	ck_assert(!plan->started_by_hand[0] && !plan->started_by_hand[1]);
	ck_assert(plan->started_by_hand[2]);
	ck_assert_uint_eq(plan->held[0], 1 << SIDE_WRITE);
	ck_assert_uint_eq(plan->held[2], 1 << SIDE_WRITE | 1 << SIDE_READ);
	ck_assert_uint_eq(plan->held[4], 0);
	ck_assert_int_eq(action_of(plan, 0)->child, 2);
	ck_assert(action_of(plan, 1)->libc && !action_of(plan, 2)->libc);
	ck_assert_int_eq(action_of(plan, 3)->arguments[0]->side, SIDE_READ);
	release(&resolved);
}
END_TEST

START_TEST(test_default_timeout)
{
	struct resolved resolved;
	resolve_well(&resolved, STEPS, "w: close(c) = 0\nr: close(c) = 0\n");
	ck_assert_int_gt(resolved.suite.plans[0]->timeout_ns, 0);
	ck_assert_ptr_null(resolved.suite.plans[0]->deviation);
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

/* What a child binds again under the name of its parent's is another thing. */
START_TEST(test_inherited_bindings)
{
	struct resolved resolved;
	const struct plan *plan;

	resolve_well(&resolved, BODY,
		     "endpoint a, kid\nrun {\na: n = getpid() in 1..9\na: fork(kid)\n"
		     "kid: kill(n, 0) = 0\nkid: n = getpid() in 1..9\n"
		     "kid: kill(n, 0) = 0\na: kill(n, 0) = 0\ncheck a.n != kid.n\n}\n");
	plan = resolved.suite.plans[0];
	ck_assert_uint_eq(plan->slot_count, 2);
	ck_assert_int_eq(action_of(plan, 2)->arguments[0]->slot, 0);
	ck_assert_int_eq(action_of(plan, 4)->arguments[0]->slot, 1);
	ck_assert_int_eq(action_of(plan, 5)->arguments[0]->slot, 0);
	ck_assert_int_eq(plan->steps[6].condition->left->slot, 0);
	ck_assert_int_eq(plan->steps[6].condition->right->slot, 1);
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

#define LOOP(tcase, test, table) \
	tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof((table)[0])))

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_repeat);
	tcase_add_test(tcase, test_blocking_actions);
	tcase_add_test(tcase, test_declarations);
	tcase_add_test(tcase, test_default_timeout);
	tcase_add_test(tcase, test_wants);
	tcase_add_test(tcase, test_inherited_bindings);
	tcase_add_test(tcase, test_outside);
}

int main(void)
{
	return checks_run_case("plans", fill);
}
