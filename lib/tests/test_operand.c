// SPDX-License-Identifier: MIT
/* Operands: names looked up, lists built, operators applied; what is said when that cannot be. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "checks.h"
#include "operand.h"

#define INT(n) { .kind = VALUE_INT, .number = (n) }
#define TIME(n) { .kind = VALUE_TIME, .number = (n) }
#define TEXT(s) { .kind = VALUE_BYTES, .bytes = (s), .length = sizeof(s) - 1 }
#define WORD(s) { .kind = VALUE_WORD, .bytes = (s), .length = sizeof(s) - 1 }
#define VERSION(a, b) { .kind = VALUE_VERSION, .number = (a) << 16 | (b) }
#define RANGE(a, b) { .kind = VALUE_RANGE, .number = (a), .upper = (b) }
#define KIND(k) { .kind = (k) }

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

/* Evaluates; the values must be used before the next call. */
static int evaluate(const struct operand *operand, struct environment *environment,
		    struct value *value)
{
	reason[0] = '\0';
	return operand_evaluate(operand, environment, value, reason, sizeof(reason));
}

static const struct operand bound = { .kind = OPERAND_BINDING, .slot = 1, .value = WORD("r") };
static const struct operand unnamed = { .kind = OPERAND_BINDING, .slot = 0 };

START_TEST(test_bindings)
{
	struct value slots[] = { KIND(VALUE_NONE), INT(7) };
	struct environment environment = { .bindings = slots };
	struct environment empty = { .bindings = NULL };
	struct value value;

	ck_assert_int_eq(evaluate(&bound, &environment, &value), 0);
	ck_assert_int_eq(value.number, 7);
	ck_assert_int_eq(evaluate(&unnamed, &environment, &value), -ENODATA);
	ck_assert_str_eq(reason, "the name is not bound");
	ck_assert_int_eq(evaluate(&bound, &empty, &value), -ENODATA);
	ck_assert_str_eq(reason, "r is not bound");
	ck_assert_int_eq(value.kind, VALUE_NONE);
}
END_TEST

START_TEST(test_ends)
{
	static const int held[][2] = { { 5, -1 }, { 8, -1 } };
	struct channel channels[] = { { .name = "c", .form = FORM_FROM_TO },
				      { .name = "q", .form = FORM_HELD_BY } };
	struct environment environment = { .held = held, .channels = channels };
	struct environment nothing = { .held = NULL };
	struct operand end = { .kind = OPERAND_END, .index = 0, .side = SIDE_READ };
	struct value value;

	ck_assert_int_eq(evaluate(&end, &environment, &value), 0);
	ck_assert_int_eq(value.number, 5);
	ck_assert_int_eq(evaluate(&end, &nothing, &value), -EBADF);
	end.side = SIDE_WRITE;
	ck_assert_int_eq(evaluate(&end, &environment, &value), -EBADF);
	ck_assert_str_eq(reason, "the endpoint holds no write end of c");
	end.index = 1;
	ck_assert_int_eq(evaluate(&end, &environment, &value), 0);
	ck_assert_int_eq(value.number, 8);
	end.side = SIDE_BOTH;
	ck_assert_int_eq(evaluate(&end, &environment, &value), 0);
	ck_assert_int_eq(value.number, 8);
}
END_TEST

START_TEST(test_addresses_and_processes)
{
	static const pid_t pids[] = { 0, 42 };
	struct channel channels[] = { { .name = "c", .address = "\0name", .address_length = 5 },
				      { .name = "d" } };
	struct environment environment = { .channels = channels, .pids = pids };
	struct operand address = { .kind = OPERAND_ADDRESS, .index = 0 };
	struct operand process = { .kind = OPERAND_PROCESS, .index = 1, .value = WORD("reader") };
	struct value want = TEXT("\0name");
	struct value value;

	ck_assert_int_eq(evaluate(&address, &environment, &value), 0);
	ck_assert(value_equal(&value, &want));
	address.index = 1;
	ck_assert_int_eq(evaluate(&address, &environment, &value), -EADDRNOTAVAIL);
	ck_assert_str_eq(reason, "d has no address");
	ck_assert_int_eq(evaluate(&process, &environment, &value), 0);
	ck_assert_int_eq(value.number, 42);
	process.index = 0;
	ck_assert_int_eq(evaluate(&process, &environment, &value), -ESRCH);
	ck_assert_str_eq(reason, "reader has no process now");
}
END_TEST

