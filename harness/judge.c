// SPDX-License-Identifier: MIT
/* Reads the history event by event, keeps what is known of each endpoint, and finds the verdict. */
#include "judge.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "judge_state.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free

static void *allocate(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);

	if (!memory)
		abort();
	return memory;
}

/* A path is known before it exists: it is the channel's name. */
static struct channel *copy_channels(const struct plan *plan)
{
	struct channel *channels = allocate(plan->channel_count, sizeof(*channels));

	for (size_t i = 0; i < plan->channel_count; i++) {
		struct channel *channel = &channels[i];

		*channel = plan->channels[i];
		if (channel->address_length || !channel->name)
			continue;
		channel->address_length = strnlen(channel->name, CHANNEL_ADDRESS_MAX - 1);
		memcpy(channel->address, channel->name, channel->address_length);
	}
	return channels;
}

struct judge *judge_new(const struct plan *plan, const struct history *history)
{
	struct judge *judge = allocate(1, sizeof(*judge));
	size_t endpoints = plan->endpoint_count;

	judge->plan = plan;
	judge->history = history;
	judge->step = judge->last_action = judge->verdict.step = -1;
	judge->witnesses = allocate(endpoints, sizeof(*judge->witnesses));
	judge->pids = allocate(endpoints, sizeof(*judge->pids));
	judge->held = allocate(endpoints * plan->channel_count, sizeof(*judge->held));
	memset(judge->held, -1, endpoints * plan->channel_count * sizeof(*judge->held));
	judge->slots = allocate(endpoints * plan->slot_count, sizeof(*judge->slots));
	judge->channels = copy_channels(plan);
	obstack_init(&judge->memory);
	for (size_t i = 0; i < endpoints; i++) {
		judge->witnesses[i].bindings = judge->slots + i * plan->slot_count;
		judge->witnesses[i].call_step = -1;
	}
	return judge;
}

void judge_decide_draft(struct judge *judge, enum verdict_kind kind, int step,
			struct location where, struct draft *reason)
{
	char *text = draft_take(reason);

	if (judge->final) {
		free(text);
		return;
	}
	if (!where.line && step >= 0 && (size_t)step < judge->plan->step_count)
		where = judge->plan->steps[step].where;
	judge->final = true;
	judge->verdict.kind = kind;
	judge->verdict.step = step;
	judge->verdict.where = where;
	judge->verdict.reason = text;
}

void judge_decide(struct judge *judge, enum verdict_kind kind, int step, struct location where,
		  const char *format, ...)
{
	struct draft reason;
	va_list args;

	draft_open(&reason);
	va_start(args, format);
	vfprintf(reason.out, format, args);
	va_end(args);
	judge_decide_draft(judge, kind, step, where, &reason);
}

/* Broken, inconclusive or a skip, with the text of the event if it has one. */
static void decide_event(struct judge *judge, const struct event *event)
{
	static const struct {
		enum verdict_kind kind;
		const char *reason;
	} decisions[] = {
		[EVENT_LATE] = { VERDICT_INCONCLUSIVE, "the limit passed before all was quiet" },
		[EVENT_UNAVAILABLE] = { VERDICT_SKIP, "the machine does not give what is needed" },
		[EVENT_BROKEN] = { VERDICT_BROKEN, "the driver could not do its work" },
	};
	const char *text = history_text(judge->history, event);

	judge_decide(judge, decisions[event->kind].kind, judge->step, (struct location){ 0 }, "%s",
		     *text ? text : decisions[event->kind].reason);
}

/* A fault that did not do what it was declared for: the scenario did not show what it says. */
static void decide_fault(struct judge *judge, const struct event *event, const char *what)
{
	const struct plan_fault *fault;

	if (event->number < 0 || (size_t)event->number >= judge->plan->fault_count)
		return;
	fault = &judge->plan->faults[event->number];
	judge_decide(judge, VERDICT_BROKEN, -1, fault->where, "fault %s %s: %s", fault->name, what,
		     history_text(judge->history, event));
}

/* Until when nothing may have returned that a following `resumes` waits for. */
static bool is_action(enum step_kind kind)
{
	switch (kind) {
	case STEP_CALL:
	case STEP_EXIT:
	case STEP_KILL:
	case STEP_STOP:
	case STEP_CONT:
	case STEP_SIGNAL:
	case STEP_START:
	case STEP_RESTART:
	case STEP_WRITE:
	case STEP_RELEASE: return true;
	case STEP_RESUMES:
	case STEP_BLOCKS:
	case STEP_AWAIT_EXITED:
	case STEP_AWAIT_KILLED:
	case STEP_AWAIT_BLOCKED:
	case STEP_AWAIT_OUTPUT:
	case STEP_CHECK:
	case STEP_ARM:
	case STEP_DISARM: return false;
	}
	abort();
}

/* All of the step has been seen. */
static void close_step(struct judge *judge)
{
	if (!judge->step_open)
		return;
	judge->step_open = false;
	judge_step(judge, judge->step);
}

