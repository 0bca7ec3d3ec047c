/* SPDX-License-Identifier: MIT */
/*
 * One call that an endpoint can make: its name, its arguments, how to make it and what it gives
 * back.
 */
#ifndef IPCDRILL_CALL_H
#define IPCDRILL_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "symbols.h"
#include "value.h"

enum {
	CALL_PARAMETERS_MAX = 10,
	CALL_OUTS_MAX = 20,
};

/*
 * What an argument must be and which raw arguments it becomes. "->" says how many of the six it
 * takes and which.
 */
enum parameter_kind {
	PARAMETER_NONE,		/* ends the list */
	PARAMETER_INT,		/* a number -> itself */
	/* a binding, a number, or a channel: the end that the endpoint holds -> itself */
	PARAMETER_FD,
	PARAMETER_PATH,		/* a string without NUL, or a channel: its path -> pointer */
	PARAMETER_DATA,		/* bytes -> pointer, length */
	/* a size -> buffer of that size, size; the result's bytes are read from it */
	PARAMETER_ROOM,
	PARAMETER_PIECES,	/* bytes or a list of bytes -> iovec array, count */
	/* a size or a list of sizes -> iovec array, count; result bytes joined from it */
	PARAMETER_ROOMS,
	PARAMETER_ADDRESS,	/* a channel, a path, "\x00name", "" (autobind) or AF_UNSPEC -> sockaddr, length */
	PARAMETER_SIGNALS,	/* a signal or a list -> sigset pointer, 8 */
	PARAMETER_TIME,		/* a duration -> timespec pointer; left out: NULL, for ever */
	PARAMETER_MILLISECONDS,	/* a duration -> milliseconds rounded up; left out: -1, for ever */
	PARAMETER_PROCESS,	/* an endpoint: its pid; or a number -> itself */
	/* a channel: where it lies in the endpoint's memory; or an address -> itself */
	PARAMETER_OBJECT,
	PARAMETER_ID,		/* a channel: its System V id; or a number -> itself */
	PARAMETER_KEY,		/* a channel: its System V key; or a number -> itself */
	PARAMETER_ANYTHING,	/* for calls with their own invoke(), which checks it */
};

struct parameter {
	const char *name;		/* for named arguments, messages and the reference */
	enum parameter_kind kind;
	enum symbol_class symbols;	/* what a number of it prints as */
	bool optional;			/* left out: `fallback` is passed */
	int64_t fallback;
};

/* What the result is, beyond -1 and errno. */
enum result_kind {
	RESULT_STATUS,		/* 0 */
	RESULT_NUMBER,		/* a number, printed with result_symbols */
	/* a new descriptor; binding it and never using the name is fine: holding it open is use */
	RESULT_FD,
	/* a count, and that many bytes of the room argument; 0 is also end of file */
	RESULT_BYTES,
	RESULT_NEVER,		/* does not return */
};

enum call_flags {
	CALL_ARMS_TIMER = 1,	/* after it, time itself may wake this endpoint: alarm ... */
	CALL_FORKS = 2,		/* makes the endpoint named in its first argument out of this one */
	CALL_QUESTION = 4,	/* asks the endpoint itself, makes no system call: handled() */
	CALL_MAY_ARM_TIMER = 8,	/* arms a timer if an argument is a duration: SO_RCVTIMEO */
	CALL_SIGNALS = 16,	/* sends signals to others, or has the kernel send some later */
	/* makes the caller somebody whom the driver may not signal without CAP_KILL */
	CALL_CHANGES_USER = 32,
	/* at work as long as it lasts, waiting only in its family: execve, fork */
	CALL_LEADS_ON = 64,
};

/*
 * One out-parameter of a result: a number, bytes or several numbers (in the area), or NONE if not
 * set.
 */
struct result_out {
	/* VALUE_NONE, VALUE_INT, VALUE_BYTES, VALUE_LIST (of int64_t) */
	enum value_kind kind;
	int64_t number;
	uint32_t offset;		/* into the area */
	uint32_t length;		/* bytes, or numbers of a list */
};

/*
 * What a call gave back. Plain data without pointers: it lies in memory shared with the endpoint.
 */
struct result {
	int64_t number;			/* what the call returned */
	int32_t error;			/* errno where it failed, else 0 */
	uint32_t data_offset;		/* the bytes of RESULT_BYTES, in the area */
	uint32_t data_length;
	struct result_out outs[CALL_OUTS_MAX];
	/* the child that a call of the wait family took away, as its caller numbers it; 0 */
	int32_t reaped;
	int32_t reaped_status;		/* how that ended, as wait(2) gives it */
	/* not empty: the call could not be made at all, and why (broken, not a result) */
	char complaint[120];
};

/* A call being made, inside the endpoint. */
struct invocation {
	const struct call *call;
	bool libc;					/* through the C library, not by number */
	struct value arguments[CALL_PARAMETERS_MAX];	/* VALUE_NONE where left out */
	/* where buffers and out-parameters go; shared with the driver */
	char *area;
	size_t area_size;
	size_t area_used;
	struct result *result;				/* zeroed before invoke() */
};

struct call {
	const char *name;		/* as a scenario writes it */
	const char *man;		/* "read(2)" */
	const char *summary;		/* for the reference */
	/* the system call of the raw form; -1: none, always through libc; or CALL_NOT_HERE */
	long number;
	/* numbers it may show while asleep, besides number; ends with -1; or NULL */
	const long *family;
	enum result_kind result;
	enum symbol_class result_symbols;
	struct parameter parameters[CALL_PARAMETERS_MAX];
	const char *outs[CALL_OUTS_MAX];	/* names for "with", in the order of result.outs */
	/* the library's form of a call that needs no invoke(); or NULL */
	long (*libc)(const long raw[6]);
	/* for calls whose arguments the table cannot express; or NULL */
	void (*invoke)(struct invocation *inv);
	unsigned flags;				/* enum call_flags */
};

/* One file of calls/: defined as `const struct call_family call_family_FILENAME`. */
struct call_family {
	const char *name;
	const struct call *calls;
	size_t count;
};

/* ends with NULL; generated from the file names */
extern const struct call_family *const call_families[];

const struct call *call_find(const char *name);
size_t call_parameter_count(const struct call *call);

/*
 * True if `number` is a system call in which this call may be asleep (restart_syscall is one for
 * all).
 */
bool call_may_sleep_in(const struct call *call, long number);

/*
 * Makes the call: marshals by the table or hands over to invoke(); fills inv->result. Never fails
 * itself.
 */
void call_invoke(struct invocation *inv);

/*
 * For invoke() functions. They never return errors: a call that cannot be made is a complaint in
 * the result.
 */
bool invocation_has(const struct invocation *inv, size_t argument);
int64_t invocation_number(const struct invocation *inv, size_t argument, int64_t fallback);
/* Zeroed memory of the area, 16-aligned; NULL (and a complaint) if the area is full. */
void *invocation_room(struct invocation *inv, size_t size);
/* Turns returned/errno into result; call it right after the call. */
void invocation_returned(struct invocation *inv, long returned);
/* The bytes of RESULT_BYTES; `data` must lie in the area. */
void invocation_data(struct invocation *inv, const void *data, size_t length);
void invocation_out_number(struct invocation *inv, size_t out, int64_t number);
void invocation_out_bytes(struct invocation *inv, size_t out, const void *bytes, size_t length);
void invocation_out_numbers(struct invocation *inv, size_t out, const int64_t *numbers,
			    size_t count);
__attribute__((format(printf, 2, 3)))
void invocation_complain(struct invocation *inv, const char *format, ...);

#endif
