// SPDX-License-Identifier: MIT
/* Operands: names looked up, lists built, trees evaluated; what is said when that cannot be. */
#include <errno.h>

#include "checks.h"
#include "operand.h"
#include "values.h"

static char reason[160];

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