static void open_step(struct judge *judge, int step)
{
	close_step(judge);
	if (judge->final)
		return;
	if (step < 0 || (size_t)step >= judge->plan->step_count) {
		judge_decide(judge, VERDICT_BROKEN, -1, (struct location){ 0 },
			     "the history has a step that the plan has not");
		return;
	}
	judge->step = step;
	judge->step_open = true;
	judge->checked = judge->awaited = 0;
	if (is_action(judge->plan->steps[step].kind) &&
	    !judge_is_left_out(judge, &judge->plan->steps[step]))
		judge->last_action = step;
	judge_before_step(judge, step);
}

/* Abstract names and the like are only known once the channel is made. */
static void note_address(struct judge *judge, const struct event *event)
{
	const char *address = history_bytes(judge->history, event, 0, event->data_length);
	struct channel *channel;

	if (event->number < 0 || (size_t)event->number >= judge->plan->channel_count || !address ||
	    event->data_length >= CHANNEL_ADDRESS_MAX)
		return;
	channel = &judge->channels[event->number];
	memcpy(channel->address, address, event->data_length);
	channel->address_length = event->data_length;
}

static void read_event(struct judge *judge, size_t index)
{
	const struct event *event = &judge->history->events[index];

	switch (event->kind) {
	case EVENT_CHANNEL: note_address(judge, event); return;
	case EVENT_STEP: open_step(judge, event->step); return;
	case EVENT_CHECKED: judge->checked = index + 1; return;
	case EVENT_AWAITED: judge->awaited = index + 1; return;
	case EVENT_VIOLATED:
		close_step(judge);
		judge_leftovers(judge);
		judge_violated(judge, event);
		return;
	case EVENT_LATE:
	case EVENT_UNAVAILABLE:
	case EVENT_BROKEN: decide_event(judge, event); return;
	case EVENT_REFUSED: decide_fault(judge, event, "could not be carried out"); return;
	case EVENT_UNFIRED: decide_fault(judge, event, "never fired"); return;
	case EVENT_FIRED:
	case EVENT_EXECUTED:
	case EVENT_OUTPUT:
	case EVENT_WRITTEN:
	case EVENT_NOTE:
	case EVENT_LACKING: return;
	case EVENT_LEFT_BEHIND:
		if (!judge->left_behind)
			judge->left_behind = index + 1;
		return;
	case EVENT_END:
		close_step(judge);
		judge->ended = true;
		return;
	case EVENT_INVOKED:
	case EVENT_RETURNED:
	case EVENT_BLOCKED:
	case EVENT_SIGNALLED:
	case EVENT_STOPPED:
	case EVENT_CONTINUED:
	case EVENT_STARTED:
	case EVENT_DIED:
		if (event->endpoint >= 0 && (size_t)event->endpoint < judge->plan->endpoint_count)
			judge_hear(judge, index);
		return;
	}
	abort();
}

bool judge_continue(struct judge *judge)
{
	while (!judge->final && judge->next < judge->history->count)
		read_event(judge, judge->next++);
	if (!judge->final)
		close_step(judge);
	return !judge->final;
}

/* A pass so far: what the end of the run has to say. */
static void judge_end(struct judge *judge)
{
	const struct location nowhere = { 0 };

	if (!judge->ended)
		judge_decide(judge, VERDICT_BROKEN, judge->step, nowhere,
			     "the run did not come to its end");
	judge_leftovers(judge);
	if (judge->step + 1 < (int)judge->plan->step_count)
		judge_decide(judge, VERDICT_BROKEN, judge->step + 1, nowhere,
			     "the run ended before this step");
	if (judge->left_behind)
		judge_decide(judge, VERDICT_BROKEN, -1, nowhere, "left behind: %s",
			     history_text(judge->history,
					  &judge->history->events[judge->left_behind - 1]));
}

void judge_finish(struct judge *judge, struct verdict *verdict)
{
	if (!judge->final)
		judge_end(judge);
	judge->final = true;
	if (judge->verdict.kind != VERDICT_PASS && judge->verdict.kind != VERDICT_SKIP &&
	    judge->plan->programs)
		judge->verdict.facts = judge_last_words(judge);
	*verdict = judge->verdict;
	memset(&judge->verdict, 0, sizeof(judge->verdict));
	if (judge->plan->deviation)
		judge_apply_deviation(judge->plan, verdict);
	judge_excuse(judge->history, verdict);
}

const struct value *judge_bindings(const struct judge *judge, int endpoint)
{
	return judge->witnesses[endpoint].bindings;
}

void judge_free(struct judge *judge)
{
	verdict_free(&judge->verdict);
	obstack_free(&judge->memory, NULL);
	free(judge->channels);
	free(judge->slots);
	free(judge->held);
	free(judge->pids);
	free(judge->witnesses);
	free(judge);
}
