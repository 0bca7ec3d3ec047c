// SPDX-License-Identifier: MIT
/* A hash of threads. */
#include "callers.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "process_paths.h"
#include "restart.h"

enum { FIRST_SIZE = 64 };

void callers_handled(struct callers *callers, uint64_t flags)
{
	callers->has_handlers = true;
	callers->interrupts |= !(flags & SA_RESTART);
	callers->is_elsewhere |= (flags & SA_ONSTACK) != 0;
}

void callers_received(struct callers *callers, uint64_t id)
{
	if (callers->next_id)
		callers->vanished += id - callers->next_id;
	callers->next_id = id + 1;
}

static struct caller *slot_of(struct caller *table, size_t size, pid_t tid)
{
	size_t i = (size_t)tid * UINT64_C(0x9e3779b97f4a7c15) >> 32 & (size - 1);

	while (table[i].tid && table[i].tid != tid)
		i = (i + 1) & (size - 1);
	return &table[i];
}

static bool is_gone(const struct caller *caller)
{
	return !caller->hits && kill(caller->tid, 0) && errno == ESRCH;
}

/* Doubles the table, without the threads that are gone. */
static int grow(struct callers *callers)
{
	size_t size = callers->size ? callers->size * 2 : FIRST_SIZE;
	struct caller *table = calloc(size, sizeof(*table));

	if (!table)
		return -ENOMEM;
	callers->used = 0;
	for (size_t i = 0; i < callers->size; i++) {
		if (!callers->table[i].tid || is_gone(&callers->table[i]))
			continue;
		*slot_of(table, size, callers->table[i].tid) = callers->table[i];
		callers->used++;
	}
	free(callers->table);
	callers->table = table;
	callers->size = size;
	return 0;
}

struct caller *callers_find(struct callers *callers, pid_t tid)
{
	struct caller *caller;

	if (callers->used * 2 >= callers->size && grow(callers))
		return NULL;
	caller = slot_of(callers->table, callers->size, tid);
	if (!caller->tid) {
		caller->tid = tid;
		callers->used++;
	}
	return caller;
}

static bool looks_the_same(const struct call_seen *a, const struct call_seen *b)
{
	return a->number == b->number && a->ip == b->ip && a->arch == b->arch &&
	       !memcmp(a->args, b->args, sizeof(a->args));
}

/* A thread without handlers makes no call twice. */
static bool may_be_disturbed(const struct callers *callers)
{
	return !callers->is_watched || callers->has_handlers;
}

/* Looked at once a call: a thread that waits for our answer moves nothing. */
static int64_t bytes_so_far(struct callers *callers, struct caller *caller, bool is_output)
{
	if (!caller->is_counted)
		caller->so_far = process_bytes_moved(&callers->files, caller->tid);
	caller->is_counted = true;
	return is_output ? caller->so_far.out : caller->so_far.in;
}

static bool has_moved(struct callers *callers, struct caller *caller)
{
	return caller->moved >= 0 &&
	       bytes_so_far(callers, caller, caller->is_output) != caller->moved;
}

/*
 * The call before: still asleep when it was interrupted? One that cannot sleep, or has moved bytes,
 * was over.
 */
static bool has_not_ended(struct callers *callers, struct caller *caller,
			  const struct call_seen *call)
{
	if (!caller->may_restart)
		return false;
	if (caller->is_unfinished)
		return true;
	/*
	 * Where nobody can see whether it ended: if another was taken back since, the trace is of
	 * that.
	 */
	if (caller->moved < 0)
		return callers->vanished == caller->vanished;
	return !has_moved(callers, caller) &&
	       !process_is_nonblocking(caller->tid, (int)call->args[0]);
}

/*
 * Only a call that may still be open can come again, or one that was taken back before we saw it.
 */
static bool may_restart(struct callers *callers, struct caller *caller,
			const struct call_seen *call, bool is_same)
{
	if (callers->vanished != caller->vanished)
		return true;
	if (is_same && caller->may_restart &&
	    (caller->is_unfinished || !has_moved(callers, caller)))
		return true;
	for (size_t i = 0; i < CALLERS_OUTER_MAX; i++) {
		if (looks_the_same(&caller->outer[i].call, call))
			return true;
	}
	return false;
}

/* Whether it comes again or was made anew: it is none of the interrupted ones any more. */
static bool take_outer(const struct callers *callers, struct caller *caller,
		       const struct call_seen *call, bool has_trace)
{
	for (size_t i = 0; i < CALLERS_OUTER_MAX; i++) {
		struct call_outer *outer = &caller->outer[i];
		bool is_open;

		if (!looks_the_same(&outer->call, call))
			continue;
		is_open = outer->has_not_ended ||
			  (has_trace && outer->vanished == callers->vanished);
		*outer = (struct call_outer){ 0 };
		return is_open;
	}
	return false;
}

