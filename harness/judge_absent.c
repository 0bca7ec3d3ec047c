// SPDX-License-Identifier: MIT
/*
 * What is the machine's: calls that this kernel was built without, limits that somebody lowered. No
 * verdict on the rest.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge_state.h"
#include "quote.h"

/* Who asks for a kind of socket is told with another error that there is none. */
static bool says_absent(const struct call *call, int error)
{
	bool makes_socket = !strcmp(call->name, "socket") || !strcmp(call->name, "socketpair");

	return error == ENOSYS ||
	       (makes_socket &&
		(error == EAFNOSUPPORT || error == EPROTONOSUPPORT || error == ESOCKTNOSUPPORT));
}

static bool is_about(const struct inject_rule *rule, long number)
{
	for (size_t i = 0; i < rule->number_count; i++) {
		if (rule->numbers[i] == number)
			return true;
	}
	return number < 0;
}

/* A fault of the scenario may be who said so; its own and, by fork(), that of another endpoint. */
static bool is_ordered(const struct plan *plan, const struct call *call, int error)
{
	for (size_t i = 0; i < plan->fault_count; i++) {
		const struct inject_rule *rule = &plan->faults[i].rule;

		for (size_t k = 0; k < rule->effect_count; k++) {
			const struct inject_effect *effect = &rule->effects[k];

			if (effect->fault->operand == FAULT_TAKES_ERRNO &&
			    effect->operand == error && is_about(rule, call->number))
				return true;
		}
	}
	return false;
}

static bool names_error(const struct want *want, int error)
{
	for (size_t i = 0; i < want->count; i++) {
		const struct operand *operand = want->values[i];

		if (operand->kind == OPERAND_VALUE && operand->value.kind == VALUE_ERRNO &&
		    operand->value.number == error)
			return true;
	}
	return false;
}

/*
 * By the step of the call itself, or by one before the endpoint's next call that asks how it
 * resumed.
 */
static bool is_wanted(const struct plan *plan, const struct event *event)
{
	for (size_t i = (size_t)event->call_step; i < plan->step_count; i++) {
		const struct step *step = &plan->steps[i];

		if (step->endpoint != event->endpoint)
			continue;
		if (step->kind == STEP_CALL && (int)i != event->call_step)
			return false;
		if (names_error(&step->want, event->result.error))
			return true;
	}
	return false;
}

/* One that does many things, some of which a kernel may have been built without. */
static bool is_manifold(const struct call *call)
{
	for (size_t i = 0; i < call_parameter_count(call); i++) {
		if (!strcmp(call->parameters[i].name, "operation") ||
		    !strcmp(call->parameters[i].name, "family"))
			return true;
	}
	return false;
}

void judge_absent(struct judge *judge, const struct event *event)
{
	const struct call *call = plan_call(judge->plan, event->call_step);
	const char *name = call->number >= 0 ? inject_call_name((int)call->number) : NULL;
	struct draft reason;

	if (!says_absent(call, event->result.error) || is_wanted(judge->plan, event) ||
	    is_ordered(judge->plan, call, event->result.error))
		return;
	draft_open(&reason);
	fprintf(reason.out, "this kernel has no %s%s", name ? name : call->man, name ? "(2)" : "");
	if (is_manifold(call)) {
		fputs(" as in ", reason.out);
		quote_call(reason.out, judge->plan, event->call_step);
	}
	judge_decide_draft(judge, VERDICT_SKIP, event->call_step, (struct location){ 0 }, &reason);
}

/* A call of the scenario failed with it, or what the harness does itself. */
static bool has_failed_with(const struct history *history, const struct verdict *verdict, int error)
{
	for (size_t i = 0; i < history->count; i++) {
		if (history->events[i].kind == EVENT_RETURNED &&
		    history->events[i].result.error == error)
			return true;
	}
	return verdict->kind == VERDICT_BROKEN && strstr(verdict->reason, strerror(error));
}

static const struct event *find_shortage(const struct history *history,
					 const struct verdict *verdict)
{
	for (size_t i = 0; i < history->count; i++) {
		const struct event *event = &history->events[i];

		if (event->kind == EVENT_LACKING &&
		    (!event->number || has_failed_with(history, verdict, (int)event->number)))
			return event;
	}
	return NULL;
}

void judge_excuse(const struct history *history, struct verdict *verdict)
{
	const struct event *shortage;
	char *reason = NULL;

	if (verdict_is_good(verdict->kind) || verdict->kind == VERDICT_UNEXPECTED_PASS)
		return;
	shortage = find_shortage(history, verdict);
	if (!shortage)
		return;
	if (asprintf(&reason, "%s; here: %s", history_text(history, shortage), verdict->reason) < 0)
		abort();
	free(verdict->reason);
	verdict->reason = reason;
	verdict->kind = VERDICT_SKIP;
}
