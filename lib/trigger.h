/* SPDX-License-Identifier: MIT */
/*
 * When a fault fires: which of the calls that match it. It counts calls over a whole process tree.
 */
#ifndef IPCDRILL_TRIGGER_H
#define IPCDRILL_TRIGGER_H

#include <stdbool.h>
#include <stdint.h>

enum trigger_kind {
	TRIGGER_ALWAYS,		/* each call */
	TRIGGER_NTH,		/* the calls first .. last, the first call being 1 */
	TRIGGER_EVERY,		/* the calls first, 2 * first, 3 * first ... */
};

/* Legal when zero: fires at each call. */
struct trigger {
	/* by the rule */
	enum trigger_kind kind;
	uint64_t first;
	uint64_t last;
	bool optional;		/* may end without having fired */

	/* while it runs */
	bool disarmed;		/* it neither fires nor counts */
	uint64_t count;		/* calls that matched */
	uint64_t fired;
	uint64_t overruled;	/* would have fired, but others had decided all that it could do */
};

/* True if the numbers make sense: no call is number 0, no range runs backwards. */
bool trigger_is_valid(const struct trigger *trigger);

/* Counts one call; true if the fault fires at it. */
bool trigger_hit(struct trigger *trigger);

/* What trigger_hit() said did not come about. */
void trigger_overrule(struct trigger *trigger);

/* It ran to its end, and did what it was declared for. */
bool trigger_is_satisfied(const struct trigger *trigger);

/*
 * `nth any(seed)`: exactly one of the calls 1 .. within, each as likely as any other over all
 * seeds; the same seed and the same `within` always choose the same one. `within` is what the
 * caller knows of the run: the matching steps of the endpoint, or the calls that an undisturbed run
 * made. 0 counts as 1.
 */
uint64_t trigger_any(uint64_t seed, uint64_t within);

#endif
