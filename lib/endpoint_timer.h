/* SPDX-License-Identifier: MIT */
/* Where time alone may go on with what is quiet, quiet proves nothing. */
#ifndef IPCDRILL_ENDPOINT_TIMER_H
#define IPCDRILL_ENDPOINT_TIMER_H

#include <stdbool.h>

#include "endpoint.h"

/* True if time may wake an endpoint long after this action is completed. */
bool action_arms_timer(const struct action *action);

/*
 * True if time may wake somebody: by a timer of an endpoint's own, a pending call with a timeout, a
 * program that sleeps in one, or a channel that delivers later.
 */
bool stage_has_timer(const struct stage *stage);

#endif
