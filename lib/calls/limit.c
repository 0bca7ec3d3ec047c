// SPDX-License-Identifier: MIT
/* What a process may use and how it is treated: resource limits, prctl(). */
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { RESOURCE, SOFT, HARD };
enum { OUT_SOFT, OUT_HARD };

static void invoke_getrlimit(struct invocation *inv)
{
	int resource = invocation_int(inv, RESOURCE, 0);
	struct rlimit limit = { 0 };
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? getrlimit((__rlimit_resource_t)resource, &limit) :
		   syscall(SYS_prlimit64, 0, resource, NULL, &limit);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_SOFT, (int64_t)limit.rlim_cur);
	invocation_out_number(inv, OUT_HARD, (int64_t)limit.rlim_max);
}

/* The hard limit stays where it is unless it is given. */
static void invoke_setrlimit(struct invocation *inv)
{
	int resource = invocation_int(inv, RESOURCE, 0);
	struct rlimit limit = { 0 };

	if (!invocation_has(inv, HARD) && !invocation_complained(inv))
		getrlimit((__rlimit_resource_t)resource, &limit);
	limit.rlim_cur = (rlim_t)invocation_number(inv, SOFT, 0);
	limit.rlim_max = (rlim_t)invocation_number(inv, HARD, (int64_t)limit.rlim_max);
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, inv->libc ? setrlimit((__rlimit_resource_t)resource, &limit) :
				 syscall(SYS_prlimit64, 0, resource, &limit, NULL));
}

/*
 * prctl() options whose argument is a number; the others are not offered, as they reach into
 * memory.
 */
static bool takes_number(int option)
{
	static const int options[] = {
		PR_SET_PDEATHSIG,    PR_GET_DUMPABLE,        PR_SET_DUMPABLE,
		PR_GET_KEEPCAPS,     PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS,
		PR_GET_NO_NEW_PRIVS, PR_SET_TIMERSLACK,      PR_GET_TIMERSLACK,
		PR_SET_KEEPCAPS,
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i] == option)
			return true;
	}
	return false;
}

enum { OUT_VALUE };

/* The one option that fills a number in. */
static void invoke_get_pdeathsig(struct invocation *inv)
{
	int value = 0, returned;

	if (invocation_has(inv, 1))
		invocation_complain(inv, "prctl: PR_GET_PDEATHSIG takes no argument");
	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, prctl, PR_GET_PDEATHSIG, &value, 0, 0, 0);
	invocation_returned(inv, returned);
	if (!returned)
		invocation_out_number(inv, OUT_VALUE, value);
}

static void invoke_prctl(struct invocation *inv)
{
	int option = invocation_int(inv, 0, 0);
	long argument = invocation_number(inv, 1, 0);

	if (option == PR_GET_PDEATHSIG) {
		invoke_get_pdeathsig(inv);
		return;
	}
	if (!takes_number(option))
		invocation_complain(inv, "prctl: option %d is not one that takes a number", option);
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, prctl, option, argument, 0, 0, 0));
}

static const struct call calls[] = {
	{
		.name = "getrlimit", .man = "getrlimit(2)", .summary = "a limit of this process",
		.number = SYS_prlimit64, .invoke = invoke_getrlimit,
		.parameters = { [RESOURCE] = TAKES("resource", INT, SYMBOL_RLIMIT) },
		.outs = { [OUT_SOFT] = "soft", [OUT_HARD] = "hard" },
	},
	{
		.name = "setrlimit", .man = "setrlimit(2)",
		.summary = "sets a limit of this process",
		.number = SYS_prlimit64, .invoke = invoke_setrlimit,
		.parameters = {
			[RESOURCE] = TAKES("resource", INT, SYMBOL_RLIMIT),
			[SOFT] = TAKES("soft", INT, SYMBOL_LIMIT),
			[HARD] = MAY_TAKE("hard", INT, SYMBOL_LIMIT, 0),
		},
	},
	{
		.name = "prctl", .man = "prctl(2)",
		.summary = "the signal at the parent's death and other such numbers",
		.number = SYS_prctl, .invoke = invoke_prctl,
		.flags = CALL_SIGNALS,		/* PR_SET_PDEATHSIG */
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("option", INT, SYMBOL_MISC),
			MAY_TAKE("argument", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_VALUE] = "value" },
	},
};

CALL_FAMILY(limit, calls);
