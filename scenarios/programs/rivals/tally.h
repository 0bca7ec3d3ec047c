/* SPDX-License-Identifier: MIT */
/* Records consist of cells, each of which says whose it is and where it belongs. */
#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>
#include <stdint.h>

enum { TALLY_WRITERS_MAX = 8 };

struct cell {
	uint16_t writer;
	uint16_t index; /* in its record */
	uint32_t record;
};

struct tally {
	size_t cells_of_record;
	unsigned whole;
	unsigned cut_up; /* records with something of somebody else's inside */
	unsigned misplaced; /* cells that are not what their writer wrote next */
	struct cell last;
	size_t run; /* how many cells of the record at hand came one after the other */
	struct cell next[TALLY_WRITERS_MAX];
};

/* In the order in which they are there. */
void tally_count(struct tally *tally, struct cell cell);

/* All are counted: what the writers wrote and is not there is missing. */
void tally_end(struct tally *tally, unsigned writers, uint32_t records);

#endif
