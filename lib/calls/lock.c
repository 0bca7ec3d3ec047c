// SPDX-License-Identifier: MIT
/* Locks on files: flock() and lockf(). Those of fcntl() are in call_lock.c. */
#include <sys/file.h>
#include <unistd.h>

#include "table.h"

LIBC(flock, flock(raw[0], raw[1]))
LIBC(lockf, lockf(raw[0], raw[1], raw[2]))

static const struct call calls[] = {
	{
		.name = "flock", .man = "flock(2)",
		.summary = "locks a file: LOCK_SH, LOCK_EX or LOCK_UN, and LOCK_NB",
		.number = SYS_flock, .libc = libc_flock,
		.parameters = { TAKES("fd", FD), TAKES("operation", INT, SYMBOL_MISC) },
	},
	{
		.name = "lockf", .man = "lockf(3)",
		.summary = "locks `len` bytes from here on; 0: all that follow",
		.number = -1, .family = FAMILY(SYS_fcntl), .libc = libc_lockf,
		.parameters = {
			TAKES("fd", FD),
			TAKES("command", INT, SYMBOL_MISC),
			MAY_TAKE("len", INT, SYMBOL_PLAIN, 0),
		},
	},
};

CALL_FAMILY(lock, calls);
