// SPDX-License-Identifier: MIT
/* Steps of programs: executing them, writing to them, waiting for what they print or sleep in. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "kin.h"
#include "runner.h"

void runner_executed(struct runner *runner, unsigned endpoint)
{
	const char *path = control_area(&runner->stage->control, endpoint);
	char privilege[60];

	runner_event_text(runner, EVENT_EXECUTED, (int)endpoint, "%.*s", 200, path)->number =
		runner->stage->endpoints[endpoint].pid;
	if (program_privilege(path, privilege, sizeof(privilege)))
		runner_event_text(runner, EVENT_NOTE, (int)endpoint,
				  "its privileges are gone (%s): a program under test gains none",
				  privilege);
}

static bool fail_start(struct runner *runner, int endpoint, const char *why)
{
	runner_event_text(runner, EVENT_BROKEN, endpoint, "%s cannot be run: %s",
			  runner_name_of(runner, endpoint), why);
	runner->halted = true;
	return false;
}

/* Whatever it was before, and all that it forked. */
static bool end_program(struct runner *runner, int index)
{
	struct endpoint *endpoint = runner_endpoint(runner, index);
	int err = kin_kill(runner->stage, (unsigned)index, &runner->deadline);

	if (err)
		return fail_start(runner, index, "what is left of it does not die");
	if (endpoint->state != ENDPOINT_DEAD && endpoint->state != ENDPOINT_ABSENT) {
		endpoint_signal(runner->stage, (unsigned)index, SIGKILL);
		endpoint->killed = true;
		endpoint->stopped = false;
		runner_settle(runner, -1);
	}
	return !runner->halted;
}

static bool be_ready(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);
	int err;

	if (step->kind == STEP_RESTART) {
		if (!end_program(runner, step->endpoint))
			return false;
		runner_disarm_deadly(runner, step->endpoint);
		runner_forget_printed(runner, step->endpoint);
	}
	if (endpoint->state != ENDPOINT_READY) {
		err = endpoint_start(runner->stage, (unsigned)step->endpoint,
				     step->kind == STEP_START);
		if (err)
			return runner_unstarted(runner, step->endpoint, err);
		runner_settle(runner, -1);
	}
	if (!runner->halted && endpoint->state != ENDPOINT_READY)
		return fail_start(runner, step->endpoint, "it died before");
	return !runner->halted;
}

void runner_start_program(struct runner *runner, const struct step *step)
{
	char path[PATH_MAX], reason[PATH_MAX + 100];

	if (program_find(plan_program(runner->plan, step->endpoint), path, sizeof(path), reason,
			 sizeof(reason))) {
		fail_start(runner, step->endpoint, reason);
		return;
	}
	if (!be_ready(runner, step))
		return;
	endpoint_execute(runner->stage, (unsigned)step->endpoint, path);
	runner_settle(runner, -1);
}

void runner_write(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);
	struct value bindings[PLAN_SLOTS_MAX] = { 0 };
	struct environment environment = { .bindings = bindings, .channels = runner->channels };
	struct value value = { 0 };
	char reason[100] = "it has no value";
	struct event *event;
	int err = 0;

	runner_gather_bindings(runner, bindings);
	if (step->condition &&
	    (operand_evaluate(step->condition, &environment, &value, reason, sizeof(reason)) ||
	     value.kind != VALUE_BYTES)) {
		runner_event_text(runner, EVENT_BROKEN, step->endpoint, "nothing to write: %s",
				  value.kind == VALUE_NONE ? reason : "it is no text");
		runner->halted = true;
		environment_free_scratch(&environment);
		return;
	}
	event = runner_event(runner, EVENT_WRITTEN, step->endpoint);
	if (step->condition)
		history_attach(runner->history, event, value.bytes, value.length);
	if (!endpoint->has_streams)
		err = -EPIPE;
	else if (step->condition)
		err = streams_write(&endpoint->streams, value.bytes, value.length);
	else
		streams_end_input(&endpoint->streams);
	environment_free_scratch(&environment);
	if (err)
		runner_event_text(runner, EVENT_AWAITED, step->endpoint,
				  "%s does not read its standard input any more: %s",
				  runner_name_of(runner, step->endpoint), strerror(-err));
	runner_settle(runner, -1);
}

/* Of a pair of sockets, that one of both which it holds. */
static struct crowd_subject subject_of(const struct runner *runner, int endpoint, int index,
				       struct inject_name *name)
{
	const uint8_t *held = runner->plan->held + (size_t)endpoint * runner->plan->channel_count;
	struct crowd_subject subject = { 0 };
	const struct channel *channel;
	struct stat status;
	int side;

	if (index < 0)
		return subject;
	channel = &runner->channels[index];
	if (channel->address_length || channel->mechanism->system_v) {
		runner_name_channel(channel, name);
		subject.name = name;
		if (channel->address_length && channel->address[0] &&
		    !stat(channel->address, &status)) {
			subject.device = status.st_dev;
			subject.inode = status.st_ino;
		}
	} else {
		side = held[index] & 1 << SIDE_WRITE ? 1 : 0;
		subject.device = runner->objects[index][side].device;
		subject.inode = runner->objects[index][side].inode;
		subject.serial = runner->objects[index][side].serial;
	}
	return subject;
}

static bool is_asleep(struct runner *runner, const struct step *step)
{
	const struct plan_sleep *sleep = step->sleep;
	struct inject_name name;
	struct crowd_subject subject = subject_of(runner, step->endpoint, sleep->channel, &name);
	struct crowd crowd = { 0 };
	bool found;

	found = !kin_look(runner->stage, (unsigned)step->endpoint, &crowd) &&
		crowd_find(&crowd, sleep->numbers, sleep->number_count, &subject);
	crowd_free(&crowd);
	return found;
}

static bool has_come(void *context)
{
	struct runner *runner = context;
	const struct step *step = runner->awaiting;

	if (step->kind == STEP_AWAIT_OUTPUT)
		return runner_has_printed(runner, step);
	if (step->kind == STEP_AWAIT_BLOCKED)
		return is_asleep(runner, step);
	return runner_endpoint(runner, step->endpoint)->state == ENDPOINT_DEAD;
}

/* That it is dead, or in which calls it and those that it forked are. */
static void say_state(struct runner *runner, int index, char *text, size_t size)
{
	const struct endpoint *endpoint = runner_endpoint(runner, index);
	struct crowd crowd = { .give_up_ns = crowd_patience_ns(&runner->deadline) };

	snprintf(text, size, "%s is dead", runner_name_of(runner, index));
	if (endpoint->state != ENDPOINT_DEAD && !kin_look(runner->stage, (unsigned)index, &crowd))
		crowd_describe(&crowd, text, size);
	crowd_free(&crowd);
}

const char *runner_program_text(struct runner *runner, int endpoint)
{
	say_state(runner, endpoint, runner->program_text, sizeof(runner->program_text));
	return runner->program_text;
}

void runner_await_program(struct runner *runner, const struct step *step)
{
	char text[300];
	bool came;

	runner->awaiting = step;
	runner->settle.awaited = has_come;
	runner_settle(runner, -1);
	runner->settle.awaited = NULL;
	if (runner->halted)
		return;
	came = has_come(runner);
	text[0] = '\0';
	if (!came)
		say_state(runner, step->endpoint, text, sizeof(text));
	runner_event_text(runner, EVENT_AWAITED, step->endpoint, "%s", text)->number = came;
}
