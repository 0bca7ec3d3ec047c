// SPDX-License-Identifier: MIT
/* Conditions that the driver looks at from outside. */
#include <stdio.h>

#include "runner.h"

static int ask_fact(void *context, const struct operand *operand, struct value *answer,
		    char *reason, size_t size)
{
	struct environment *environment = context;
	struct value arguments[FACT_ARGUMENTS_MAX];

	for (size_t i = 0; i < operand->count; i++) {
		int err = operand_evaluate(operand->items[i], environment, &arguments[i], reason,
					   size);

		if (err)
			return err;
	}
	return operand->fact->answer(arguments, answer, reason, size);
}

/* "holders(c) == 1" failed: what were its sides? */
static void describe_sides(struct environment *environment, const struct operand *condition,
			   char *text, size_t size)
{
	char reason[200];
	struct value left, right;
	FILE *out = fmemopen(text, size, "w");

	if (!out)
		return;
	if (condition->kind == OPERAND_BINARY &&
	    !operand_evaluate(condition->left, environment, &left, reason, sizeof(reason)) &&
	    !operand_evaluate(condition->right, environment, &right, reason, sizeof(reason))) {
		value_print(out, &left, SYMBOL_PLAIN);
		fprintf(out, " %s ", operator_name(condition->op));
		value_print(out, &right, SYMBOL_PLAIN);
	}
	fclose(out);
	text[size - 1] = '\0';
}

void runner_gather_bindings(const struct runner *runner, struct value *bindings)
{
	for (size_t i = 0; i < runner->plan->endpoint_count; i++) {
		const struct value *own = judge_bindings(runner->judge, (int)i);

		for (size_t slot = 0; slot < runner->plan->slot_count; slot++) {
			if (bindings[slot].kind == VALUE_NONE)
				bindings[slot] = own[slot];
		}
	}
}

void runner_check(struct runner *runner, const struct step *step)
{
	struct value bindings[PLAN_SLOTS_MAX] = { 0 };
	pid_t pids[ENDPOINTS_MAX];
	struct environment environment = {
		.bindings = bindings,
		.channels = runner->channels,
		.pids = pids,
		.ask = ask_fact,
		.context = &environment,
	};
	struct value value;
	char reason[200];
	char text[400] = "";

	/* After an `await` others may still be at work on what is looked at. */
	if (runner->plan->programs)
		runner_settle(runner, -1);
	if (runner->halted)
		return;
	for (unsigned i = 0; i < ENDPOINTS_MAX; i++)
		pids[i] = runner->stage->endpoints[i].pid;
	runner_gather_bindings(runner, bindings);
	if (operand_evaluate(step->condition, &environment, &value, reason, sizeof(reason))) {
		runner_event_text(runner, EVENT_BROKEN, -1, "cannot be checked: %s", reason);
		runner->halted = true;
	} else {
		describe_sides(&environment, step->condition, text, sizeof(text));
		runner_event_text(runner, EVENT_CHECKED, -1, "%s", text)->number =
			value_is_true(&value);
	}
	environment_free_scratch(&environment);
}
