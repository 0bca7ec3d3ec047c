// SPDX-License-Identifier: MIT
/* Finding shortages, and which of them concern a plan. */
#include "shortage.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void shortages_find(struct shortages *shortages)
{
	size_t count;
	const struct footing *footings = footing_all(&count);

	shortages->count = 0;
	for (size_t i = 0; i < count; i++) {
		int64_t number;

		if (footing_lacks(&footings[i], &number))
			shortages->list[shortages->count++] =
				(struct shortage){ &footings[i], number };
	}
}

/* A condition of its own decides, then. */
static bool asks_for(const struct plan *plan, const char *setting)
{
	for (size_t i = 0; i < plan->setting_count; i++) {
		if (!strcmp(plan->settings[i], setting))
			return true;
	}
	return false;
}

bool shortage_is_of_channel(const struct shortage *shortage, const struct plan *plan)
{
	for (size_t i = 0; i < plan->channel_count; i++) {
		if (footing_serves(shortage->footing, plan->channels[i].mechanism->name))
			return true;
	}
	return false;
}

static bool is_of_call(const struct shortage *shortage, const struct plan *plan)
{
	for (size_t i = 0; i < plan->action_count; i++) {
		if (footing_serves(shortage->footing, plan->actions[i].call->name))
			return true;
	}
	return false;
}

/* Nobody knows what a program may need. */
bool shortage_concerns(const struct shortage *shortage, const struct plan *plan)
{
	return !asks_for(plan, shortage->footing->name) &&
	       (plan->programs || is_of_call(shortage, plan) ||
		shortage_is_of_channel(shortage, plan));
}

void shortage_say(const struct shortage *shortage, char *text, size_t size)
{
	snprintf(text, size, "%s is %" PRId64 "; scenarios reckon with %" PRId64 " (%s)",
		 shortage->footing->name, shortage->number, shortage->footing->least,
		 shortage->footing->man);
}

/* Programs show it in their own way. */
int shortage_error(const struct shortage *shortage, const struct plan *plan)
{
	return plan->programs ? 0 : shortage->footing->error;
}

void shortages_note(const struct shortages *shortages, const struct plan *plan,
		    struct history *history)
{
	for (size_t i = 0; i < shortages->count; i++) {
		const struct shortage *shortage = &shortages->list[i];
		struct event *event;
		char text[200];

		if (!shortage_concerns(shortage, plan))
			continue;
		shortage_say(shortage, text, sizeof(text));
		event = history_add(history, EVENT_LACKING);
		event->step = event->endpoint = event->call_step = -1;
		event->number = shortage_error(shortage, plan);
		history_attach(history, event, text, strlen(text) + 1);
	}
}
