/* SPDX-License-Identifier: MIT */
/* Calls that 32-bit programs make under other names than 64-bit ones, or folded into one call. */
#ifndef IPCDRILL_INJECT_COMPAT_H
#define IPCDRILL_INJECT_COMPAT_H

#include <stddef.h>

#include "hit.h"

/* The 64-bit number of what only 32-bit programs call so; -1: nothing. */
int compat_number(const char *name);

/*
 * The name that 32-bit programs have for this call besides its own, from the first (`index` 0) on;
 * NULL: no more.
 */
const char *compat_name(int number, size_t index);

/*
 * socketcall(2) and ipc(2) become the call that they stand for: number and arguments. `own_number`
 * is the hit's on its own architecture.
 */
void compat_unfold(struct hit *hit, int own_number);

#endif
