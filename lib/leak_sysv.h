/* SPDX-License-Identifier: MIT */
/* System V objects that a scenario left: queues, semaphore sets, segments. */
#ifndef IPCDRILL_LEAK_SYSV_H
#define IPCDRILL_LEAK_SYSV_H

#include "leak_account.h"

/* Removes every one in this IPC namespace. */
void leak_sysv_clear(struct leak_account *account);

/* Of what a call of this name makes; -1: it makes nothing of System V. */
int leak_sysv_kind(const char *maker);

/*
 * Removes the one of this kind that a call gave this id to, if it has no key: such a call always
 * makes a new one, so it is the caller's. Nothing happens if it is gone, or if there is no such
 * kind.
 */
void leak_sysv_clear_private(int kind, int id, struct leak_account *account);

#endif
