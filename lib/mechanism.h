/* SPDX-License-Identifier: MIT */
/* One kind of channel: how it is made, who can hold which end, how it goes away. */
#ifndef IPCDRILL_MECHANISM_H
#define IPCDRILL_MECHANISM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "system_v.h"
#include "value.h"

enum {
	MECHANISM_OPTIONS_MAX = 8,
	CHANNEL_ADDRESS_MAX = 108,
};

/*
 * The two sides of a channel. "from w to r": w holds SIDE_WRITE, r holds SIDE_READ. "between a and
 * b": a holds SIDE_READ, b holds SIDE_WRITE (a socket's sides are alike). "held by a, b": each
 * holds SIDE_BOTH, kept in slot 0.
 */
enum channel_side { SIDE_READ = 0, SIDE_WRITE = 1, SIDE_BOTH = 2 };

/* Which of the declarations' forms a mechanism can do; a bit each. */
enum mechanism_forms {
	/* channel c: fifo                (only the name or address exists) */
	FORM_NAMED = 1,
	FORM_FROM_TO = 2,	/* channel c: pipe from w to r */
	FORM_BETWEEN = 4,	/* channel c: unix_stream between a and b */
	FORM_HELD_BY = 8,	/* channel c: file held by a, b */
};

/* What transfers through a channel are; a bit each. */
enum mechanism_nature {
	NATURE_SOCKET = 1,	/* it understands the calls of sockets */
	NATURE_MESSAGES = 2,	/* what is sent at once is received at once, or cut */
	/* it understands the calls of POSIX message queues, whose names are no paths */
	NATURE_QUEUE = 4,
};

struct mechanism_option {
	const char *name;		/* "size", "address" */
	const char *summary;
	/* takes one of `words` (stored as its index); else a number */
	bool is_word;
	const char *const *words;	/* ends with NULL */
	int64_t fallback;
	/* NULL: every number that is not negative; else the summary says which */
	bool (*fits)(int64_t number);
};

/*
 * A channel of one run of one scenario. Filled from the plan (first group), then by create(). Legal
 * when zero.
 */
struct channel {
	const struct mechanism *mechanism;
	const char *name;			/* as the scenario calls it */
	unsigned form;				/* one of enum mechanism_forms */
	int64_t options[MECHANISM_OPTIONS_MAX];	/* in the order of mechanism->options */
	const char *text;			/* bytes option: file(content="...") */
	size_t text_length;
	/* differs for each channel of this process: for names in shared spaces */
	unsigned serial;

	/*
	 * A path relative to the working directory, NUL + abstract name, or an IP address
	 * (mechanism_inet.h).
	 */
	char address[CHANNEL_ADDRESS_MAX];
	size_t address_length;			/* without a closing NUL */
	/* of System V objects, which everybody knows; -1: none */
	int64_t id;
	int64_t key;				/* likewise; 0: none */
	/* memory that the driver shares with all it forks; NULL: none */
	void *object;
	size_t object_size;
	int side_fd[2];				/* driver's descriptors until release(); -1: none */
	/* any other descriptor the driver needs until release(); -1: none */
	int keeper_fd;
};

struct mechanism {
	const char *name;
	const char *summary;
	const char *man;			/* "pipe(7)" */
	unsigned forms;				/* enum mechanism_forms */
	enum system_v system_v;			/* then it has an id and a key */
	const struct mechanism_option *options;	/* ends with a NULL name; or NULL */
	/* the kernel hands on later what is written: quiet proves nothing yet */
	bool delayed;
	/* its names are shared by a whole network namespace */
	bool network;

	/*
	 * enum mechanism_nature, as it is with the channel's options. NULL: bytes, and no socket.
	 */
	unsigned (*nature)(const struct channel *channel);

	/* NULL: always there. Else 0, or -errno and the reason in text. */
	int (*available)(char *reason, size_t size);

	/*
	 * In the driver, before any endpoint exists. FORM_NAMED: makes or reserves the name. Other
	 * forms: also whatever hold() will need. Working directory is the scenario's own. 0 or
	 * -errno, then nothing is left.
	 */
	int (*create)(struct channel *channel);

	/*
	 * In an endpoint that just started: takes one side. *fd is a new descriptor, above 2. 0 or
	 * -errno. NULL: a duplicate of side_fd[side], which the endpoint then shares with the
	 * side's other holders.
	 */
	int (*hold)(const struct channel *channel, enum channel_side side, int *fd);

	/*
	 * In an endpoint that just started: where the object lies in its memory, after mapping it
	 * if need be. 0 or -errno; NULL of a size of 0. NULL: it is no object in memory. With this
	 * and no hold(), there is no descriptor.
	 */
	int (*map)(const struct channel *channel, void **object);

	/*
	 * In the driver, after the scenario: removes the name. Descriptors are closed by then.
	 * NULL: nothing to remove.
	 */
	void (*destroy)(struct channel *channel);
};

/* ends with NULL; generated from the file names */
extern const struct mechanism *const mechanisms[];

const struct mechanism *mechanism_find(const char *name);

/* create(), with every field that create() fills reset first. */
int channel_create(struct channel *channel);
/* False: it lies in memory and nowhere else. */
bool mechanism_has_descriptor(const struct mechanism *mechanism);
/* An endpoint's side: hold() or a duplicate; -1 if there is no descriptor. */
int channel_hold(const struct channel *channel, enum channel_side side, int *fd);
/* Where it lies in the endpoint's memory; NULL: nowhere. */
int channel_map(const struct channel *channel, void **object);
/*
 * In the driver once every holder has its end, and in endpoints that hold none: closes what
 * create() opened.
 */
void channel_release(struct channel *channel);
void channel_destroy(struct channel *channel);

/*
 * For create(): the bytes that a file has at the start, if any were given; its offset is 0 then. 0
 * or -errno.
 */
int channel_write_text(const struct channel *channel, int fd);

/*
 * A name for spaces that several drivers share, in which each may be pid 1 of its own: the driver's
 * directory, which no other has, tells them apart, and the serial its channels. Its length, or
 * -errno.
 */
int channel_unique_name(const struct channel *channel, char *name, size_t size);

/* Fills the address with such a name of a POSIX object, "/NAME". 0 or -errno. */
int channel_posix_name(struct channel *channel);

/*
 * Address as connect(2) wants it; length by pointer. Of a Unix socket, unless it reads as an IP
 * address.
 */
void channel_sockaddr(const char *address, size_t address_length, struct sockaddr_storage *storage,
		      socklen_t *length);

#endif
