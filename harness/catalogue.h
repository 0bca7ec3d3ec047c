/* SPDX-License-Identifier: MIT */
/* The documented behaviours that scenarios can cover; scenarios/catalogue/ in the binary. */
#ifndef IPCDRILL_CATALOGUE_H
#define IPCDRILL_CATALOGUE_H

#include <stddef.h>

struct catalogue_entry {
	const char *id; /* "fifo.open-rdonly-blocks-until-writer" */
	const char *mechanism;
	const char *behaviour;
	const char *source;
	const char *needs;
};

/* Generated; in the order of their ids, and one with a NULL id at the end. */
extern const struct catalogue_entry catalogue_entries[];
extern const size_t catalogue_count;

/* NULL: no such behaviour. */
const struct catalogue_entry *catalogue_find(const char *id);

#endif
