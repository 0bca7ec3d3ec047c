// SPDX-License-Identifier: MIT
/* Wanted values against those that a call gave back. */
#include "matching.h"

#include <stdlib.h>
#include <string.h>

/* One by one; a single number is a list of one. */
static bool match_list(const struct value *want, const struct value *got)
{
	if (got->kind != VALUE_LIST)
		return got->kind == VALUE_NONE
			       ? !want->length
			       : want->length == 1 &&
					 value_matches(&want->items[0], got, NULL, true);
	if (want->length != got->length)
		return false;
	for (size_t i = 0; i < want->length; i++) {
		if (!value_matches(&want->items[i], &got->items[i], NULL, true))
			return false;
	}
	return true;
}

static bool match_any_item(const struct value *want, const struct value *got, const int64_t *number)
{
	for (size_t i = 0; i < want->length; i++) {
		if (value_matches(&want->items[i], got, number, false))
			return true;
	}
	return false;
}

static bool match_number(const struct value *want, int64_t number)
{
	int64_t upper = want->kind == VALUE_RANGE ? want->upper : want->number;

	return number >= want->number && number <= upper;
}

static bool match_bytes(const struct value *want, const struct value *got)
{
	if (got->kind != VALUE_BYTES && got->kind != VALUE_EOF)
		return false;
	return want->length == got->length &&
	       (!want->length || !memcmp(want->bytes, got->bytes, want->length));
}

bool value_matches(const struct value *want, const struct value *got, const int64_t *number,
		   bool is_out)
{
	switch (want->kind) {
	case VALUE_INT:
	case VALUE_RANGE:
	case VALUE_TIME:
		if (got->kind == VALUE_INT)
			return match_number(want, got->number);
		if (got->kind == VALUE_LIST && got->length == 1)
			return value_matches(want, &got->items[0], NULL, is_out);
		return number && match_number(want, *number);
	case VALUE_ERRNO:
		return (got->kind == VALUE_ERRNO || (is_out && got->kind == VALUE_INT)) &&
		       got->number == want->number;
	case VALUE_BYTES:
	case VALUE_WORD: return match_bytes(want, got);
	case VALUE_EOF: return got->kind == VALUE_EOF;
	case VALUE_LIST: return is_out ? match_list(want, got) : match_any_item(want, got, number);
	case VALUE_ANY: return true;
	case VALUE_NONE:
	case VALUE_VERSION:
	case VALUE_GONE: return false;
	}
	abort();
}
