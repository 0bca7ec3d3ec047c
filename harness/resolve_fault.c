// SPDX-License-Identifier: MIT
/* Faults: which calls of whom they hit, which of these, and what they do to them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"
#include "shape.h"

/* What a step of this name calls; and programs make any call that there is. */
static size_t find_numbers(const char *name, int *numbers, size_t max)
{
	size_t count = inject_calls(name, numbers, max);
	const struct call *call = count || !max ? NULL : call_find(name);

	if (!call || call->number < 0)
		return count;
	numbers[0] = (int)call->number;
	return 1;
}

static bool add_call(struct variant *variant, const struct word *word, struct inject_rule *rule)
{
	int numbers[INJECT_CALLS_MAX];
	size_t count = find_numbers(word->text, numbers, INJECT_CALLS_MAX);

	if (!count) {
		if (resolve_call_name(variant, word->text, word->where))
			resolve_error(resolver_of(variant), word->where, "name a system call",
				      "%s() is no system call, so nothing can fail in it",
				      word->text);
		return false;
	}
	if (count > INJECT_CALLS_MAX - rule->number_count) {
		resolve_error(resolver_of(variant), word->where,
			      "a name counts once for each system call that C libraries make "
			      "for it",
			      "these are too many calls: there can be %d at once", INJECT_CALLS_MAX);
		return false;
	}
	memcpy(rule->numbers + rule->number_count, numbers, count * sizeof(*numbers));
	rule->number_count += count;
	return true;
}

/* nth 3, nth 2..4, nth any(seed): of the last, the number is found when the steps are known. */
static bool resolve_nth(struct variant *variant, const struct expr *nth, struct plan_fault *fault)
{
	struct setting setting = { .endpoint = NOBODY, .place = "which call is meant" };
	struct trigger *trigger = &fault->rule.trigger;
	struct value value;

	trigger->kind = TRIGGER_NTH;
	if ((nth->kind == EXPR_CALL || nth->kind == EXPR_NAME) && !strcmp(nth->bytes, "any"))
		return resolve_any(variant, nth, fault);
	if (!resolve_constant(variant, nth, &setting, &value))
		return false;
	trigger->first = (uint64_t)value.number;
	trigger->last = value.kind == VALUE_RANGE ? (uint64_t)value.upper : trigger->first;
	if ((value.kind == VALUE_INT || value.kind == VALUE_RANGE) && value.number >= 1 &&
	    trigger_is_valid(trigger))
		return true;
	resolve_error(resolver_of(variant), nth->where,
		      "calls count from 1: nth 1, nth 2..4",
		      "this is no number of a call");
	return false;
}

static bool resolve_trigger(struct variant *variant, const struct decl *decl,
			    struct plan_fault *fault)
{
	struct trigger *trigger = &fault->rule.trigger;

	trigger->optional = fault->rule.is_blind = decl->optional;
	if (decl->nth)
		return resolve_nth(variant, decl->nth, fault);
	if (decl->every) {
		trigger->kind = TRIGGER_EVERY;
		trigger->first = (uint64_t)decl->every;
	}
	return true;
}

bool resolve_rule(struct variant *variant, const struct decl *decl, struct plan_fault *fault)
{
	struct inject_rule *rule = &fault->rule;
	bool good = true;

	fault->name = rule->name = decl->name.text;
	fault->where = decl->where;
	rule->point = decl->point == POINT_ENTRY ? HIT_ENTRY : HIT_EXIT;
	for (const struct word *word = decl->calls; word; word = word->next)
		good &= add_call(variant, word, rule);
	for (const struct expr *expr = decl->arguments; expr; expr = expr->next)
		good &= resolve_pattern(variant, expr, fault);
	good &= resolve_trigger(variant, decl, fault);
	for (const struct expr *effect = decl->effects; effect; effect = effect->next)
		good &= resolve_effect(variant, effect, rule);
	return good;
}

