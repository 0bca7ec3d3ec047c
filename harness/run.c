// SPDX-License-Identifier: MIT
/* Setting the stage, doing the steps, clearing the stage. */
#include "run.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "finding.h"
#include "leak.h"
#include "runner.h"

bool runner_broken(struct runner *runner, const char *what, const char *name, int err)
{
	runner_event_text(runner, EVENT_BROKEN, -1, "%s %s: %s", what, name, strerror(-err));
	runner->halted = true;
	return false;
}

/*
 * Privileges, limits, what a kernel was built without: these are the machine's, and no verdict on
 * it.
 */
static bool is_limit(int err)
{
	static const int limits[] = { EPERM,        EACCES,          EMFILE,    ENFILE,
				      ENOSPC,       EDQUOT,          ENOMEM,    ENOSYS,
				      EAFNOSUPPORT, EPROTONOSUPPORT, EOPNOTSUPP };

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
		if (-err == limits[i])
			return true;
	}
	return false;
}

static bool unmade(struct runner *runner, const struct channel *channel, int err)
{
	if (!is_limit(err))
		return runner_broken(runner, "cannot make channel", channel->name, err);
	runner_event_text(runner, EVENT_UNAVAILABLE, -1, "cannot make channel %s, a %s: %s",
			  channel->name, channel->mechanism->name, strerror(-err));
	runner->halted = true;
	return false;
}

/*
 * A kernel without notification, or somebody who listens to us already: there is one listener for
 * each process.
 */
static bool is_without_listeners(int err)
{
	return err == -EBUSY || err == -EINVAL || err == -ENOSYS || err == -EACCES;
}

/*
 * What the endpoint says may be anything that somebody wrote into its page: a skip needs a reason
 * of our own.
 */
bool runner_unstarted(struct runner *runner, int endpoint, int err)
{
	const struct endpoint_rules *rules = runner->cast.rules ? &runner->cast.rules[endpoint]
								: NULL;
	int own_err = rules && rules->filter && is_without_listeners(err)
			      ? inject_try(rules->filter)
			      : 0;

	if (!is_without_listeners(own_err))
		return runner_broken(runner, "cannot start", runner_name_of(runner, endpoint), err);
	runner_event_text(runner, EVENT_UNAVAILABLE, endpoint, "cannot put faults on %s: %s",
			  runner_name_of(runner, endpoint),
			  own_err == -EBUSY ? "its calls have a seccomp listener already" :
					      "this kernel has no seccomp notification");
	runner->halted = true;
	return false;
}

static void note_channel(struct runner *runner, size_t index)
{
	const struct channel *channel = &runner->channels[index];
	struct event *event = runner_event(runner, EVENT_CHANNEL, -1);

	event->number = (int64_t)index;
	history_attach(runner->history, event, channel->address, channel->address_length);
}

/* They are not to be looked at any more once the driver has let go of them. */
static void note_objects(struct runner *runner, size_t index)
{
	for (int side = 0; side < 2; side++) {
		int fd = runner->channels[index].side_fd[side];

		if (fd >= 0)
			inject_object_of(fd, &runner->objects[index][side]);
	}
}

static bool create_channels(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->channel_count; i++) {
		struct channel *channel = &runner->channels[i];
		int err;

		*channel = runner->plan->channels[i];
		channel->serial = runner->stage->serial++;
		err = channel_create(channel);
		if (err)
			return unmade(runner, channel, err);
		runner->channels_made++;
		note_objects(runner, i);
		note_channel(runner, i);
	}
	return true;
}

/* A limit of file sizes is an error then, and no death of the worker, which may have no sandbox. */
static bool make_channels(struct runner *runner)
{
	bool made;

	signal(SIGXFSZ, SIG_IGN);
	made = create_channels(runner);
	signal(SIGXFSZ, SIG_DFL);
	return made;
}

static bool makes_call(const struct plan *plan, unsigned flag)
{
	for (size_t i = 0; i < plan->action_count; i++) {
		if (plan->actions[i].call->flags & flag)
			return true;
	}
	return false;
}

/* By a signal of others, of the driver, of a timer, or by a fault. */
static bool may_kill(const struct plan *plan)
{
	for (size_t i = 0; i < plan->step_count; i++) {
		switch (plan->steps[i].kind) {
		case STEP_SIGNAL:
		case STEP_AWAIT_EXITED:
		case STEP_AWAIT_KILLED: return true;
		default: break;
		}
	}
	return plan->fault_count || makes_call(plan, CALL_SIGNALS | CALL_ARMS_TIMER);
}

/*
 * Who becomes another user is not ours to kill without CAP_KILL. Where we are the init of a pid
 * namespace, our end is theirs as well; elsewhere they would outlive us, asleep for ever.
 */
