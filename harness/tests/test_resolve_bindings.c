// SPDX-License-Identifier: MIT
/* What steps give a name to, and who has it: in a plan it is a slot. */
#include <signal.h>

#include "checks.h"
#include "complained.h"

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

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_bindings);
	tcase_add_test(tcase, test_bound_by_resumes);
	tcase_add_test(tcase, test_fork);
	tcase_add_test(tcase, test_inherited_bindings);
}

int main(void)
{
	return checks_run_case("resolve_bindings", fill);
}