START_TEST(test_objects_ids_and_keys)
{
	static const struct mechanism system_v = { .system_v = SYSTEM_V_SEM }, other = { 0 };
	struct channel channels[] = {
		{ .name = "s", .mechanism = &system_v, .id = 7, .key = 0x77 },
		{ .name = "m", .mechanism = &other },
	};
	void *const objects[] = { channels, NULL };
	struct environment environment = { .channels = channels, .objects = objects };
	struct operand object = { .kind = OPERAND_OBJECT }, id = { .kind = OPERAND_ID },
		       key = { .kind = OPERAND_KEY };
	struct value value;

	ck_assert_int_eq(evaluate(&object, &environment, &value), 0);
	ck_assert_int_eq(value.number, (intptr_t)channels);
	ck_assert_int_eq(evaluate(&id, &environment, &value), 0);
	ck_assert_int_eq(value.number, 7);
	ck_assert_int_eq(evaluate(&key, &environment, &value), 0);
	ck_assert_int_eq(value.number, 0x77);
	object.index = id.index = key.index = 1;
	ck_assert_int_eq(evaluate(&object, &environment, &value), -EFAULT);
	ck_assert_str_eq(reason, "the endpoint has m nowhere in memory");
	ck_assert_int_eq(evaluate(&id, &environment, &value), -EINVAL);
	ck_assert_str_eq(reason, "m has no System V id");
	ck_assert_int_eq(evaluate(&key, &environment, &value), -EINVAL);
	ck_assert_str_eq(reason, "m has no System V key");
	environment.objects = NULL;
	object.index = 0;
	ck_assert_int_eq(evaluate(&object, &environment, &value), -EFAULT);
}
END_TEST

START_TEST(test_the_port_of_an_address)
{
	struct channel channels[] = {
		{ .name = "t", .address = "[::1]:4711", .address_length = 10 },
		{ .name = "u", .address = "127.0.0.1:80", .address_length = 12 },
		{ .name = "f", .address = "f:80", .address_length = 4 },
	};
	struct environment environment = { .channels = channels }, nothing = { 0 };
	struct operand port = { .kind = OPERAND_PORT };
	struct value value;

	ck_assert_int_eq(evaluate(&port, &environment, &value), 0);
	ck_assert_int_eq(value.number, 4711);
	port.index = 1;
	ck_assert_int_eq(evaluate(&port, &environment, &value), 0);
	ck_assert_int_eq(value.number, 80);
	port.index = 2;
	ck_assert_int_eq(evaluate(&port, &environment, &value), -EADDRNOTAVAIL);
	ck_assert_str_eq(reason, "f has no port");
	ck_assert_int_eq(evaluate(&port, &nothing, &value), -EADDRNOTAVAIL);
}
END_TEST

static const struct operand one = { .value = INT(1) };
static const struct operand zero = { .value = INT(0) };
static const struct operand text = { .value = TEXT("ab") };

START_TEST(test_lists_hold_evaluated_items)
{
	const struct operand *const items[] = { &one, &bound };
	const struct operand list = { .kind = OPERAND_LIST, .items = items, .count = 2 };
	const struct operand none = { .kind = OPERAND_LIST };
	struct value slots[] = { INT(0), TEXT("x") };
	struct environment environment = { .bindings = slots };
	struct value value;

	ck_assert_int_eq(evaluate(&list, &environment, &value), 0);
	ck_assert_int_eq(value.kind, VALUE_LIST);
	ck_assert_uint_eq(value.length, 2);
	ck_assert_int_eq(value.items[0].number, 1);
	ck_assert(value_equal(&value.items[1], &slots[1]));
	ck_assert_int_eq(evaluate(&none, &environment, &value), 0);
	ck_assert_uint_eq(value.length, 0);
	slots[1].kind = VALUE_NONE;
	ck_assert_int_eq(evaluate(&list, &environment, &value), -ENODATA);
	ck_assert_str_eq(reason, "r is not bound");
	environment_free_scratch(&environment);
}
END_TEST

