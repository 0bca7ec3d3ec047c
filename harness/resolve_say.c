// SPDX-License-Identifier: MIT
/* Messages of resolve, one a place; and the memory that it takes. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct complaint {
	struct location where;
	struct complaint *next;
};

/* Variants and turns of a repeat meet the same mistake again and again. */
bool resolve_is_told(const struct resolver *resolver, struct location where)
{
	const struct complaint *known = resolver->complaints[where.line % BUCKETS];

	while (known && (known->where.line != where.line || known->where.column != where.column))
		known = known->next;
	return known || resolver->stopped;
}

void resolve_note(struct resolver *resolver, struct location where)
{
	struct complaint *complaint = resolve_scratch(resolver, sizeof(*complaint));

	*complaint = (struct complaint){ where, resolver->complaints[where.line % BUCKETS] };
	resolver->complaints[where.line % BUCKETS] = complaint;
}

void resolve_follows(struct resolver *resolver)
{
	resolver->error_count++;
}

void resolve_error(struct resolver *resolver, struct location where, const char *help,
		   const char *format, ...)
{
	char text[400];
	va_list arguments;

	resolver->error_count++;
	if (resolve_is_told(resolver, where))
		return;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	resolve_note(resolver, where);
	diag_error(resolver->diag, &resolver->file->source, where, help, "%s", text);
	if (++resolver->complaint_count < FILE_ERRORS_MAX)
		return;
	resolver->stopped = true;
	diag_error(resolver->diag, &resolver->file->source, where, NULL,
		   "too many errors: the rest is not looked at");
}

const char *resolve_text(struct resolver *resolver, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	obstack_vprintf(&resolver->scratch, format, arguments);
	va_end(arguments);
	obstack_1grow(&resolver->scratch, '\0');
	return obstack_finish(&resolver->scratch);
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

bool resolve_may_keep(struct resolver *resolver, const struct expr *expr, size_t size)
{
	resolver->kept_bytes += size;
	if (resolver->kept_bytes <= FILE_BYTES_MAX)
		return true;
	resolve_error(resolver, expr->where, "make them shorter, or the repeats fewer",
		      "the lists and strings of this file need more than %d MiB",
		      FILE_BYTES_MAX >> 20);
	resolver->stopped = true;
	return false;
}

const char *resolve_keep_text(struct resolver *resolver, const char *text, size_t length)
{
	return obstack_copy0(&resolver->suite->memory, text, length);
}

void *resolve_scratch(struct resolver *resolver, size_t size)
{
	return memset(obstack_alloc(&resolver->scratch, size), 0, size);
}

const char *setting_place(struct resolver *resolver, const struct setting *setting)
{
	if (!setting->call)
		return setting->place;
	return resolve_text(resolver, "the %s of %s()", setting->place, setting->call);
}
