/* SPDX-License-Identifier: MIT */
/* One look at one endpoint. What it shows proves nothing alone: see settle.h. */
#ifndef IPCDRILL_LOOK_H
#define IPCDRILL_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "endpoint.h"
#include "settle.h"

/*
 * True if it sleeps where it should: in its call, waiting for a command, stopped, or held by a
 * fault until somebody lets it go. `text`: what it showed, to compare two looks.
 */
bool look_asleep(enum settle_grade grade, struct stage *stage, struct endpoint *endpoint,
		 char *text, size_t size);

/*
 * True if all programs of the stage, and all that they forked, sleep or are stopped. *same becomes
 * false if they are not as they were at the look before.
 */
bool look_programs_asleep(struct stage *stage, bool *same);

/* True if a fault has it now, at the entry of its call or at the exit. */
bool look_is_held(const struct stage *stage, unsigned endpoint);

#endif
