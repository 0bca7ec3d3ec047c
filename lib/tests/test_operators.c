// SPDX-License-Identifier: MIT
/* Operators: what each makes of values, and what is said where it makes nothing of them. */
#include <errno.h>
#include <string.h>

#include "checks.h"
#include "operand.h"
#include "values.h"

static char reason[160];

/* One application of an operator, with what it must give: an error says so in words. */
struct application_case {
	enum operator op;
	struct value left;
	struct value right;
	int err;
	struct value want;
	const char *words;
};

static const struct application_case applications[] = {
	{ OPERATOR_ADD, INT(2), INT(3), 0, INT(5), NULL },
	{ OPERATOR_ADD, INT(INT64_MAX), INT(1), -EOVERFLOW, INT(0), "807 + 1 is out of range" },
	{ OPERATOR_ADD, TIME(5), TIME(6), 0, TIME(11), NULL },
	{ OPERATOR_ADD, TEXT("ab"), TEXT("c\0d"), 0, TEXT("abc\0d"), NULL },
	{ OPERATOR_ADD, TEXT(""), TEXT(""), 0, TEXT(""), NULL },
	{ OPERATOR_ADD, TEXT("a"), INT(1), -EINVAL, INT(0), "cannot add a string and a number" },
	{ OPERATOR_ADD, TIME(1), INT(1), -EINVAL, INT(0), "cannot add a duration and a number" },
	{ OPERATOR_SUBTRACT, INT(2), INT(3), 0, INT(-1), NULL },
	{ OPERATOR_SUBTRACT, INT(INT64_MIN), INT(1), -EOVERFLOW, INT(0), "out of range" },
	{ OPERATOR_SUBTRACT, TEXT("a"), TEXT("a"), -EINVAL, INT(0),
	  "cannot subtract a string and a string" },
	{ OPERATOR_MULTIPLY, INT(-4), INT(3), 0, INT(-12), NULL },
	{ OPERATOR_MULTIPLY, INT(INT64_MIN), INT(-1), -EOVERFLOW, INT(0), "out of range" },
	{ OPERATOR_MULTIPLY, TIME(5), INT(3), 0, TIME(15), NULL },
	{ OPERATOR_MULTIPLY, INT(3), TIME(5), 0, TIME(15), NULL },
	{ OPERATOR_MULTIPLY, TIME(3), TIME(5), -EINVAL, INT(0),
	  "cannot multiply a duration and a duration" },
	{ OPERATOR_MULTIPLY, TEXT("ab"), INT(3), 0, TEXT("ababab"), NULL },
	{ OPERATOR_MULTIPLY, INT(2), TEXT("ab"), 0, TEXT("abab"), NULL },
	{ OPERATOR_MULTIPLY, TEXT("ab"), INT(0), 0, TEXT(""), NULL },
	{ OPERATOR_MULTIPLY, TEXT(""), INT(INT64_MAX), 0, TEXT(""), NULL },
	{ OPERATOR_MULTIPLY, TEXT("ab"), INT(-1), -EINVAL, INT(0),
	  "cannot repeat a string -1 times" },
	{ OPERATOR_MULTIPLY, TEXT("ab"), INT(INT64_MAX), -E2BIG, INT(0), "is too long" },
	{ OPERATOR_MULTIPLY, TEXT("ab"), INT(1 << 24), -E2BIG, INT(0),
	  "33554432 bytes is too long" },
	{ OPERATOR_REMAINDER, INT(7), INT(4), 0, INT(3), NULL },
	{ OPERATOR_REMAINDER, INT(INT64_MIN), INT(-1), 0, INT(0), NULL },
	{ OPERATOR_REMAINDER, INT(7), INT(0), -EDOM, INT(0), "division by 0" },
	{ OPERATOR_OR_BITS, INT(1), INT(6), 0, INT(7), NULL },
	{ OPERATOR_OR_BITS, INT(1), TEXT("x"), -EINVAL, INT(0),
	  "cannot join the bits of a number and a string" },
	{ OPERATOR_AND, INT(1), INT(0), 0, INT(0), NULL },
	{ OPERATOR_AND, INT(1), TEXT("x"), 0, INT(1), NULL },
	{ OPERATOR_OR, INT(0), INT(0), 0, INT(0), NULL },
	{ OPERATOR_OR, INT(0), INT(5), 0, INT(1), NULL },
	{ OPERATOR_EQUAL, INT(5), INT(5), 0, INT(1), NULL },
	{ OPERATOR_UNEQUAL, INT(5), INT(5), 0, INT(0), NULL },
	{ OPERATOR_EQUAL, TEXT("a"), TEXT("b"), 0, INT(0), NULL },
	{ OPERATOR_EQUAL, WORD("a"), TEXT("a"), 0, INT(1), NULL },
	{ OPERATOR_EQUAL, INT(5), RANGE(1, 5), 0, INT(1), NULL },
	{ OPERATOR_EQUAL, RANGE(1, 5), INT(6), 0, INT(0), NULL },
	{ OPERATOR_EQUAL, INT(6), VERSION(6, 0), 0, INT(1), NULL },
	{ OPERATOR_EQUAL, TEXT("a"), KIND(VALUE_EOF), 0, INT(0), NULL },
	{ OPERATOR_UNEQUAL, INT(11), { .kind = VALUE_ERRNO, .number = 11 }, 0, INT(1), NULL },
	{ OPERATOR_EQUAL, KIND(VALUE_ANY), INT(3), 0, INT(1), NULL },
	{ OPERATOR_EQUAL, TEXT("5"), INT(5), -EINVAL, INT(0),
	  "cannot compare a string and a number" },
	{ OPERATOR_EQUAL, TIME(0), INT(0), -EINVAL, INT(0),
	  "cannot compare a duration and a number" },
	{ OPERATOR_EQUAL, KIND(VALUE_NONE), INT(0), -ENODATA, INT(0),
	  "one side of == has no value" },
	{ OPERATOR_LESS, INT(-1), INT(0), 0, INT(1), NULL },
	{ OPERATOR_LESS, INT(0), INT(0), 0, INT(0), NULL },
	{ OPERATOR_GREATER, TIME(2), TIME(1), 0, INT(1), NULL },
	{ OPERATOR_GREATER, TIME(1), TIME(1), 0, INT(0), NULL },
	{ OPERATOR_AT_MOST, INT(1), INT(1), 0, INT(1), NULL },
	{ OPERATOR_AT_MOST, INT(2), INT(1), 0, INT(0), NULL },
	{ OPERATOR_AT_LEAST, VERSION(5, 14), VERSION(5, 9), 0, INT(1), NULL },
	{ OPERATOR_AT_LEAST, VERSION(5, 14), VERSION(6, 1), 0, INT(0), NULL },
	{ OPERATOR_AT_LEAST, VERSION(6, 18), INT(6), 0, INT(1), NULL },
	{ OPERATOR_LESS, VERSION(6, 18), INT(INT64_MAX), 0, INT(1), NULL },
	{ OPERATOR_LESS, TEXT("a"), TEXT("b"), -EINVAL, INT(0),
	  "cannot order a string and a string" },
	{ OPERATOR_LESS, INT(1), TIME(2), -EINVAL, INT(0), "cannot order a number and a duration" },
	{ OPERATOR_MATCHES, TEXT("/tmp/x.sock"), TEXT("*.sock"), 0, INT(1), NULL },
	{ OPERATOR_MATCHES, TEXT("/tmp/x.sock2"), TEXT("*.sock"), 0, INT(0), NULL },
	{ OPERATOR_MATCHES, TEXT("a"), TEXT("[ab]"), 0, INT(1), NULL },
	{ OPERATOR_MATCHES, TEXT("a\0b"), TEXT("a"), -EINVAL, INT(0), "NUL byte" },
	{ OPERATOR_MATCHES, INT(1), TEXT("a"), -EINVAL, INT(0),
	  "cannot match a number and a string" },
	{ OPERATOR_NEGATE, INT(3), KIND(VALUE_NONE), 0, INT(-3), NULL },
	{ OPERATOR_NEGATE, TIME(3), KIND(VALUE_NONE), 0, TIME(-3), NULL },
	{ OPERATOR_NEGATE, INT(INT64_MIN), KIND(VALUE_NONE), -EOVERFLOW, INT(0), "out of range" },
	{ OPERATOR_NEGATE, TEXT("a"), KIND(VALUE_NONE), -EINVAL, INT(0), "cannot negate a string" },
	{ OPERATOR_NOT, INT(0), KIND(VALUE_NONE), 0, INT(1), NULL },
	{ OPERATOR_NOT, TEXT("x"), KIND(VALUE_NONE), 0, INT(0), NULL },
};

