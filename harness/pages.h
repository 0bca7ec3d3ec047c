/* SPDX-License-Identifier: MIT */
/*
 * Memory for what is written once and read by all: files, plans. It is shared, so fork(2), which a
 * scenario does for each of its endpoints, does not copy the page tables of a whole suite.
 */
#ifndef IPCDRILL_PAGES_H
#define IPCDRILL_PAGES_H

#include <stddef.h>

/* As malloc() and free(), of which they are made where there is no such memory. */
void *pages_alloc(size_t size);
void pages_free(void *memory);

/*
 * From here on all of it can only be read, also by those who are forked: what they wrote would not
 * be theirs alone.
 */
void pages_seal(void);
void pages_unseal(void);

#endif
