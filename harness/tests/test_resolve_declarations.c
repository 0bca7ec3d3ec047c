// SPDX-License-Identifier: MIT
/* What the declarations of a scenario become in its plans. */
#include "checks.h"
#include "complained.h"

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

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_declarations);
	tcase_add_test(tcase, test_default_timeout);
	tcase_add_test(tcase, test_holders);
	tcase_add_test(tcase, test_folding);
	tcase_add_test(tcase, test_across);
	tcase_add_test(tcase, test_ids_of_several);
}

int main(void)
{
	return checks_run_case("resolve_declarations", fill);
}
