// SPDX-License-Identifier: MIT
/* Questions about a plan that need no run. */
#include "plan.h"

#include <string.h>

static bool allows_death(const struct operand *operand)
{
	if (operand->kind == OPERAND_VALUE)
		return operand->value.kind == VALUE_GONE;
	for (size_t i = 0; operand->kind == OPERAND_LIST && i < operand->count; i++) {
		if (allows_death(operand->items[i]))
			return true;
	}
	return false;
}

bool want_allows_death(const struct want *want)
{
	for (size_t i = 0; want->kind == WANT_ONE_OF && i < want->count; i++) {
		if (allows_death(want->values[i]))
			return true;
	}
	return want->kind == WANT_NEVER;
}

bool step_may_be_gone(const struct step *step)
{
	return step->kind == STEP_CALL && step->want.kind == WANT_ONE_OF &&
	       want_allows_death(&step->want);
}

const struct action *plan_action(const struct plan *plan, int step)
{
	if (step < 0 || (size_t)step >= plan->step_count || plan->steps[step].kind != STEP_CALL)
		return NULL;
	return &plan->actions[plan->steps[step].action];
}

const struct call *plan_call(const struct plan *plan, int step)
{
	const struct action *action = plan_action(plan, step);

	return action ? action->call : NULL;
}

const struct program *plan_program(const struct plan *plan, int endpoint)
{
	if (!plan->programs || endpoint < 0 || (size_t)endpoint >= plan->endpoint_count)
		return NULL;
	return plan->programs[endpoint];
}

bool plan_has_tag(const struct plan *plan, const char *tag)
{
	for (const struct word *word = plan->scenario->tags; word; word = word->next) {
		if (!strcmp(word->text, tag))
			return true;
	}
	return false;
}
