// SPDX-License-Identifier: MIT
/* How a process is scheduled: policy, priority, nice value. */
#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(sched_getscheduler, sched_getscheduler(raw[0]))
LIBC(setpriority, setpriority((__priority_which_t)raw[0], (id_t)raw[1], raw[2]))

enum { POLICY, PRIORITY, PROCESS };

static void invoke_sched_setscheduler(struct invocation *inv)
{
	int policy = invocation_int(inv, POLICY, 0);
	struct sched_param *param = invocation_room(inv, sizeof(*param));
	pid_t pid = invocation_int(inv, PROCESS, 0);

	if (param)
		param->sched_priority = invocation_int(inv, PRIORITY, 0);
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, sched_setscheduler, pid, policy, param));
}

enum { OUT_PRIORITY };

static void invoke_sched_getparam(struct invocation *inv)
{
	struct sched_param *param = invocation_room(inv, sizeof(*param));
	pid_t pid = invocation_int(inv, 0, 0);
	long returned;

	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, sched_getparam, pid, param);
	invocation_returned(inv, returned);
	if (returned >= 0)
		invocation_out_number(inv, OUT_PRIORITY, param->sched_priority);
}

/*
 * A nice value of -1 is no error; the system call gives 20 less the value, and the library that
 * value.
 */
static void invoke_getpriority(struct invocation *inv)
{
	int which = invocation_int(inv, 0, 0);
	int who = invocation_int(inv, 1, 0);
	long returned;

	if (invocation_complained(inv))
		return;
	errno = 0;
	returned = inv->libc ? getpriority((__priority_which_t)which, (id_t)who) :
		   syscall(SYS_getpriority, which, who);
	invocation_returned(inv, returned);
}

/* The library's alone on some processors; -1 may be the new value. */
static void invoke_nice(struct invocation *inv)
{
	int increment = invocation_int(inv, 0, 0);

	if (invocation_complained(inv))
		return;
	errno = 0;
	invocation_returned(inv, nice(increment));
}

static const struct call calls[] = {
	{
		.name = "sched_setscheduler", .man = "sched_setscheduler(2)",
		.summary = "sets policy and priority, its own if no process is named",
		.number = SYS_sched_setscheduler, .invoke = invoke_sched_setscheduler,
		.parameters = {
			[POLICY] = TAKES("policy", INT, SYMBOL_MISC),
			[PRIORITY] = MAY_TAKE("priority", INT, SYMBOL_PLAIN, 0),
			[PROCESS] = MAY_TAKE("pid", PROCESS, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "sched_getscheduler", .man = "sched_setscheduler(2)", .summary = "the policy",
		.number = SYS_sched_getscheduler, .libc = libc_sched_getscheduler,
		.result = RESULT_NUMBER,
		.parameters = { MAY_TAKE("pid", PROCESS, SYMBOL_PLAIN, 0) },
	},
	{
		.name = "sched_getparam", .man = "sched_setparam(2)", .summary = "the priority",
		.number = SYS_sched_getparam, .invoke = invoke_sched_getparam,
		.parameters = { MAY_TAKE("pid", PROCESS, SYMBOL_PLAIN, 0) },
		.outs = { [OUT_PRIORITY] = "priority" },
	},
	{
		.name = "nice", .man = "nice(2)", .summary = "adds to its nice value",
		.number = -1, .invoke = invoke_nice,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("increment", INT) },
	},
	{
		.name = "setpriority", .man = "setpriority(2)", .summary = "sets the nice value",
		.number = SYS_setpriority, .libc = libc_setpriority,
		.parameters = {
			TAKES("which", INT, SYMBOL_MISC),
			TAKES("who", PROCESS),
			TAKES("value", INT),
		},
	},
	{
		.name = "getpriority", .man = "setpriority(2)",
		.summary = "the nice value through the library; by number, 20 less it",
		.number = SYS_getpriority, .invoke = invoke_getpriority,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("which", INT, SYMBOL_MISC),
			MAY_TAKE("who", PROCESS, SYMBOL_PLAIN, 0),
		},
	},
};

CALL_FAMILY(schedule, calls);
