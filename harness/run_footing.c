// SPDX-License-Identifier: MIT
/*
 * Where this machine gives less than scenarios reckon with, the history says so: the judge may need
 * it.
 */
#include <inttypes.h>
#include <string.h>

#include "platform_footing.h"
#include "runner.h"

/* A condition of its own decides, then. */
static bool asks_for(const struct plan *plan, const char *setting)
{
	for (size_t i = 0; i < plan->setting_count; i++) {
		if (!strcmp(plan->settings[i], setting))
			return true;
	}
	return false;
}

static bool has_channel_for(const struct plan *plan, const struct footing *footing)
{
	for (size_t i = 0; i < plan->channel_count; i++) {
		if (footing_serves(footing, plan->channels[i].mechanism->name))
			return true;
	}
	return false;
}

/* Nobody knows what a program may need. */
static bool needs(const struct plan *plan, const struct footing *footing)
{
	for (size_t i = 0; i < plan->action_count; i++) {
		if (footing_serves(footing, plan->actions[i].call->name))
			return true;
	}
	return plan->programs || has_channel_for(plan, footing);
}

struct shortage {
	const struct footing *footing;
	int64_t number;
};

/* Of this process, which runs test after test: looked for once. */
static const struct shortage *find_shortages(size_t *count)
{
	static struct shortage found[FOOTINGS_MAX];
	static size_t found_count;
	static bool is_known;
	size_t all;
	const struct footing *footings = footing_all(&all);

	for (size_t i = 0; i < all && !is_known; i++) {
		int64_t number;

		if (footing_lacks(&footings[i], &number))
			found[found_count++] = (struct shortage){ &footings[i], number };
	}
	is_known = true;
	*count = found_count;
	return found;
}

static void note(struct runner *runner, const struct shortage *shortage)
{
	const struct footing *footing = shortage->footing;
	struct event *event;

	runner->halted = footing->is_vital && has_channel_for(runner->plan, footing);
	event = runner_event_text(runner, runner->halted ? EVENT_UNAVAILABLE : EVENT_LACKING, -1,
				  "%s is %" PRId64 "; scenarios reckon with %" PRId64 " (%s)", footing->name,
				  shortage->number, footing->least, footing->man);
	/* Programs show it in their own way. */
	event->number = runner->plan->programs ? 0 : footing->error;
}

bool runner_note_footing(struct runner *runner)
{
	size_t count;
	const struct shortage *shortages = find_shortages(&count);

	for (size_t i = 0; i < count && !runner->halted; i++) {
		if (!asks_for(runner->plan, shortages[i].footing->name) &&
		    needs(runner->plan, shortages[i].footing))
			note(runner, &shortages[i]);
	}
	return !runner->halted;
}