/* Without a frame to be seen: whether the call that looks the same is certain not to have ended. */
static bool seems_open(struct callers *callers, struct caller *caller, const struct call_seen *call,
		       bool is_same)
{
	if (callers->interrupts)
		return false;
	if (!is_same)
		return take_outer(callers, caller, call, false) &&
		       !process_is_nonblocking(caller->tid, (int)call->args[0]);
	return (caller->is_unfinished || caller->moved >= 0) &&
	       has_not_ended(callers, caller, call);
}

static bool is_open(struct callers *callers, struct caller *caller, const struct call_seen *call,
		    bool is_same)
{
	return is_same ? has_not_ended(callers, caller, call)
		       : take_outer(callers, caller, call, true);
}

enum restart caller_restarts(struct callers *callers, struct caller *caller,
			     const struct call_seen *call, const struct hit *hit)
{
	const bool is_same = caller->has_called && looks_the_same(&caller->call, call);
	const bool is_sent_back = is_same && caller->is_open;
	bool restarts = is_sent_back;
	enum restart trace;

	caller->is_counted = false;
	if (call->identity || caller->call.identity)
		return is_same && call->identity == caller->call.identity ? RESTART_YES
									  : RESTART_NO;
	if (!may_be_disturbed(callers))
		return is_sent_back ? RESTART_YES : RESTART_NO;
	if (!is_sent_back && !may_restart(callers, caller, call, is_same))
		return RESTART_NO;
	/* Asking marks the trace, so it must not be left unasked. */
	trace = restart_take(&callers->files, hit);
	if (trace == RESTART_NO && callers->is_elsewhere)
		trace = RESTART_UNKNOWN;
	switch (trace) {
	case RESTART_NO: break;
	case RESTART_YES: restarts |= is_open(callers, caller, call, is_same); break;
	case RESTART_UNKNOWN: restarts |= seems_open(callers, caller, call, is_same); break;
	case RESTART_UNSEEN: return trace;
	}
	if (!restarts)
		return RESTART_NO;
	caller->call = *call;
	return RESTART_YES;
}

/* An empty place, or that of one which may well have ended, or the oldest. */
static struct call_outer *find_place(struct caller *caller)
{
	for (size_t i = 0; i < CALLERS_OUTER_MAX; i++) {
		struct call_outer *outer = &caller->outer[caller->outer_next++ % CALLERS_OUTER_MAX];

		if (!outer->has_not_ended)
			return outer;
	}
	return &caller->outer[caller->outer_next++ % CALLERS_OUTER_MAX];
}

/* Another call, while the one before may have been interrupted by a handler that makes this one. */
static void remember_outer(struct callers *callers, struct caller *caller)
{
	const bool is_certain = caller->moved >= 0 || caller->is_unfinished;

	if (!caller->is_unfinished && has_moved(callers, caller))
		return;
	*find_place(caller) = (struct call_outer){
		.call = caller->call, .vanished = callers->vanished, .has_not_ended = is_certain,
	};
}

void caller_begins(struct callers *callers, struct caller *caller, const struct call_seen *call)
{
	if (may_be_disturbed(callers) && caller->may_restart &&
	    !looks_the_same(&caller->call, call))
		remember_outer(callers, caller);
	take_outer(callers, caller, call, false);
	caller->has_called = true;
	caller->call = *call;
	caller->vanished = callers->vanished;
	caller->moved = -1;
	caller->is_open = caller->may_restart = caller->is_unfinished = false;
}

static bool moves_bytes(const struct shape *shape)
{
	switch (shape->transfer) {
	case TRANSFER_BUFFER:
	case TRANSFER_BUFFER_AT:
	case TRANSFER_VECTOR:
	case TRANSFER_VECTOR_AT: return true;
	case TRANSFER_NONE:
	case TRANSFER_IDLE:
	case TRANSFER_SOCKET:
	case TRANSFER_MESSAGE: return false;
	}
	return false;
}

void caller_goes_on(struct callers *callers, struct caller *caller, const struct shape *shape)
{
	caller->vanished = callers->vanished;
	caller->is_output = shape->is_output;
	caller->moved = moves_bytes(shape) && may_be_disturbed(callers) ?
				bytes_so_far(callers, caller, shape->is_output) : -1;
}

void callers_free(struct callers *callers)
{
	process_files_close(&callers->files);
	free(callers->table);
	*callers = (struct callers){ 0 };
}
