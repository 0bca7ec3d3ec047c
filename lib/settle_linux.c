// SPDX-License-Identifier: MIT
/*
 * Settling by quiescence. One endpoint that sleeps proves nothing: another may be about to wake it.
 * So all must sleep, each in its own call, and a second look without any event in between must show
 * the same.
 */
#include "settle.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "endpoint_timer.h"
#include "listener.h"
#include "look.h"
#include "orphans.h"
#include "process.h"

enum {
	/* before the first look: most calls are over by then, and a look costs more */
	BLIND_ROUNDS = 1,
	POLITE_ROUNDS = 2000,		/* then the driver sleeps between looks */
	SILENCE_NS = 30 * 1000 * 1000,	/* SETTLE_TIME: this much of it is taken for quiet */
	NAP_NS = 1000 * 1000,
	/* with programs, looks are dear, and they need the processor themselves */
	CROWDED_ROUNDS = 20,
	STREAM_BYTES = 64 << 10,
	CLOCK_ROUNDS = 16,		/* rounds between looks at the clock */
	/* with programs: a round lasts as long as all take who share the core */
	CROWDED_CLOCK_ROUNDS = 4,
};

/* As much as a pipe holds: there is more to do than to listen to somebody who never ends. */
static bool collect_streams(const struct settle *settle, struct stage *stage, unsigned index)
{
	static char bytes[STREAM_BYTES];	/* more than the stack may have */
	struct streams *streams = &stage->endpoints[index].streams;
	bool any = streams_flush(streams);

	for (int stream = 0; stream < STREAMS; stream++) {
		size_t length = streams_read(streams, stream, bytes, sizeof(bytes));

		if (length && settle->wrote)
			settle->wrote(settle->context, index, stream, bytes, length);
		any |= length > 0;
	}
	return any;
}

/* Reports every completion and death since the last look. */
static bool collect(const struct settle *settle, struct stage *stage)
{
	bool any = stage->listeners && listeners_serve(stage);

	if (stage->has_programs)
		any |= orphans_reap(stage);
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		if (endpoint_completed(stage, i)) {
			settle->completed(settle->context, i);
			any = true;
		}
		/* What it wrote before what it died of. */
		if (stage->endpoints[i].has_streams)
			any |= collect_streams(settle, stage, i);
		if (stage->endpoints[i].state == ENDPOINT_BUSY ||
		    stage->endpoints[i].state == ENDPOINT_RUNNING ||
		    stage->endpoints[i].disturbed) {
			if (endpoint_died(stage, i)) {
				settle->died(settle->context, i);
				any = true;
			}
		}
	}
	return any;
}

static bool is_settled_at_sight(const struct endpoint *endpoint)
{
	switch (endpoint->state) {
	case ENDPOINT_ABSENT:
	case ENDPOINT_DEAD:
		return true;
	case ENDPOINT_READY:
		return !endpoint->disturbed;
	case ENDPOINT_BUSY:
	case ENDPOINT_RUNNING:
		return false;
	}
	abort();
}

static bool all_settled_at_sight(const struct stage *stage)
{
	if (stage->has_programs)
		return false;
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		if (!is_settled_at_sight(&stage->endpoints[i]))
			return false;
	}
	return true;
}

/* One look at everybody. *same: each shows exactly what the look before showed. */
static bool all_asleep(enum settle_grade grade, struct stage *stage, bool *same)
{
	char text[sizeof(stage->endpoints[0].text)];

	*same = true;
	if (stage->has_programs && !look_programs_asleep(stage, same))
		return false;
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		struct endpoint *endpoint = &stage->endpoints[i];

		if (endpoint->state == ENDPOINT_ABSENT || endpoint->state == ENDPOINT_DEAD ||
		    endpoint->state == ENDPOINT_RUNNING)
			continue;
		if (!look_asleep(grade, stage, endpoint, text, sizeof(text))) {
			/* It may be gone without our having noticed: killed by another endpoint. */
			endpoint->disturbed = true;
			return false;
		}
		if (strcmp(text, endpoint->text)) {
			*same = false;
			memcpy(endpoint->text, text, sizeof(text));
		}
	}
	return true;
}

