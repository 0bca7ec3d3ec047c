// SPDX-License-Identifier: MIT
/* Reports by name. */
#include "report.h"

#include <stddef.h>
#include <string.h>

const struct report *report_find(const char *name)
{
	for (size_t i = 0; reports[i]; i++) {
		if (!strcmp(reports[i]->name, name))
			return reports[i];
	}
	return NULL;
}
