/* SPDX-License-Identifier: MIT */
/*
 * The control plane: memory shared by the driver and its endpoints, so that no call under test
 * carries control traffic. Expected state stays in the driver: nothing here is trusted beyond one
 * result.
 */
#ifndef IPCDRILL_CONTROL_H
#define IPCDRILL_CONTROL_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "call.h"
#include "inject.h"
#include "aftermath.h"

enum {
	ENDPOINTS_MAX = 64,
	CHANNELS_MAX = 64,
	AREA_SIZE = 1 << 20,		/* the most bytes one call can return */
};

#define ACTION_EXIT UINT32_MAX
#define ACTION_EXECUTE (UINT32_MAX - 1)	/* the program whose path is in the area */

/* One endpoint's page. The driver writes command and action, the endpoint the rest. */
struct control_page {
	_Atomic uint32_t command;	/* futex: number of the newest command */
	/* what to do: index into the plan's actions, or one of the above */
	uint32_t action;
	int32_t exit_status;		/* of ACTION_EXIT */
	/* the command whose call is being made; 0 outside of calls */
	_Atomic uint32_t inside;
	/* the newest command that has completed; result belongs to it */
	_Atomic uint32_t done;
	_Atomic int32_t pid;		/* as its own pid namespace sees it */
	/* by the parent: the fork that makes it was done, so that it sets its pid soon */
	_Atomic uint32_t is_born;
	uint32_t area_high;		/* the most of the area that any call has used */
	struct inject_port port;	/* where its listener is handed over */
	/* what it has to do before anybody learns that its call is done */
	struct aftermath aftermath;
	/* by channel, side: its descriptors when it started; -1: none */
	int32_t held[CHANNELS_MAX][2];
	struct result result;
};

/* What all endpoints of a worker share. */
struct control_board {
	_Atomic uint32_t doorbell;	/* futex: rises at each completion while `asleep` */
	_Atomic uint32_t asleep;	/* the driver waits on the doorbell */
	struct gates gates;
};

/* Mapped by a worker, with guard pages around each area. Legal when zero: nothing is mapped. */
struct control {
	void *base;
	size_t size;
	unsigned endpoints;
	struct control_board *board;
};

/* For endpoints 0 .. endpoints - 1. 0 or -errno. */
int control_map(struct control *control, unsigned endpoints);
void control_unmap(struct control *control);

/* Valid for an endpoint that the control was mapped for. */
struct control_page *control_page(const struct control *control, unsigned endpoint);
char *control_area(const struct control *control, unsigned endpoint);

/* Zeroes the page and gives the area's memory back where a call used more than a little of it. */
void control_reset(const struct control *control, unsigned endpoint);

/*
 * Thin futex calls, restarted after signals; wait returns when the word differs, is woken, or time
 * is up.
 */
void futex_wait(_Atomic uint32_t *word, uint32_t value, int64_t timeout_ns);	/* -1: for ever */
void futex_wake(_Atomic uint32_t *word);

#endif
