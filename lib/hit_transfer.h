/* SPDX-License-Identifier: MIT */
/*
 * The effect of a call that moves bytes, done in the caller's stead: on its open file, from and to
 * its memory.
 */
#ifndef IPCDRILL_HIT_TRANSFER_H
#define IPCDRILL_HIT_TRANSFER_H

#include <stdbool.h>

#include "hit.h"

/*
 * Prepares hit->transfer for at most hit->limit bytes. -errno: nothing was done, and the call is
 * best left to the kernel; EOPNOTSUPP: since it cannot be done honestly, hit->refusal says why.
 */
int transfer_open(struct hit *hit);

/*
 * Goes on without ever blocking. True: done, hit->value or hit->error is set. False: hit->wait is
 * HIT_DESCRIPTOR.
 */
bool transfer_run(struct hit *hit);

/* NULL is fine. */
void transfer_close(struct transfer *transfer);

#endif
