// SPDX-License-Identifier: MIT
/* The stack that handlers run on when there is no other, and the way to have no other. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "call_sighting.h"
#include "table.h"

enum { SIZE, STACK_FLAGS, INSIDE };
enum { OUT_OLD_SIZE, OUT_OLD_STACK_FLAGS };

static long change_stack(const struct invocation *inv, const stack_t *stack, stack_t *old)
{
	return INVOKE(inv, sigaltstack, stack, old);
}

/* In the handler of a signal to itself. */
static void change_stack_inside(struct invocation *inv, const stack_t *stack, int sig)
{
	struct errand errand = { .stack = stack };

	sighting_send_on(&errand);
	raise(sig);
	sighting_send_on(NULL);
	errno = errand.error;
	invocation_returned(inv, errand.returned);
}

/* The memory is kept until the endpoint dies. */
static void invoke_sigaltstack(struct invocation *inv)
{
	size_t size = (size_t)invocation_number(inv, SIZE, 0);
	int inside = invocation_int(inv, INSIDE, 0);
	stack_t stack = { .ss_size = size, .ss_flags = invocation_int(inv, STACK_FLAGS, 0) };
	stack_t old = { 0 };
	long returned;

	if (invocation_complained(inv))
		return;
	stack.ss_sp = mmap(NULL, size ? size : 1, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (stack.ss_sp == MAP_FAILED)
		invocation_complain(inv, "sigaltstack: no memory for it");
	if (invocation_complained(inv))
		return;
	if (inside) {
		change_stack_inside(inv, &stack, inside);
		return;
	}
	returned = change_stack(inv, &stack, &old);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_OLD_SIZE, (int64_t)old.ss_size);
	invocation_out_number(inv, OUT_OLD_STACK_FLAGS, old.ss_flags);
}

/* Not to be turned into a loop, nor its frames merged. */
__attribute__((noinline)) static int sink(int depth)
{
	volatile char frame[4096];

	frame[0] = (char)depth;
	return depth < INT_MAX ? sink(depth + 1) + frame[0] : 0;
}

/* Comes back only by way of a handler of SIGSEGV that has a stack to run on. */
static void invoke_exhaust_stack(struct invocation *inv)
{
	struct errand errand = { .escapes = true };

	sighting_send_on(&errand);
	if (sigsetjmp(errand.escape, 1) == 0)
		sink(0);
	sighting_send_on(NULL);
	invocation_returned(inv, 0);
}

static const struct call calls[] = {
	{
		.name = "sigaltstack", .man = "sigaltstack(2)",
		.summary = "sets the stack for handlers with SA_ONSTACK; inside: from a handler of that",
		.number = SYS_sigaltstack, .invoke = invoke_sigaltstack,
		.parameters = {
			[SIZE] = TAKES("size", INT),
			[STACK_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
			[INSIDE] = MAY_TAKE("inside", INT, SYMBOL_SIGNAL, 0),
		},
		.outs = { [OUT_OLD_SIZE] = "old_size", [OUT_OLD_STACK_FLAGS] = "old_flags" },
	},
	{
		.name = "exhaust_stack", .man = "sigaltstack(2)",
		.summary = "calls itself until there is no more stack",
		.number = -1, .invoke = invoke_exhaust_stack,
		.flags = CALL_QUESTION,
	},
};

CALL_FAMILY(alternate_stack, calls);
