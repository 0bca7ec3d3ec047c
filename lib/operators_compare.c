// SPDX-License-Identifier: MIT
/* The operators that compare: equality, order, globs. */
#include "operators.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>

/* "kernel >= 6" means 6.0. */
static struct value as_version(const struct value *value)
{
	struct value version = *value;

	version.kind = VALUE_VERSION;
	if (value->kind == VALUE_INT && value->number >= 0 && value->number <= UINT16_MAX)
		version.number = value->number << 16;
	else if (value->kind == VALUE_INT)
		version.number = value->number < 0 ? -1 : INT64_MAX;
	return version;
}

static bool takes_version(const struct application *a)
{
	return operator_takes(a, VALUE_VERSION, VALUE_INT) ||
	       operator_takes(a, VALUE_INT, VALUE_VERSION);
}

/* Results of calls: an error is comparable with bytes, and differs. */
static bool is_outcome(const struct value *value)
{
	return value->kind == VALUE_ERRNO || value->kind == VALUE_EOF || value->kind == VALUE_GONE;
}

static bool is_text(const struct value *value)
{
	return value->kind == VALUE_BYTES || value->kind == VALUE_WORD;
}

static bool in_range(const struct value *number, const struct value *range)
{
	return number->number >= range->number && number->number <= range->upper;
}

/* 0 and whether both sides are the same thing, or a mismatch. */
static int are_equal(const struct application *a, bool *equal)
{
	const struct value *left = a->left;
	const struct value *right = a->right;

	*equal = false;
	if (left->kind == VALUE_ANY || right->kind == VALUE_ANY)
		*equal = true;
	else if (left->kind == right->kind)
		*equal = value_equal(left, right);
	else if (is_text(left) && is_text(right))
		*equal = left->length == right->length &&
			 (!left->length || !memcmp(left->bytes, right->bytes, left->length));
	else if (operator_takes(a, VALUE_INT, VALUE_RANGE))
		*equal = in_range(left, right);
	else if (operator_takes(a, VALUE_RANGE, VALUE_INT))
		*equal = in_range(right, left);
	else if (takes_version(a))
		*equal = as_version(left).number == as_version(right).number;
	else if (!is_outcome(left) && !is_outcome(right))
		return operator_mismatch(a);
	return 0;
}

int operator_compare_equal(const struct application *a)
{
	bool equal;
	int err = are_equal(a, &equal);

	if (err)
		return err;
	*a->value = value_int(equal == (a->op == OPERATOR_EQUAL));
	return 0;
}

static bool is_ordered(enum value_kind kind)
{
	return kind == VALUE_INT || kind == VALUE_TIME || kind == VALUE_VERSION;
}

int operator_compare_order(const struct application *a)
{
	struct value left = *a->left;
	struct value right = *a->right;
	bool holds;

	if (left.kind != right.kind) {
		if (!takes_version(a))
			return operator_mismatch(a);
		left = as_version(&left);
		right = as_version(&right);
	}
	if (!is_ordered(left.kind))
		return operator_mismatch(a);
	if (a->op == OPERATOR_LESS)
		holds = left.number < right.number;
	else if (a->op == OPERATOR_GREATER)
		holds = left.number > right.number;
	else if (a->op == OPERATOR_AT_MOST)
		holds = left.number <= right.number;
	else
		holds = left.number >= right.number;
	*a->value = value_int(holds);
	return 0;
}

/* A copy that ends with a NUL, for fnmatch(). */
static char *terminated(const struct application *a, const struct value *bytes)
{
	char *copy = operator_string(a, bytes->length);

	if (copy && bytes->length)
		memcpy(copy, bytes->bytes, bytes->length);
	return copy;
}

int operator_match(const struct application *a)
{
	char *text;
	char *pattern;

	if (!is_text(a->left) || !is_text(a->right))
		return operator_mismatch(a);
	text = terminated(a, a->left);
	pattern = terminated(a, a->right);
	if (!text || !pattern)
		return -ENOMEM;
	if (strlen(text) < a->left->length || strlen(pattern) < a->right->length)
		return operand_refuse(a->reason, a->size, EINVAL,
				      "cannot match a string with a NUL byte");
	*a->value = value_int(!fnmatch(pattern, text, 0));
	return 0;
}
