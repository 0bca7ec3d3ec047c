// SPDX-License-Identifier: MIT
/* The kinds of steps: what the driver does for each, and for what it waits. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint_timer.h"
#include "kin.h"
#include "listener.h"
#include "look.h"
#include "runner.h"

enum { IDLE_LOOKS = 2 };

static void halt(struct runner *runner, const char *what, int endpoint)
{
	runner_event_text(runner, EVENT_BROKEN, endpoint, "%s %s", runner_name_of(runner, endpoint), what);
	runner->halted = true;
}

static void report_late(struct runner *runner)
{
	char text[500] = "";
	size_t used = 0;

	for (size_t i = 0; i < runner->plan->endpoint_count; i++) {
		const struct endpoint *endpoint = runner_endpoint(runner, (int)i);
		bool awaited = endpoint->state == ENDPOINT_BUSY || endpoint->state == ENDPOINT_RUNNING || endpoint->killed || endpoint->disturbed;

		if (!awaited || endpoint->state == ENDPOINT_DEAD || endpoint->state == ENDPOINT_ABSENT)
			continue;
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s: %.160s", used ? "; " : "",
					 runner_name_of(runner, (int)i), endpoint->killed ? "has not died" :
					 endpoint->state == ENDPOINT_RUNNING ? runner_program_text(runner, (int)i) :
					 endpoint->text[0] ? endpoint->text : "running");
		if (used >= sizeof(text) - 1)
			break;
	}
	/* Somebody whom a program forked, and who outlived it. */
	if (!used)
		crowd_describe(&runner->stage->crowd, text, sizeof(text));
	runner_event_text(runner, EVENT_LATE, -1, "the time limit passed before all was quiet: %s",
			  *text ? text : "nobody");
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

static void report_deaf(struct runner *runner)
{
	runner_event_text(runner, EVENT_BROKEN, -1, "the faults cannot be served: %s",
			  strerror(-runner->stage->listener_error));
	runner->halted = true;
}

void runner_settle(struct runner *runner, int patient)
{
	if (settle(&runner->settle, runner->stage, patient, &runner->deadline) == SETTLED_LATE)
		report_late(runner);
	note_stops(runner);
	if (runner->stage->listener_error && !runner->halted)
		report_deaf(runner);
}

/*
 * Until all is quiet, and this one rests in its call: one look that finds it not working proves nothing, for it may have
 * gone on since all was quiet. Who dies may sleep on the way, and shows its last call meanwhile.
 */
static void settle_idle(struct runner *runner, int endpoint)
{
	const struct endpoint *state = runner_endpoint(runner, endpoint);
	int idle_looks = 0;

	runner_settle(runner, -1);
	while (!runner->halted && state->state == ENDPOINT_BUSY && idle_looks < IDLE_LOOKS) {
		idle_looks = settle_is_working(runner->stage, (unsigned)endpoint) ? 0 : idle_looks + 1;
		if (deadline_passed(&runner->deadline))
			report_late(runner);
		else
			runner_settle(runner, -1);
	}
}

/* A call that must return, while time may be what ends it: quiet proves nothing then. */
static void settle_returning(struct runner *runner, int endpoint)
{
	settle_idle(runner, endpoint);
	if (!runner->halted && runner_endpoint(runner, endpoint)->state == ENDPOINT_BUSY && stage_has_timer(runner->stage))
		runner_settle(runner, endpoint);
}

static int64_t where_asleep(const struct runner *runner, int endpoint)
{
	if (look_is_held(runner->stage, (unsigned)endpoint))
		return ASLEEP_IN_A_FAULT;
	if (runner->options->grade != SETTLE_SYSCALL)
		return ASLEEP_SOMEWHERE;
	return strtol(runner->stage->endpoints[endpoint].text, NULL, 10);
}

static void note_blocked(struct runner *runner, int endpoint)
{
	if (!runner->halted && runner_endpoint(runner, endpoint)->state == ENDPOINT_BUSY)
		runner_event(runner, EVENT_BLOCKED, endpoint)->number = where_asleep(runner, endpoint);
}

static void do_call(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);

	/* "in { ANY, GONE }": it is gone. */
	if (endpoint->state == ENDPOINT_DEAD && step->want.kind == WANT_ONE_OF && want_allows_death(&step->want))
		return;
	if (endpoint->state != ENDPOINT_READY) {
		halt(runner, endpoint->state == ENDPOINT_BUSY ? "is still in its call before" : "is not alive", step->endpoint);
		return;
	}
	runner->call_step[step->endpoint] = runner->step;
	runner_event(runner, EVENT_INVOKED, step->endpoint);
	endpoint_command(runner->stage, (unsigned)step->endpoint, (unsigned)step->action);
	if (step->want.kind == WANT_BLOCKS)
		runner_settle(runner, -1);
	else
		settle_returning(runner, step->endpoint);
	note_blocked(runner, step->endpoint);
}

static void do_resumes(struct runner *runner, const struct step *step)
{
	if (runner_endpoint(runner, step->endpoint)->state == ENDPOINT_BUSY)
		settle_returning(runner, step->endpoint);
	note_blocked(runner, step->endpoint);
}

