// SPDX-License-Identifier: MIT
/* The younger calls on futexes: one for each operation, and waiting on several words. */
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

/* The same number on every architecture; headers may be older. */
enum { NR_WAITV = 449, NR_WAKE = 454, NR_WAIT = 455, NR_REQUEUE = 456 };
enum { FLAG_32 = 2, REPEATED_MAX = 1024 };
#define ANY_BIT 0xffffffff

/* struct futex_waitv of <linux/futex.h>. */
struct waiter {
	uint64_t value;
	uint64_t word;
	uint32_t flags;
	uint32_t reserved;
};

enum { WORDS, VALUES, TIMEOUT, SEC, NSEC, CLOCK, FLAGS, COUNT };
enum { OUT_PASSED };

static struct waiter *waiters_of(struct invocation *inv, size_t *count)
{
	size_t value_count;
	const struct value *words = invocation_items(inv, WORDS, count);
	const struct value *values = invocation_items(inv, VALUES, &value_count);
	struct waiter *waiters = invocation_room(inv, *count * sizeof(*waiters));
	uint32_t flags = (uint32_t)invocation_number(inv, FLAGS, FLAG_32);

	if (value_count && value_count != *count)
		invocation_complain(inv, "futex_waitv: %zu words, but %zu values", *count,
				    value_count);
	for (size_t i = 0; i < *count && !invocation_complained(inv); i++) {
		if (words[i].kind != VALUE_INT)
			invocation_refuse(inv, WORDS, "futexes");
		if (value_count && values[i].kind != VALUE_INT)
			invocation_refuse(inv, VALUES, "numbers");
		waiters[i] = (struct waiter){
			.word = (uint64_t)words[i].number,
			.value = value_count ? (uint64_t)values[i].number : 0,
			.flags = flags,
		};
	}
	return waiters;
}

/* The words again and again, until there are so many. */
static const struct waiter *repeat(struct invocation *inv, const struct waiter *waiters,
				   size_t have, size_t count)
{
	struct waiter *repeated;

	if (!have || count <= have || count > REPEATED_MAX)
		return waiters;
	repeated = invocation_room(inv, count * sizeof(*repeated));
	for (size_t i = 0; repeated && i < count; i++)
		repeated[i] = waiters[i % have];
	return repeated;
}

static void tell_passed(struct invocation *inv, const struct timespec *at, clockid_t clock)
{
	if (at)
		invocation_out_number(inv, OUT_PASSED, call_deadline_passed(at, clock));
}

static void invoke_waitv(struct invocation *inv)
{
	size_t have, count;
	const struct waiter *waiters = waiters_of(inv, &have);
	clockid_t clock = invocation_int(inv, CLOCK, CLOCK_MONOTONIC);
	const struct timespec *at = invocation_deadline(inv, TIMEOUT, clock);

	count = (size_t)invocation_number(inv, COUNT, (int64_t)have);
	if (!invocation_complained(inv))
		waiters = repeat(inv, waiters, have, count);
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, syscall(NR_WAITV, waiters, count, 0, at, clock));
	tell_passed(inv, at, clock);
}

enum { WAIT_WORD, WAIT_VALUE, WAIT_MASK, WAIT_TIMEOUT, WAIT_CLOCK = WAIT_TIMEOUT + 3, WAIT_FLAGS };

static void invoke_wait(struct invocation *inv)
{
	int64_t word = invocation_number(inv, WAIT_WORD, 0);
	uint64_t value = (uint64_t)invocation_number(inv, WAIT_VALUE, 0);
	uint64_t mask = (uint64_t)invocation_number(inv, WAIT_MASK, ANY_BIT);
	clockid_t clock = invocation_int(inv, WAIT_CLOCK, CLOCK_MONOTONIC);
	const struct timespec *at = invocation_deadline(inv, WAIT_TIMEOUT, clock);
	int64_t flags = invocation_number(inv, WAIT_FLAGS, FLAG_32);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, syscall(NR_WAIT, word, value, mask, flags, at, clock));
	tell_passed(inv, at, clock);
}

enum { WAKE_WORD, WAKE_COUNT, WAKE_MASK, WAKE_FLAGS };