#define APPLICATIONS ((int)(sizeof(applications) / sizeof(applications[0])))

START_TEST(test_operators)
{
	const struct application_case *a = &applications[_i];
	struct environment environment = { .bindings = NULL };
	struct value got;
	int err;

	reason[0] = '\0';
	err = operator_apply(a->op, &a->left, &a->right, &environment, &got, reason,
			     sizeof(reason));
	ck_assert_msg(err == a->err, "case %d (%s): want %d, got %d: %s", _i, operator_name(a->op),
		      a->err, err, reason);
	if (!err)
		ck_assert_msg(value_equal(&got, &a->want), "case %d (%s): wrong value", _i,
			      operator_name(a->op));
	else
		ck_assert_msg(strstr(reason, a->words) != NULL, "case %d: \"%s\" lacks \"%s\"", _i,
			      reason, a->words);
	environment_free_scratch(&environment);
	ck_assert_uint_eq(environment.scratch_count, 0);
}
END_TEST

START_TEST(test_spellings)
{
	ck_assert_str_eq(operator_name(OPERATOR_ADD), "+");
	ck_assert_str_eq(operator_name(OPERATOR_EQUAL), "==");
	ck_assert_str_eq(operator_name(OPERATOR_AT_LEAST), ">=");
	ck_assert_str_eq(operator_name(OPERATOR_NOT), "!");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_operators, 0, APPLICATIONS);
	tcase_add_test(tcase, test_spellings);
}

int main(void)
{
	return checks_run_case("operators", fill);
}
