// SPDX-License-Identifier: MIT
/* Hits that wait, and how hits end. */
#include "inject_hits.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "exit_stop.h"

void inject_note(const struct inject *inject, enum inject_what what, const struct inject_rule *rule,
		 const struct hit *hit)
{
	if (inject->noted)
		inject->noted(inject->context, what, rule, hit);
}

static void unlink_hit(struct inject *inject, const struct hit *hit)
{
	for (struct hit **at = &inject->hits; *at; at = &(*at)->next) {
		if (*at == hit) {
			*at = hit->next;
			return;
		}
	}
}

void inject_close_call(struct inject *inject, const struct hit *hit)
{
	struct caller *caller = callers_find(&inject->callers, hit->tid);

	if (!caller)
		return;
	caller->is_open = false;
	caller->is_unfinished = hit->end == HIT_LOST;
	/*
	 * It went to sleep in the kernel, or a signal took the notification back before we could
	 * answer.
	 */
	caller->may_restart = hit->end == HIT_LOST ||
			      ((hit->end == HIT_PASSED || hit->end == HIT_REFUSED) &&
			       hit->shape->transfer != TRANSFER_IDLE);
}

struct hit *inject_kept(const struct inject *inject, const struct caller *caller,
			const struct hit *call)
{
	struct hit *hit = caller->hits ? inject->hits : NULL;

	while (hit && (hit->tid != call->tid || hit->number != call->number ||
		       hit->ip != call->ip || memcmp(hit->args, call->args, sizeof(hit->args))))
		hit = hit->next;
	return hit;
}

void inject_finish(struct inject *inject, struct hit *hit)
{
	struct caller *caller;

	inject_note(inject, hit->end == HIT_REFUSED ? INJECT_REFUSED : INJECT_DONE, hit->owner,
		    hit);
	inject_close_call(inject, hit);
	caller = callers_find(&inject->callers, hit->tid);
	if (caller)
		caller->hits--;
	unlink_hit(inject, hit);
	hit_close(hit);
	free(hit);
}

void inject_drop(struct inject *inject, struct hit *hit)
{
	hit->end = HIT_LOST;
	inject_finish(inject, hit);
}

void inject_keep(struct inject *inject, struct caller *caller, const struct hit *hit)
{
	struct hit *kept = malloc(sizeof(*kept));

	if (!kept) {
		struct hit passed = *hit;

		hit_pass(&passed);
		hit_close(&passed);
		return;
	}
	*kept = *hit;
	kept->next = inject->hits;
	inject->hits = kept;
	caller->hits++;
	caller->is_open = hit->is_sent_back;
	caller->may_restart = !hit->is_sent_back;
	caller->is_unfinished = true;
}

void inject_step(struct inject *inject, struct hit *hit)
{
	struct caller *caller;

	if (hit_step(hit, inject->open_gates, clock_now_ns()) == HIT_OVER) {
		inject_finish(inject, hit);
		return;
	}
	caller = callers_find(&inject->callers, hit->tid);
	if (caller) {
		caller->is_open = hit->is_sent_back;
		caller->may_restart = !hit->is_sent_back;
		caller->is_unfinished = true;
	}
}

static bool can_go_on(const struct inject *inject, const struct hit *hit)
{
	struct pollfd ready = { .fd = hit->wait_fd, .events = hit->wait_events };

	switch (hit->wait) {
	case HIT_OVER: return true;
	case HIT_TIME: return hit->orders[hit->point].until_ns <= clock_now_ns();
	case HIT_GATE: return !(hit->orders[hit->point].gates & ~inject->open_gates);
	case HIT_DESCRIPTOR: return poll(&ready, 1, 0) == 1;
	case HIT_CALLER: return exit_stop_state(hit->exit_stop) == EXIT_STOP_THERE;
	case HIT_RESTART: return false;
	}
	abort();
}

void inject_go_on(struct inject *inject)
{
	struct hit *next;

	exit_stops_go_on(inject->listener_fd);
	for (struct hit *hit = inject->hits; hit; hit = next) {
		next = hit->next;
		if (can_go_on(inject, hit))
			inject_step(inject, hit);
		else if (hit_is_gone(hit))
			inject_drop(inject, hit);
	}
}

/* The dead that we trace have to be buried before anybody else can see that they are dead. */
void inject_give_up(struct inject *inject)
{
	while (inject->hits)
		inject_drop(inject, inject->hits);
	inject->is_over = !exit_stops_go_on(inject->listener_fd);
	if (!inject->is_over)
		sched_yield();
}
