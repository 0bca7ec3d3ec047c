// SPDX-License-Identifier: MIT
/*
 * Faults against the steps, once these are known: orders that could be carried out at none of them,
 * and calls that are not made often enough. Only what is certain is told; the rest shows when the
 * scenario runs.
 */
#include <inttypes.h>
#include <string.h>

#include "resolve.h"

bool fault_may_hit(const struct plan_fault *fault, const struct call *call)
{
	for (size_t i = 0; i < fault->rule.number_count; i++) {
		if (fault->rule.numbers[i] == call->number ||
		    call_may_sleep_in(call, fault->rule.numbers[i]))
			return true;
	}
	return false;
}

/* Of its endpoint: the step's action, or NULL. */
static const struct action *action_at(const struct variant *variant, const struct plan_fault *fault,
				      size_t index)
{
	const struct step *step = &variant->steps[index];

	if (step->kind != STEP_CALL || step->endpoint != fault->endpoint)
		return NULL;
	return &variant->actions[step->action];
}

/* Who forks, or runs what is not a step, makes calls that nobody sees here. */
static bool is_plain(const struct action *action)
{
	return action->call->number >= 0 && !action->call->invoke && !action->libc &&
	       !(action->call->flags & CALL_FORKS);
}

/* How many calls the fault may count; UINT64_MAX: nobody knows. */
static uint64_t count_calls(const struct variant *variant, const struct plan_fault *fault)
{
	uint64_t count = 0;

	for (size_t i = 0; i < variant->plan->step_count; i++) {
		const struct action *action = action_at(variant, fault, i);
		const enum step_kind kind = variant->steps[i].kind;

		if (variant->steps[i].endpoint == fault->endpoint &&
		    (kind == STEP_EXIT || kind == STEP_RESTART))
			return UINT64_MAX;
		if (!action || action->call->flags & CALL_QUESTION)
			continue;
		if (!is_plain(action))
			return UINT64_MAX;
		count += fault_may_hit(fault, action->call);
	}
	return count;
}

static void complain_too_few(struct variant *variant, const struct plan_fault *fault)
{
	const struct trigger *trigger = &fault->rule.trigger;
	uint64_t count;

	if (trigger->kind == TRIGGER_ALWAYS || fault->is_any)
		return;
	count = count_calls(variant, fault);
	/* Where no step makes it at all, that is told of the whole scenario. */
	if (!count || trigger->first <= count)
		return;
	resolve_error(resolver_of(variant), fault->where, "every fault must fire",
		      "fault %s can never fire: it waits for call %" PRIu64
		      ", and the steps of %s make %" PRIu64,
		      fault->name, trigger->first, variant->players[fault->endpoint].name->text,
		      count);
}

static bool carries_more(const struct action *action)
{
	static const char *const names[] = { "fds", "fds2", "creds_pid", "creds_uid", "creds_gid",
					     NULL };

	for (size_t i = 0; i < call_parameter_count(action->call); i++) {
		if (action->arguments[i] &&
		    list_index(names, action->call->parameters[i].name) >= 0)
			return strcmp(action->call->name, "sendmsg") == 0;
	}
	return false;
}

/* What the step says of its transfer; 0: nothing that stands in the way. */
static unsigned nature_of(const struct variant *variant, const struct action *action)
{
	const struct operand *first = action->arguments[0];
	const struct channel *channel;

	if (carries_more(action))
		return INJECT_ANCILLARY;
	if (!first || first->kind != OPERAND_END)
		return 0;
	channel = &variant->plan->channels[first->index];
	if (channel->mechanism->nature && channel->mechanism->nature(channel) & NATURE_MESSAGES)
		return INJECT_MESSAGES;
	return 0;
}

/* There are steps that it may hit, and it could be carried out at none of them. */
static void complain_refused(struct variant *variant, const struct plan_fault *fault)
{
	const char *why = NULL;

	for (size_t i = 0; i < variant->plan->step_count; i++) {
		const struct action *action = action_at(variant, fault, i);

		if (!action || (action->call->number >= 0 && !fault_may_hit(fault, action->call) &&
				!(action->call->flags & CALL_FORKS)))
			continue;
		why = inject_refusal(&fault->rule,
				     INJECT_DELEGATED | nature_of(variant, action));
		if (!why)
			return;
	}
	if (why)
		resolve_error(resolver_of(variant), fault->where, NULL,
			      "fault %s cannot be carried out: %s", fault->name, why);
}

static void must_reach(struct variant *variant, const struct plan_fault *fault)
{
	if (fault->rule.trigger.optional || variant->players[fault->endpoint].is_program)
		return;
	complain_too_few(variant, fault);
	complain_refused(variant, fault);
}

void variant_faults_reach(struct variant *variant)
{
	/* Then steps are missing, or stand in no order. */
	if (variant->in_race || variant->plan->unsupported.reason[0] ||
	    resolver_of(variant)->error_count > variant->scene->errors_before)
		return;
	for (size_t i = 0; i < variant->plan->fault_count; i++)
		must_reach(variant, &variant->plan->faults[i]);
}
