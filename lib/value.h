/* SPDX-License-Identifier: MIT */
/* A typed value: what a scenario writes down and what a call gives back. */
#ifndef IPCDRILL_VALUE_H
#define IPCDRILL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "symbols.h"

enum value_kind {
	VALUE_NONE,	/* nothing: an argument left out, a name not bound yet */
	VALUE_INT,	/* number */
	VALUE_BYTES,	/* bytes, length */
	VALUE_ERRNO,	/* number: the errno, positive */
	VALUE_TIME,	/* number: nanoseconds */
	VALUE_VERSION,	/* number: major << 16 | minor, as in "kernel >= 5.14" */
	VALUE_WORD,	/* bytes, length: a bare name, also NUL-terminated */
	VALUE_RANGE,	/* number..upper, both included */
	VALUE_LIST,	/* items, length of them */
	VALUE_EOF,	/* end of file: a read that returned nothing */
	VALUE_GONE,	/* the endpoint died inside the call */
	VALUE_ANY,	/* whatever a call returns */
};

/*
 * Owns nothing: bytes and items live in the plan, the control page or the history. Legal when zero.
 */
struct value {
	enum value_kind kind;
	int64_t number;
	int64_t upper;
	const char *bytes;
	size_t length;
	const struct value *items;
};

struct value value_int(int64_t number);
struct value value_bytes(const char *bytes, size_t length);
struct value value_errno(int error);
struct value value_time(int64_t nanoseconds);
struct value value_list(const struct value *items, size_t count);

/* Same kind and content. A range equals only the same range: matching is the judge's. */
bool value_equal(const struct value *a, const struct value *b);

/* For a condition: a number or time other than 0, bytes other than "", ANY; never NONE. */
bool value_is_true(const struct value *value);

/*
 * As a scenario would write it: 5, "a\x00b", EAGAIN, 20ms, {1, 2}. A number of a known class prints
 * as its names (SIGUSR1, POLLIN | POLLHUP). More than 64 bytes are cut, the count is said; "y" *
 * 4096 is recognised.
 */
void value_print(FILE *out, const struct value *value, enum symbol_class symbols);

#endif
