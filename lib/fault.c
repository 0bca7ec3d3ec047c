// SPDX-License-Identifier: MIT
/* Finding faults, and what their operands may be. */
#include "fault.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { ERRNO_MAX = 4095 }; /* MAX_ERRNO of include/linux/err.h: larger ones look like results */

const struct fault *fault_find(const char *name)
{
	for (const struct fault *const *fault = faults; *fault; fault++) {
		if (!strcmp((*fault)->name, name))
			return *fault;
	}
	return NULL;
}

bool fault_accepts(const struct fault *fault, int64_t operand)
{
	switch (fault->operand) {
	case FAULT_TAKES_NOTHING: return !operand;
	case FAULT_TAKES_ERRNO: return operand > 0 && operand <= ERRNO_MAX;
	case FAULT_TAKES_BYTES: return operand > 0;
	case FAULT_TAKES_TIME: return operand >= 0;
	case FAULT_TAKES_SIGNAL: return operand > 0 && operand <= SIGRTMAX;
	case FAULT_TAKES_GATE: return operand >= 0 && operand < FAULT_GATES_MAX;
	}
	abort();
}
