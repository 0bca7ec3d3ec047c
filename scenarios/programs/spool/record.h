/* SPDX-License-Identifier: MIT */
/*
 * Records on a FIFO: STX, a line of text, newline. Neither byte is part of the text, so whoever
 * begins to read in the middle of a record, or behind a writer that died in the middle of one, is
 * right again at the next STX.
 */
#ifndef RECORD_H
#define RECORD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* With STX and newline: what write(2) takes in one piece. */
enum { RECORD_MAX = PIPE_BUF };

struct record_reader {
	int fd;
	char bytes[RECORD_MAX]; /* read from fd; those from `at` to `end` not looked at yet */
	size_t at, end;
	char text[RECORD_MAX]; /* the record so far, without STX and newline */
	size_t length;
	bool inside; /* an STX was seen, and no newline since */
};

/* Begins anew with this descriptor, which stays the caller's. */
void record_reader_start(struct record_reader *reader, int fd);

/* 1 and the record in reader->text; 0 at the end of the file; -1 with errno. */
int record_read(struct record_reader *reader);

/* 0, or -1 with errno: EMSGSIZE if it is longer than a record may be. */
int record_write(int fd, const char *text);

#endif
