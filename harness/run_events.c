// SPDX-License-Identifier: MIT
/*
 * What endpoints did, as events. Their pages are read with distrust: an endpoint may have written
 * anything there.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runner.h"

enum { ERRNO_MAX = 4095 };

struct event *runner_event(struct runner *runner, enum event_kind kind, int endpoint)
{
	struct event *event = history_add(runner->history, kind);

	event->step = runner->step;
	event->endpoint = endpoint;
	event->call_step = endpoint >= 0 ? runner->call_step[endpoint] : -1;
	event->time_ns = clock_now_ns() - runner->start_ns;
	return event;
}

struct event *runner_event_text(struct runner *runner, enum event_kind kind, int endpoint,
				const char *format, ...)
{
	struct event *event = runner_event(runner, kind, endpoint);
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	history_attach(runner->history, event, text, strlen(text) + 1);
	return event;
}

static bool grow(size_t *extent, uint64_t offset, uint64_t length)
{
	if (offset + length > AREA_SIZE)
		return false;
	if (length && offset + length > *extent)
		*extent = (size_t)(offset + length);
	return true;
}

/* How much of the area the result refers to; false if that is nonsense. */
static bool result_extent(const struct result *result, size_t *extent)
{
	*extent = 0;
	if (!memchr(result->complaint, '\0', sizeof(result->complaint)))
		return false;
	if (!grow(extent, result->data_offset, result->data_length))
		return false;
	for (size_t i = 0; i < CALL_OUTS_MAX; i++) {
		const struct result_out *out = &result->outs[i];
		uint64_t size = out->kind == VALUE_LIST ? sizeof(int64_t) : 1;

		if (out->kind != VALUE_LIST && out->kind != VALUE_BYTES)
			continue;
		if (!grow(extent, out->offset, out->length * size))
			return false;
	}
	return true;
}

static void returned(struct runner *runner, unsigned endpoint, const struct result *result)
{
	const char *area = control_area(&runner->stage->control, endpoint);
	struct event *event;
	size_t extent;

	if (!result_extent(result, &extent)) {
		runner_event_text(runner, EVENT_BROKEN, (int)endpoint,
				  "%s overwrote its control page",
				  runner_name_of(runner, endpoint));
		runner->halted = true;
		return;
	}
	event = runner_event(runner, EVENT_RETURNED, (int)endpoint);
	event->result = *result;
	history_attach(runner->history, event, area, extent);
	runner->call_step[endpoint] = -1;
}

static void started(struct runner *runner, unsigned endpoint, const struct result *result)
{
	const struct control_page *page = control_page(&runner->stage->control, endpoint);
	struct event *event;

	if (runner->stage->endpoints[endpoint].state == ENDPOINT_RUNNING) {
		runner_executed(runner, endpoint);
		return;
	}
	/* Its filter could not be installed, it says. */
	if (result->complaint[0] && result->error > 0 && result->error <= ERRNO_MAX) {
		runner_unstarted(runner, (int)endpoint, -result->error);
		return;
	}
	if (result->complaint[0]) {
		runner_event_text(runner, EVENT_BROKEN, (int)endpoint, "%s%s %.*s",
				  runner_name_of(runner, (int)endpoint),
				  plan_program(runner->plan, (int)endpoint) ? " cannot be run:"
									    : "",
				  (int)sizeof(result->complaint) - 1, result->complaint);
		runner->halted = true;
		return;
	}
	event = runner_event(runner, EVENT_STARTED, (int)endpoint);
	event->number = runner->stage->endpoints[endpoint].pid;
	history_attach(runner->history, event, page->held,
		       runner->plan->channel_count * sizeof(page->held[0]));
}

/* Shown on terminals and in reports as it stands. */
static void make_printable(char *text)
{
	for (; *text; text++) {
		if (*text < ' ' || *text > '~')
			*text = '?';
	}
}

void runner_completed(void *context, unsigned endpoint)
{
	struct runner *runner = context;
	struct result result = control_page(&runner->stage->control, endpoint)->result;

	if (memchr(result.complaint, '\0', sizeof(result.complaint)))
		make_printable(result.complaint);
	if (runner->call_step[endpoint] < 0)
		started(runner, endpoint, &result);
	else
		returned(runner, endpoint, &result);
}

void runner_died(void *context, unsigned endpoint)
{
	struct runner *runner = context;

	runner_event(runner, EVENT_DIED, (int)endpoint)->number =
		runner->stage->endpoints[endpoint].status;
	runner->call_step[endpoint] = -1;
}
