/* SPDX-License-Identifier: MIT */
/* Plans and histories made by hand, from tables: what the tests of judge and explain are about. */
#ifndef IPCDRILL_TEST_STORY_H
#define IPCDRILL_TEST_STORY_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "judge.h"
#include "plan.h"

enum { READER, WRITER, CHILD, STORY_ENDPOINTS };
enum { STORY_STEPS = 16, STORY_EVENTS = 48, STORY_VALUES = 4, STORY_SLOTS = 2 };

/* Calls of our own, so that these tests hang on no table of the library. */
static const struct call story_read = {
	.name = "read", .number = 0, .result = RESULT_BYTES,
	.parameters = {
		{ .name = "fd", .kind = PARAMETER_FD },
		{ .name = "count", .kind = PARAMETER_ROOM },
	},
	.outs = { "flags", "revents" },
};
static const struct call story_write = { .name = "write", .number = 1, .result = RESULT_NUMBER };
static const struct call story_open = { .name = "open", .number = 2, .result = RESULT_FD };
static const struct call story_fork = {
	.name = "fork", .result = RESULT_NUMBER, .flags = CALL_FORKS,
};
static const struct call story_exit = { .name = "exit", .result = RESULT_NEVER };

/* One step as a table writes it. */
struct beat {
	const char *text;		/* of its line; NULL ends the table */
	enum step_kind kind;
	int endpoint;
	const struct call *call;
	enum want_kind want;
	struct value values[STORY_VALUES];	/* ends with VALUE_NONE */
	int want_slot;			/* the value is what this slot is bound to */
	bool has_want_slot;
	int fd_slot;			/* the first argument, likewise */
	bool has_fd_slot;
	const char *out;		/* this out-parameter must be out_value */
	struct value out_value;
	int bind;			/* slot + 1; 0: none */
	int child;			/* endpoint + 1; 0: none */
	int64_t number;
	const struct call *awaited;
};

/* One event; EVENT_STEP counts up, calls are those of the endpoint's newest step. */
struct sighting {
	bool on;			/* false ends the table */
	enum event_kind kind;
	int endpoint;
	int64_t number;
	int error;
	const char *bytes;		/* of a result */
	const char *text;
	struct result_out out;		/* the first and the second of a result */
	const char *complaint;
};

struct story {
	struct plan plan;
	struct scenario_file file;
	struct scenario scenario;
	struct step steps[STORY_STEPS];
	struct action actions[STORY_STEPS];
	struct operand operands[STORY_STEPS][STORY_VALUES + 2];
	const struct operand *pointers[STORY_STEPS][STORY_VALUES];
	struct want_out outs[STORY_STEPS];
	char text[4096];
	struct history history;
};

static const char *story_names[] = { "reader", "writer", "child" };
static const char *story_slots[] = { "r", "s" };

static inline void story_want(struct story *story, size_t i, const struct beat *beat)
{
	struct want *want = &story->steps[i].want;

	want->kind = beat->want;
	want->values = story->pointers[i];
	for (size_t v = 0; v < STORY_VALUES && beat->values[v].kind != VALUE_NONE; v++) {
		story->operands[i][v].kind = OPERAND_VALUE;
		story->operands[i][v].value = beat->values[v];
		story->pointers[i][want->count++] = &story->operands[i][v];
	}
	if (beat->has_want_slot) {
		story->operands[i][0].kind = OPERAND_BINDING;
		story->operands[i][0].slot = beat->want_slot;
		story->pointers[i][want->count++] = &story->operands[i][0];
	}
	if (beat->out) {
		story->operands[i][STORY_VALUES].value = beat->out_value;
		story->outs[i].out = strcmp(beat->out, "flags") ? 1 : 0;
		story->outs[i].value = &story->operands[i][STORY_VALUES];
		want->outs = &story->outs[i];
		want->out_count = 1;
	}
}

static inline void story_step(struct story *story, size_t i, const struct beat *beat)
{
	struct step *step = &story->steps[i];
	struct action *action = &story->actions[i];

	step->kind = beat->kind;
	step->where = (struct location){ (int)i + 2, 5, 5 + (int)strlen(beat->text) };
	step->endpoint = beat->kind == STEP_CHECK ? -1 : beat->endpoint;
	step->action = beat->kind == STEP_CALL ? (int)i : -1;
	step->number = beat->number;
	step->awaited = beat->awaited;
	story_want(story, i, beat);
	action->call = beat->call;
	action->bind = beat->bind - 1;
	action->child = beat->child - 1;
	for (size_t out = 0; out < CALL_OUTS_MAX; out++)
		action->bind_out[out] = -1;
	if (beat->has_fd_slot) {
		story->operands[i][STORY_VALUES + 1].kind = OPERAND_BINDING;
		story->operands[i][STORY_VALUES + 1].slot = beat->fd_slot;
		action->arguments[0] = &story->operands[i][STORY_VALUES + 1];
	}
}

