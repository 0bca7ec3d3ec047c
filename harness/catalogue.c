// SPDX-License-Identifier: MIT
/* Looking documented behaviours up. */
#include "catalogue.h"

#include <stdlib.h>
#include <string.h>

static int compare_ids(const void *key, const void *entry)
{
	const struct catalogue_entry *candidate = entry;

	return strcmp(key, candidate->id);
}

const struct catalogue_entry *catalogue_find(const char *id)
{
	return bsearch(id, catalogue_entries, catalogue_count, sizeof(*catalogue_entries),
		       compare_ids);
}
