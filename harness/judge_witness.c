// SPDX-License-Identifier: MIT
/* What the events say of an endpoint: what it does, how it ended, what its names are bound to. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "judge_state.h"

/* The value outlives the history's heap, which moves when it grows. */
static struct value keep(struct judge *judge, struct value value)
{
	if (value.kind == VALUE_BYTES)
		value.bytes = obstack_copy0(&judge->memory, value.bytes, value.length);
	return value;
}

/* Exactly what the endpoint itself does with its results: of a failed call, the error. */
static void bind_results(struct judge *judge, struct witness *witness, const struct event *event)
{
	const struct action *action = plan_action(judge->plan, event->call_step);

	if (!action)
		return;
	if (action->bind >= 0) {
		struct value value = returned_value(judge->history, event, action->call);

		if (value.kind == VALUE_EOF)
			value = value_bytes("", 0);
		witness->bindings[action->bind] = keep(judge, value);
	}
	for (int i = 0; !event->result.error && i < CALL_OUTS_MAX; i++) {
		if (action->bind_out[i] >= 0)
			witness->bindings[action->bind_out[i]] =
				keep(judge, returned_out(judge->history, event, i, &judge->memory));
	}
}

static void on_returned(struct judge *judge, struct witness *witness, size_t index)
{
	const struct event *event = &judge->history->events[index];
	const struct result *result = &event->result;

	if (result->complaint[0]) {
		judge_decide(judge, VERDICT_BROKEN, event->call_step, (struct location){ 0 },
			     "%.*s", (int)sizeof(result->complaint), result->complaint);
		return;
	}
	if (!plan_call(judge->plan, event->call_step) ||
	    !returned_is_sound(judge->history, event)) {
		judge_decide(judge, VERDICT_BROKEN, event->call_step, (struct location){ 0 },
			     "%s: its result is damaged",
			     judge_name_of(judge, event->endpoint));
		return;
	}
	judge_absent(judge, event);
	bind_results(judge, witness, event);
	witness->state = WITNESS_RETURNED;
	witness->call_step = event->call_step;
	witness->event = index;
	witness->step = judge->step;
	witness->asleep = false;
}

static void on_died(struct judge *judge, struct witness *witness, size_t index)
{
	const struct event *event = &judge->history->events[index];
	const struct step *step = judge->step >= 0 ? &judge->plan->steps[judge->step] : NULL;

	/* Nobody will ask for that return any more. */
	if (witness->state == WITNESS_RETURNED)
		judge_unasked(judge, event->endpoint);
	witness->state = WITNESS_DEAD;
	witness->call_step = event->call_step;
	witness->event = index;
	witness->step = judge->step;
	witness->status = (int)event->number;
	witness->expected = (plan_program(judge->plan, event->endpoint) &&
			     WIFEXITED(witness->status) && !WEXITSTATUS(witness->status)) ||
			    (witness->killer && WIFSIGNALED(witness->status) &&
			     WTERMSIG(witness->status) == witness->killer) ||
			    (step && step->kind == STEP_RESTART &&
			     step->endpoint == event->endpoint);
	witness->asleep = witness->stopped = false;
}

/* Its own word for the numbers of the ends that it holds; without it, it holds none. */
static void note_ends(struct judge *judge, const struct event *event)
{
	size_t size = judge->plan->channel_count * sizeof(*judge->held);
	int (*held)[2] = judge->held + (size_t)event->endpoint * judge->plan->channel_count;
	const char *bytes = history_bytes(judge->history, event, 0, size);

	if (bytes)
		memcpy(held, bytes, size);
	else
		memset(held, -1, size);
}

/* A new process knows nothing, but the child of a fork what its parent knew before that call. */
static void on_started(struct judge *judge, struct witness *witness, const struct event *event)
{
	const struct step *step = judge->step >= 0 ? &judge->plan->steps[judge->step] : NULL;
	const struct action *action = plan_action(judge->plan, judge->step);
	struct value *bindings = witness->bindings;
	size_t size = judge->plan->slot_count * sizeof(*bindings);

	memset(witness, 0, sizeof(*witness));
	witness->bindings = bindings;
	witness->call_step = -1;
	judge->pids[event->endpoint] = (pid_t)event->number;
	note_ends(judge, event);
	if (!size)
		return;
	memset(bindings, 0, size);
	if (!action || action->child != event->endpoint)
		return;
	memcpy(bindings, judge->witnesses[step->endpoint].bindings, size);
	if (action->bind >= 0)
		bindings[action->bind] = (struct value){ 0 };
}

void judge_hear(struct judge *judge, size_t index)
{
	const struct event *event = &judge->history->events[index];
	struct witness *witness = &judge->witnesses[event->endpoint];

	switch (event->kind) {
	case EVENT_INVOKED:
		witness->state = WITNESS_CALLING;
		witness->call_step = event->call_step;
		witness->asleep = false;
		return;
	case EVENT_RETURNED: on_returned(judge, witness, index); return;
	case EVENT_BLOCKED:
		/* Who is stopped shows no sleep of its own. */
		witness->asleep = witness->state == WITNESS_CALLING &&
				  (witness->asleep || !witness->stopped ||
				   event->number == ASLEEP_IN_A_FAULT);
		witness->asleep_in = event->number;
		return;
	case EVENT_STOPPED:
	case EVENT_CONTINUED: witness->stopped = event->kind == EVENT_STOPPED; return;
	case EVENT_STARTED: on_started(judge, witness, event); return;
	case EVENT_DIED: on_died(judge, witness, index); return;
	case EVENT_CHANNEL:
	case EVENT_STEP:
	case EVENT_SIGNALLED:
	case EVENT_CHECKED:
	case EVENT_EXECUTED:
	case EVENT_OUTPUT:
	case EVENT_WRITTEN:
	case EVENT_NOTE:
	case EVENT_AWAITED:
	case EVENT_VIOLATED:
	case EVENT_FIRED:
	case EVENT_REFUSED:
	case EVENT_UNFIRED:
	case EVENT_LATE:
	case EVENT_UNAVAILABLE:
	case EVENT_LACKING:
	case EVENT_BROKEN:
	case EVENT_LEFT_BEHIND:
	case EVENT_END: return;
	}
	abort();
}
