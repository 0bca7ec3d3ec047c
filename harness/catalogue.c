// SPDX-License-Identifier: MIT
/* Looking documented behaviours up. */
#include "catalogue.h"

#include <string.h>

const struct catalogue_entry *catalogue_find(const char *id)
{
	for (const struct catalogue_entry *entry = catalogue_entries; entry->id; entry++) {
		if (!strcmp(entry->id, id))
			return entry;
	}
	return NULL;
}
