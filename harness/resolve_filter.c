// SPDX-License-Identifier: MIT
/*
 * Faults when the steps are known: which call `nth any` chooses, and the filter of each endpoint.
 */
#include <inttypes.h>
#include <linux/filter.h>
#include <stdio.h>
#include <string.h>

#include "inject_match.h"
#include "resolve.h"

bool resolve_any(struct variant *variant, const struct expr *nth, struct plan_fault *fault)
{
	const struct expr *within = nth->list ? nth->list->next : NULL;
	int64_t seed, count = 0;

	if (!nth->list || (within && within->next)) {
		/* Only the steps of an endpoint can be counted. */
		bool has_steps = fault->endpoint >= 0 &&
				 !variant->players[fault->endpoint].is_program;

		resolve_error(resolver_of(variant), nth->where,
			      has_steps ? "write nth any(SEED), or nth any(SEED, CALLS)"
					: "write nth any(SEED, CALLS)",
			      "any() takes a seed, and among how many calls it chooses");
		return false;
	}
	if (!resolve_number(variant, nth->list, "a seed", 0, INT64_MAX, &seed))
		return false;
	if (within && !resolve_number(variant, within, "a number of calls", 1, INT64_MAX, &count))
		return false;
	fault->is_any = true;
	fault->seed = (uint64_t)seed;
	fault->within = (uint64_t)count;
	/* Chosen later; until then a valid one. */
	fault->rule.trigger.first = fault->rule.trigger.last = 1;
	return true;
}

/* Steps of the endpoint that make one of the calls, as far as their names tell. */
static uint64_t count_steps(const struct variant *variant, const struct plan_fault *fault)
{
	uint64_t count = 0;

	for (size_t i = 0; i < variant->plan->step_count; i++) {
		const struct step *step = &variant->steps[i];

		count += step->kind == STEP_CALL && step->endpoint == fault->endpoint &&
			 fault_may_hit(fault, variant->actions[step->action].call);
	}
	return count;
}

static void choose(struct variant *variant, struct plan_fault *fault)
{
	uint64_t within = fault->within;

	if (!within && variant->players[fault->endpoint].is_program)
		resolve_error(resolver_of(variant), fault->where, "write nth any(SEED, CALLS)",
			      "nobody knows how many calls %s makes: say among how many to choose",
			      variant->players[fault->endpoint].name->text);
	if (!within)
		within = count_steps(variant, fault);
	fault->rule.trigger.first = fault->rule.trigger.last = trigger_any(fault->seed, within);
}

/* Our own way to a program, which the kernel would fail as well: see program_execute(). */
static bool is_of_launch(const struct inject_rule *rule)
{
	static const char *const names[] = { "getcwd", "mkdir", "chdir", "execve" };
	int numbers[INJECT_CALLS_MAX];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t count = inject_calls(names[i], numbers, INJECT_CALLS_MAX);

		for (size_t n = 0; n < count; n++) {
			if (inject_is_about(rule, numbers[n]))
				return true;
		}
	}
	return false;
}

/*
 * Where the kernel would fail calls that are not meant: of another channel, of a process that is to
 * be let alone.
 */
static bool needs_eyes(const struct variant *variant, const struct plan_fault *fault)
{
	if (fault->channel_count || (variant->players[fault->endpoint].is_program &&
				     is_of_launch(&fault->rule)))
		return true;
	for (size_t i = 0; i < variant->plan->step_count; i++) {
		const struct step *step = &variant->steps[i];

		if ((step->kind == STEP_ARM || step->kind == STEP_DISARM) &&
		    fault == &variant->plan->faults[step->number])
			return true;
		if (step->kind == STEP_RESTART && step->endpoint == fault->endpoint)
			return true;
	}
	return false;
}

/* The rules are sound, so it is the machine: libseccomp asks the kernel what it can do. */
static void lack_filter(struct variant *variant, size_t endpoint, int err)
{
	struct obstacle *skip = &variant->plan->skip;

	if (skip->reason[0])
		return;
	snprintf(skip->reason, sizeof(skip->reason),
		 "cannot put faults on %s: this kernel has no seccomp notification (%s)",
		 variant->plan->endpoint_names[endpoint], strerror(-err));
	skip->where = variant->scene->scenario->where;
}

/*
 * The rules of one endpoint become one filter; which of them the kernel carries out by itself is
 * decided here.
 */
static void compile(struct variant *variant, size_t endpoint)
{
	struct plan *plan = variant->plan;
	struct inject_rule *rules = resolve_scratch(resolver_of(variant),
						    (plan->fault_count + 1) * sizeof(*rules));
	struct inject_filter filter;
	size_t count = 0;
	int err;

	for (size_t i = 0; i < plan->fault_count; i++) {
		if ((size_t)plan->faults[i].endpoint != endpoint)
			continue;
		if (needs_eyes(variant, &plan->faults[i]))
			plan->faults[i].rule.is_blind = false;
		rules[count++] = plan->faults[i].rule;
	}
	if (!count)
		return;
	err = inject_compile(rules, count, &filter);
	if (err) {
		lack_filter(variant, endpoint, err);
		return;
	}
	for (size_t i = plan->fault_count; i--;) {
		if ((size_t)plan->faults[i].endpoint == endpoint)
			plan->faults[i].rule.is_static = rules[--count].is_static;
	}
	plan->filters[endpoint] = filter;
	plan->filters[endpoint].code = resolve_keep(resolver_of(variant),
						    filter.length * sizeof(*filter.code));
	memcpy(plan->filters[endpoint].code, filter.code, filter.length * sizeof(*filter.code));
	inject_filter_free(&filter);
}

void variant_filters(struct variant *variant)
{
	struct plan *plan = variant->plan;

	if (!plan->fault_count)
		return;
	for (size_t i = 0; i < plan->fault_count; i++) {
		if (plan->faults[i].is_any)
			choose(variant, &plan->faults[i]);
	}
	variant_faults_reach(variant);
	plan->filters = resolve_keep(resolver_of(variant),
				     (plan->endpoint_count + 1) * sizeof(*plan->filters));
	for (size_t i = 0; i < plan->endpoint_count; i++)
		compile(variant, i);
}
