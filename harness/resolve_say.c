/* SPDX-License-Identifier: MIT */
/* Messages of resolve, one a place; and the memory that it takes. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct complaint {
	struct location where;
	struct complaint *next;
};

/* Variants and turns of a repeat meet the same mistake again and again. */
static bool is_known(const struct resolver *resolver, struct location where)
{
	for (const struct complaint *known = resolver->complaints[where.line % BUCKETS]; known; known = known->next)
		if (known->where.line == where.line && known->where.column == where.column)
			return true;
	return false;
}

void resolve_error(struct resolver *resolver, struct location where, const char *help, const char *format, ...)
{
	struct complaint *complaint;
	char text[400];
	va_list arguments;

	resolver->error_count++;
	if (is_known(resolver, where))
		return;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	complaint = resolve_scratch(resolver, sizeof(*complaint));
	*complaint = (struct complaint){ where, resolver->complaints[where.line % BUCKETS] };
	resolver->complaints[where.line % BUCKETS] = complaint;
	diag_error(resolver->diag, &resolver->file->source, where, help, "%s", text);
}

const char *resolve_text(struct resolver *resolver, const char *format, ...)
{
	char text[400];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return obstack_copy0(&resolver->scratch, text, strlen(text));
}

void resolve_unsupported(struct variant *variant, struct location where, const char *what)
{
	struct obstacle *obstacle = &variant->plan->unsupported;

	if (obstacle->reason[0] || variant->rehearsing)
		return;
	snprintf(obstacle->reason, sizeof(obstacle->reason), "not supported yet: %s", what);
	obstacle->where = where;
}

void *resolve_keep(struct resolver *resolver, size_t size)
{
	return memset(obstack_alloc(&resolver->suite->memory, size), 0, size);
}

const char *resolve_keep_text(struct resolver *resolver, const char *text, size_t length)
{
	return obstack_copy0(&resolver->suite->memory, text, length);
}

void *resolve_scratch(struct resolver *resolver, size_t size)
{
	return memset(obstack_alloc(&resolver->scratch, size), 0, size);
}
