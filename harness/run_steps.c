// SPDX-License-Identifier: MIT
/* The kinds of steps: what the driver does for each. */
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

static void halt(struct runner *runner, const char *what, int endpoint)
{
	runner_event_text(runner, EVENT_BROKEN, endpoint, "%s %s", runner_name_of(runner, endpoint),
			  what);
	runner->halted = true;
}

static int64_t where_asleep(const struct runner *runner, int endpoint)
{
	if (look_is_held(runner->stage, (unsigned)endpoint))
		return ASLEEP_IN_A_FAULT;
	if (runner->options->grade != SETTLE_SYSCALL || runner->stage->endpoints[endpoint].veiled)
		return ASLEEP_SOMEWHERE;
	return strtol(runner->stage->endpoints[endpoint].text, NULL, 10);
}

static void note_blocked(struct runner *runner, int endpoint)
{
	if (!runner->halted && runner_endpoint(runner, endpoint)->state == ENDPOINT_BUSY)
		runner_event(runner, EVENT_BLOCKED, endpoint)->number = where_asleep(runner,
										     endpoint);
}

static void do_call(struct runner *runner, const struct step *step)
{
	struct endpoint *endpoint = runner_endpoint(runner, step->endpoint);

	if (endpoint->state == ENDPOINT_DEAD && step_may_be_gone(step))
		return;
	if (endpoint->state != ENDPOINT_READY) {
		halt(runner,
		     endpoint->state == ENDPOINT_BUSY ? "is still in its call before"
						      : "is not alive",
		     step->endpoint);
		return;
	}
	runner->call_step[step->endpoint] = runner->step;
	runner_event(runner, EVENT_INVOKED, step->endpoint);
	endpoint_command(runner->stage, (unsigned)step->endpoint, (unsigned)step->action);
	if (step->want.kind == WANT_BLOCKS)
		runner_settle(runner, -1);
	else
		runner_settle_returning(runner, step->endpoint);
	note_blocked(runner, step->endpoint);
}

static void do_resumes(struct runner *runner, const struct step *step)
{
	if (runner_endpoint(runner, step->endpoint)->state == ENDPOINT_BUSY)
		runner_settle_returning(runner, step->endpoint);
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

static bool reach(struct runner *runner, int endpoint, int signal)
{
	int err = endpoint_signal(runner->stage, (unsigned)endpoint, signal);

	if (err == -EPERM) {
		runner_event_text(runner, EVENT_UNAVAILABLE, endpoint,
				  "%s is another user now, and cannot be signalled without CAP_KILL", runner_name_of(runner, endpoint));
		runner->halted = true;
		return false;
	}
	if (err) {
		halt(runner, err == -ESRCH ? "is not alive" : "cannot be signalled", endpoint);
		return false;
	}
	return true;
}

static bool send_signal(struct runner *runner, int endpoint, int signal)
{
	if (!reach(runner, endpoint, signal))
		return false;
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
	if (plan_program(runner->plan, step->endpoint))
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

	if (plan_program(runner->plan, step->endpoint)) {
		runner_start_program(runner, step);
		return;
	}
	if (endpoint->state == ENDPOINT_READY || endpoint->state == ENDPOINT_BUSY) {
		if (!reach(runner, step->endpoint, SIGKILL))
			return;
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

	if (plan_program(runner->plan, step->endpoint)) {
		runner_await_program(runner, step);
		return;
	}
	/* It may have died unseen, in the middle of nothing: look at it even if it seems ready. */
	endpoint->disturbed = true;
	runner_settle_idle(runner, step->endpoint);
	if (runner->halted || endpoint->state == ENDPOINT_DEAD || !stage_has_timer(runner->stage))
		return;
	endpoint->killed = true;
	runner_settle(runner, -1);
	endpoint->killed = false;
}

static void do_await_blocked(struct runner *runner, const struct step *step)
{
	if (plan_program(runner->plan, step->endpoint)) {
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
