// SPDX-License-Identifier: MIT
/* Waiting until all is quiet, and what the history has of it: who stopped, and what was late. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "endpoint_timer.h"
#include "look.h"
#include "runner.h"

enum { IDLE_LOOKS = 2 };

static bool is_awaited(const struct endpoint *endpoint)
{
	if (endpoint->state == ENDPOINT_DEAD || endpoint->state == ENDPOINT_ABSENT)
		return false;
	return endpoint->state == ENDPOINT_BUSY || endpoint->state == ENDPOINT_RUNNING ||
	       endpoint->killed || endpoint->disturbed;
}

/* What it does instead of being quiet. */
static const char *state_text(struct runner *runner, int index)
{
	const struct endpoint *endpoint = runner_endpoint(runner, index);

	if (endpoint->killed)
		return "has not died";
	if (endpoint->state == ENDPOINT_RUNNING)
		return runner_program_text(runner, index);
	return endpoint->text[0] ? endpoint->text : "running";
}

static void report_late(struct runner *runner)
{
	const char *nobody = "nobody";
	char text[500] = "";
	size_t used = 0;

	for (size_t i = 0; i < runner->plan->endpoint_count; i++) {
		if (!is_awaited(runner_endpoint(runner, (int)i)))
			continue;
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s: %.160s",
					 used ? "; " : "", runner_name_of(runner, (int)i),
					 state_text(runner, (int)i));
		if (used >= sizeof(text) - 1)
			break;
	}
	if (runner->stage->has_programs && runner->stage->crowd.mood == CROWD_BUSY)
		nobody = "processes that could not be looked at in time";
	/* Somebody whom a program forked, and who outlived it. */
	if (!used)
		crowd_describe(&runner->stage->crowd, text, sizeof(text));
	runner_event_text(runner, EVENT_LATE, -1, "the time limit passed before all was quiet: %s",
			  *text ? text : nobody);
	runner->halted = true;
}

/* By do stop, or by a fault. */
static void note_stops(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->endpoint_count; i++) {
		bool stopped = runner_endpoint(runner, (int)i)->stopped;

		if (stopped && !runner->is_stopped[i])
			runner_event(runner, EVENT_STOPPED, (int)i);
		runner->is_stopped[i] = stopped;
	}
}

/* Reports tell the weakest grade that decided. */
static void note_veils(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->endpoint_count; i++) {
		if (runner_endpoint(runner, (int)i)->veiled && runner->history->grade < SETTLE_STAT)
			runner->history->grade = SETTLE_STAT;
	}
}

static void report_deaf(struct runner *runner)
{
	runner_event_text(runner, EVENT_BROKEN, -1, "the faults cannot be served: %s",
			  strerror(-runner->stage->listener_error));
	runner->halted = true;
}

static void report_blind(struct runner *runner)
{
	runner_event_text(runner, EVENT_BROKEN, -1, "the driver cannot watch its endpoints: %s%s",
			  strerror(-runner->stage->watch_error),
			  runner->stage->watch_error == -EMFILE ? "; allow it more with ulimit -n"
								: "");
	runner->halted = true;
}

void runner_settle(struct runner *runner, int patient)
{
	enum settled settled = settle(&runner->settle, runner->stage, patient, &runner->deadline);

	if (runner->stage->watch_error)
		report_blind(runner);
	else if (settled == SETTLED_LATE)
		report_late(runner);
	note_stops(runner);
	note_veils(runner);
	if (runner->stage->listener_error && !runner->halted)
		report_deaf(runner);
}

/*
 * One look that finds it not working proves nothing, for it may have gone on since all was quiet.
 * Who dies may sleep on the way, and shows its last call meanwhile.
 */
void runner_settle_idle(struct runner *runner, int endpoint)
{
	const struct endpoint *state = runner_endpoint(runner, endpoint);
	int idle_looks = 0;

	runner_settle(runner, -1);
	while (!runner->halted && state->state == ENDPOINT_BUSY && idle_looks < IDLE_LOOKS) {
		idle_looks = settle_is_working(runner->stage, (unsigned)endpoint) ? 0
										  : idle_looks + 1;
		if (deadline_passed(&runner->deadline))
			report_late(runner);
		else
			runner_settle(runner, -1);
	}
}

void runner_settle_returning(struct runner *runner, int endpoint)
{
	runner_settle_idle(runner, endpoint);
	if (!runner->halted && runner_endpoint(runner, endpoint)->state == ENDPOINT_BUSY &&
	    stage_has_timer(runner->stage))
		runner_settle(runner, endpoint);
}
