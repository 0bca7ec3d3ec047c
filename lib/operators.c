// SPDX-License-Identifier: MIT
/* The operators of the language: arithmetic without silent overflow, and strings. */
#include "operators.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STRING_MAX = 16 << 20 };		/* bytes; more is a slip of the pen */

static const struct {
	const char *spelling;
	const char *phrase;		/* "cannot PHRASE a number and a string" */
} operators[] = {
	[OPERATOR_ADD]       = { "+",  "add" },
	[OPERATOR_SUBTRACT]  = { "-",  "subtract" },
	[OPERATOR_MULTIPLY]  = { "*",  "multiply" },
	[OPERATOR_REMAINDER] = { "%",  "take the remainder of" },
	[OPERATOR_OR_BITS]   = { "|",  "join the bits of" },
	[OPERATOR_AND]       = { "&&", "join" },
	[OPERATOR_OR]        = { "||", "join" },
	[OPERATOR_EQUAL]     = { "==", "compare" },
	[OPERATOR_UNEQUAL]   = { "!=", "compare" },
	[OPERATOR_LESS]      = { "<",  "order" },
	[OPERATOR_GREATER]   = { ">",  "order" },
	[OPERATOR_AT_MOST]   = { "<=", "order" },
	[OPERATOR_AT_LEAST]  = { ">=", "order" },
	[OPERATOR_MATCHES]   = { "~",  "match" },
	[OPERATOR_NEGATE]    = { "-",  "negate" },
	[OPERATOR_NOT]       = { "!",  "negate" },
};

static const char *const kind_names[] = {
	[VALUE_NONE]    = "nothing",
	[VALUE_INT]     = "a number",
	[VALUE_BYTES]   = "a string",
	[VALUE_ERRNO]   = "an error",
	[VALUE_TIME]    = "a duration",
	[VALUE_VERSION] = "a version",
	[VALUE_WORD]    = "a word",
	[VALUE_RANGE]   = "a range",
	[VALUE_LIST]    = "a list",
	[VALUE_EOF]     = "end of file",
	[VALUE_GONE]    = "GONE",
	[VALUE_ANY]     = "ANY",
};

const char *operator_name(enum operator op)
{
	return operators[op].spelling;
}

int operator_mismatch(const struct application *a)
{
	return operand_refuse(a->reason, a->size, EINVAL, "cannot %s %s and %s",
			      operators[a->op].phrase, kind_names[a->left->kind],
			      kind_names[a->right->kind]);
}

static int too_large(const struct application *a)
{
	return operand_refuse(a->reason, a->size, EOVERFLOW,
			      "%" PRId64 " %s %" PRId64 " is out of range", a->left->number,
			      operators[a->op].spelling, a->right->number);
}

bool operator_takes(const struct application *a, enum value_kind left, enum value_kind right)
{
	return a->left->kind == left && a->right->kind == right;
}

static int remainder_of(const struct application *a, int64_t *number)
{
	if (!a->right->number)
		return operand_refuse(a->reason, a->size, EDOM, "remainder of a division by 0");
	/* INT64_MIN % -1 traps on some processors, though it is 0. */
	*number = a->right->number == -1 ? 0 : a->left->number % a->right->number;
	return 0;
}

/* On the numbers of both sides, whose kinds the caller has found to fit. */
static int calculate(const struct application *a, enum value_kind kind)
{
	int64_t x = a->left->number;
	int64_t y = a->right->number;
	int64_t number = 0;
	bool over = false;
	int err = 0;

	if (a->op == OPERATOR_ADD)
		over = __builtin_add_overflow(x, y, &number);
	else if (a->op == OPERATOR_SUBTRACT)
		over = __builtin_sub_overflow(x, y, &number);
	else if (a->op == OPERATOR_MULTIPLY)
		over = __builtin_mul_overflow(x, y, &number);
	else if (a->op == OPERATOR_REMAINDER)
		err = remainder_of(a, &number);
	else
		number = x | y;
	if (over)
		return too_large(a);
	if (!err)
		*a->value = (struct value){ .kind = kind, .number = number };
	return err;
}

char *operator_string(const struct application *a, size_t length)
{
	char *room;

	if (length > STRING_MAX) {
		operand_refuse(a->reason, a->size, E2BIG, "a string of %zu bytes is too long",
			       length);
		return NULL;
	}
	room = environment_room(a->environment, length + 1);
	if (room)
		room[length] = '\0';
	else
		operand_refuse(a->reason, a->size, ENOMEM, "no memory for %zu bytes", length);
	return room;
}

static void copy_bytes(char *to, const struct value *bytes)
{
	if (bytes->length)
		memcpy(to, bytes->bytes, bytes->length);
}

