/* SPDX-License-Identifier: MIT */
/* System V objects that a scenario left: queues, semaphore sets, segments. */
#ifndef IPCDRILL_LEAK_SYSV_H
#define IPCDRILL_LEAK_SYSV_H

#include "leak_account.h"

/* Removes every one in this IPC namespace. */
void leak_sysv_clear(struct leak_account *account);

/*
 * Removes the one that this call gave this id to, if it has no key: such a call always makes a new
 * one, so it is the caller's. Nothing happens if it is gone, or if `maker` is no such call.
 */
void leak_sysv_clear_private(const char *maker, int id, struct leak_account *account);

#endif
