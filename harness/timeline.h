/* SPDX-License-Identifier: MIT */
/* A history as strace would show it: one line an event, with microseconds and endpoints' names. */
#ifndef IPCDRILL_TIMELINE_H
#define IPCDRILL_TIMELINE_H

#include <stdio.h>

#include "history.h"
#include "plan.h"

/*
 * At most `most` lines (0: all): of a longer history the beginning and, above all, the end. Lines
 * of step `marked` get a mark. Every line begins with `indent`.
 */
void timeline_print(FILE *out, const struct plan *plan, const struct history *history,
		    const char *indent, size_t most, int marked);

#endif
