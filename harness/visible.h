/* SPDX-License-Identifier: MIT */
/* Text that may hold anything, as a terminal can be shown it: <1B>, <U+202E>. */
#ifndef IPCDRILL_VISIBLE_H
#define IPCDRILL_VISIBLE_H

#include <stddef.h>
#include <stdio.h>

/*
 * Writes one code point, or what stands for a byte that a terminal should not see; a tab becomes
 * blanks. Counts its columns; returns its bytes.
 */
size_t visible_put(FILE *out, const char *text, size_t length, int *column);

/* All of it. */
void visible_bytes(FILE *out, const char *text, size_t length);
void visible_text(FILE *out, const char *text);

#endif
