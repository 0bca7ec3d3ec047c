// SPDX-License-Identifier: MIT
/*
 * Between endpoints, which have names and control pages, and the engine of faults, which knows
 * threads.
 */
#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "aftermath.h"
#include "process_paths.h"

#define TAKE_NS INT64_C(10000000000)
enum { ROOM = 8 }; /* descriptors: a pidfd, files of a thread, what it has open, what is moved */

struct listener {
	struct inject inject;
	struct stage *stage;
	unsigned endpoint;	/* whose tree it is */
	struct listener *next;
};

static int endpoint_of_thread(const struct stage *stage, pid_t tid)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		if (stage->endpoints[i].state != ENDPOINT_ABSENT &&
		    atomic_load(&control_page(&stage->control, i)->pid) == tid)
			return (int)i;
	}
	return -1;
}

/*
 * Other threads of endpoints make calls on their own; a child of a fork has not become an endpoint
 * yet.
 */
static uint64_t identify_stranger(const struct listener *listener, pid_t tid)
{
	if (endpoint_is_program(listener->stage, listener->endpoint))
		return 0;
	return endpoint_of_thread(listener->stage, process_of_thread(tid)) >= 0 ? 0
										: INJECT_NO_CALL;
}

/* One step may be several system calls, the same one again among them. */
static bool is_of_library(const struct action *action)
{
	return !action || action->libc || action->call->number < 0;
}

/* What is called before that, the execve(2) included, is our own way to it. */
static bool is_executed(const struct endpoint *endpoint)
{
	return endpoint->state == ENDPOINT_RUNNING || endpoint->state == ENDPOINT_DEAD ||
	       (endpoint->has_streams && streams_is_executed(&endpoint->streams));
}

/* Endpoints know when they are inside of a call that they were told to make, and which that is. */
static uint64_t identify(void *context, pid_t tid)
{
	const struct listener *listener = context;
	int endpoint = endpoint_of_thread(listener->stage, tid);
	struct control_page *page;
	uint32_t inside;

	if (endpoint < 0)
		return identify_stranger(listener, tid);
	page = control_page(&listener->stage->control, (unsigned)endpoint);
	if (endpoint_is_program(listener->stage, (unsigned)endpoint))
		return is_executed(&listener->stage->endpoints[endpoint]) ? 0 : INJECT_NO_CALL;
	inside = atomic_load(&page->inside);
	if (!inside)
		return INJECT_NO_CALL;
	if (is_of_library(listener->stage->endpoints[endpoint].action))
		return 0;
	return ((uint64_t)endpoint + 1) << 32 | inside;
}

static bool delegate(void *context, const struct hit *hit)
{
	const struct listener *listener = context;
	int endpoint = endpoint_of_thread(listener->stage, hit->tid);
	struct control_page *page;

	if (endpoint < 0 || endpoint_is_program(listener->stage, (unsigned)endpoint))
		return false;
	page = control_page(&listener->stage->control, (unsigned)endpoint);
	aftermath_order(&page->aftermath, atomic_load(&page->inside), hit);
	return true;
}

static void noted(void *context, enum inject_what what, const struct inject_rule *rule,
		  const struct hit *hit)
{
	const struct listener *listener = context;
	const struct stage *stage = listener->stage;

	if (stage->cast->noted)
		stage->cast->noted(stage->cast->noted_context, what, rule, hit);
}

int listener_install(const struct stage *stage, unsigned endpoint)
{
	const struct endpoint_rules *rules = stage->cast->rules ? &stage->cast->rules[endpoint]
								: NULL;

	if (!rules || !rules->filter)
		return 0;
	return inject_install(rules->filter, &control_page(&stage->control, endpoint)->port);
}

/*
 * Rules that look at what a call is about borrow descriptors; for want of them no rule would match,
 * and nobody would say why.
 * The lowest free number tells how many there are.
 */
