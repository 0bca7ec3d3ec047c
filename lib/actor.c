// SPDX-License-Identifier: MIT
/* The endpoint process: takes its ends, waits for commands, makes the calls, leaves the results. */
#include "actor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "listener.h"
#include "process.h"

enum { FIRST_FD = 3 };

struct actor {
	const struct stage *stage;
	const struct cast *cast;
	unsigned index;
	struct control_page *page;
	char *area;
	int held[CHANNELS_MAX][2];
	void *objects[CHANNELS_MAX];
	struct value bindings[SLOTS_MAX];	/* as many as the cast has slots; the rest is never touched */
	pid_t pids[ENDPOINTS_MAX];
	int executed_fd;			/* of a program to be: closed by its execution; else -1 */
};

/* In a user namespace of our own we hold every capability; an ordinary user's program has none. */
static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };

	if (geteuid() != 0)
		syscall(SYS_capset, &header, none);
}

static int close_from(unsigned first, unsigned last)
{
	if (first > last || !syscall(SYS_close_range, first, last, 0))
		return 0;
	if (errno != ENOSYS)
		return -errno;
	for (unsigned fd = first; fd <= last && fd < 65536; fd++)
		close((int)fd);
	return 0;
}

static int compare_fds(const void *a, const void *b)
{
	return **(int *const *)a - **(int *const *)b;
}

/* Keeps the held descriptors, moved down to 3 and up so that their numbers do not depend on the driver's. */
static int close_the_rest(struct actor *actor)
{
	size_t count = 0;
	int *fds[2 * CHANNELS_MAX];
	int next = FIRST_FD;

	for (size_t c = 0; c < actor->cast->channel_count; c++) {
		for (int side = 0; side < 2; side++) {
			if (actor->held[c][side] >= 0)
				fds[count++] = &actor->held[c][side];
		}
	}
	if (count > 1)
		qsort(fds, count, sizeof(*fds), compare_fds);
	for (size_t i = 0; i < count; i++, next++) {
		if (*fds[i] == next)
			continue;
		if (dup2(*fds[i], next) < 0)
			return -errno;
		*fds[i] = next;
	}
	if (actor->executed_fd >= 0 && actor->executed_fd != next) {
		if (dup3(actor->executed_fd, next, O_CLOEXEC) < 0)
			return -errno;
		actor->executed_fd = next;
	}
	return close_from((unsigned)next + (actor->executed_fd >= 0), ~0U);
}

static int take_ends(struct actor *actor)
{
	const struct cast *cast = actor->cast;
	const uint8_t *held = cast->held + actor->index * cast->channel_count;
	int err;

	for (size_t c = 0; c < cast->channel_count; c++) {
		for (int side = SIDE_READ; side <= SIDE_BOTH; side++) {
			if (!(held[c] & 1 << side))
				continue;
			err = channel_hold(&cast->channels[c], side, &actor->held[c][side == SIDE_BOTH ? 0 : side]);
			if (err)
				return err;
		}
		err = held[c] ? channel_map(&cast->channels[c], &actor->objects[c]) : 0;
		if (err)
			return err;
	}
	return 0;
}

/* Its standard streams are the program's from the beginning; and what it sends to its process group meets only itself. */
static int become_program(struct actor *actor)
{
	actor->executed_fd = -1;
	if (!endpoint_is_program(actor->stage, actor->index))
		return 0;
	actor->executed_fd = streams_become(&actor->stage->endpoints[actor->index].streams);
	if (actor->executed_fd < 0)
		return actor->executed_fd;
	return setpgid(0, 0) ? -errno : 0;
}

