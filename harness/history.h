/* SPDX-License-Identifier: MIT */
/*
 * What happened in one run, in order. Judging and reporting are functions of it and of the plan
 * alone. Flat memory: it travels from worker to command as it lies.
 */
#ifndef IPCDRILL_HISTORY_H
#define IPCDRILL_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "call.h"

enum event_kind {
	EVENT_CHANNEL, /* the driver made channel `number` of the plan; bytes: its address */
	/*
	 * the driver begins step `step`; what follows up to the next EVENT_STEP was seen during it
	 */
	EVENT_STEP,
	EVENT_INVOKED, /* endpoint was told to make the call of step `call_step` */
	EVENT_RETURNED, /* its call returned: result */
	/* proven asleep in its call when all was quiet; number: the system call, or below */
	EVENT_BLOCKED,
	EVENT_SIGNALLED, /* driver sent signal `number` */
	EVENT_STOPPED,
	EVENT_CONTINUED,
	/*
	 * by the beginning, `do start`, fork() or `do restart`; number: its pid; bytes: int32_t
	 * held[][2]
	 */
	EVENT_STARTED,
	EVENT_EXECUTED, /* a program runs; number: its pid; text: which file */
	EVENT_OUTPUT, /* a program wrote; number: the stream, as in streams.h; bytes */
	EVENT_WRITTEN, /* to the standard input of a program; bytes: none: its end */
	EVENT_NOTE, /* text: something worth to know when it fails */
	EVENT_DIED, /* number: wait status; call_step: the call it died in, or -1 */
	EVENT_CHECKED, /* a condition: number 0 or 1; text: what its sides were */
	/* what a program was waited for; number: 1 it came; text: what it did instead */
	EVENT_AWAITED,
	EVENT_VIOLATED, /* invariant `number` of the plan does not hold; text: why not */
	/* fault `number` of the plan hits a call of the endpoint's tree; text: which */
	EVENT_FIRED,
	EVENT_REFUSED, /* it fired and could not be carried out; text: why */
	EVENT_UNFIRED, /* at the end: it never fired; text: how many calls matched */
	EVENT_LATE, /* the limit passed before things settled; text: who was in what state */
	/* the machine does not give what the scenario needs; text: what, and why not */
	EVENT_UNAVAILABLE,
	/*
	 * the machine gives less than scenarios reckon with; text: of what; number: the error that
	 * calls fail with for want of it, or 0: it may show in many ways
	 */
	EVENT_LACKING,
	EVENT_BROKEN, /* the driver could not do its work; text: why */
	EVENT_LEFT_BEHIND, /* text: what */
	EVENT_END, /* steps are over, everything is cleaned up */
};

/* Where an endpoint sleeps, besides system calls. */
enum {
	ASLEEP_SOMEWHERE = -1,		/* this machine does not tell */
	/* which has not let its call go on yet, or its caller not know */
	ASLEEP_IN_A_FAULT = -2,
};

struct event {
	enum event_kind kind;
	int32_t step;			/* the plan's step being done when this was seen */
	int32_t endpoint;		/* or -1 */
	int32_t call_step;		/* the step whose call this is about, or -1 */
	int64_t time_ns;		/* since the beginning of the run */
	int64_t number;
	struct result result;		/* EVENT_RETURNED; its offsets count from `data` */
	/* offset into the heap: bytes of a result, or the text (NUL-terminated) */
	uint32_t data;
	uint32_t data_length;
};

/* Owns events and heap. Legal when zero. */
struct history {
	struct event *events;
	size_t count;
	size_t capacity;
	char *heap;
	size_t heap_length;
	size_t heap_capacity;
	uint32_t grade;			/* enum settle_grade that decided */
};

/*
 * Adds an event, zeroed but for kind; the pointer is good until the next one. Aborts when memory is
 * out.
 */
struct event *history_add(struct history *history, enum event_kind kind);
/* Copies bytes behind the event. */
void history_attach(struct history *history, struct event *event, const void *bytes, size_t length);
const char *history_text(const struct history *history, const struct event *event);
/*
 * Part of the bytes behind the event; NULL if it does not lie in them: endpoints wrote the offsets.
 */
const char *history_bytes(const struct history *history, const struct event *event, uint32_t offset,
			  uint64_t length);
/* Forgets all events; keeps the memory. */
void history_clear(struct history *history);
void history_free(struct history *history);

/* One block of memory, for another process of the same program. */
size_t history_packed_size(const struct history *history);
void history_pack(const struct history *history, char *block);
/* Replaces what was there, trusting nothing in the block. 0, or -EINVAL and an empty history. */
int history_unpack(struct history *history, const char *block, size_t size);

#endif
