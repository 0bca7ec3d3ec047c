// SPDX-License-Identifier: MIT
/* A stream into memory, with nothing that could fail. */
#include "draft.h"

#include <stdlib.h>
#include <string.h>

void draft_open(struct draft *draft)
{
	draft->out = open_memstream(&draft->text, &draft->length);
	if (!draft->out)
		abort();
}

char *draft_take(struct draft *draft)
{
	if (fclose(draft->out))
		abort();
	return draft->text;
}

char *draft_copy(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		abort();
	return copy;
}
