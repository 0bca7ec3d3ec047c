// SPDX-License-Identifier: MIT
/*
 * execve(), to see what outlives it. An endpoint cannot take orders in another program, so it becomes one that sleeps:
 * this very program, which knows by its name that there is nothing else to do.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

static char idle_name[] = "ipcdrill-idle";

/* Before main(), whoever's it is. */
__attribute__((constructor)) static void idle(int count, char **arguments)
{
	while (count == 1 && !strcmp(arguments[0], idle_name))
		pause();
}

static void invoke_execve(struct invocation *inv)
{
	const char *path = invocation_path(inv, 0);
	char *const arguments[] = { idle_name, NULL };
	char *const environment[] = { NULL };

	if (!path)
		path = "/proc/self/exe";
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, inv->libc ? execve(path, arguments, environment)
					   : syscall(SYS_execve, path, arguments, environment));
}

static const struct call calls[] = {
	{
		.name = "execve",
		.man = "execve(2)",
		.summary = "becomes a program that sleeps; `path`: another one",
		.number = SYS_execve,
		.family = FAMILY(SYS_pause, SYS_ppoll),
		.invoke = invoke_execve,
		.result = RESULT_NEVER,
		.parameters = { MAY_TAKE("path", PATH, SYMBOL_PLAIN, 0) },
	},
};

CALL_FAMILY(exec, calls);
