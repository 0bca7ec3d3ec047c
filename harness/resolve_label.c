// SPDX-License-Identifier: MIT
/* An expression as part of an id: as it was written, without the spaces between its words. */
#include <ctype.h>
#include <string.h>

#include "resolve.h"

/* The labels of a parameter stand near each other: on from the line of the last one. */
static const char *find_line(struct resolver *resolver, int line)
{
	if (!resolver->cursor || resolver->cursor_line > line) {
		resolver->cursor = resolver->file->source.text;
		resolver->cursor_line = 1;
	}
	for (; resolver->cursor_line < line; resolver->cursor_line++)
		resolver->cursor = strchr(resolver->cursor, '\n') + 1;
	return resolver->cursor;
}

/* The text between its first and its last byte, on one line. */
const char *expr_label(struct resolver *resolver, const struct expr *expr)
{
	const char *text = find_line(resolver, expr->where.line) + expr->where.column - 1;
	bool in_string = false, is_escaped = false;

	for (int i = expr->where.column; i < expr->where.end_column && *text && *text != '\n';
	     i++, text++) {
		in_string ^= *text == '"' && !is_escaped;
		is_escaped = in_string && *text == '\\' && !is_escaped;
		if (in_string || !isspace((unsigned char)*text))
			obstack_1grow(&resolver->scratch, *text);
	}
	obstack_1grow(&resolver->scratch, '\0');
	return obstack_finish(&resolver->scratch);
}
