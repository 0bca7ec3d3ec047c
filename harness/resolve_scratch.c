// SPDX-License-Identifier: MIT
/* Names that a scenario may leave in its directory. */
#include <string.h>

#include "resolve.h"

void plan_add_scratch(struct variant *variant, const char *name)
{
	struct plan *plan = variant->plan;

	for (size_t i = 0; i < plan->scratch_count; i++) {
		if (!strcmp(plan->scratch[i], name))
			return;
	}
	/* Twice the room whenever it is full, from 8 on. */
	if (!plan->scratch_count ||
	    (plan->scratch_count >= 8 && !(plan->scratch_count & (plan->scratch_count - 1)))) {
		const char **grown = resolve_keep(resolver_of(variant),
						  (plan->scratch_count * 2 + 8) * sizeof(*grown));

		for (size_t i = 0; i < plan->scratch_count; i++)
			grown[i] = plan->scratch[i];
		plan->scratch = grown;
	}
	plan->scratch[plan->scratch_count++] = name;
}
