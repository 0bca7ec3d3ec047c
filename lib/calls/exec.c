// SPDX-License-Identifier: MIT
/*
 * execve(), to see what outlives it. An endpoint cannot take orders in another program, so it
 * becomes one that sleeps: this very program, which knows by its name that there is nothing else to
 * do, except perhaps to hand on what can be read from one descriptor to another.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

static char idle_name[] = "ipcdrill-idle";

enum { READS = 1, WRITES, NUMBER_SIZE = 12 };

static void hand_on(int from_fd, int to_fd)
{
	char buffer[4096];
	ssize_t length = read(from_fd, buffer, sizeof(buffer));

	if (length < 0 || write(to_fd, buffer, (size_t)length) != length)
		_exit(EXIT_FAILURE);
}

/* Before main(), whoever's it is. */
__attribute__((constructor)) static void idle(int count, char **arguments)
{
	if (count < 1 || strcmp(arguments[0], idle_name) != 0)
		return;
	if (count > WRITES)
		hand_on(atoi(arguments[READS]), atoi(arguments[WRITES]));
	for (;;)
		pause();
}

static void invoke_execve(struct invocation *inv)
{
	const char *path = invocation_path(inv, 0);
	char reads[NUMBER_SIZE], writes[NUMBER_SIZE];
	bool hands_on = invocation_has(inv, READS) && invocation_has(inv, WRITES);
	char *const arguments[] = { idle_name, hands_on ? reads : NULL, writes, NULL };
	char *const environment[] = { NULL };

	snprintf(reads, sizeof(reads), "%d", invocation_int(inv, READS, -1));
	snprintf(writes, sizeof(writes), "%d", invocation_int(inv, WRITES, -1));

	if (!path)
		path = "/proc/self/exe";
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, execve, path, arguments, environment));
}

static const struct call calls[] = {
	{
		.name = "execve",
		.man = "execve(2)",
		.summary = "becomes a program that sleeps, or first reads something and writes it; `path`: another one",
		.number = SYS_execve,
		.family = FAMILY(SYS_ppoll, SYS_pause),
		.flags = CALL_LEADS_ON,
		.invoke = invoke_execve,
		.result = RESULT_STATUS, /* of one that fails */
		.parameters = {
			MAY_TAKE("path", PATH, SYMBOL_PLAIN, 0),
			[READS] = MAY_TAKE("reads", FD, SYMBOL_PLAIN, -1),
			[WRITES] = MAY_TAKE("writes", FD, SYMBOL_PLAIN, -1),
		},
	},
};

CALL_FAMILY(exec, calls);
