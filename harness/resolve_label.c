/* SPDX-License-Identifier: MIT */
/* An expression as part of an id: as it was written, without spaces. */
#include <ctype.h>

#include "resolve.h"

/* The text between the first and the last byte of it, on one line. */
const char *expr_label(struct resolver *resolver, const struct expr *expr)
{
	const char *text = resolver->file->source.text;
	char label[200];
	size_t length = 0;

	for (int line = 1; line < expr->where.line && *text; text++)
		line += *text == '\n';
	text += expr->where.column - 1;
	for (int i = expr->where.column; i < expr->where.end_column && *text && *text != '\n'; i++, text++) {
		if (!isspace((unsigned char)*text) && length < sizeof(label) - 1)
			label[length++] = *text;
	}
	label[length] = '\0';
	return resolve_text(resolver, "%s", label);
}
