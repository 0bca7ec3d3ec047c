// SPDX-License-Identifier: MIT
/* Hits that wait, and how hits end. */
#include "inject_hits.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

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
	caller->hit = NULL;
	caller->is_open = false;
	/* What never sleeps is never interrupted. */
	caller->may_restart = (hit->end == HIT_PASSED || hit->end == HIT_REFUSED) &&
			      hit->shape->transfer != TRANSFER_IDLE;
}

void inject_finish(struct inject *inject, struct hit *hit)
{
	inject_note(inject, hit->end == HIT_REFUSED ? INJECT_REFUSED : INJECT_DONE, hit->owner, hit);
	inject_close_call(inject, hit);
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
	caller->hit = kept;
	caller->is_open = hit->is_sent_back;
	caller->may_restart = !hit->is_sent_back;
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
	}
}

static bool is_gone(const struct hit *hit)
{
	if (hit->wait == HIT_RESTART)
		return kill(hit->tid, 0) && errno == ESRCH;
	return !hit_is_valid(hit);
}

static bool can_go_on(const struct inject *inject, const struct hit *hit)
{
	struct pollfd ready = { .fd = hit->wait_fd, .events = hit->wait_events };

	switch (hit->wait) {
	case HIT_OVER: return true;
	case HIT_TIME: return hit->orders[hit->point].until_ns <= clock_now_ns();
	case HIT_GATE: return !(hit->orders[hit->point].gates & ~inject->open_gates);
	case HIT_DESCRIPTOR: return poll(&ready, 1, 0) == 1;
	case HIT_RESTART: return false;
	}
	abort();
}

void inject_go_on(struct inject *inject)
{
	struct hit *next;

	for (struct hit *hit = inject->hits; hit; hit = next) {
		next = hit->next;
		if (can_go_on(inject, hit))
			inject_step(inject, hit);
		else if (is_gone(hit))
			inject_drop(inject, hit);
	}
}

void inject_give_up(struct inject *inject)
{
	inject->is_over = true;
	while (inject->hits)
		inject_drop(inject, inject->hits);
}
