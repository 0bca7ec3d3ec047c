/* SPDX-License-Identifier: MIT */
/*
 * The standard streams of a program, and the pipe that tells when it was executed: the driver's
 * ends.
 */
#ifndef IPCDRILL_STREAMS_H
#define IPCDRILL_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STREAM_OUTPUT, STREAM_ERRORS, STREAMS }; /* standard output, standard error */

/* Legal after streams_open(), whatever it gave. */
struct streams {
	int out_fd[STREAMS]; /* read ends; -1: over */
	int in_fd; /* write end; -1: none */
	/* end of file once the program was executed, or is dead; -1: that was seen */
	int executed_fd;
	int child_fd[STREAMS + 2]; /* the other ends, until the fork */
	char *unwritten; /* for its standard input */
	size_t unwritten_length;
	bool ends_then; /* its standard input is closed when all that is written */
};

/* Before the fork. 0 or -errno. `has_input`: else its standard input is empty. */
int streams_open(struct streams *streams, bool has_input);
/* After the fork, in the driver. */
void streams_started(struct streams *streams);
/*
 * After the fork, in the new process: 0, 1 and 2 are the program's. The descriptor whose closing
 * says that it was executed; it closes itself then.
 */
int streams_become(const struct streams *streams);
/* Forgets what was not written, and closes all. */
void streams_close(struct streams *streams);

/* The program was executed, or died. */
bool streams_is_executed(const struct streams *streams);
/* True once, when that has come. */
bool streams_executed(struct streams *streams);

/*
 * What came since, without waiting: bytes read, 0 if there is nothing (for ever, if out_fd is -1
 * then).
 */
size_t streams_read(struct streams *streams, int stream, char *bytes, size_t size);

/* For its standard input; without waiting. 0 or -errno: EPIPE: it reads no more. */
int streams_write(struct streams *streams, const char *bytes, size_t length);
void streams_end_input(struct streams *streams);
/* Writes on what is still to be written; true if anything was. */
bool streams_flush(struct streams *streams);

#endif