/* Its whole process tree is meant, and the filter of a process is its children's as well. */
static bool may_have_faults(struct variant *variant, const struct decl *decl, int endpoint)
{
	if (endpoint < 0)
		return false;
	if (!variant->players[endpoint].name->by_fork)
		return true;
	resolve_error(
		resolver_of(variant), decl->endpoint.where,
		"name its parent: a fault counts the calls of a process and of all that it forks",
		"%s is made by a fork, so it has the faults of its parent", decl->endpoint.text);
	return false;
}

static bool suits(const struct shape *shape, unsigned nature)
{
	switch (shape->kind) {
	case SHAPE_OF_ANYTHING: return true;
	case SHAPE_OF_SOCKETS: return nature & NATURE_SOCKET;
	case SHAPE_OF_QUEUES: return nature & NATURE_QUEUE;
	}
	abort();
}

/* Some of its calls can be about the channel at all. */
static bool can_meet(const struct inject_rule *rule, const struct mechanism *mechanism,
		     unsigned nature)
{
	const bool has_file = !mechanism->system_v && (mechanism_has_descriptor(mechanism) ||
						       mechanism->forms & FORM_NAMED);

	for (size_t i = 0; i < rule->number_count; i++) {
		const struct shape *shape = shape_find(rule->numbers[i]);

		if (has_file && suits(shape, nature) &&
		    (shape->fd >= 0 || shape->path >= 0 || shape->address >= 0))
			return true;
		if (shape->system_v && shape->system_v == mechanism->system_v)
			return true;
		if (mechanism->map && shape->about == ABOUT_MEMORY)
			return true;
	}
	return false;
}

static unsigned nature_of(const struct channel *channel)
{
	return channel->mechanism->nature ? channel->mechanism->nature(channel) : 0;
}

/* Whether what the rule wants can be had from such channels. */
static bool suits_channels(struct variant *variant, const struct decl *decl,
			   const struct plan_fault *fault)
{
	unsigned nature = variant->players[fault->endpoint].is_program ? 0 : INJECT_DELEGATED;
	const char *why;

	for (size_t i = 0; i < fault->channel_count; i++) {
		const struct channel *channel = &variant->plan->channels[fault->channels[i]];
		unsigned has = nature_of(channel);

		if (has & NATURE_MESSAGES)
			nature |= INJECT_MESSAGES;
		if (!(has & NATURE_SOCKET) && inject_needs_socket(&fault->rule)) {
			resolve_error(
				resolver_of(variant), decl->where, NULL,
				"fault %s can never fire: %s is a %s, and %s() is for sockets",
				fault->name, channel->name, channel->mechanism->name,
				decl->calls->text);
			return false;
		}
	}
	for (size_t i = 0; i < fault->channel_count; i++) {
		const struct channel *channel = &variant->plan->channels[fault->channels[i]];

		if (can_meet(&fault->rule, channel->mechanism, nature_of(channel)))
			continue;
		resolve_error(
			resolver_of(variant), decl->where,
			"leave the channel out, or name other calls",
			"fault %s can never fire: no argument of %s() says that it is about %s, a %s",
			fault->name, decl->calls->text, channel->name, channel->mechanism->name);
		return false;
	}
	why = inject_refusal(&fault->rule, nature);
	if (why)
		resolve_error(resolver_of(variant), decl->where, NULL,
			      "fault %s cannot be carried out: %s", fault->name, why);
	return !why;
}

void resolve_fault(struct variant *variant, const struct decl *decl)
{
	struct plan *plan = variant->plan;
	struct name *name = scene_find(variant->scene, decl->name.text);
	struct plan_fault fault = { .endpoint = scene_endpoint(variant->scene, decl->endpoint.text,
							       decl->endpoint.where) };
	bool good = may_have_faults(variant, decl, fault.endpoint);

	good &= resolve_rule(variant, decl, &fault);
	if (!name || name->decl != decl)
		return;
	name->failed = !good || !suits_channels(variant, decl, &fault);
	if (name->failed)
		return;
	fault.rule.watches_handlers = variant->players[fault.endpoint].is_program;
	if (!plan->faults)
		plan->faults =
			resolve_keep(resolver_of(variant),
				     (size_t)variant->scene->name_count * sizeof(*plan->faults));
	name->index = (int)plan->fault_count;
	plan->faults[plan->fault_count++] = fault;
}
