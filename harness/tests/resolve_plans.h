/* SPDX-License-Identifier: MIT */
/* What good scenarios become. */
#ifndef IPCDRILL_TEST_RESOLVE_PLANS_H
#define IPCDRILL_TEST_RESOLVE_PLANS_H

#include <signal.h>

#include "resolved.h"

static const struct action *action_of(const struct plan *plan, size_t step)
{
	ck_assert_uint_lt(step, plan->step_count);
	ck_assert_int_eq(plan->steps[step].kind, STEP_CALL);
	return &plan->actions[plan->steps[step].action];
}

static const struct value *constant(const struct operand *operand)
{
	ck_assert_ptr_nonnull(operand);
	ck_assert_int_eq(operand->kind, OPERAND_VALUE);
	return &operand->value;
}

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

START_TEST(test_holders)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved,
					       "channel p: pipe from a, b to a\nchannel f: "
					       "file(content=\"abc\") held by b\nendpoint a, b\n",
					       "a: write(p.write, \"x\") = 1\n"
					       "b: write(p, \"x\") = 1\n"
					       "b: read(f, 3) = \"abc\"\n");

	ck_assert_uint_eq(plan->channel_count, 2);
	ck_assert_int_eq(plan->held[0], 1 << SIDE_READ | 1 << SIDE_WRITE);
	ck_assert_int_eq(plan->held[1], 0);
	ck_assert_int_eq(plan->held[2], 1 << SIDE_WRITE);
	ck_assert_int_eq(plan->held[3], 1 << SIDE_BOTH);
	ck_assert_int_eq(action_of(plan, 0)->arguments[0]->side, SIDE_WRITE);
	ck_assert_int_eq(action_of(plan, 1)->arguments[0]->side, SIDE_WRITE);
	ck_assert_int_eq(action_of(plan, 2)->arguments[0]->side, SIDE_BOTH);
	ck_assert_int_eq(action_of(plan, 2)->arguments[0]->index, 1);
	ck_assert_uint_eq(plan->channels[1].text_length, 3);
	ck_assert_uint_eq(plan->channels[0].form, FORM_FROM_TO);
	release(&resolved);
}
END_TEST

/* What is known before the run is a value in the plan. */
START_TEST(test_folding)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(
		&resolved, PIPE "let n = 3\nlet s = \"ab\" * n\n",
		"w: write(c, s + \"!\") = n * 2 + 1\n"
		"r: fcntl(c, F_SETFL, O_NONBLOCK | O_ASYNC) = choose(n == 3, 0, EINVAL)\n"
		"w: when(n > 5, close(c)) = 0\n"
		"w: when(n < 5, close(c)) = 0\n");

	ck_assert_uint_eq(plan->step_count, 3);
	ck_assert_str_eq(constant(action_of(plan, 0)->arguments[1])->bytes, "ababab!");
	ck_assert_int_eq(constant(plan->steps[0].want.values[0])->number, 7);
	ck_assert_int_eq(constant(plan->steps[1].want.values[0])->kind, VALUE_INT);
	ck_assert_str_eq(action_of(plan, 2)->call->name, "close");
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

START_TEST(test_across)
{
	static const char *const ids[] = {
		"pipe/t[c=pipe,n=1,how=raw]", "pipe/t[c=pipe,n=1,how=libc]",
		"pipe/t[c=pipe,n=2,how=raw]", "pipe/t[c=pipe,n=2,how=libc]",
		"pipe/t[c=fifo,n=1,how=raw]", "pipe/t[c=fifo,n=1,how=libc]",
		"pipe/t[c=fifo,n=2,how=raw]", "pipe/t[c=fifo,n=2,how=libc]",
	};
	struct resolved resolved;

	resolve_parts(&resolved,
		      "across c in pipe, fifo from w to r\nacross n in 1..2\nacross how in raw, "
		      "libc\nendpoint w, r\n",
		      "w: write(c, \"y\" * n, via=how) = n\nr: read(c, 8) = \"y\" * n\n");
	ck_assert_msg(!resolved.diag.count, "%s", resolved.said);
	ck_assert_uint_eq(resolved.suite.plan_count, 8);
	for (size_t i = 0; i < 8; i++) {
		const struct plan *plan = resolved.suite.plans[i];

		ck_assert_str_eq(plan->id, ids[i]);
		ck_assert_str_eq(plan->channels[0].mechanism->name, i < 4 ? "pipe" : "fifo");
		ck_assert_int_eq(constant(plan->steps[0].want.values[0])->number, i / 2 % 2 + 1);
		ck_assert(action_of(plan, 0)->libc == (i % 2 == 1));
	}
	release(&resolved);
}
END_TEST