static void calm_down(struct stage *stage)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		struct endpoint *endpoint = &stage->endpoints[i];

		if (!endpoint->killed)
			endpoint->disturbed = false;
	}
}

/* Two looks alike, nothing in between. By the clock: silence. */
static bool is_quiet(const struct settle *settle, struct stage *stage, int64_t last_event_ns)
{
	bool same;

	if (!all_asleep(settle->grade, stage, &same))
		return false;
	if (settle->grade == SETTLE_TIME && clock_now_ns() - last_event_ns < SILENCE_NS)
		return false;
	if (stage->cast->has_network)
		loopback_drain(&stage->loopback);
	if (collect(settle, stage))
		return false;
	return all_asleep(settle->grade, stage, &same) && same;
}

/* Until a fault has something to do. */
static void nap_at_listeners(const struct stage *stage)
{
	struct pollfd fds[INJECT_POLLFDS_MAX];
	size_t count = listeners_pollfds(stage, fds, INJECT_POLLFDS_MAX);
	int64_t left_ns = listeners_deadline_ns(stage) - clock_now_ns();
	struct timespec left = { .tv_nsec = left_ns < 0 ? 0 : left_ns < NAP_NS ? left_ns : NAP_NS };

	ppoll(fds, count, &left, NULL);
}

/* Until an endpoint completes something, or a little time passes: deaths do not ring. */
static void nap(struct stage *stage)
{
	struct control_board *board = stage->control.board;
	uint32_t rung = atomic_load(&board->doorbell);

	atomic_store(&board->asleep, 1);
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		const struct endpoint *endpoint = &stage->endpoints[i];

		if (endpoint->state == ENDPOINT_BUSY &&
		    atomic_load(&control_page(&stage->control, i)->done) == endpoint->command)
			goto awake;
	}
	if (stage->listeners)
		nap_at_listeners(stage);
	else
		futex_wait(&board->doorbell, rung, NAP_NS);
awake:
	atomic_store(&board->asleep, 0);
}

enum settled settle(const struct settle *settle, struct stage *stage, int patient,
		    const struct deadline *deadline)
{
	enum settled settled = SETTLED_QUIET;
	int64_t last_event_ns = settle->grade == SETTLE_TIME ? clock_now_ns() : 0;

	stage->crowd.give_up_ns = crowd_patience_ns(deadline);
	for (unsigned round = 1;; round++) {
		bool asleep = false;

		sched_yield();
		if (collect(settle, stage)) {
			settled = SETTLED_CHANGED;
			if (settle->grade == SETTLE_TIME)
				last_event_ns = clock_now_ns();
		}
		if (stage->watch_error)
			return SETTLED_LATE;
		if (all_settled_at_sight(stage))
			return settled;
		if (round > BLIND_ROUNDS && is_quiet(settle, stage, last_event_ns)) {
			calm_down(stage);
			if ((patient < 0 || stage->endpoints[patient].state != ENDPOINT_BUSY) &&
			    (!settle->awaited || settle->awaited(settle->context) ||
			     !stage_has_timer(stage)))
				return settled;
			asleep = true;
		}
		if (round % (stage->has_programs ? CROWDED_CLOCK_ROUNDS : CLOCK_ROUNDS) == 0 &&
		    deadline_passed(deadline))
			return SETTLED_LATE;
		if (asleep || round > (stage->has_programs ? CROWDED_ROUNDS : POLITE_ROUNDS) ||
		    settle->grade == SETTLE_TIME)
			nap(stage);
	}
}

bool settle_is_working(const struct stage *stage, unsigned endpoint)
{
	const struct endpoint *state = &stage->endpoints[endpoint];
	char letter;

	/* Held by a fault, it shows the same. */
	if (state->state != ENDPOINT_BUSY || listeners_held(stage, state->pid))
		return false;
	letter = process_state(state->pid);
	/* Between two sleeps for a disk it runs. */
	return letter == 'D' || letter == 'R';
}
