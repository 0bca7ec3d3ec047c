/* SPDX-License-Identifier: MIT */
/* Names of errors, signals and flags, and their numbers. */
#ifndef IPCDRILL_SYMBOLS_H
#define IPCDRILL_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Which names a number may print as. */
enum symbol_class {
	SYMBOL_PLAIN,		/* just a number */
	SYMBOL_ERRNO,
	SYMBOL_SIGNAL,
	SYMBOL_OPEN,		/* O_ flags */
	SYMBOL_MODE,		/* S_IF and permission bits */
	SYMBOL_WHENCE,
	SYMBOL_FCNTL,		/* F_ commands */
	SYMBOL_FD,		/* FD_CLOEXEC */
	SYMBOL_IOCTL,
	SYMBOL_POLL,
	SYMBOL_EPOLL,		/* EPOLL events */
	SYMBOL_EPOLL_OP,
	SYMBOL_FAMILY,		/* AF_ */
	SYMBOL_SOCKET,		/* SOCK_ types and flags */
	SYMBOL_SOL,		/* SOL_ levels */
	SYMBOL_SO,		/* SO_ options */
	SYMBOL_MSG,		/* MSG_ flags */
	SYMBOL_SHUT,
	SYMBOL_SA,		/* SA_ flags */
	SYMBOL_DISPOSITION,	/* SIG_DFL, SIG_IGN, handler */
	SYMBOL_SIGMASK,		/* SIG_BLOCK and the like */
	SYMBOL_SI,		/* si_code */
	SYMBOL_WAIT,		/* WNOHANG and the like */
	SYMBOL_RLIMIT,
	SYMBOL_LIMIT,		/* PIPE_BUF, IOV_MAX: constants of <limits.h> */
	SYMBOL_RENAME,
	SYMBOL_INOTIFY,		/* IN_ events */
	SYMBOL_MISC,
};

struct symbol {
	const char *name;
	int64_t number;
	enum symbol_class class;
};

/* NULL if there is no such name. EWOULDBLOCK and EAGAIN are one number, of which EAGAIN prints. */
const struct symbol *symbol_find(const char *name);

/* The name of exactly this number, or NULL. */
const char *symbol_name(enum symbol_class class, int64_t number);

/* All symbols, for spelling suggestions and the reference. */
const struct symbol *symbol_all(size_t *count);

/* Names joined by " | " where the class is one of bits, else the one name, else the number. */
void symbol_print(FILE *out, enum symbol_class class, int64_t number);

#endif
