/* SPDX-License-Identifier: MIT */
/* Names that could stand in a place, to find the nearest. Private to resolve*.c. */
#ifndef IPCDRILL_RESOLVE_NEAREST_H
#define IPCDRILL_RESOLVE_NEAREST_H

#include "resolve_state.h"

/* Legal when zero. */
struct candidates {
	const char **names;
	size_t count;
	size_t capacity;
	size_t next;
};

void candidates_add(struct candidates *candidates, const char *name);
/* The list ends with NULL. */
void candidates_add_list(struct candidates *candidates, const char *const *names);
void candidates_add_calls(struct candidates *candidates);
void candidates_add_mechanisms(struct candidates *candidates);
void candidates_add_probes(struct candidates *candidates);
void candidates_add_names(struct candidates *candidates, const struct scene *scene, unsigned kinds);
void candidates_add_values(struct candidates *candidates, const struct variant *variant,
			   const struct setting *setting);
/* "did you mean fifo?" or `otherwise`; empties the list. */
const char *candidates_help(struct candidates *candidates, struct resolver *resolver,
			    const char *name, const char *otherwise);
/*
 * "unknown mechanism fivo", and the nearest of the candidates, which are emptied. A name that
 * lacks its declaration, as it seems, is told once.
 */
void scene_unknown(struct scene *scene, struct location where, struct candidates *candidates,
		   const char *what, const char *name, const char *otherwise);
/* Index in a list that ends with NULL, or -1. */
int list_index(const char *const *names, const char *name);

#endif
