// SPDX-License-Identifier: MIT
/* A history as strace would show it. */
#include "timeline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "quote.h"
#include "returned.h"
#include "visible.h"

struct view {
	FILE *out;
	const struct plan *plan;
	const struct history *history;
	const char *indent;
	int name_width;
	int marked;
};

/*
 * What became of a call in the step in which it began: the event that ended it or showed it asleep,
 * or NULL. That event then shares the call's line.
 */
static const struct event *fate_of(const struct history *history, const struct event *invoked)
{
	const struct event *end = history->events + history->count;

	for (const struct event *event = invoked + 1; event < end; event++) {
		if (event->step != invoked->step)
			return NULL;
		if (event->endpoint == invoked->endpoint &&
		    (event->kind == EVENT_RETURNED || event->kind == EVENT_BLOCKED ||
		     event->kind == EVENT_DIED))
			return event;
	}
	return NULL;
}

static bool shares_line(const struct history *history, const struct event *event)
{
	for (const struct event *before = event; before > history->events;) {
		before--;
		if (before->step != event->step)
			return false;
		if (before->kind == EVENT_INVOKED && before->endpoint == event->endpoint)
			return fate_of(history, before) == event;
	}
	return false;
}

/* Seen asleep again: the line of the first time says it. */
static bool is_old_news(const struct history *history, const struct event *event)
{
	for (const struct event *before = event; before > history->events;) {
		before--;
		if (before->endpoint != event->endpoint)
			continue;
		if (before->kind == EVENT_BLOCKED)
			return before->call_step == event->call_step;
		if (before->kind == EVENT_INVOKED)
			return false;
	}
	return false;
}

static bool has_line(const struct view *view, const struct event *event)
{
	switch (event->kind) {
	case EVENT_RETURNED:
	case EVENT_DIED: return !shares_line(view->history, event);
	case EVENT_BLOCKED:
		return !shares_line(view->history, event) && !is_old_news(view->history, event);
	case EVENT_STARTED: return event->step >= 0 && !plan_program(view->plan, event->endpoint);
	case EVENT_AWAITED: return !event->number && event->data_length;
	case EVENT_CHANNEL:
	case EVENT_STEP:
	case EVENT_STOPPED: /* the signal that did it has a line already */
	case EVENT_CONTINUED:
	case EVENT_END: return false;
	case EVENT_INVOKED:
	case EVENT_SIGNALLED:
	case EVENT_CHECKED:
	case EVENT_EXECUTED:
	case EVENT_OUTPUT:
	case EVENT_WRITTEN:
	case EVENT_NOTE:
	case EVENT_VIOLATED:
	case EVENT_FIRED:
	case EVENT_REFUSED:
	case EVENT_UNFIRED:
	case EVENT_LATE:
	case EVENT_UNAVAILABLE:
	case EVENT_LACKING:
	case EVENT_BROKEN:
	case EVENT_LEFT_BEHIND: return true;
	}
	abort();
}

static void print_result(const struct view *view, const struct event *event)
{
	if (event->result.complaint[0])
		fprintf(view->out, "%.*s", (int)sizeof(event->result.complaint),
			event->result.complaint);
	else if (!returned_is_sound(view->history, event))
		fputs("a damaged result", view->out);
	else
		returned_print(view->out, view->history, event,
			       plan_call(view->plan, event->call_step));
}

static void print_died(const struct view *view, const struct event *event)
{
	fputs("+++ ", view->out);
	returned_print_status(view->out, (int)event->number);
	fputs(" +++", view->out);
}

static void print_fate(const struct view *view, const struct event *fate)
{
	if (!fate)
		return;
	if (fate->kind == EVENT_RETURNED) {
		fputs(" = ", view->out);
		print_result(view, fate);
	} else if (fate->kind == EVENT_BLOCKED) {
		fputs(" <asleep>", view->out);
	} else {
		fputs(" = GONE ", view->out);
		print_died(view, fate);
	}
}

/* The call that the event is about, and what became of it. */
static void print_call(const struct view *view, const struct event *event, const struct event *fate)
{
	quote_call(view->out, view->plan, event->call_step);
	print_fate(view, fate);
}

/* There may be names of files in it. */
static void print_text(const struct view *view, const struct event *event)
{
	visible_text(view->out, history_text(view->history, event));
}

static void print_remark(const struct view *view, const struct event *event, const char *what)
{
	fprintf(view->out, "%s: ", what);
	print_text(view, event);
}

