/* SPDX-License-Identifier: MIT */
/*
 * A text under construction: written like a file, then taken as a string. Memory that is out ends
 * the process.
 */
#ifndef IPCDRILL_DRAFT_H
#define IPCDRILL_DRAFT_H

#include <stdio.h>

struct draft {
	FILE *out;		/* to write to, while it is open */
	char *text;
	size_t length;
};

void draft_open(struct draft *draft);
/* Closes it. The caller frees the text, which may be empty. */
char *draft_take(struct draft *draft);

/* What is written already: the caller frees it. */
char *draft_copy(const char *text);

#endif
