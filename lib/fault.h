/* SPDX-License-Identifier: MIT */
/*
 * One thing that can go wrong with a call. A fault acts on the hit that it is given, and knows no
 * mechanism.
 */
#ifndef IPCDRILL_FAULT_H
#define IPCDRILL_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hit_orders.h"

/* What is written after its name. */
enum fault_operand {
	FAULT_TAKES_NOTHING,
	FAULT_TAKES_ERRNO,
	FAULT_TAKES_BYTES,	/* more than 0 */
	FAULT_TAKES_TIME,	/* nanoseconds */
	FAULT_TAKES_SIGNAL,
	FAULT_TAKES_GATE,	/* number of the gate, below FAULT_GATES_MAX */
};

enum {
	FAULT_GATES_MAX = 64,
	FAULT_AT_ENTRY = 1 << HIT_ENTRY,
	FAULT_AT_EXIT = 1 << HIT_EXIT,
};

/*
 * One file of faults/: defined as `const struct fault fault_FILENAME`; its file name is its name in
 * scenarios.
 */
struct fault {
	const char *name;
	const char *summary;		/* for the reference */
	enum fault_operand operand;
	int64_t fallback;		/* the operand where none is written; 0: one must be */
	unsigned points;		/* FAULT_AT_ENTRY, FAULT_AT_EXIT */
	void (*apply)(struct hit *hit, enum hit_point point, int64_t operand);
};

extern const struct fault *const faults[];	/* ends with NULL; generated from the file names */

const struct fault *fault_find(const char *name);

/* True if the number is one that this fault can take. */
bool fault_accepts(const struct fault *fault, int64_t operand);

#endif
