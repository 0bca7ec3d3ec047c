/* SPDX-License-Identifier: MIT */
/*
 * The end of an endpoint that another one has forked: only that one may reap it, and may have done
 * so already.
 */
#ifndef IPCDRILL_GRANDCHILD_H
#define IPCDRILL_GRANDCHILD_H

#include "endpoint.h"

/* An endpoint's call has returned: what it got to know of the end of another. */
void grandchild_note(struct stage *stage, const struct result *result);

/*
 * True if it is dead; *status as wait(2) gives it, or ENDED_UNSEEN. False also while somebody who
 * has perhaps reaped it is about to say so.
 */
bool grandchild_died(const struct stage *stage, const struct endpoint *endpoint, int *status);

#endif
