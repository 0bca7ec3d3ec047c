// SPDX-License-Identifier: MIT
/* Findings are kept as long as the process lives: the platform does not change under it. */
#include "finding.h"

#include <stdlib.h>
#include <string.h>

struct kept_finding {
	const struct probe *probe;
	char *argument;
	struct finding finding;
	struct kept_finding *next;
};

const struct finding *finding_of(const struct probe *probe, const char *argument)
{
	static struct kept_finding *all;
	struct kept_finding *kept;

	for (kept = all; kept; kept = kept->next)
		if (kept->probe == probe && !strcmp(kept->argument, argument ? argument : ""))
			return &kept->finding;
	kept = calloc(1, sizeof(*kept));
	if (!kept)
		abort();
	kept->probe = probe;
	kept->argument = strdup(argument ? argument : "");
	if (!kept->argument)
		abort();
	probe->look(argument, &kept->finding);
	kept->next = all;
	all = kept;
	return &kept->finding;
}
