// SPDX-License-Identifier: MIT
/* Collecting messages. One keeps what it shows, so it outlives the file that it is about. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "diag_message.h"

enum {
	STORED_MAX = 2000, /* messages kept; the rest is only counted */
	TEXT_MAX = 400, /* bytes of a message or its help */
	SHOWN_MAX = 160, /* bytes shown of a source line; a longer one is cut around the place */
	SHOWN_BEFORE = 60, /* of these, before the place */
};

/* Walks from a known line to the wanted one; false if the text has no such line. */
static bool find_line(const struct source *source, int *line, size_t *offset, int want)
{
	const char *text = source->text;

	while (*line > want) {
		const char *end = *offset > 1 ? memrchr(text, '\n', *offset - 1) : NULL;

		*offset = end ? (size_t)(end - text) + 1 : 0;
		(*line)--;
	}
	while (*line < want) {
		const char *end = memchr(text + *offset, '\n', source->length - *offset);

		if (!end)
			return false;
		*offset = (size_t)(end - text) + 1;
		(*line)++;
	}
	return true;
}

static void keep_line(struct diag_message *message, const struct diag_message *previous,
		      const struct source *source)
{
	struct location where = message->where;
	int line = 1;
	size_t offset = 0, length, place = where.column > 0 ? (size_t)where.column - 1 : 0;
	const char *end;

	if (previous && previous->source_text == source->text &&
	    previous->source_length == source->length && previous->path && source->path &&
	    !strcmp(previous->path, source->path)) {
		line = previous->where.line;
		offset = previous->line_offset;
	}
	if (!find_line(source, &line, &offset, where.line))
		return;
	message->source_text = source->text;
	message->source_length = source->length;
	message->line_offset = offset;
	end = memchr(source->text + offset, '\n', source->length - offset);
	length = end ? (size_t)(end - source->text) - offset : source->length - offset;
	if (length && source->text[offset + length - 1] == '\r')
		length--;
	if (length > SHOWN_MAX && place > SHOWN_BEFORE) {
		if (place > length)
			place = length;
		message->skipped = place - SHOWN_BEFORE;
		while (message->skipped < place &&
		       (source->text[offset + message->skipped] & 0xc0) == 0x80)
			message->skipped++;
	}
	message->shown_length = length - message->skipped;
	if (message->shown_length > SHOWN_MAX) {
		message->shown_length = SHOWN_MAX;
		message->more = true;
		while (message->shown_length > 1 &&
		       (source->text[offset + message->skipped + message->shown_length] & 0xc0) ==
			       0x80)
			message->shown_length--;
	}
	message->shown = malloc(message->shown_length + 1);
	if (message->shown)
		memcpy(message->shown, source->text + offset + message->skipped,
		       message->shown_length);
}

/* The next message that is kept, or NULL if no more are: after one that is not, none is. */
static struct diag_message *diag_append(struct diag *diag)
{
	if (diag->stored < diag->count || diag->stored >= STORED_MAX)
		return NULL;
	if (diag->stored >= diag->capacity) {
		size_t capacity = diag->capacity ? diag->capacity * 2 : 16;
		struct diag_message *grown = realloc(diag->messages, capacity * sizeof(*grown));

		if (!grown)
			return NULL;
		diag->messages = grown;
		diag->capacity = capacity;
	}
	return memset(&diag->messages[diag->stored++], 0, sizeof(*diag->messages));
}

/* What the user wrote, and the place in it: at its beginning or end, if it is not in it. */
static struct source shown_part(const struct source *source, struct location *where)
{
	struct source part = *source;

	part.text += source->before;
	part.length -= source->before + source->after;
	where->column -= (int)source->before;
	where->end_column -= (int)source->before;
	if (source->before && where->column < 1)
		where->column = 1;
	if (source->after && where->column > (int)part.length + 1)
		where->column = (int)part.length + 1;
	return part;
}

void diag_error(struct diag *diag, const struct source *source, struct location where,
		const char *help, const char *format, ...)
{
	struct diag_message *message = diag_append(diag);
	struct source shown = { 0 };
	char text[TEXT_MAX];
	va_list arguments;

	diag->count++;
	if (!message)
		return;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (where.line > 0 && source && source->text)
		shown = shown_part(source, &where);
	message->where = where;
	message->path = source && source->path ? strdup(source->path) : NULL;
	message->text = strdup(text);
	message->help = help ? strndup(help, TEXT_MAX) : NULL;
	if (shown.text)
		keep_line(message, message > diag->messages ? message - 1 : NULL, &shown);
}

struct location diag_place(const struct diag *diag, size_t index, const struct source *source)
{
	const char *path = index < diag->stored ? diag->messages[index].path : NULL;
	struct location where = { 0 };

	if (path && source->path && !strcmp(path, source->path)) {
		where = diag->messages[index].where;
		where.column += (int)source->before;
	}
	return where;
}

void diag_free(struct diag *diag)
{
	for (size_t i = 0; i < diag->stored; i++) {
		free(diag->messages[i].path);
		free(diag->messages[i].text);
		free(diag->messages[i].help);
		free(diag->messages[i].shown);
	}
	free(diag->messages);
	*diag = (struct diag){ 0 };
}