/* "ab" * (1 + 1) + "ab" */
START_TEST(test_trees)
{
	const struct operand two = { OPERAND_BINARY, .op = OPERATOR_ADD, .left = &one,
				     .right = &one };
	const struct operand twice = { OPERAND_BINARY, .op = OPERATOR_MULTIPLY, .left = &text,
				       .right = &two };
	const struct operand tree = { OPERAND_BINARY, .op = OPERATOR_ADD, .left = &twice,
				      .right = &text };
	const struct operand minus = { OPERAND_UNARY, .op = OPERATOR_NEGATE, .left = &two };
	struct environment environment = { .bindings = NULL };
	struct value want = TEXT("ababab");
	struct value value;

	ck_assert_int_eq(evaluate(&tree, &environment, &value), 0);
	ck_assert(value_equal(&value, &want));
	ck_assert_int_eq(evaluate(&minus, &environment, &value), 0);
	ck_assert_int_eq(value.number, -2);
	environment_free_scratch(&environment);
}
END_TEST

START_TEST(test_the_right_side_is_left_alone_when_the_left_decides)
{
	const struct operand and = { OPERAND_BINARY, .op = OPERATOR_AND, .left = &zero,
				     .right = &bound };
	const struct operand or
		= { OPERAND_BINARY, .op = OPERATOR_OR, .left = &one, .right = &bound };
	const struct operand both = { OPERAND_BINARY, .op = OPERATOR_AND, .left = &one,
				      .right = &bound };
	struct environment environment = { .bindings = NULL };
	struct value value;

	ck_assert_int_eq(evaluate(&and, &environment, &value), 0);
	ck_assert_int_eq(value.number, 0);
	ck_assert_int_eq(evaluate(&or, &environment, &value), 0);
	ck_assert_int_eq(value.number, 1);
	ck_assert_int_eq(evaluate(&both, &environment, &value), -ENODATA);
}
END_TEST

static int answer(void *context, const struct operand *fact, struct value *value, char *why,
		  size_t size)
{
	(void)why;
	(void)size;
	*value = value_int(*(int *)context + (int)fact->count);
	return 0;
}

START_TEST(test_facts_are_asked_of_whoever_can_answer)
{
	int base = 40;
	const struct operand fact = { .kind = OPERAND_FACT, .count = 2 };
	struct environment environment = { .ask = answer, .context = &base };
	struct environment mute = { .ask = NULL };
	struct value value;

	ck_assert_int_eq(evaluate(&fact, &environment, &value), 0);
	ck_assert_int_eq(value.number, 42);
	ck_assert_int_eq(evaluate(&fact, &mute, &value), -EINVAL);
	ck_assert_str_ne(reason, "");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_operators, 0, APPLICATIONS);
	tcase_add_test(tcase, test_spellings);
	tcase_add_test(tcase, test_bindings);
	tcase_add_test(tcase, test_ends);
	tcase_add_test(tcase, test_addresses_and_processes);
	tcase_add_test(tcase, test_objects_ids_and_keys);
	tcase_add_test(tcase, test_the_port_of_an_address);
	tcase_add_test(tcase, test_lists_hold_evaluated_items);
	tcase_add_test(tcase, test_trees);
	tcase_add_test(tcase, test_the_right_side_is_left_alone_when_the_left_decides);
	tcase_add_test(tcase, test_facts_are_asked_of_whoever_can_answer);
}

int main(void)
{
	return checks_run_case("operand", fill);
}
