/* SPDX-License-Identifier: MIT */
/* For tests of the tables of calls. */
#ifndef IPCDRILL_TESTS_EVERY_CALL_H
#define IPCDRILL_TESTS_EVERY_CALL_H

#include "call.h"

/* Calls `look` for each call of each family. */
static inline void for_each_call(void (*look)(const struct call *call))
{
	for (const struct call_family *const *family = call_families; *family; family++) {
		for (size_t i = 0; i < (*family)->count; i++)
			look(&(*family)->calls[i]);
	}
}

#endif
