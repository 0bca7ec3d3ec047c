// SPDX-License-Identifier: MIT
/* The endpoint process: waits for commands, makes the calls, leaves the results. */
#include "actor.h"

#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "actor_ends.h"
#include "leak_sysv.h"
#include "listener.h"
#include "makings.h"
#include "process.h"

struct actor {
	const struct stage *stage;
	const struct cast *cast;
	unsigned index;
	struct control_page *page;
	char *area;
	struct actor_ends ends;
	/* as many as the cast has slots; the rest is never touched */
	struct value bindings[SLOTS_MAX];
	pid_t pids[ENDPOINTS_MAX];
};

/* In a user namespace of our own we hold every capability; an ordinary user's program has none. */
static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };

	if (geteuid() != 0)
		syscall(SYS_capset, &header, none);
}

static int set_up(struct actor *actor, bool hold)
{
	drop_capabilities();
	for (size_t slot = 0; slot < actor->cast->slot_count; slot++)
		actor->bindings[slot] = (struct value){ 0 };
	return actor_ends_take(&actor->ends, actor->stage, actor->index, hold);
}

static void complete(struct actor *actor, uint32_t command)
{
	struct control_board *board = actor->stage->control.board;

	atomic_store(&actor->page->done, command);
	if (atomic_load(&board->asleep)) {
		atomic_fetch_add(&board->doorbell, 1);
		futex_wake(&board->doorbell);
	}
}

static void complain(struct result *result, const char *what, const char *why)
{
	snprintf(result->complaint, sizeof(result->complaint), "%s%s%s", what, *why ? ": " : "",
		 why);
}

static struct environment environment_of(struct actor *actor)
{
	for (unsigned i = 0; i < actor->cast->endpoint_count; i++)
		actor->pids[i] = atomic_load(&control_page(&actor->stage->control, i)->pid);
	return (struct environment){
		.bindings = actor->bindings,
		.held = (const int (*)[2])actor->ends.held,
		.objects = actor->ends.objects,
		.channels = actor->cast->channels,
		.pids = actor->pids,
	};
}

static bool evaluate(struct actor *actor, const struct action *action, struct invocation *inv)
{
	struct environment environment = environment_of(actor);
	char reason[100];

	for (size_t i = 0; i < CALL_PARAMETERS_MAX; i++) {
		if (!action->arguments[i])
			continue;
		if (operand_evaluate(action->arguments[i], &environment, &inv->arguments[i], reason,
				     sizeof(reason))) {
			complain(inv->result, reason, "");
			return false;
		}
	}
	/*
	 * The values made on the way live as long as the call; a small leak of a short life, where
	 * a free would race.
	 */
	return true;
}

static struct value bound_value(const char *area, enum value_kind kind, int64_t number,
				uint32_t offset, uint32_t length)
{
	struct value value = { .kind = kind, .number = number };
	char *copy;

	if (kind != VALUE_BYTES)
		return value;
	copy = malloc(length + 1);	/* kept until the endpoint dies */
	if (!copy)
		return (struct value){ 0 };
	memcpy(copy, area + offset, length);
	copy[length] = '\0';
	value.bytes = copy;
	value.length = length;
	return value;
}

static void bind_results(struct actor *actor, const struct action *action,
			 const struct result *result)
{
	const char *area = actor->area;

	if (result->complaint[0])
		return;
	if (result->error) {
		if (action->bind >= 0)
			actor->bindings[action->bind] = value_errno(result->error);
		return;
	}
	if (action->bind >= 0)
		actor->bindings[action->bind] = bound_value(
			area, action->call->result == RESULT_BYTES ? VALUE_BYTES : VALUE_INT,
			result->number, result->data_offset, result->data_length);
	for (size_t i = 0; i < CALL_OUTS_MAX; i++) {
		const struct result_out *out = &result->outs[i];

		if (action->bind_out[i] >= 0 &&
		    (out->kind == VALUE_INT || out->kind == VALUE_BYTES))
			actor->bindings[action->bind_out[i]] =
				bound_value(area, out->kind, out->number, out->offset, out->length);
	}
}

