// SPDX-License-Identifier: MIT
/* futex(2) in all its operations: what the fourth to sixth argument are depends on the second. */
#include <linux/futex.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

#ifndef FUTEX_LOCK_PI2
#define FUTEX_LOCK_PI2 13
#endif

enum { WORD, OPERATION, VALUE, TIMEOUT, CLOCK, TO, VALUE2, VALUE3, CHANGE, WHEN };
enum { OUT_PASSED };

/* How an operation takes its timeout. */
enum timing { NO_TIMEOUT, DURATION, MONOTONIC_DEADLINE, REALTIME_DEADLINE };

static enum timing timing_of(int64_t operation)
{
	enum timing chosen = operation & FUTEX_CLOCK_REALTIME ? REALTIME_DEADLINE
							      : MONOTONIC_DEADLINE;

	switch (operation & FUTEX_CMD_MASK) {
	case FUTEX_WAIT: return DURATION;
	case FUTEX_LOCK_PI: return REALTIME_DEADLINE;
	case FUTEX_WAIT_BITSET:
	case FUTEX_WAIT_REQUEUE_PI:
	case FUTEX_LOCK_PI2: return chosen;
	default: return NO_TIMEOUT;
	}
}

/* A deadline on the operation's own clock, unless clock= has it read from another one. */
static struct timespec *timeout_of(struct invocation *inv, enum timing timing, clockid_t *clock)
{
	struct timespec *time = invocation_time(inv, TIMEOUT);

	*clock = timing == REALTIME_DEADLINE ? CLOCK_REALTIME : CLOCK_MONOTONIC;
	*clock = invocation_int(inv, CLOCK, *clock);
	if (time && timing != DURATION)
		*time = clock_after(*clock, invocation_duration(inv, TIMEOUT, 0));
	return time;
}

/* Two numbers of a pair such as {FUTEX_OP_ADD, 1}; 0, 0 where it was left out. */
static void read_pair(struct invocation *inv, size_t argument, int pair[2])
{
	size_t count;
	const int *ints = invocation_ints(inv, argument, &count);

	pair[0] = pair[1] = 0;
	if (!invocation_has(inv, argument))
		return;
	if (!ints || count != 2) {
		invocation_refuse(inv, argument, "a pair of numbers");
		return;
	}
	pair[0] = ints[0];
	pair[1] = ints[1];
}

/* The sixth argument: as it is, or made of what FUTEX_WAKE_OP changes and when. */
static uint32_t value3_of(struct invocation *inv)
{
	int change[2], when[2];

	read_pair(inv, CHANGE, change);
	read_pair(inv, WHEN, when);
	if (!invocation_has(inv, CHANGE))
		return (uint32_t)invocation_number(inv, VALUE3, 0);
	return (uint32_t)FUTEX_OP((unsigned)change[0], (unsigned)change[1], (unsigned)when[0],
				  (unsigned)when[1]);
}

static void invoke_futex(struct invocation *inv)
{
	int64_t word = invocation_number(inv, WORD, 0), to = invocation_number(inv, TO, 0);
	int64_t operation = invocation_number(inv, OPERATION, 0);
	uint32_t value = (uint32_t)invocation_number(inv, VALUE, 0);
	uint32_t value3 = value3_of(inv);
	enum timing timing = timing_of(operation);
	clockid_t clock = CLOCK_MONOTONIC;
	const struct timespec *timeout = NULL;
	struct timespec start;
	long fourth;

	if (timing == NO_TIMEOUT && invocation_has(inv, TIMEOUT))
		invocation_complain(inv, "futex: this operation takes no timeout");
	timeout = timeout_of(inv, timing, &clock);
	fourth = timing == NO_TIMEOUT ? (long)invocation_number(inv, VALUE2, 0) : (long)timeout;
	if (invocation_complained(inv))
		return;
	start = clock_after(clock,
				 timing == DURATION && timeout ? timespec_to_ns(timeout) : 0);
	invocation_returned(inv, syscall(SYS_futex, word, operation, value, fourth, to, value3));
	if (timeout)
		invocation_out_number(
			inv, OUT_PASSED,
			call_deadline_passed(timing == DURATION ? &start : timeout, clock));
}

/*
 * A list of words as the kernel reads it, of nodes that lie behind each word at the same distance.
 */
enum { NODE_DISTANCE = 64 };

static struct robust_list_head robust;

static void invoke_set_robust_list(struct invocation *inv)
{
	size_t count;
	const struct value *words = invocation_items(inv, WORD, &count);
	struct robust_list **link = &robust.list.next;

	for (size_t i = 0; i < count; i++) {
		if (words[i].kind != VALUE_INT)
			invocation_refuse(inv, WORD, "futexes");
	}
	if (invocation_complained(inv))
		return;
	for (size_t i = 0; i < count; i++) {
		*link = (struct robust_list *)(intptr_t)(words[i].number + NODE_DISTANCE);
		link = &(*link)->next;
	}
	*link = &robust.list;
	robust.futex_offset = -NODE_DISTANCE;
	invocation_returned(inv, syscall(SYS_set_robust_list, &robust, sizeof(robust)));
}

static const struct call calls[] = {
	{
		.name = "futex", .man = "futex(2)",
		.summary = "waits on a word, wakes those who wait, locks with it",
		.number = SYS_futex, .invoke = invoke_futex,
		.result = RESULT_NUMBER,
		.parameters = {
			[WORD] = TAKES("word", OBJECT),
			[OPERATION] = TAKES("operation", INT, SYMBOL_MISC),
			[VALUE] = MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
			[TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
			[CLOCK] = MAY_TAKE("clock", INT, SYMBOL_MISC, 0),
			[TO] = MAY_TAKE("to", OBJECT, SYMBOL_PLAIN, 0),
			[VALUE2] = MAY_TAKE("value2", INT, SYMBOL_PLAIN, 0),
			[VALUE3] = MAY_TAKE("value3", INT, SYMBOL_PLAIN, 0),
			[CHANGE] = MAY_TAKE("change", INT, SYMBOL_PLAIN, 0),
			[WHEN] = MAY_TAKE("when", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_PASSED] = "passed" },
	},
	{
		.name = "set_robust_list", .man = "get_robust_list(2)",
		.summary = "futexes that the kernel looks after when this process dies",
		.number = SYS_set_robust_list, .invoke = invoke_set_robust_list,
		.parameters = { [WORD] = TAKES("words", OBJECT) },
	},
};

CALL_FAMILY(futex, calls);