static bool can_end_all(struct runner *runner)
{
	const struct finding *may_kill = finding_of(probe_find("cap_kill"), NULL);

	if (getpid() == 1 || geteuid() != 0 || may_kill->value.number ||
	    !makes_call(runner->plan, CALL_CHANGES_USER))
		return true;
	runner_event_text(runner, EVENT_UNAVAILABLE, -1,
			  "who changes its user could not be ended without a sandbox: %s",
			  may_kill->reason);
	runner->halted = true;
	return false;
}

void runner_release_channels(struct runner *runner)
{
	for (size_t i = 0; i < runner->channels_made && !runner->channels_released; i++)
		channel_release(&runner->channels[i]);
	runner->channels_released = true;
}

/* Grown for the scenario with most endpoints so far; never shrunk: each worker meets few such. */
static int fit_control(struct stage *stage, size_t endpoints)
{
	if (stage->control.endpoints >= endpoints)
		return 0;
	control_unmap(&stage->control);
	return control_map(&stage->control, endpoints < 4 ? 4 : (unsigned)endpoints);
}

static bool start_endpoints(struct runner *runner)
{
	const struct plan *plan = runner->plan;
	int err = fit_control(runner->stage, plan->endpoint_count);

	if (err)
		return runner_broken(runner, "cannot map", "the control plane", err);
	err = runner_prepare_faults(runner);
	if (err)
		return runner_broken(runner, "cannot prepare", "the faults", err);
	for (size_t i = 0; i < plan->endpoint_count; i++) {
		runner->call_step[i] = -1;
		control_reset(&runner->stage->control, (unsigned)i);
		if (plan->started_by_hand[i])
			continue;
		err = endpoint_start(runner->stage, (unsigned)i, true);
		if (err)
			return runner_unstarted(runner, (int)i, err);
	}
	runner_settle(runner, -1);
	runner_release_channels(runner);
	return !runner->halted;
}


/* Whoever another endpoint killed between two calls of its own died without a sound. */
static void look_for_the_dead(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->endpoint_count; i++) {
		struct endpoint *endpoint = runner_endpoint(runner, (int)i);

		if (endpoint->state == ENDPOINT_READY)
			endpoint->disturbed = true;
	}
	runner_settle(runner, -1);
}

static void do_steps(struct runner *runner)
{
	for (size_t i = 0; i < runner->plan->step_count && !runner->halted; i++) {
		runner->step = (int)i;
		runner_step(runner, &runner->plan->steps[i]);
		if (!judge_continue(runner->judge))
			return;
	}
	if (!runner->halted && makes_call(runner->plan, CALL_SIGNALS))
		look_for_the_dead(runner);
	if (!runner->halted)
		runner_report_unfired(runner);
	if (!runner->halted)
		runner_check_invariants(runner);
}

bool run_plan(const struct plan *plan, struct stage *stage, const struct run_options *options,
	      struct history *history, struct verdict *verdict)
{
	struct runner runner = {
		.plan = plan,
		.options = options,
		.stage = stage,
		.history = history,
		.settle = { .grade = options->grade,
			    .completed = runner_completed,
			    .died = runner_died,
			    .wrote = runner_wrote },
		.step = -1,
		.start_ns = clock_now_ns(),
		.deadline = deadline_in_about((double)plan->timeout_ns * options->timeout_scale),
	};
	int lowest_fd = leak_lowest_fd();
	bool clean;

	runner.settle.context = &runner;
	runner.cast = (struct cast){
		.names = plan->endpoint_names,
		.endpoint_count = plan->endpoint_count,
		.channels = runner.channels,
		.channel_count = plan->channel_count,
		.actions = plan->actions,
		.action_count = plan->action_count,
		.has_network = plan->needs_network,
		.has_deaths = may_kill(plan),
		.slot_count = plan->slot_count,
		.slot_names = plan->slot_names,
		.held = plan->held,
		.programs = (const struct program *const *)plan->programs,
	};
	stage->cast = &runner.cast;
	history->grade = options->grade;
	runner.judge = judge_new(plan, history);
	runner_expect_makings(&runner);
	if (runner_note_footing(&runner) && can_end_all(&runner) && make_channels(&runner) &&
	    start_endpoints(&runner))
		do_steps(&runner);
	runner.step = (int)plan->step_count;
	clean = runner_clear(&runner, lowest_fd);
	runner_event(&runner, EVENT_END, -1);
	judge_continue(runner.judge);
	judge_finish(runner.judge, verdict);
	judge_free(runner.judge);
	runner_free_faults(&runner);
	runner_free_programs(&runner);
	stage->cast = NULL;
	return clean;
}