static bool has_room(int fd)
{
	struct rlimit limit;
	int lowest = fcntl(fd, F_DUPFD_CLOEXEC, 0);

	if (lowest >= 0)
		close(lowest);
	return lowest >= 0 && !getrlimit(RLIMIT_NOFILE, &limit) &&
	       limit.rlim_cur - (rlim_t)lowest >= ROOM;
}

int listener_open(struct stage *stage, unsigned endpoint, pid_t pid)
{
	const struct endpoint_rules *rules = stage->cast->rules ? &stage->cast->rules[endpoint]
								: NULL;
	const struct deadline deadline = deadline_in(TAKE_NS);
	struct listener *listener;
	int err;

	if (!rules || !rules->filter || !rules->filter->has_listener)
		return 0;
	listener = calloc(1, sizeof(*listener));
	if (!listener)
		return -ENOMEM;
	listener->stage = stage;
	listener->endpoint = endpoint;
	listener->inject.rules = rules->rules;
	listener->inject.rule_count = rules->count;
	listener->inject.noted = noted;
	listener->inject.identify = identify;
	listener->inject.delegate = delegate;
	listener->inject.context = listener;
	err = inject_take(&listener->inject, &control_page(&stage->control, endpoint)->port, pid,
			  &deadline);
	if (!err && !has_room(listener->inject.listener_fd)) {
		inject_close(&listener->inject);
		err = -EMFILE;
	}
	if (err) {
		free(listener);
		return err;
	}
	listener->inject.open_gates = atomic_load(&stage->control.board->gates.open);
	listener->next = stage->listeners;
	stage->listeners = listener;
	return 0;
}

bool listeners_serve(struct stage *stage)
{
	bool any = false;

	for (struct listener *listener = stage->listeners; listener; listener = listener->next) {
		int count = listener->inject.is_over ? 0 : inject_serve(&listener->inject);

		if (count < 0 && !stage->listener_error)
			stage->listener_error = count;
		any |= count > 0;
	}
	return any;
}

size_t listeners_pollfds(const struct stage *stage, struct pollfd *fds, size_t max)
{
	size_t count = 0;

	for (const struct listener *listener = stage->listeners; listener;
	     listener = listener->next) {
		if (!listener->inject.is_over)
			count += inject_pollfds(&listener->inject, fds + count, max - count);
	}
	return count;
}

int64_t listeners_deadline_ns(const struct stage *stage)
{
	int64_t next_ns = INT64_MAX;

	for (const struct listener *listener = stage->listeners; listener;
	     listener = listener->next) {
		int64_t ns = inject_deadline_ns(&listener->inject);

		next_ns = ns < next_ns ? ns : next_ns;
	}
	return next_ns;
}

const struct hit *listeners_held(const struct stage *stage, pid_t tid)
{
	for (const struct listener *listener = stage->listeners; listener;
	     listener = listener->next) {
		const struct hit *hit = inject_held(&listener->inject, tid);

		if (hit)
			return hit;
	}
	return NULL;
}

void listeners_release(struct stage *stage, unsigned gate)
{
	gates_open(&stage->control.board->gates, UINT64_C(1) << gate);
	for (struct listener *listener = stage->listeners; listener; listener = listener->next)
		inject_release(&listener->inject, gate);
}

void listeners_stopping(struct stage *stage, pid_t pid)
{
	for (struct listener *listener = stage->listeners; listener; listener = listener->next)
		inject_stopping(&listener->inject, pid);
}

void listeners_continuing(struct stage *stage, pid_t pid)
{
	for (struct listener *listener = stage->listeners; listener; listener = listener->next)
		inject_continuing(&listener->inject, pid);
}

void listeners_process_died(struct stage *stage, pid_t pid)
{
	for (struct listener *listener = stage->listeners; listener; listener = listener->next) {
		if (listener->inject.pid == pid)
			inject_process_died(&listener->inject);
	}
}

void listeners_close(struct stage *stage)
{
	while (stage->listeners) {
		struct listener *listener = stage->listeners;

		stage->listeners = listener->next;
		inject_close(&listener->inject);
		free(listener);
	}
	if (stage->control.board)
		gates_close_all(&stage->control.board->gates);
	stage->listener_error = 0;
}
