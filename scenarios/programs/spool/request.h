/* SPDX-License-Identifier: MIT */
/* A request, `CLIENT SEQUENCE TEXT`, and whose requests have been kept up to where. */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CLIENT_NAME_MAX = 64 };

struct request {
	char client[CLIENT_NAME_MAX + 1];
	uint64_t sequence; /* rises from request to request of a client; 0 is none */
	const char *line; /* all of it; the caller's */
};

/* The last request that was kept of every client. All zero is nobody. */
struct roster {
	struct roster_entry {
		char client[CLIENT_NAME_MAX + 1];
		uint64_t sequence;
	} * entries;
	size_t count;
};

/* Not empty, not too long, printable and without a space. */
bool request_is_client_name(const char *name);

/* False if the line is no request. */
bool request_parse(struct request *request, const char *line);

bool roster_has(const struct roster *roster, const struct request *request);

/* 0, or -1 with errno. */
int roster_note(struct roster *roster, const struct request *request);

#endif