static int join(const struct application *a)
{
	size_t length = a->left->length + a->right->length;
	char *joined = operator_string(a, length);

	if (!joined)
		return length > STRING_MAX ? -E2BIG : -ENOMEM;
	copy_bytes(joined, a->left);
	copy_bytes(joined + a->left->length, a->right);
	*a->value = value_bytes(joined, length);
	return 0;
}

static int repeat(const struct application *a, const struct value *unit, int64_t count)
{
	size_t length;
	char *repeated;

	if (count < 0)
		return operand_refuse(a->reason, a->size, EINVAL,
				      "cannot repeat a string %" PRId64 " times", count);
	if (__builtin_mul_overflow(unit->length, (uint64_t)count, &length))
		length = SIZE_MAX;
	repeated = operator_string(a, length);
	if (!repeated)
		return length > STRING_MAX ? -E2BIG : -ENOMEM;
	if (length)
		copy_bytes(repeated, unit);
	/* What is there already is copied behind itself: twice as much each time. */
	for (size_t at = unit->length; at < length; at *= 2)
		memcpy(repeated + at, repeated, at < length - at ? at : length - at);
	*a->value = value_bytes(repeated, length);
	return 0;
}

static int apply_arithmetic(const struct application *a)
{
	bool additive = a->op == OPERATOR_ADD || a->op == OPERATOR_SUBTRACT;

	if (operator_takes(a, VALUE_INT, VALUE_INT))
		return calculate(a, VALUE_INT);
	if (additive && operator_takes(a, VALUE_TIME, VALUE_TIME))
		return calculate(a, VALUE_TIME);
	if (a->op == OPERATOR_ADD && operator_takes(a, VALUE_BYTES, VALUE_BYTES))
		return join(a);
	if (a->op != OPERATOR_MULTIPLY)
		return operator_mismatch(a);
	if (operator_takes(a, VALUE_TIME, VALUE_INT) || operator_takes(a, VALUE_INT, VALUE_TIME))
		return calculate(a, VALUE_TIME);
	if (operator_takes(a, VALUE_BYTES, VALUE_INT))
		return repeat(a, a->left, a->right->number);
	if (operator_takes(a, VALUE_INT, VALUE_BYTES))
		return repeat(a, a->right, a->left->number);
	return operator_mismatch(a);
}

static int apply_negation(const struct application *a)
{
	if (a->left->kind != VALUE_INT && a->left->kind != VALUE_TIME)
		return operand_refuse(a->reason, a->size, EINVAL, "cannot negate %s",
			      kind_names[a->left->kind]);
	if (a->left->number == INT64_MIN)
		return operand_refuse(a->reason, a->size, EOVERFLOW, "-%" PRId64 " is out of range",
			      a->left->number);
	*a->value = (struct value){ .kind = a->left->kind, .number = -a->left->number };
	return 0;
}

static int apply_binary(const struct application *a)
{
	if (a->left->kind == VALUE_NONE || a->right->kind == VALUE_NONE)
		return operand_refuse(a->reason, a->size, ENODATA, "one side of %s has no value",
			      operators[a->op].spelling);
	switch (a->op) {
	case OPERATOR_ADD:
	case OPERATOR_SUBTRACT:
	case OPERATOR_MULTIPLY:
	case OPERATOR_REMAINDER:
	case OPERATOR_OR_BITS:
		return apply_arithmetic(a);
	case OPERATOR_EQUAL:
	case OPERATOR_UNEQUAL:
		return operator_compare_equal(a);
	case OPERATOR_LESS:
	case OPERATOR_GREATER:
	case OPERATOR_AT_MOST:
	case OPERATOR_AT_LEAST:
		return operator_compare_order(a);
	case OPERATOR_MATCHES:
		return operator_match(a);
	case OPERATOR_AND:
	case OPERATOR_OR:
	case OPERATOR_NEGATE:
	case OPERATOR_NOT:
		break;
	}
	abort();
}

int operator_apply(enum operator op, const struct value *left, const struct value *right,
		   struct environment *environment, struct value *value, char *reason, size_t size)
{
	struct application a = { op, left, right, environment, value, reason, size };

	if (op == OPERATOR_NEGATE)
		return apply_negation(&a);
	if (op == OPERATOR_NOT)
		*value = value_int(!value_is_true(left));
	else if (op == OPERATOR_AND)
		*value = value_int(value_is_true(left) && value_is_true(right));
	else if (op == OPERATOR_OR)
		*value = value_int(value_is_true(left) || value_is_true(right));
	else
		return apply_binary(&a);
	return 0;
}
