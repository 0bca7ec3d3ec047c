/* SPDX-License-Identifier: MIT */
/* What of all that could go wrong a sweep is to try. */
#ifndef IPCDRILL_INJECT_CHOICE_H
#define IPCDRILL_INJECT_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "inject_points.h"
#include "inject_request.h"

/* Legal when zero. */
struct sweep_choice {
	struct inject_effect effects[INJECT_EFFECTS_MAX];
	size_t effect_count;
	struct sweep_call *calls;
	size_t call_count;
};

/* From --calls and --effects; false after messages. */
bool sweep_choice_read(struct sweep_choice *choice, const struct inject_request *request);

/* Where no calls were named: all that the run makes, in their order. */
void sweep_choice_complete(struct sweep_choice *choice, const struct inject_profile *profile);

void sweep_choice_free(struct sweep_choice *choice);

#endif
