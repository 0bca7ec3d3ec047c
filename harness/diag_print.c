// SPDX-License-Identifier: MIT
/* Messages in the order of their files, with the line, a caret and the help. */
#include <stdlib.h>
#include <string.h>

#include "diag_message.h"
#include "visible.h"

enum { GUTTER = 5 };

static void print_line(const struct diag_message *message, FILE *out, bool colour)
{
	size_t place = (size_t)(message->where.column > 0 ? message->where.column - 1 : 0);
	size_t end = message->where.end_column > message->where.column
			     ? (size_t)message->where.end_column - 1
			     : place + 1;
	int column = 0, first = -1, last = -1;

	fprintf(out, "%*d | ", GUTTER, message->where.line);
	if (message->skipped)
		column += fprintf(out, "...");
	for (size_t at = 0; at < message->shown_length;) {
		if (first < 0 && message->skipped + at >= place)
			first = column;
		if (last < 0 && message->skipped + at >= end)
			last = column;
		at += visible_put(out, message->shown + at, message->shown_length - at, &column);
	}
	if (first < 0)
		first = column;
	if (last < 0)
		last = column;
	fprintf(out, "%s\n%*s | %*s%s^", message->more ? "..." : "", GUTTER, "", first, "",
		colour ? "\033[1;32m" : "");
	while (++first < last)
		fputc('~', out);
	fprintf(out, "%s\n", colour ? "\033[0m" : "");
}

static void print_message(const struct diag_message *message, FILE *out, bool colour)
{
	if (colour)
		fputs("\033[1m", out);
	if (message->path) {
		visible_text(out, message->path);
		fputs(":", out);
		if (message->where.line > 0)
			fprintf(out, "%d:%d:", message->where.line, message->where.column);
		fputs(" ", out);
	}
	fprintf(out, "%serror:%s ", colour ? "\033[31m" : "", colour ? "\033[0m" : "");
	if (message->text)
		visible_text(out, message->text);
	fputs("\n", out);
	if (message->shown)
		print_line(message, out, colour);
	if (message->help) {
		fprintf(out, "%*s = ", GUTTER, "");
		visible_text(out, message->help);
		fputs("\n", out);
	}
}

static int compare_messages(const void *left, const void *right)
{
	const struct diag_message *a = *(const struct diag_message *const *)left;
	const struct diag_message *b = *(const struct diag_message *const *)right;
	int order = strcmp(a->path ? a->path : "", b->path ? b->path : "");

	if (!order)
		order = (a->where.line > b->where.line) - (a->where.line < b->where.line);
	if (!order)
		order = (a->where.column > b->where.column) - (a->where.column < b->where.column);
	return order ? order : (a > b) - (a < b);
}

void diag_print(const struct diag *diag, FILE *out, bool colour, size_t most)
{
	size_t stored = diag->stored, shown = most && most < stored ? most : stored;
	const struct diag_message **sorted = calloc(stored + 1, sizeof(*sorted));

	if (!sorted)
		return;
	for (size_t i = 0; i < stored; i++)
		sorted[i] = &diag->messages[i];
	qsort(sorted, stored, sizeof(*sorted), compare_messages);
	for (size_t i = 0; i < shown; i++)
		print_message(sorted[i], out, colour);
	if (diag->count > shown)
		fprintf(out, "and %zu more\n", diag->count - shown);
	free(sorted);
}
