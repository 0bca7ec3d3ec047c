/* SPDX-License-Identifier: MIT */
/* The vocabulary in which the tables of calls are written. */
#ifndef IPCDRILL_CALLS_TABLE_H
#define IPCDRILL_CALLS_TABLE_H

#include <errno.h>
#include <sys/syscall.h>

#include "call.h"
#include "call_numbers.h"

/*
 * One parameter: TAKES("fd", FD), TAKES("flags", INT, SYMBOL_OPEN); or one that may be left out,
 * and what is passed then: MAY_TAKE("flags", INT, SYMBOL_MSG, 0).
 */
#define TAKES(parameter_name, parameter_kind, ...) \
	{ .name = (parameter_name), .kind = PARAMETER_##parameter_kind, .symbols = __VA_ARGS__ + 0 }
#define MAY_TAKE(parameter_name, parameter_kind, parameter_symbols, otherwise) \
	{ .name = (parameter_name), .kind = PARAMETER_##parameter_kind, \
	  .symbols = (parameter_symbols), .optional = true, .fallback = (otherwise) }

/*
 * The library's form of a call, as one expression of the raw arguments: LIBC(read, read(raw[0],
 * AT(1), raw[2])).
 */
#define LIBC(name, expression) \
	static long libc_##name(const long raw[6]) \
	{ \
		(void)raw; \
		return (expression); \
	}
#define AT(n) ((void *)raw[n])

/*
 * In an invoke(): makes the call as it was asked for, through the library or by number. Only where
 * both forms take the same arguments; else they are written out, and show the difference.
 */
#define INVOKE(inv, name, ...) \
	((inv)->libc ? (long)name(__VA_ARGS__) : syscall(SYS_##name, __VA_ARGS__))

/* The numbers a call may be asleep in besides its own; those last that not every machine has. */
#define FAMILY(...) ((const long[]){ __VA_ARGS__, -1 })

/* For functions that return their error instead of setting errno: as if they had. */
static inline long error_returned(int error)
{
	errno = error;
	return error ? -1 : 0;
}

/* The last line of a file. */
#define CALL_FAMILY(family_name, table) \
	const struct call_family call_family_##family_name = { \
		.name = #family_name, \
		.calls = (table), \
		.count = sizeof(table) / sizeof((table)[0]), \
	}

#endif
