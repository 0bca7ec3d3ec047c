// SPDX-License-Identifier: MIT
/*
 * What steps demand of programs; and the last words of these, for whoever has to find out what went
 * wrong.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "judge_state.h"

enum { LAST_LINES = 4, LAST_BYTES = 1000 };

static const struct event *awaited_of(const struct judge *judge)
{
	return judge->awaited ? &judge->history->events[judge->awaited - 1] : NULL;
}

const char *judge_awaited_text(const struct judge *judge)
{
	const struct event *event = awaited_of(judge);

	return event ? history_text(judge->history, event) : "";
}

/*
 * The death of one program says more than what another, or itself, did not do then. True: it was
 * told.
 */
static bool blame_the_dead(struct judge *judge)
{
	for (size_t i = 0; i < judge->plan->endpoint_count; i++) {
		const struct witness *witness = &judge->witnesses[i];

		if (!plan_program(judge->plan, (int)i) || witness->state != WITNESS_DEAD ||
		    witness->expected)
			continue;
		judge_fail_unasked(judge, (int)i, witness);
		return true;
	}
	return false;
}

static void say_wanted(const struct judge *judge, const struct step *step, struct draft *reason)
{
	const char *name = judge_name_of(judge, step->endpoint);
	const struct plan_sleep *sleep = step->sleep;

	if (step->kind == STEP_AWAIT_OUTPUT)
		fprintf(reason->out, "%s has printed nothing that matches \"%s\"", name,
			step->pattern);
	else
		fprintf(reason->out, "%s is not asleep in %s(%s)", name, sleep->name,
			sleep->channel >= 0 ? judge->plan->channels[sleep->channel].name : "");
}

void judge_await_program(struct judge *judge, int index, const struct step *step)
{
	const struct location own_place = { 0 };
	const struct event *event = awaited_of(judge);
	struct draft reason;

	if (event && event->number)
		return;
	if (blame_the_dead(judge))
		return;
	if (!event) {
		judge_decide(judge, VERDICT_BROKEN, index, own_place, "nobody waited for it");
		return;
	}
	draft_open(&reason);
	say_wanted(judge, step, &reason);
	if (*judge_awaited_text(judge))
		fprintf(reason.out, ": %s", judge_awaited_text(judge));
	judge_decide_draft(judge, VERDICT_FAIL, index, own_place, &reason);
}

void judge_write(struct judge *judge, int index)
{
	if (awaited_of(judge))
		judge_decide(judge, VERDICT_FAIL, index, (struct location){ 0 }, "%s",
			     judge_awaited_text(judge));
}

void judge_violated(struct judge *judge, const struct event *event)
{
	const struct plan_invariant *invariant;

	if (event->number < 0 || (size_t)event->number >= judge->plan->invariant_count)
		return;
	invariant = &judge->plan->invariants[event->number];
	judge_decide(judge, VERDICT_FAIL, -1, invariant->where, "%s does not hold of %s: %s",
		     journal_demand_name(invariant->demand), invariant->path,
		     history_text(judge->history, event));
}

/* The end of what an endpoint printed, as one text: the caller frees it. */
static char *gather(const struct judge *judge, int endpoint)
{
	struct draft all;

	draft_open(&all);
	for (size_t i = 0; i < judge->history->count; i++) {
		const struct event *event = &judge->history->events[i];
		const char *bytes;

		if (event->kind != EVENT_OUTPUT || event->endpoint != endpoint)
			continue;
		bytes = history_bytes(judge->history, event, 0, event->data_length);
		if (bytes)
			fwrite(bytes, 1, event->data_length, all.out);
	}
	return draft_take(&all);
}

static const char *last_lines(const char *text)
{
	size_t length = strlen(text), lines = 0, start = length;

	while (start && length - start < LAST_BYTES) {
		if (text[start - 1] == '\n' && start != length && ++lines == LAST_LINES)
			break;
		start--;
	}
	return text + start;
}

/* What a terminal might obey is not passed on to it. */
static void print_lines(FILE *out, const char *name, const char *text)
{
	bool at_start = true;

	for (; *text; text++) {
		if (at_start)
			fprintf(out, "%s: ", name);
		at_start = *text == '\n';
		fputc(at_start || !iscntrl((unsigned char)*text) ? *text : '?', out);
	}
	if (!at_start)
		fputc('\n', out);
}

char *judge_last_words(const struct judge *judge)
{
	struct draft draft;
	char *words;

	draft_open(&draft);
	for (size_t i = 0; i < judge->plan->endpoint_count; i++) {
		char *text;

		if (!plan_program(judge->plan, (int)i))
			continue;
		text = gather(judge, (int)i);
		print_lines(draft.out, judge_name_of(judge, (int)i), last_lines(text));
		free(text);
	}
	words = draft_take(&draft);
	if (*words)
		return words;
	free(words);
	return NULL;
}