static void do_blocks(struct runner *runner, const struct step *step)
{
	runner_settle(runner, -1);
	note_blocked(runner, step->endpoint);
}

static void do_exit(struct runner *runner, const struct step *step)
{
	if (runner_endpoint(runner, step->endpoint)->state != ENDPOINT_READY) {
		halt(runner, "cannot exit: it is not ready", step->endpoint);
		return;
	}
	endpoint_exit(runner->stage, (unsigned)step->endpoint, (int)step->number);
	runner_settle(runner, -1);
}

static bool send_signal(struct runner *runner, int endpoint, int signal)
{
	int err = endpoint_signal(runner->stage, (unsigned)endpoint, signal);

	if (err) {
		halt(runner, err == -ESRCH ? "is not alive" : "cannot be signalled", endpoint);
		return false;
	}
	runner_event(runner, EVENT_SIGNALLED, endpoint)->number = signal;
	return true;
}

static void do_kill(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);

	if (!send_signal(runner, step->endpoint, (int)step->number))
		return;
	endpoint->killed = true;
	endpoint->stopped = false;
	runner_settle(runner, -1);
}

static void do_stop(struct runner *runner, const struct step *step)
{
	if (!send_signal(runner, step->endpoint, SIGSTOP))
		return;
	runner_endpoint(runner, step->endpoint)->stopped = true;
	runner_settle(runner, -1);
}

static void do_cont(struct runner *runner, const struct step *step)
{
	runner_endpoint(runner, step->endpoint)->stopped = false;
	if (runner_is_program(runner, step->endpoint))
		kin_continue(runner->stage, (unsigned)step->endpoint);
	if (!send_signal(runner, step->endpoint, SIGCONT))
		return;
	runner_event(runner, EVENT_CONTINUED, step->endpoint);
	runner_settle(runner, -1);
}

static void do_signal(struct runner *runner, const struct step *step)
{
	if (send_signal(runner, step->endpoint, (int)step->number))
		runner_settle(runner, -1);
}

static void do_restart(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);
	int err;

	if (runner_is_program(runner, step->endpoint)) {
		runner_start_program(runner, step);
		return;
	}
	if (endpoint->state == ENDPOINT_READY || endpoint->state == ENDPOINT_BUSY) {
		endpoint_signal(runner->stage, (unsigned)step->endpoint, SIGKILL);
		endpoint->killed = true;
		endpoint->stopped = false;
		runner_settle(runner, -1);
		if (runner->halted)
			return;
	}
	runner_disarm_all(runner, step->endpoint);
	err = endpoint_start(runner->stage, (unsigned)step->endpoint, false);
	if (err) {
		runner_event_text(runner, EVENT_BROKEN, step->endpoint, "%s cannot be started: %s",
				  runner_name_of(runner, step->endpoint), strerror(-err));
		runner->halted = true;
		return;
	}
	runner_settle(runner, -1);
}

/* Only time can still end it: then wait for its death itself. */
static void do_await_death(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);

	if (runner_is_program(runner, step->endpoint)) {
		runner_await_program(runner, step);
		return;
	}
	/* It may have died unseen, in the middle of nothing: look at it even if it seems ready. */
	endpoint->disturbed = true;
	settle_idle(runner, step->endpoint);
	if (runner->halted || endpoint->state == ENDPOINT_DEAD || !stage_has_timer(runner->stage))
		return;
	endpoint->killed = true;
	runner_settle(runner, -1);
	endpoint->killed = false;
}

static void do_await_blocked(struct runner *runner, const struct step *step)
{
	if (runner_is_program(runner, step->endpoint)) {
		runner_await_program(runner, step);
		return;
	}
	runner_settle(runner, -1);
	note_blocked(runner, step->endpoint);
}

static void do_release(struct runner *runner, const struct step *step)
{
	listeners_release(runner->stage, (unsigned)step->number);
	runner_settle(runner, -1);
}

static void do_arm(struct runner *runner, const struct step *step)
{
	runner_arm(runner, (size_t)step->number, step->kind == STEP_ARM);
}

static void (*const step_does[])(struct runner *runner, const struct step *step) = {
	[STEP_CALL] = do_call,
	[STEP_RESUMES] = do_resumes,
	[STEP_BLOCKS] = do_blocks,
	[STEP_EXIT] = do_exit,
	[STEP_KILL] = do_kill,
	[STEP_STOP] = do_stop,
	[STEP_CONT] = do_cont,
	[STEP_SIGNAL] = do_signal,
	[STEP_START] = runner_start_program,
	[STEP_RESTART] = do_restart,
	[STEP_AWAIT_EXITED] = do_await_death,
	[STEP_AWAIT_KILLED] = do_await_death,
	[STEP_AWAIT_BLOCKED] = do_await_blocked,
	[STEP_AWAIT_OUTPUT] = runner_await_program,
	[STEP_WRITE] = runner_write,
	[STEP_CHECK] = runner_check,
	[STEP_RELEASE] = do_release,
	[STEP_ARM] = do_arm,
	[STEP_DISARM] = do_arm,
};

void runner_step(struct runner *runner, const struct step *step)
{
	runner_event(runner, EVENT_STEP, step->endpoint);
	step_does[step->kind](runner, step);
}
