// SPDX-License-Identifier: MIT
/*
 * Where this machine gives less than scenarios reckon with, the history says so: the judge may need
 * it.
 */
#include "runner.h"
#include "shortage.h"

static void note(struct runner *runner, const struct shortage *shortage)
{
	struct event *event;
	char text[200];

	shortage_say(shortage, text, sizeof(text));
	runner->halted = shortage->footing->is_vital &&
			 shortage_is_of_channel(shortage, runner->plan);
	event = runner_event_text(runner, runner->halted ? EVENT_UNAVAILABLE : EVENT_LACKING, -1,
				  "%s", text);
	event->number = shortage_error(shortage, runner->plan);
}

bool runner_note_footing(struct runner *runner)
{
	const struct shortages *shortages = runner->options->shortages;

	for (size_t i = 0; i < shortages->count && !runner->halted; i++) {
		if (shortage_concerns(&shortages->list[i], runner->plan))
			note(runner, &shortages->list[i]);
	}
	return !runner->halted;
}
