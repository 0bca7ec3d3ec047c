/* SPDX-License-Identifier: MIT */
/* The requests that were kept, a line each, on the disk before anybody is told so. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <sys/types.h>

#include "request.h"

struct journal {
	int fd;
	off_t end; /* of the last complete line */
	struct roster roster;
};

/*
 * Waits until no other server has it, cuts off a last line that was not completed, and reads the
 * rest back. 0, or -1 with errno: EBADMSG if it is no journal.
 */
int journal_open(struct journal *journal, const char *path);

bool journal_has(const struct journal *journal, const struct request *request);

/* 0 when it is on the disk; -1 with errno, and then as little of it is left as can be. */
int journal_append(struct journal *journal, const struct request *request);

#endif
