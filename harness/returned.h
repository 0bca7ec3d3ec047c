/* SPDX-License-Identifier: MIT */
/* The results of EVENT_RETURNED as values. Endpoints wrote them, so nothing is believed unseen. */
#ifndef IPCDRILL_RETURNED_H
#define IPCDRILL_RETURNED_H

#include <obstack.h>
#include <stdbool.h>
#include <stdio.h>

#include "history.h"

/* True if everything the result refers to lies in the event. To be asked before all others here. */
bool returned_is_sound(const struct history *history, const struct event *event);

/* The main result: ERRNO, BYTES, EOF or INT. Its bytes lie in the history. */
struct value returned_value(const struct history *history, const struct event *event,
			    const struct call *call);
/* One out-parameter, likewise; the numbers of a list are copied to `memory`. */
struct value returned_out(const struct history *history, const struct event *event, int out,
			  struct obstack *memory);

/* The main result as a report says it: 5, "hello", EPIPE (Broken pipe). */
void returned_print(FILE *out, const struct history *history, const struct event *event,
		    const struct call *call);

/* A status of wait(2): killed by SIGPIPE, exited with 3. */
void returned_print_status(FILE *out, int status);

#endif
