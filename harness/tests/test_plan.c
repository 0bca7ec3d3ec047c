// SPDX-License-Identifier: MIT
/* Questions about plans: who may die in a call, and what a step or an endpoint has, if it has. */
#include "checks.h"
#include "plan.h"

static const struct operand gone = { .value = { .kind = VALUE_GONE } };
static const struct operand five = { .value = { .kind = VALUE_INT, .number = 5 } };
static const struct operand bound = { .kind = OPERAND_BINDING };
static const struct operand *const two[] = { &five, &gone }, *const one[] = { &five };
static const struct operand without = { .kind = OPERAND_LIST, .items = one, .count = 1 };
static const struct operand within = { .kind = OPERAND_LIST, .items = two, .count = 2 };
static const struct operand *const outer[] = { &without, &within };
static const struct operand nested = { .kind = OPERAND_LIST, .items = outer, .count = 2 };
static const struct operand *const mixed[] = { &bound, &nested };

/* What a step wants; and whether dying satisfies it, and being dead before. */
static const struct {
	struct want want;
	bool allows_death, may_be_gone;
} wants[] = {
	{ { .kind = WANT_ONE_OF, .values = one, .count = 1 }, false, false },
	{ { .kind = WANT_ONE_OF, .values = two, .count = 2 }, true, true },
	/* The second is behind what counts. */
	{ { .kind = WANT_ONE_OF, .values = two, .count = 1 }, false, false },
	{ { .kind = WANT_ONE_OF, .values = mixed, .count = 1 }, false, false },
	{ { .kind = WANT_ONE_OF, .values = mixed, .count = 2 }, true, true },
	{ { .kind = WANT_ONE_OF, .values = outer, .count = 1 }, false, false },
	/* It must be alive to die in it. */
	{ { .kind = WANT_NEVER }, true, false },
	{ { .kind = WANT_BLOCKS, .values = two, .count = 2 }, false, false },
	{ { .kind = WANT_SUCCESS }, false, false },
};
enum { WANTS = sizeof(wants) / sizeof(*wants) };

START_TEST(test_death)
{
	const struct step call = { .kind = STEP_CALL, .want = wants[_i].want };
	const struct step resumes = { .kind = STEP_RESUMES, .want = wants[_i].want };

	ck_assert_int_eq(want_allows_death(&wants[_i].want), wants[_i].allows_death);
	ck_assert_int_eq(step_may_be_gone(&call), wants[_i].may_be_gone);
	/* Who resumes has begun, so it was there. */
	ck_assert(!step_may_be_gone(&resumes));
}
END_TEST

START_TEST(test_only_calls_have_actions)
{
	static const struct call calls[] = { { .name = "read" }, { .name = "write" } };
	struct action actions[] = { { .call = &calls[0] }, { .call = &calls[1] } };
	struct step steps[] = {
		{ .kind = STEP_CALL, .action = 1 },
		{ .kind = STEP_RESUMES, .action = -1 },
		{ .kind = STEP_CALL, .action = 0 },
		{ .kind = STEP_CALL, .action = 0 }, /* behind what counts */
	};
	const struct plan plan = {
		.actions = actions, .action_count = 2, .steps = steps, .step_count = 3
	};

	ck_assert_ptr_eq(plan_action(&plan, 0), &actions[1]);
	ck_assert_ptr_eq(plan_call(&plan, 0), &calls[1]);
	ck_assert_ptr_null(plan_action(&plan, 1));
	ck_assert_ptr_null(plan_call(&plan, 1));
	ck_assert_ptr_eq(plan_call(&plan, 2), &calls[0]);
	/* Histories are not to be believed. */
	ck_assert_ptr_null(plan_call(&plan, -1));
	ck_assert_ptr_null(plan_call(&plan, 3));
}
END_TEST

START_TEST(test_some_endpoints_are_programs)
{
	struct program cat = { .name = "cat" };
	struct program *programs[] = { NULL, &cat, &cat };
	const struct plan plan = { .endpoint_count = 2, .programs = programs };
	const struct plan without_any = { .endpoint_count = 2 };

	ck_assert_ptr_null(plan_program(&plan, 0));
	ck_assert_ptr_eq(plan_program(&plan, 1), &cat);
	ck_assert_ptr_null(plan_program(&plan, -1));
	ck_assert_ptr_null(plan_program(&plan, 2));
	ck_assert_ptr_null(plan_program(&without_any, 1));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_death, 0, WANTS);
	tcase_add_test(tcase, test_only_calls_have_actions);
	tcase_add_test(tcase, test_some_endpoints_are_programs);
}

int main(void)
{
	return checks_run_case("plan", fill);
}
