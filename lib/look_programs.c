// SPDX-License-Identifier: MIT
/* Programs are seen from outside only, with all that they forked. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "listener.h"
#include "look.h"
#include "process.h"

static enum crowd_hold held(void *context, pid_t tid)
{
	const struct stage *stage = context;
	const struct hit *hit = listeners_held(stage, tid);

	if (!hit)
		return CROWD_FREE;
	switch (hit->wait) {
	case HIT_GATE:
	case HIT_DESCRIPTOR: return CROWD_HELD_ASLEEP;
	case HIT_TIME:
	case HIT_OVER: return CROWD_HELD_BUSY;
	case HIT_CALLER: return process_state(tid) == 't' ? CROWD_HELD_BUSY : CROWD_FREE;
	case HIT_RESTART: return CROWD_FREE;
	}
	abort();
}

/* Those who make calls are looked at one by one: see look.h. */
static size_t list_actors(const struct stage *stage, pid_t *pids)
{
	size_t count = 0;

	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		const struct endpoint *endpoint = &stage->endpoints[i];

		if ((endpoint->state == ENDPOINT_READY || endpoint->state == ENDPOINT_BUSY) &&
		    endpoint->pid)
			pids[count++] = endpoint->pid;
	}
	return count;
}

/*
 * It was told to stop, and has not yet. Once it was seen stopped, whoever woke it is not our
 * business.
 */
static bool is_still_stopping(struct endpoint *endpoint)
{
	if (!endpoint->stopped)
		endpoint->text[0] = '\0';
	if (!endpoint->stopped || process_state(endpoint->pid) == 'T')
		return false;
	endpoint->stopped = endpoint->text[0] != 'T';
	return endpoint->stopped;
}

/* A signal that was sent to it has not done yet what it is for. */
static bool awaits_signal(struct stage *stage)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		struct endpoint *endpoint = &stage->endpoints[i];

		if (endpoint->state == ENDPOINT_RUNNING &&
		    (endpoint->killed || is_still_stopping(endpoint)))
			return true;
	}
	return false;
}

/* By a fault, or by itself. */
static void note_stopped(struct stage *stage)
{
	for (size_t t = 0; t < stage->crowd.count; t++) {
		const struct crowd_thread *thread = &stage->crowd.threads[t];

		for (unsigned i = 0; i < stage->cast->endpoint_count && thread->state == 'T'; i++) {
			struct endpoint *endpoint = &stage->endpoints[i];

			if (endpoint->state != ENDPOINT_RUNNING || endpoint->pid != thread->tid)
				continue;
			endpoint->stopped = true;
			strcpy(endpoint->text, "T");
		}
	}
}

bool look_programs_asleep(struct stage *stage, bool *same)
{
	pid_t actors[ENDPOINTS_MAX];
	struct crowd *crowd = &stage->crowd;
	int err;

	if (awaits_signal(stage))
		return false;
	crowd->excluded = actors;
	crowd->excluded_count = list_actors(stage, actors);
	crowd->held = stage->listeners ? held : NULL;
	crowd->context = stage;
	err = crowd_look(crowd);
	crowd->excluded = NULL;
	crowd->excluded_count = 0;
	note_stopped(stage);
	if (crowd->digest != stage->crowd_digest)
		*same = false;
	stage->crowd_digest = crowd->digest;
	/* Where nothing can be seen, silence has to do; but not where it is us who cannot see. */
	return err ? !stage_note_lack(stage, err) : crowd->mood != CROWD_BUSY;
}