static inline void story_open_book(struct story *story, const struct beat *beats)
{
	size_t used;

	memset(story, 0, sizeof(*story));
	used = (size_t)sprintf(story->text, "ipcdrill 1\n");
	for (size_t i = 0; i < STORY_STEPS && beats[i].text; i++) {
		story_step(story, i, &beats[i]);
		used += (size_t)sprintf(story->text + used, "    %s\n", beats[i].text);
		story->plan.step_count = story->plan.action_count = i + 1;
	}
	story->file.source = (struct source){
		.path = (char *)"pipe/story.drill", .text = story->text, .length = used
	};
	story->scenario.title = "a story";
	story->plan.file = &story->file;
	story->plan.scenario = &story->scenario;
	story->plan.id = (char *)"pipe/story";
	story->plan.endpoint_names = story_names;
	story->plan.endpoint_count = STORY_ENDPOINTS;
	story->plan.slot_names = story_slots;
	story->plan.slot_count = STORY_SLOTS;
	story->plan.steps = story->steps;
	story->plan.actions = story->actions;
}

static inline void story_happens(struct story *story, int step, int call_step,
				 const struct sighting *seen)
{
	struct event *event = history_add(&story->history, seen->kind);
	const char *bytes = seen->bytes ? seen->bytes : seen->text;

	event->step = step;
	event->endpoint = seen->kind == EVENT_STEP ? -1 : seen->endpoint;
	event->call_step = call_step;
	event->time_ns = (int64_t)story->history.count * 1500;
	event->number = seen->number;
	event->result.number = seen->bytes ? (int64_t)strlen(seen->bytes) : seen->number;
	event->result.error = seen->error;
	event->result.data_length = seen->bytes ? (uint32_t)strlen(seen->bytes) : 0;
	event->result.outs[0] = event->result.outs[1] = seen->out;
	if (seen->complaint)
		strcpy(event->result.complaint, seen->complaint);
	if (bytes)
		history_attach(&story->history, event, bytes, strlen(bytes));
}

/* Adds the events; asks `judge` (or NULL) after each step, as a run does. False: it has decided. */
static inline bool story_tell(struct story *story, const struct sighting *seen,
			      struct judge *judge)
{
	int step = -1;
	int call_step[STORY_ENDPOINTS] = { -1, -1, -1 };

	for (size_t i = 0; i < STORY_EVENTS && seen[i].on; i++) {
		int endpoint = seen[i].endpoint;

		if (seen[i].kind == EVENT_STEP || seen[i].kind == EVENT_END) {
			if (judge && !judge_continue(judge))
				return false;
			step++;
		}
		if (seen[i].kind == EVENT_INVOKED)
			call_step[endpoint] = step;
		story_happens(story, step, endpoint < 0 ? -1 : call_step[endpoint], &seen[i]);
		if (seen[i].kind == EVENT_RETURNED || seen[i].kind == EVENT_DIED)
			call_step[endpoint] = -1;
	}
	return !judge || judge_continue(judge);
}

#define STEP                 { .on = true, .kind = EVENT_STEP }
#define END                  { .on = true, .kind = EVENT_END }
#define SEEN(what, who, ...) { .on = true, .kind = EVENT_##what, .endpoint = who, __VA_ARGS__ }
#define CALLS(who)           SEEN(INVOKED, who)
#define ASLEEP(who, in)      SEEN(BLOCKED, who, .number = in)
#define RETURNS(who, n)      SEEN(RETURNED, who, .number = n)
#define FAILS(who, e)        SEEN(RETURNED, who, .number = -1, .error = e)
#define GIVES(who, text)     SEEN(RETURNED, who, .bytes = text)
#define DIES(who, status)    SEEN(DIED, who, .number = status)

#define NUMBER(n)            { .kind = VALUE_INT, .number = n }
#define BYTES(text)          { .kind = VALUE_BYTES, .bytes = text, .length = sizeof(text) - 1 }
#define FAILURE(e)           { .kind = VALUE_ERRNO, .number = e }
#define KIND(what)           { .kind = VALUE_##what }

#endif