static void invoke_wake(struct invocation *inv)
{
	int64_t word = invocation_number(inv, WAKE_WORD, 0);
	int64_t mask = invocation_number(inv, WAKE_MASK, ANY_BIT);
	int count = invocation_int(inv, WAKE_COUNT, 0),
	    flags = invocation_int(inv, WAKE_FLAGS, FLAG_32);

	if (!invocation_complained(inv))
		invocation_returned(inv, syscall(NR_WAKE, word, mask, count, flags));
}

enum { REQUEUE_WORD, REQUEUE_VALUE, REQUEUE_TO, REQUEUE_WAKE, REQUEUE_MOVE };

static void invoke_requeue(struct invocation *inv)
{
	struct waiter pair[2] = {
		{ .word = (uint64_t)invocation_number(inv, REQUEUE_WORD, 0),
		  .value = (uint64_t)invocation_number(inv, REQUEUE_VALUE, 0),
		  .flags = FLAG_32 },
		{ .word = (uint64_t)invocation_number(inv, REQUEUE_TO, 0), .flags = FLAG_32 },
	};
	int wake = invocation_int(inv, REQUEUE_WAKE, 0),
	    move = invocation_int(inv, REQUEUE_MOVE, 0);

	if (!invocation_complained(inv))
		invocation_returned(inv, syscall(NR_REQUEUE, pair, 0, wake, move));
}

static const struct call calls[] = {
	{
		.name = "futex_waitv", .man = "futex_waitv(2)",
		.summary = "waits on several words; the index of one that was woken",
		.number = NR_WAITV, .invoke = invoke_waitv,
		.result = RESULT_NUMBER,
		.parameters = {
			[WORDS] = TAKES("words", OBJECT),
			[VALUES] = MAY_TAKE("values", INT, SYMBOL_PLAIN, 0),
			[TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
			[SEC] = MAY_TAKE("sec", INT, SYMBOL_PLAIN, 0),
			[NSEC] = MAY_TAKE("nsec", INT, SYMBOL_PLAIN, 0),
			[CLOCK] = MAY_TAKE("clock", INT, SYMBOL_MISC, CLOCK_MONOTONIC),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, FLAG_32),
			[COUNT] = MAY_TAKE("count", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "futex_wait", .man = "futex(2)",
		.summary = "waits on a word while it has a value",
		.number = NR_WAIT, .invoke = invoke_wait,
		.parameters = {
			[WAIT_WORD] = TAKES("word", OBJECT),
			[WAIT_VALUE] = TAKES("value", INT),
			[WAIT_MASK] = MAY_TAKE("mask", INT, SYMBOL_PLAIN, ANY_BIT),
			[WAIT_TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
			[WAIT_TIMEOUT + 1] = MAY_TAKE("sec", INT, SYMBOL_PLAIN, 0),
			[WAIT_TIMEOUT + 2] = MAY_TAKE("nsec", INT, SYMBOL_PLAIN, 0),
			[WAIT_CLOCK] = MAY_TAKE("clock", INT, SYMBOL_MISC, CLOCK_MONOTONIC),
			[WAIT_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, FLAG_32),
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "futex_wake", .man = "futex(2)", .summary = "wakes some who wait on a word",
		.number = NR_WAKE, .invoke = invoke_wake,
		.result = RESULT_NUMBER,
		.parameters = {
			[WAKE_WORD] = TAKES("word", OBJECT),
			[WAKE_COUNT] = TAKES("count", INT),
			[WAKE_MASK] = MAY_TAKE("mask", INT, SYMBOL_PLAIN, ANY_BIT),
			[WAKE_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, FLAG_32),
		},
	},
	{
		.name = "futex_requeue", .man = "futex(2)",
		.summary = "wakes some who wait on a word, has others wait on a second",
		.number = NR_REQUEUE, .invoke = invoke_requeue,
		.result = RESULT_NUMBER,
		.parameters = {
			[REQUEUE_WORD] = TAKES("word", OBJECT),
			[REQUEUE_VALUE] = TAKES("value", INT),
			[REQUEUE_TO] = TAKES("to", OBJECT),
			[REQUEUE_WAKE] = TAKES("wake", INT),
			[REQUEUE_MOVE] = TAKES("move", INT),
		},
	},
};

CALL_FAMILY(futex2, calls);