static void print_fault(const struct view *view, const struct event *event, const char *what)
{
	bool known = event->number >= 0 && (size_t)event->number < view->plan->fault_count;

	fprintf(view->out, "*** %s %s: ",
		known ? view->plan->faults[event->number].name : "fault", what);
	print_text(view, event);
	fputs(" ***", view->out);
}

/* What a program wrote, or was written. */
static void print_bytes(const struct view *view, const struct event *event, const char *what)
{
	struct value value = value_bytes(history_bytes(view->history, event, 0, event->data_length),
					 event->data_length);

	fputs(what, view->out);
	if (event->data_length)
		value_print(view->out, &value, SYMBOL_PLAIN);
	else
		fputs("end of file", view->out);
}

static void print_news(const struct view *view, const struct event *event)
{
	FILE *out = view->out;

	switch (event->kind) {
	case EVENT_INVOKED: print_call(view, event, fate_of(view->history, event)); return;
	case EVENT_RETURNED:
		fputs("<resumed> ", out);
		print_call(view, event, event);
		return;
	case EVENT_BLOCKED: print_call(view, event, event); return;
	case EVENT_SIGNALLED:
		fputs("--- ", out);
		symbol_print(out, SYMBOL_SIGNAL, event->number);
		fputs(" ---", out);
		return;
	case EVENT_STARTED: fprintf(out, "+++ started, pid %" PRId64 " +++", event->number); return;
	case EVENT_DIED: print_died(view, event); return;
	case EVENT_CHECKED:
		fprintf(out, "check %s: ", event->number ? "holds" : "does not hold");
		print_text(view, event);
		return;
	case EVENT_EXECUTED:
		fputs("+++ runs ", out);
		print_text(view, event);
		fprintf(out, ", pid %" PRId64 " +++", event->number);
		return;
	case EVENT_OUTPUT:
		print_bytes(view, event,
			    event->number == STREAM_ERRORS ? "prints an error " : "prints ");
		return;
	case EVENT_WRITTEN: print_bytes(view, event, "is written "); return;
	case EVENT_NOTE: print_remark(view, event, "note"); return;
	case EVENT_AWAITED: print_remark(view, event, "instead"); return;
	case EVENT_VIOLATED: print_remark(view, event, "violated"); return;
	case EVENT_FIRED: print_fault(view, event, "fires"); return;
	case EVENT_REFUSED: print_fault(view, event, "cannot be carried out"); return;
	case EVENT_UNFIRED: print_fault(view, event, "never fired"); return;
	case EVENT_LATE: print_remark(view, event, "late"); return;
	case EVENT_UNAVAILABLE: print_remark(view, event, "unavailable"); return;
	case EVENT_LACKING: print_remark(view, event, "lacking"); return;
	case EVENT_BROKEN: print_remark(view, event, "broken"); return;
	case EVENT_LEFT_BEHIND: print_remark(view, event, "left behind"); return;
	case EVENT_CHANNEL:
	case EVENT_STEP:
	case EVENT_STOPPED:
	case EVENT_CONTINUED:
	case EVENT_END: return;
	}
	abort();
}

static void print_line(const struct view *view, const struct event *event)
{
	bool known = event->endpoint >= 0 && (size_t)event->endpoint < view->plan->endpoint_count;

	fprintf(view->out, "%s%c%9.1f  %-*s  ", view->indent,
		event->step == view->marked && view->marked >= 0 ? '>' : ' ',
		(double)event->time_ns / 1000, view->name_width,
		known ? view->plan->endpoint_names[event->endpoint] : "");
	print_news(view, event);
	fputc('\n', view->out);
}

static int widest_name(const struct plan *plan)
{
	size_t width = 0;

	for (size_t i = 0; i < plan->endpoint_count; i++) {
		size_t length = strlen(plan->endpoint_names[i]);

		width = length > width ? length : width;
	}
	return (int)width;
}

void timeline_print(FILE *out, const struct plan *plan, const struct history *history,
		    const char *indent, size_t most, int marked)
{
	struct view view = { out, plan, history, indent, widest_name(plan), marked };
	size_t lines = 0, line = 0, first, last;

	for (size_t i = 0; i < history->count; i++)
		lines += has_line(&view, &history->events[i]);
	first = most / 4;
	/* One of the lines says how many are left out. */
	last = most && lines > most ? lines - (most - first - 1) : first;
	for (size_t i = 0; i < history->count; i++) {
		if (!has_line(&view, &history->events[i]))
			continue;
		if (line < first || line >= last)
			print_line(&view, &history->events[i]);
		else if (line == first)
			fprintf(out, "%s ... %zu more ...\n", indent, last - first);
		line++;
	}
}
