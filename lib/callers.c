// SPDX-License-Identifier: MIT
/* A hash of threads. */
#include "callers.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "process_paths.h"
#include "restart.h"

enum {
	FIRST_SIZE = 64,
	LOOKS_FIRST = 256,	/* of each thread */
};

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
	return !caller->hit && kill(caller->tid, 0) && errno == ESRCH;
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

/* Did a handler run, and is the call made again after it? Asking clears the trace, so it must not be left unasked. */
static bool was_interrupted(struct callers *callers, struct caller *caller, const struct call_seen *call)
{
	bool is_restart;

	if (caller->call.ip != call->ip || !caller->stack_pointer)
		caller->stack_pointer = process_stack_pointer(caller->tid);
	is_restart = restart_take(caller->tid, caller->stack_pointer, call->ip, call->number);
	callers->is_disturbed |= is_restart;
	return is_restart;
}

/* The call before: still asleep when it was interrupted? One that cannot sleep, or has moved bytes, was over. */
static bool has_not_ended(const struct caller *caller, const struct call_seen *call)
{
	return caller->moved >= 0 && process_bytes_moved(caller->tid) == caller->moved &&
	       !process_is_nonblocking(caller->tid, (int)call->args[0]);
}

bool caller_restarts(struct callers *callers, struct caller *caller, const struct call_seen *call)
{
	const bool is_same = looks_the_same(&caller->call, call);

	if (is_same && (call->identity || caller->call.identity))
		return call->identity == caller->call.identity;
	if (is_same && caller->is_open)
		return true;
	if (!is_same && callers->is_complete) {
		caller->stack_pointer = 0;
		return was_interrupted(callers, caller, call) && callers->vanished == caller->vanished;
	}
	if (callers->vanished != caller->vanished)
		return was_interrupted(callers, caller, call) && is_same && caller->may_restart &&
		       has_not_ended(caller, call);
	return is_same && caller->may_restart && was_interrupted(callers, caller, call);
}

void caller_begins(const struct callers *callers, struct caller *caller, const struct call_seen *call)
{
	if (caller->call.ip != call->ip)
		caller->stack_pointer = 0;
	caller->call = *call;
	caller->vanished = callers->vanished;
	caller->moved = -1;
	caller->is_open = caller->may_restart = false;
}

/*
 * A look costs half as much as the notification, and is of use only where handlers run. That shows; but the first
 * that runs must not be mistaken, so the first calls of a thread are looked at in any case.
 */
void caller_goes_on(const struct callers *callers, struct caller *caller, bool moves_bytes)
{
	const bool looks = moves_bytes && (callers->is_disturbed || caller->looks < LOOKS_FIRST);

	caller->looks += looks;
	caller->vanished = callers->vanished;
	caller->moved = looks ? process_bytes_moved(caller->tid) : -1;
}

void callers_free(struct callers *callers)
{
	free(callers->table);
	*callers = (struct callers){ 0 };
}