START_TEST(test_ids_of_several)
{
	static const char text[] = "ipcdrill 1\n"
				   "scenario \"First: O_NONBLOCK!\" {\ncite man "
				   "\"pipe(2)\"\nendpoint w\nrun {\nw: close(0) = EBADF\n}\n}\n"
				   "scenario \"second\" {\ncite man \"pipe(2)\"\nendpoint w\nrun "
				   "{\nw: close(0) = EBADF\n}\n}\n";
	struct resolved resolved;

	resolve_text_of(&resolved, text);
	ck_assert_msg(!resolved.diag.count, "%s", resolved.said);
	ck_assert_uint_eq(resolved.suite.plan_count, 2);
	ck_assert_str_eq(resolved.suite.plans[0]->id, "pipe/t/first-o-nonblock");
	ck_assert_str_eq(resolved.suite.plans[1]->id, "pipe/t/second");
	release(&resolved);
}
END_TEST

START_TEST(test_bindings)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved, "channel c: fifo\nendpoint r, w\n",
					       "r: d = open(c, O_RDONLY) blocks\n"
					       "w: d = open(c, O_WRONLY)\n"
					       "r: resumes\n"
					       "w: pipe() = 0 with read as x, write as y\n"
					       "w: write(y, \"1\") = 1\n"
					       "w: read(x, 1) = \"1\"\n"
					       "r: read(d, 1) = EAGAIN\n");
	const struct action *made = action_of(plan, 3);

	ck_assert_uint_eq(plan->slot_count, 4);
	ck_assert_int_ne(action_of(plan, 0)->bind, action_of(plan, 1)->bind);
	ck_assert_int_eq(action_of(plan, 4)->arguments[0]->slot, made->bind_out[1]);
	ck_assert_int_eq(action_of(plan, 5)->arguments[0]->slot, made->bind_out[0]);
	ck_assert_int_eq(action_of(plan, 6)->arguments[0]->slot, action_of(plan, 0)->bind);
	ck_assert_int_eq(action_of(plan, 1)->arguments[0]->kind, OPERAND_ADDRESS);
	release(&resolved);
}
END_TEST

/* What a resumed call gives is bound by the call, which had no name for it when it was made. */
START_TEST(test_bound_by_resumes)
{
	struct resolved resolved;
	const struct plan *plan =
		resolve_good(&resolved, "channel u: unix_stream between a and b\nendpoint a, b\n",
			     "a: recvmsg(u, 8) blocks\n"
			     "b: sendmsg(u, \"x\", fds=u) = 1\n"
			     "a: resumes = \"x\" with fd as d\n"
			     "a: close(d) = 0\n");
	const struct action *call = action_of(plan, 0);
	int bound = -1;

	for (int i = 0; i < CALL_OUTS_MAX; i++) {
		if (call->bind_out[i] >= 0)
			bound = call->bind_out[i];
	}
	ck_assert_int_ge(bound, 0);
	ck_assert_int_eq(action_of(plan, 3)->arguments[0]->slot, bound);
	release(&resolved);
}
END_TEST

START_TEST(test_fork)
{
	struct resolved resolved;
	const struct plan *plan = resolve_good(&resolved, PIPE "endpoint k\n",
					       "w: d = dup(c)\n"
					       "w: fork(k)\n"
					       "k: write(c, \"x\") = 1\n"
					       "k: close(d) = 0\n"
					       "w: close(d) = 0\n"
					       "w: kill(k, SIGKILL) = 0\n");

	ck_assert(plan->started_by_hand[2]);
	ck_assert(!plan->started_by_hand[0] && !plan->started_by_hand[1]);
	ck_assert_int_eq(action_of(plan, 1)->child, 2);
	ck_assert_int_eq(action_of(plan, 3)->arguments[0]->slot, action_of(plan, 0)->bind);
	ck_assert_int_eq(action_of(plan, 5)->arguments[0]->kind, OPERAND_PROCESS);
	ck_assert_int_eq(action_of(plan, 5)->arguments[0]->index, 2);
	release(&resolved);
}
END_TEST

static void add_plans(TCase *tcase)
{
	tcase_add_test(tcase, test_steps);
	tcase_add_test(tcase, test_holders);
	tcase_add_test(tcase, test_folding);
	tcase_add_test(tcase, test_repeat);
	tcase_add_test(tcase, test_across);
	tcase_add_test(tcase, test_ids_of_several);
	tcase_add_test(tcase, test_bindings);
	tcase_add_test(tcase, test_bound_by_resumes);
	tcase_add_test(tcase, test_fork);
}

#endif
