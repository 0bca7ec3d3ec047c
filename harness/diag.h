/* SPDX-License-Identifier: MIT */
/* Messages about a scenario file: file:line:column, the line, a caret, what was expected. */
#ifndef IPCDRILL_DIAG_H
#define IPCDRILL_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Lines and columns count from 1; columns count bytes. end_column is one past the last. */
struct location {
	int line;
	int column;
	int end_column;
};

/* The text of one file, kept for messages. Owns path and text. */
struct source {
	char *path;		/* as the user gave it */
	char *text;		/* length bytes and a NUL */
	size_t length;
	/* Bytes at the ends of a text of one line that the user never wrote: not shown. */
	size_t before, after;
};

/*
 * Collects the messages of any number of files; prints them sorted by file and line. Legal when
 * zero.
 */
struct diag {
	struct diag_message *messages;
	size_t count;		/* of all that were told */
	size_t stored;		/* so many of them, the first, are kept in messages */
	size_t capacity;
};

/* `help` may be NULL: what to do ("did you mean fifo?"), printed on a line of its own. */
__attribute__((format(printf, 5, 6)))
void diag_error(struct diag *diag, const struct source *source, struct location where,
		const char *help, const char *format, ...);

/* The place of message `index` if it is about this source; else line 0. */
struct location diag_place(const struct diag *diag, size_t index, const struct source *source);

/*
 * Prints in the order of the file, at most `most` (0: all) and then how many more; colour if asked.
 */
void diag_print(const struct diag *diag, FILE *out, bool colour, size_t most);
void diag_free(struct diag *diag);

/*
 * The nearest of the given names to a misspelt one, or NULL if none is near. next() returns the
 * candidates one by one, NULL at the end.
 */
const char *diag_nearest(const char *name, const char *(*next)(void *context), void *context);

#endif
