// SPDX-License-Identifier: MIT
/*
 * What programs print: into the history, and kept to be awaited. Memory that is out ends the
 * process, as there.
 */
#include <regex.h>
#include <stdlib.h>

#include "runner.h"

enum { KEPT_MAX = 1 << 20 };

/* All that one program wrote since it was started last. */
struct printed {
	struct {
		char *text; /* NUL-terminated, and NULs of its own became something else */
		size_t length;
	} streams[STREAMS];
	uint64_t kept; /* bytes in the history, of all its starts */
	uint64_t dropped;
};

static struct printed *printed_of(struct runner *runner, unsigned endpoint)
{
	if (!runner->printed)
		runner->printed = calloc(runner->plan->endpoint_count, sizeof(*runner->printed));
	if (!runner->printed)
		abort();
	return &runner->printed[endpoint];
}

static void forget(struct printed *printed)
{
	for (int stream = 0; stream < STREAMS; stream++) {
		free(printed->streams[stream].text);
		printed->streams[stream].text = NULL;
		printed->streams[stream].length = 0;
	}
}

void runner_forget_printed(struct runner *runner, int endpoint)
{
	if (runner->printed)
		forget(&runner->printed[endpoint]);
}

void runner_free_programs(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->endpoint_count && runner->printed; i++)
		forget(&runner->printed[i]);
	free(runner->printed);
}

static void append(struct printed *printed, int stream, const char *bytes, size_t length)
{
	size_t before = printed->streams[stream].length;
	char *grown = realloc(printed->streams[stream].text, before + length + 1);

	if (!grown)
		abort();
	for (size_t i = 0; i < length; i++)
		grown[before + i] = bytes[i] ? bytes[i] : '?';
	grown[before + length] = '\0';
	printed->streams[stream].text = grown;
	printed->streams[stream].length = before + length;
}

void runner_wrote(void *context, unsigned endpoint, int stream, const char *bytes, size_t length)
{
	struct runner *runner = context;
	struct printed *printed = printed_of(runner, endpoint);
	size_t room = printed->kept < KEPT_MAX ? KEPT_MAX - (size_t)printed->kept : 0;
	size_t kept = length < room ? length : room;
	struct event *event;

	if (kept) {
		event = runner_event(runner, EVENT_OUTPUT, (int)endpoint);
		event->number = stream;
		history_attach(runner->history, event, bytes, kept);
		append(printed, stream, bytes, kept);
		printed->kept += kept;
	}
	if (kept < length && !printed->dropped)
		runner_event_text(runner, EVENT_NOTE, (int)endpoint,
				  "it printed more than %d MiB: the rest is not kept",
				  KEPT_MAX >> 20);
	printed->dropped += length - kept;
}

bool runner_has_printed(struct runner *runner, const struct step *step)
{
	const struct printed *printed = printed_of(runner, (unsigned)step->endpoint);
	regex_t regex;
	bool found = false;

	if (regcomp(&regex, step->pattern, REG_EXTENDED | REG_NOSUB | REG_NEWLINE))
		return false;
	for (int stream = 0; stream < STREAMS && !found; stream++)
		found = printed->streams[stream].text &&
			!regexec(&regex, printed->streams[stream].text, 0, NULL, 0);
	regfree(&regex);
	return found;
}