static int set_up(struct actor *actor, bool hold)
{
	int err;

	drop_capabilities();
	for (size_t slot = 0; slot < actor->cast->slot_count; slot++)
		actor->bindings[slot] = (struct value){ 0 };
	for (size_t c = 0; c < actor->cast->channel_count; c++) {
		actor->held[c][SIDE_READ] = actor->held[c][SIDE_WRITE] = -1;
		actor->objects[c] = NULL;
	}
	err = become_program(actor);
	if (!err && hold)
		err = take_ends(actor);
	return err ? err : close_the_rest(actor);
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
	snprintf(result->complaint, sizeof(result->complaint), "%s%s%s", what, *why ? ": " : "", why);
}

static struct environment environment_of(struct actor *actor)
{
	for (unsigned i = 0; i < actor->cast->endpoint_count; i++)
		actor->pids[i] = atomic_load(&control_page(&actor->stage->control, i)->pid);
	return (struct environment){
		.bindings = actor->bindings,
		.held = (const int (*)[2])actor->held,
		.objects = actor->objects,
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
		if (operand_evaluate(action->arguments[i], &environment, &inv->arguments[i], reason, sizeof(reason))) {
			complain(inv->result, reason, "");
			return false;
		}
	}
	/* The values made on the way live as long as the call; a small leak of a short life, where a free would race. */
	return true;
}

static struct value bound_value(const char *area, enum value_kind kind, int64_t number, uint32_t offset, uint32_t length)
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

static void bind_results(struct actor *actor, const struct action *action, const struct result *result)
{
	const char *area = actor->area;

	if (result->error || result->complaint[0])
		return;
	if (action->bind >= 0)
		actor->bindings[action->bind] =
			bound_value(area, action->call->result == RESULT_BYTES ? VALUE_BYTES : VALUE_INT, result->number,
				    result->data_offset, result->data_length);
	for (size_t i = 0; i < CALL_OUTS_MAX; i++) {
		const struct result_out *out = &result->outs[i];

		if (action->bind_out[i] >= 0 && (out->kind == VALUE_INT || out->kind == VALUE_BYTES))
			actor->bindings[action->bind_out[i]] =
				bound_value(area, out->kind, out->number, out->offset, out->length);
	}
}

/* Expectations may name the descriptors that an endpoint began with. */
static void publish_ends(struct actor *actor)
{
	memcpy(actor->page->held, actor->held, actor->cast->channel_count * sizeof(actor->held[0]));
}

/* The pid is the driver's name for us: the first of a new pid namespace is 1 to itself. */
static void become(struct actor *actor, unsigned index, pid_t pid)
{
	actor->index = index;
	actor->page = control_page(&actor->stage->control, index);
	actor->area = control_area(&actor->stage->control, index);
	atomic_store(&actor->page->pid, pid);
}

/* Makes the call; false in the child of a fork, which is another endpoint from here on. */
static bool perform(struct actor *actor, const struct action *action, uint32_t command)
{
	struct result result = { 0 };	/* our own until it is complete: parent and child of a fork share the page */
	struct invocation inv = {
		.call = action->call,
		.libc = action->libc,
		.area = actor->area,
		.area_size = AREA_SIZE,
		.result = &result,
	};

	if (evaluate(actor, action, &inv)) {
		atomic_store(&actor->page->inside, command);
		call_invoke(&inv);
		if (action->child >= 0 && !result.error && !result.number && !result.complaint[0]) {
			become(actor, (unsigned)action->child, process_outer_pid());
			publish_ends(actor);
			return false;
		}
		/* It lives, even if we die of this call's aftermath. */
		if (action->child >= 0 && result.number > 0)
			atomic_store(&control_page(&actor->stage->control, (unsigned)action->child)->is_born, 1);
		atomic_store(&actor->page->inside, 0);
		aftermath_obey(&actor->page->aftermath, command, &actor->stage->control.board->gates, &result);
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

	atomic_store(&actor->page->is_program, 1);
	program_execute(actor->cast->programs[actor->index], actor->cast->names[actor->index], actor->area, &environment,
			result->complaint, sizeof(result->complaint));
	atomic_store(&actor->page->is_program, 0);
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
		complain(&actor.page->result, "cannot install the filter of its faults", strerror(-err));
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