/* Expectations may name the descriptors that an endpoint began with. */
static void publish_ends(struct actor *actor)
{
	memcpy(actor->page->held, actor->ends.held,
	       actor->cast->channel_count * sizeof(actor->ends.held[0]));
}

/* The pid is the driver's name for us: the first of a new pid namespace is 1 to itself. */
static void become(struct actor *actor, unsigned index, pid_t pid)
{
	actor->index = index;
	actor->page = control_page(&actor->stage->control, index);
	actor->area = control_area(&actor->stage->control, index);
	atomic_store(&actor->page->pid, pid);
}

/* Without a key nobody but us ever learns the id. */
static bool makes_private(const struct invocation *inv)
{
	return leak_sysv_kind(inv->call->name) >= 0 && inv->arguments[0].kind == VALUE_INT &&
	       inv->arguments[0].number == IPC_PRIVATE;
}

static void invoke(struct invocation *inv)
{
	if (!makes_private(inv)) {
		call_invoke(inv);
		return;
	}
	makings_begin();
	call_invoke(inv);
	if (!inv->result->error && !inv->result->complaint[0])
		makings_note(inv->call->name, (int)inv->result->number);
	makings_end();
}

/* Makes the call; false in the child of a fork, which is another endpoint from here on. */
static bool perform(struct actor *actor, const struct action *action, uint32_t command)
{
	/* our own until it is complete: parent and child of a fork share the page */
	struct result result = { 0 };
	struct invocation inv = {
		.call = action->call,
		.libc = action->libc,
		.area = actor->area,
		.area_size = AREA_SIZE,
		.result = &result,
	};

	if (evaluate(actor, action, &inv)) {
		atomic_store(&actor->page->inside, command);
		invoke(&inv);
		if (action->child >= 0 && !result.error && !result.number && !result.complaint[0]) {
			become(actor, (unsigned)action->child, process_outer_pid());
			publish_ends(actor);
			return false;
		}
		/* It lives, even if we die of this call's aftermath. */
		if (action->child >= 0 && result.number > 0)
			atomic_store(&control_page(&actor->stage->control, (unsigned)action->child)
					      ->is_born,
				     1);
		atomic_store(&actor->page->inside, 0);
		aftermath_obey(&actor->page->aftermath, command,
			       &actor->stage->control.board->gates, &result);
		bind_results(actor, action, &result);
	}
	if (inv.area_used > actor->page->area_high)
		actor->page->area_high = (uint32_t)inv.area_used;
	actor->page->result = result;
	return true;
}

/* Returns only if it cannot be executed. */
static void execute(struct actor *actor)
{
	struct environment environment = environment_of(actor);
	struct result *result = &actor->page->result;

	program_execute(actor->cast->programs[actor->index], actor->cast->names[actor->index],
			actor->area, &environment, result->complaint, sizeof(result->complaint));
}

_Noreturn void actor_main(const struct stage *stage, unsigned index, bool hold)
{
	struct actor actor;	/* not zeroed: every page that is touched here is a page to copy */
	pid_t driver = getppid();
	uint32_t command = 1;
	int err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != driver)
		_exit(1);
	actor.stage = stage;
	actor.cast = stage->cast;
	become(&actor, index, getpid());
	err = set_up(&actor, hold);
	if (err)
		complain(&actor.page->result, "cannot take its ends", strerror(-err));
	publish_ends(&actor);
	err = listener_install(stage, index);
	if (err) {
		complain(&actor.page->result, "cannot install the filter of its faults",
			 strerror(-err));
		actor.page->result.error = -err;
	}
	for (;;) {
		complete(&actor, command);
		while (atomic_load(&actor.page->command) == command)
			futex_wait(&actor.page->command, command, -1);
		command++;
		if (actor.page->action == ACTION_EXIT)
			_exit(actor.page->exit_status);
		if (actor.page->action == ACTION_EXECUTE) {
			execute(&actor);
			continue;
		}
		if (!perform(&actor, &actor.cast->actions[actor.page->action], command))
			command = 1;
	}
}
