/* SPDX-License-Identifier: MIT */
/* The life of a hit between the notification and the answer. For inject.c. */
#ifndef IPCDRILL_INJECT_HITS_H
#define IPCDRILL_INJECT_HITS_H

#include "inject.h"

void inject_note(const struct inject *inject, enum inject_what what, const struct inject_rule *rule,
		 const struct hit *hit);

/* Remembers how the call of a thread ended, for the next that it makes. */
void inject_close_call(struct inject *inject, const struct hit *hit);

/* The kept hit of this very call of the thread, or NULL. */
struct hit *inject_kept(const struct inject *inject, const struct caller *caller,
			const struct hit *call);

/* A hit that has to wait outlives the notification that it came with. */
void inject_keep(struct inject *inject, struct caller *caller, const struct hit *hit);

/*
 * For hits that were kept: go on as far as it gets; it is over; there is nobody left to answer.
 * Frees what is over.
 */
void inject_step(struct inject *inject, struct hit *hit);
void inject_finish(struct inject *inject, struct hit *hit);
void inject_drop(struct inject *inject, struct hit *hit);

/* All kept hits. */
void inject_go_on(struct inject *inject);

/* Nobody is left who could make a call. */
void inject_give_up(struct inject *inject);

#endif
