// SPDX-License-Identifier: MIT
/*
 * Looking at memory and changing it, as a program does with its own variables. Where nothing is
 * mapped the endpoint dies of it, as the program would.
 */
#include <stdalign.h>
#include <string.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { OBJECT, OFFSET, OPERAND };

static char *place_of(struct invocation *inv)
{
	return (char *)((uintptr_t)invocation_object(inv, OBJECT) +
			(uintptr_t)invocation_number(inv, OFFSET, 0));
}

/* Atomic access needs what every processor can do at once. */
static uint32_t *word_of(struct invocation *inv)
{
	char *place = place_of(inv);

	if ((uintptr_t)place % alignof(uint32_t))
		invocation_complain(inv, "%s: the address is no multiple of 4", inv->call->name);
	return (uint32_t *)(void *)place;
}

static void invoke_peek(struct invocation *inv)
{
	const char *place = place_of(inv);
	size_t size = invocation_size(inv, OPERAND, 0);
	char *copy = invocation_room(inv, size);

	if (invocation_complained(inv))
		return;
	memcpy(copy, place, size);
	invocation_returned(inv, (long)size);
	invocation_data(inv, copy, size);
}

static void invoke_poke(struct invocation *inv)
{
	char *place = place_of(inv);
	size_t length;
	const char *bytes = invocation_bytes(inv, OPERAND, &length);

	if (invocation_complained(inv))
		return;
	memcpy(place, bytes, length);
	invocation_returned(inv, (long)length);
}

static void invoke_load(struct invocation *inv)
{
	uint32_t *word = word_of(inv);

	if (!invocation_complained(inv))
		invocation_returned(inv, __atomic_load_n(word, __ATOMIC_SEQ_CST));
}

static void invoke_store(struct invocation *inv)
{
	uint32_t *word = word_of(inv);
	uint32_t value = (uint32_t)invocation_number(inv, OPERAND, 0);

	if (invocation_complained(inv))
		return;
	__atomic_store_n(word, value, __ATOMIC_SEQ_CST);
	invocation_returned(inv, 0);
}

static void invoke_add(struct invocation *inv)
{
	uint32_t *word = word_of(inv);
	uint32_t value = (uint32_t)invocation_number(inv, OPERAND, 0);

	if (!invocation_complained(inv))
		invocation_returned(inv, __atomic_fetch_add(word, value, __ATOMIC_SEQ_CST));
}

/* Short, and without a word of data or a call: it works wherever its bytes lie. */
static int answer(void)
{
	enum { ANSWER = 42 };

	return ANSWER;
}

/* The bytes behind it in this program go along; more than its own few are never run. */
static void invoke_run_code(struct invocation *inv)
{
	enum { CODE_SIZE = 64 };
	char *place = place_of(inv);
	int (*code)(void) = answer;
	const void *bytes;

	if (invocation_complained(inv))
		return;
	memcpy(&bytes, &code, sizeof(bytes));
	memcpy(place, bytes, CODE_SIZE);
	__builtin___clear_cache(place, place + CODE_SIZE);
	memcpy(&code, &place, sizeof(code));
	invocation_returned(inv, code());
}

#define MEMORY_PARAMETERS [OBJECT] = TAKES("object", OBJECT), [OFFSET] = TAKES("offset", INT)

static const struct call calls[] = {
	{
		.name = "peek", .man = "shm_overview(7)", .summary = "reads bytes of its memory",
		.number = -1, .invoke = invoke_peek,
		.flags = CALL_QUESTION,
		.result = RESULT_BYTES,
		.parameters = { MEMORY_PARAMETERS, [OPERAND] = TAKES("size", ROOM) },
	},
	{
		.name = "poke", .man = "shm_overview(7)", .summary = "writes bytes into its memory",
		.number = -1, .invoke = invoke_poke,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = { MEMORY_PARAMETERS, [OPERAND] = TAKES("bytes", DATA) },
	},
	{
		.name = "load", .man = "futex(7)", .summary = "reads a word of 32 bits",
		.number = -1, .invoke = invoke_load,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = {
			[OBJECT] = TAKES("object", OBJECT),
			[OFFSET] = MAY_TAKE("offset", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "store", .man = "futex(7)", .summary = "writes a word of 32 bits",
		.number = -1, .invoke = invoke_store,
		.flags = CALL_QUESTION,
		.parameters = { MEMORY_PARAMETERS, [OPERAND] = TAKES("value", INT) },
	},
	{
		.name = "add", .man = "futex(7)",
		.summary = "adds to a word of 32 bits, atomically; what it was before",
		.number = -1, .invoke = invoke_add,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = { MEMORY_PARAMETERS, [OPERAND] = TAKES("value", INT) },
	},
	{
		.name = "run_code", .man = "mmap(2)",
		.summary = "puts a function that returns 42 into its memory and calls it there",
		.number = -1, .invoke = invoke_run_code,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = {
			[OBJECT] = TAKES("object", OBJECT),
			[OFFSET] = MAY_TAKE("offset", INT, SYMBOL_PLAIN, 0),
		},
	},
};

CALL_FAMILY(memory, calls);
