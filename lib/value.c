// SPDX-License-Identifier: MIT
/* Typed values: making, comparing and printing them as a scenario would write them. */
#include "value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	SHOWN_BYTES = 64,	/* of data without pattern; what is longer is cut */
	SHOWN_ITEMS = 32,
	PERIOD_MAX = 16,	/* the longest unit whose repetition is recognised */
	REPETITION_MIN = 24,	/* bytes: below it, the plain text is easier to read */
};

struct value value_int(int64_t number)
{
	return (struct value){ .kind = VALUE_INT, .number = number };
}

struct value value_bytes(const char *bytes, size_t length)
{
	return (struct value){ .kind = VALUE_BYTES, .bytes = bytes, .length = length };
}

struct value value_errno(int error)
{
	return (struct value){ .kind = VALUE_ERRNO, .number = error };
}

struct value value_time(int64_t nanoseconds)
{
	return (struct value){ .kind = VALUE_TIME, .number = nanoseconds };
}

struct value value_list(const struct value *items, size_t count)
{
	return (struct value){ .kind = VALUE_LIST, .items = items, .length = count };
}

static bool same_bytes(const struct value *a, const struct value *b)
{
	/* memcmp() wants valid pointers even for nothing. */
	return a->length == b->length && (!a->length || !memcmp(a->bytes, b->bytes, a->length));
}

static bool same_items(const struct value *a, const struct value *b)
{
	if (a->length != b->length)
		return false;
	for (size_t i = 0; i < a->length; i++)
		if (!value_equal(&a->items[i], &b->items[i]))
			return false;
	return true;
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_INT:
	case VALUE_ERRNO:
	case VALUE_TIME:
	case VALUE_VERSION:
		return a->number == b->number;
	case VALUE_RANGE:
		return a->number == b->number && a->upper == b->upper;
	case VALUE_BYTES:
	case VALUE_WORD:
		return same_bytes(a, b);
	case VALUE_LIST:
		return same_items(a, b);
	case VALUE_NONE:
	case VALUE_EOF:
	case VALUE_GONE:
	case VALUE_ANY:
		return true;
	}
	abort();
}

bool value_is_true(const struct value *value)
{
	switch (value->kind) {
	case VALUE_INT:
	case VALUE_TIME:
	case VALUE_VERSION:
		return value->number != 0;
	case VALUE_BYTES:
		return value->length != 0;
	case VALUE_ANY:
		return true;
	case VALUE_NONE:
	case VALUE_ERRNO:
	case VALUE_WORD:
	case VALUE_RANGE:
	case VALUE_LIST:
	case VALUE_EOF:
	case VALUE_GONE:
		return false;
	}
	abort();
}

/* One byte inside quotes. */
static void print_byte(FILE *out, unsigned char byte)
{
	switch (byte) {
	case '\n':
		fputs("\\n", out);
		return;
	case '\t':
		fputs("\\t", out);
		return;
	case '\r':
		fputs("\\r", out);
		return;
	case '"':
	case '\\':
		fprintf(out, "\\%c", byte);
		return;
	}
	if (byte >= ' ' && byte < 0x7f)
		fputc(byte, out);
	else
		fprintf(out, "\\x%02x", byte);
}

static void print_quoted(FILE *out, const char *bytes, size_t length)
{
	fputc('"', out);
	for (size_t i = 0; i < length; i++)
		print_byte(out, bytes[i]);
	fputc('"', out);
}

/* How many bytes at the beginning are whole repetitions of their first `period`. */
static size_t repeated_length(const char *bytes, size_t length, size_t period)
{
	size_t same = period;

	if (length < period)
		return 0;
	while (same < length && bytes[same] == bytes[same - period])
		same++;
	return same - same % period;
}

/* The period of a repetition that is worth saying at the beginning of the bytes, or 0. */
static size_t find_period(const char *bytes, size_t length)
{
	for (size_t period = 1; period <= PERIOD_MAX; period++) {
		size_t repeated = repeated_length(bytes, length, period);

		if (repeated >= REPETITION_MIN && repeated >= 3 * period)
			return period;
	}
	return 0;
}

/* Bytes up to the next repetition, but not more than `most`. */
static size_t plain_length(const char *bytes, size_t length, size_t most)
{
	size_t plain = 0;

	while (plain < length && plain < most && !find_period(bytes + plain, length - plain))
		plain++;
	return plain;
}

/* Says a long text in parts: plain ones and repetitions, until enough is shown. */
static void print_bytes(FILE *out, const char *bytes, size_t length)
{
	size_t at = 0;
	size_t budget = SHOWN_BYTES;
	const char *joint = "";

	if (!length)
		fputs("\"\"", out);
	while (at < length && budget) {
		size_t period = find_period(bytes + at, length - at);
		size_t part = period ? period : plain_length(bytes + at, length - at, budget);

		fputs(joint, out);
		joint = " + ";
		print_quoted(out, bytes + at, part);
		if (period) {
			part = repeated_length(bytes + at, length - at, period);
			fprintf(out, " * %zu", part / period);
		}
		at += part;
		/* A repetition costs as if it were as long as it looks, so there are never many. */
		part = period ? period + 7 : part;
		budget -= part < budget ? part : budget;
	}
	if (at < length)
		fprintf(out, "... (%zu bytes)", length);
}

/* In the largest unit that says it exactly. */
static void print_time(FILE *out, int64_t nanoseconds)
{
	static const struct {
		const char *name;
		int64_t length;
	} units[] = { { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 }, { "ns", 1 } };
	size_t unit = 0;

	while (nanoseconds % units[unit].length)
		unit++;
	fprintf(out, "%" PRId64 "%s", nanoseconds / units[unit].length, units[unit].name);
}

static void print_items(FILE *out, const struct value *list, enum symbol_class symbols)
{
	fputc('{', out);
	for (size_t i = 0; i < list->length && i < SHOWN_ITEMS; i++) {
		fputs(i ? ", " : "", out);
		value_print(out, &list->items[i], symbols);
	}
	if (list->length > SHOWN_ITEMS)
		fprintf(out, ", ... (%zu items)", list->length);
	fputc('}', out);
}

void value_print(FILE *out, const struct value *value, enum symbol_class symbols)
{
	switch (value->kind) {
	case VALUE_NONE:
		fputs("nothing", out);
		return;
	case VALUE_INT:
		symbol_print(out, symbols, value->number);
		return;
	case VALUE_BYTES:
		print_bytes(out, value->bytes, value->length);
		return;
	case VALUE_ERRNO:
		symbol_print(out, SYMBOL_ERRNO, value->number);
		return;
	case VALUE_TIME:
		print_time(out, value->number);
		return;
	case VALUE_VERSION:
		fprintf(out, "%" PRId64 ".%" PRId64, value->number >> 16, value->number & 0xffff);
		return;
	case VALUE_WORD:
		fwrite(value->bytes, 1, value->length, out);
		return;
	case VALUE_RANGE:
		fprintf(out, "%" PRId64 "..%" PRId64, value->number, value->upper);
		return;
	case VALUE_LIST:
		print_items(out, value, symbols);
		return;
	case VALUE_EOF:
		fputs("EOF", out);
		return;
	case VALUE_GONE:
		fputs("GONE", out);
		return;
	case VALUE_ANY:
		fputs("ANY", out);
		return;
	}
	abort();
}
