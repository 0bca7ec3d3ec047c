// SPDX-License-Identifier: MIT
/* Steps and calls in the words of their author: finds them again in the scenario's text. */
#include "quote.h"

#include <ctype.h>
#include <string.h>

enum { QUOTED_MAX = 72 }; /* more of a call than this does not help to recognise it */

const char *quote_line(const struct source *source, int line, size_t *length)
{
	const char *at = source->text;
	const char *end = at + source->length;

	if (!at || line < 1)
		return NULL;
	while (--line) {
		at = memchr(at, '\n', (size_t)(end - at));
		if (!at)
			return NULL;
		at++;
	}
	if (at == end)
		return NULL;
	*length = strcspn(at, "\n");
	if (*length > (size_t)(end - at))
		*length = (size_t)(end - at);
	return at;
}

/* Where a step's text begins, and the bytes to the end of its line and of the file; or NULL. */
static const char *step_text(const struct plan *plan, const struct step *step, size_t *line_rest,
			     size_t *rest)
{
	const struct source *source;
	const char *line;
	size_t length;
	size_t skip = (size_t)(step->where.column - 1);

	if (!plan->file || step->where.column < 1)
		return NULL;
	source = &plan->file->source;
	line = quote_line(source, step->where.line, &length);
	if (!line || skip >= length)
		return NULL;
	*line_rest = length - skip;
	*rest = source->length - (size_t)(line + skip - source->text);
	return line + skip;
}

/* What a terminal might obey is not passed on to it. */
static void print_clean(FILE *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		fputc(iscntrl((unsigned char)text[i]) ? '?' : text[i], out);
}

static size_t skip_string(const char *text, size_t length)
{
	size_t i = 1;

	while (i < length && text[i] != '"' && text[i] != '\n')
		i += text[i] == '\\' && i + 1 < length ? 2 : 1;
	return i < length ? i + 1 : length;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Where the name before the first parenthesis outside of strings begins. */
static const char *find_call(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && text[i] != '(')
		i += text[i] == '"' ? skip_string(text + i, length - i) : 1;
	if (i >= length)
		return NULL;
	while (i && isblank((unsigned char)text[i - 1]))
		i--;
	while (i && is_word(text[i - 1]))
		i--;
	return text + i;
}

/* Bytes up to and with the closing parenthesis; newlines may be inside. */
static size_t call_length(const char *text, size_t length)
{
	size_t depth = 0;

	for (size_t i = 0; i < length;) {
		if (text[i] == '"') {
			i += skip_string(text + i, length - i);
			continue;
		}
		if (text[i] == '#')
			while (i + 1 < length && text[i + 1] != '\n')
				i++;
		depth += text[i] == '(';
		if (text[i++] == ')' && !--depth)
			return i;
	}
	return length;
}

/* A string as it is, or one byte; blanks, newlines and comments become one space. */
static size_t print_piece(FILE *out, const char *text, size_t length)
{
	size_t piece = 1;

	if (*text == '"') {
		piece = skip_string(text, length);
	} else if (isspace((unsigned char)*text) || *text == '#') {
		bool comment = false;

		for (piece = 0; piece < length; piece++) {
			comment = text[piece] == '#' || (comment && text[piece] != '\n');
			if (!comment && !isspace((unsigned char)text[piece]))
				break;
		}
		fputc(' ', out);
		return piece;
	}
	print_clean(out, text, piece);
	return piece;
}

static void print_quoted(FILE *out, const char *text, size_t length)
{
	for (size_t i = 0; i < length;) {
		if (i >= QUOTED_MAX) {
			fputs("...", out);
			return;
		}
		/* A string is printed whole or, when it is what makes it long, cut. */
		if (text[i] == '"' && skip_string(text + i, length - i) > QUOTED_MAX) {
			print_clean(out, text + i, QUOTED_MAX / 2);
			fputs("...\"", out);
			i += skip_string(text + i, length - i);
			continue;
		}
		i += print_piece(out, text + i, length - i);
	}
}

static void print_unwritten(FILE *out, const struct plan *plan, const struct step *step)
{
	const struct call *call = step->kind == STEP_CALL && step->action >= 0
					  ? plan->actions[step->action].call
					  : NULL;

	if (call)
		fprintf(out, "%s(...)", call->name);
	else
		fputs(step->kind == STEP_EXIT ? "exit" : "a step", out);
}

void quote_call(FILE *out, const struct plan *plan, int index)
{
	const struct step *step;
	const char *text, *call;
	size_t line_rest, rest;

	if (index < 0 || (size_t)index >= plan->step_count) {
		fputs("a call", out);
		return;
	}
	step = &plan->steps[index];
	text = step->kind == STEP_CALL ? step_text(plan, step, &line_rest, &rest) : NULL;
	call = text ? find_call(text, line_rest) : NULL;
	if (!call) {
		print_unwritten(out, plan, step);
		return;
	}
	rest -= (size_t)(call - text);
	print_quoted(out, call, call_length(call, rest));
}

void quote_step(FILE *out, const struct plan *plan, int index)
{
	const struct step *step;
	const char *text;
	size_t line_rest, rest, length;

	if (index < 0 || (size_t)index >= plan->step_count) {
		fputs("the beginning", out);
		return;
	}
	step = &plan->steps[index];
	text = step_text(plan, step, &line_rest, &rest);
	if (!text) {
		print_unwritten(out, plan, step);
		return;
	}
	length = step->where.end_column > step->where.column
			 ? (size_t)(step->where.end_column - step->where.column)
			 : 1;
	print_quoted(out, text, length < line_rest ? length : line_rest);
}
