/* SPDX-License-Identifier: MIT */
/*
 * What scenarios make that outlives them and has no name to find it by, in memory that the guardian
 * of a worker shares with the worker and its endpoints (SANDBOX_NONE). Legal without any of it:
 * then nothing is noted. What is read there is an endpoint's word: at worst it removes what it
 * could have removed itself.
 */
#ifndef IPCDRILL_MAKINGS_H
#define IPCDRILL_MAKINGS_H

#include <stdbool.h>

#include "leak_account.h"

/* By the guardian, before it forks the worker. 0 or -errno. */
int makings_open(void);

/*
 * By the worker, when nobody else is there: nothing is made. Ids count while all are in the
 * guardian's IPC namespace.
 */
void makings_reset(bool ids_count);

/* Around the making of anything that outlives its process: in between nobody knows it. */
void makings_begin(void);
void makings_end(void);
/* Between the two: a call of this name gave this id to a System V object without a key. */
void makings_note(const char *maker, int id);

/*
 * By the guardian: whoever begins from now on waits for its end, and those who have begun are
 * waited for.
 */
void makings_freeze(void);

/* Removes what was noted since the reset, as far as it is there and has no key. */
void makings_clear(struct leak_account *account);

#endif
