/* SPDX-License-Identifier: MIT */
/*
 * Faults at the exit point of an endpoint's own call: the endpoint carries them out itself, between
 * the return of the call and the moment when anybody learns of it. So they work for every call, and
 * a call that blocks really blocks.
 */
#ifndef IPCDRILL_AFTERMATH_H
#define IPCDRILL_AFTERMATH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct hit;
struct result;

enum aftermath_state {
	AFTERMATH_NONE,
	AFTERMATH_AT_GATE,		/* waits for the driver */
	AFTERMATH_STOPPING,	/* stops itself, until SIGCONT */
};

/*
 * In an endpoint's control page: orders by the driver while the call is held, state by the
 * endpoint. Legal when zero.
 */
struct aftermath {
	uint32_t command;	/* whose call this is about */
	int32_t error;		/* reported in spite of what the call did; 0: none */
	int32_t kill;		/* signal; 0: none */
	uint32_t stop;
	int64_t until_ns;	/* 0: no delay */
	uint64_t gates;		/* a bit each */
	_Atomic uint32_t state;	/* enum aftermath_state */
};

/* Shared by driver and endpoints. Legal when zero: all are closed. */
struct gates {
	_Atomic uint64_t open;
	_Atomic uint32_t changes;	/* futex */
};

void gates_open(struct gates *gates, uint64_t which);
void gates_close_all(struct gates *gates);

/* In the driver: the orders of this hit's exit point become the endpoint's. */
void aftermath_order(struct aftermath *aftermath, uint32_t command, const struct hit *hit);

/* In the endpoint, after the call of this command. May not return. */
void aftermath_obey(struct aftermath *aftermath, uint32_t command, struct gates *gates,
		    struct result *result);

#endif
