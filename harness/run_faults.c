// SPDX-License-Identifier: MIT
/*
 * Faults of one run: rules with counts of their own, the objects behind their channels, and what
 * became of them.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "listener.h"
#include "runner.h"

static void add_object(struct inject_where *where, const struct inject_object *object)
{
	if (where->object_count < INJECT_OBJECTS_MAX)
		where->objects[where->object_count++] = *object;
}

void runner_name_channel(const struct channel *channel, struct inject_name *name)
{
	*name = (struct inject_name){ 0 };
	if (channel->address_length && channel->address[0] == '/')
		name->posix = channel->address;
	else if (channel->address_length)
		channel_sockaddr(channel->address, channel->address_length, &name->address,
				 &name->address_size);
	name->system_v = channel->mechanism->system_v;
	name->id = (int)channel->id;
	name->key = (int)channel->key;
	name->memory = (uint64_t)(uintptr_t)channel->object;
	name->memory_size = channel->object_size;
}

/*
 * Both sides; and what its path leads to, if it has one. The names are for what does not exist yet,
 * or is no file.
 */
static void add_channel(struct inject_where *where, const struct channel *channel)
{
	struct inject_object object;
	struct stat status;

	for (int side = 0; side < 2; side++) {
		if (channel->side_fd[side] >= 0 &&
		    !inject_object_of(channel->side_fd[side], &object))
			add_object(where, &object);
	}
	if (channel->address_length && channel->address[0] && !stat(channel->address, &status))
		add_object(where, &(struct inject_object){ .device = status.st_dev,
							   .inode = status.st_ino });
	runner_name_channel(channel, &where->names[where->name_count++]);
}

static size_t fault_of(const struct runner *runner, const struct inject_rule *rule)
{
	size_t fault = 0;

	while (runner->rule_of[fault] != rule)
		fault++;
	return fault;
}

/* What faults do: turned into events. */
static void note_fault(void *context, enum inject_what what, const struct inject_rule *rule,
		       const struct hit *hit)
{
	struct runner *runner = context;
	size_t fault = fault_of(runner, rule);
	int endpoint = runner->plan->faults[fault].endpoint;
	const char *name = inject_call_name(hit->number);
	struct event *event;

	if (what == INJECT_DONE)
		return;
	if (what == INJECT_REFUSED)
		event = runner_event_text(runner, EVENT_REFUSED, endpoint, "%s", hit->refusal);
	else
		event = runner_event_text(runner, EVENT_FIRED, endpoint,
					  "%s of %s(), call %" PRIu64,
					  rule->point == HIT_ENTRY ? "entry" : "exit",
					  name ? name : "?", rule->trigger.count);
	event->number = (int64_t)fault;
}

int runner_prepare_faults(struct runner *runner)
{
	const struct plan *plan = runner->plan;
	struct inject_rule *next;

	if (!plan->fault_count)
		return 0;
	runner->rules = calloc(plan->fault_count, sizeof(*runner->rules));
	runner->endpoint_rules = calloc(plan->endpoint_count, sizeof(*runner->endpoint_rules));
	runner->rule_of = calloc(plan->fault_count, sizeof(struct inject_rule *));
	if (!runner->rules || !runner->endpoint_rules || !runner->rule_of)
		return -ENOMEM;
	next = runner->rules;
	for (size_t i = 0; i < plan->endpoint_count; i++) {
		struct endpoint_rules *rules = &runner->endpoint_rules[i];

		rules->rules = next;
		rules->filter = plan->filters[i].length ? &plan->filters[i] : NULL;
		for (size_t f = 0; f < plan->fault_count; f++) {
			const struct plan_fault *fault = &plan->faults[f];

			if ((size_t)fault->endpoint != i)
				continue;
			*next = fault->rule;
			for (size_t c = 0; c < fault->channel_count; c++)
				add_channel(&next->where, &runner->channels[fault->channels[c]]);
			runner->rule_of[f] = next++;
			rules->count++;
		}
	}
	runner->cast.rules = runner->endpoint_rules;
	runner->cast.noted = note_fault;
	runner->cast.noted_context = runner;
	return 0;
}

void runner_arm(struct runner *runner, size_t fault, bool armed)
{
	runner->rule_of[fault]->trigger.disarmed = !armed;
}

void runner_disarm_all(struct runner *runner, int endpoint)
{
	for (size_t i = 0; i < runner->plan->fault_count; i++) {
		if (runner->plan->faults[i].endpoint == endpoint)
			runner_arm(runner, i, false);
	}
}

static bool kills(const struct inject_rule *rule)
{
	for (size_t i = 0; i < rule->effect_count; i++) {
		if (!strcmp(rule->effects[i].fault->name, "kill"))
			return true;
	}
	return false;
}

void runner_disarm_deadly(struct runner *runner, int endpoint)
{
	for (size_t i = 0; i < runner->plan->fault_count; i++) {
		if (runner->plan->faults[i].endpoint == endpoint &&
		    runner->rule_of[i]->trigger.fired && kills(runner->rule_of[i]))
			runner_arm(runner, i, false);
	}
}

void runner_report_unfired(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->fault_count; i++) {
		const struct trigger *trigger = &runner->rule_of[i]->trigger;

		if (trigger_is_satisfied(trigger))
			continue;
		runner_event_text(
			runner, EVENT_UNFIRED, runner->plan->faults[i].endpoint,
			"%" PRIu64 " calls matched%s", trigger->count,
			trigger->overruled ? ", but another fault decides what comes of them" : "")
			->number = (int64_t)i;
	}
}

void runner_free_faults(struct runner *runner)
{
	free(runner->rules);
	free(runner->endpoint_rules);
	free(runner->rule_of);
}
