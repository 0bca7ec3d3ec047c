// SPDX-License-Identifier: MIT
/* sigaction(), with one handler that counts and remembers, and handled(), which asks it. */
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

/* What the handler saw of one signal: how often it came, and what the last one said. */
struct sighting {
	atomic_long count;
	atomic_int code;
	atomic_int pid;
	atomic_uint uid;
	atomic_int value;
	atomic_int fd;
	atomic_int status;
};

static struct sighting sightings[NSIG];

/* Nothing in here but stores: it may run between any two instructions. */
static void remember(int sig, siginfo_t *info, void *context)
{
	struct sighting *sighting = &sightings[sig];

	(void)context;
	atomic_store(&sighting->code, info->si_code);
	atomic_store(&sighting->pid, info->si_pid);
	atomic_store(&sighting->uid, info->si_uid);
	atomic_store(&sighting->value, info->si_value.sival_int);
	atomic_store(&sighting->fd, info->si_fd);
	atomic_store(&sighting->status, info->si_status);
	atomic_fetch_add(&sighting->count, 1);
}

enum { OUT_CODE, OUT_PID, OUT_UID, OUT_VALUE, OUT_FD, OUT_STATUS };

static void invoke_handled(struct invocation *inv)
{
	int sig = invocation_int(inv, 0, 0);
	struct sighting *sighting;
	long count;

	if (!invocation_complained(inv) && (sig < 1 || sig >= NSIG))
		invocation_refuse(inv, 0, "a signal");
	if (invocation_complained(inv))
		return;
	sighting = &sightings[sig];
	count = atomic_load(&sighting->count);
	invocation_returned(inv, count);
	if (!count)
		return;
	invocation_out_number(inv, OUT_CODE, atomic_load(&sighting->code));
	invocation_out_number(inv, OUT_PID, atomic_load(&sighting->pid));
	invocation_out_number(inv, OUT_UID, (int64_t)atomic_load(&sighting->uid));
	invocation_out_number(inv, OUT_VALUE, atomic_load(&sighting->value));
	invocation_out_number(inv, OUT_FD, atomic_load(&sighting->fd));
	invocation_out_number(inv, OUT_STATUS, atomic_load(&sighting->status));
}

enum { SIGNAL, ACTION, FLAGS, MASK };
enum { OUT_OLD, OUT_OLD_FLAGS, OUT_OLD_MASK };

/* The library's word for what a scenario writes: SIG_DFL, SIG_IGN, handler. */
static bool make_action(struct invocation *inv, struct sigaction *action)
{
	int64_t word = invocation_number(inv, ACTION, 0);
	const sigset_t *mask = invocation_signals(inv, MASK);

	memset(action, 0, sizeof(*action));
	/* SA_RESETHAND is the sign bit of an int, and 2^31 by its name. */
	action->sa_flags = (int)invocation_number(inv, FLAGS, 0);
	if (mask)
		action->sa_mask = *mask;
	if (word == (intptr_t)SIG_DFL) {
		action->sa_handler = SIG_DFL;
	} else if (word == (intptr_t)SIG_IGN) {
		action->sa_handler = SIG_IGN;
	} else if (word == symbol_find("handler")->number) {
		action->sa_sigaction = remember;
		action->sa_flags |= SA_SIGINFO;
	} else {
		invocation_refuse(inv, ACTION, "SIG_DFL, SIG_IGN or handler");
	}
	return !invocation_complained(inv);
}

/* What the C library adds so that handlers can return; of no interest to a scenario. */
static const int hidden_flags = SA_SIGINFO | 0x04000000;	/* SA_RESTORER */

/*
 * Always through the library, which makes this same system call: a handler returns by way of a
 * restorer, and how that is given to the kernel differs from processor to processor.
 */
static void invoke_sigaction(struct invocation *inv)
{
	int sig = invocation_int(inv, SIGNAL, 0);
	struct sigaction action, old;
	sigset_t *old_mask = invocation_room(inv, sizeof(*old_mask));
	long returned;

	if (!make_action(inv, &action))
		return;
	memset(&old, 0, sizeof(old));
	returned = sigaction(sig, &action, &old);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_OLD,
			      old.sa_sigaction == remember ? symbol_find("handler")->number
							   : (intptr_t)old.sa_handler);
	invocation_out_number(inv, OUT_OLD_FLAGS, (uint32_t)(old.sa_flags & ~hidden_flags));
	*old_mask = old.sa_mask;
	invocation_out_signals(inv, OUT_OLD_MASK, old_mask);
}

static const struct call calls[] = {
	{
		.name = "sigaction", .man = "sigaction(2)",
		.summary = "sets what a signal does: SIG_DFL, SIG_IGN or handler",
		.number = SYS_rt_sigaction, .invoke = invoke_sigaction,
		.parameters = {
			[SIGNAL] = TAKES("signal", INT, SYMBOL_SIGNAL),
			[ACTION] = TAKES("action", INT, SYMBOL_DISPOSITION),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_SA, 0),
			[MASK] = MAY_TAKE("mask", SIGNALS, SYMBOL_SIGNAL, 0),
		},
		.outs = {
			[OUT_OLD] = "old",
			[OUT_OLD_FLAGS] = "old_flags",
			[OUT_OLD_MASK] = "old_mask",
		},
	},
	{
		.name = "handled", .man = "sigaction(2)",
		.summary = "how often `handler` ran for a signal; what the last one said",
		.number = -1, .invoke = invoke_handled,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("signal", INT, SYMBOL_SIGNAL) },
		.outs = {
			[OUT_CODE] = "code", [OUT_PID] = "pid",
			[OUT_UID] = "uid",
			[OUT_VALUE] = "value", [OUT_FD] = "fd",
			[OUT_STATUS] = "status",
		},
	},
};

CALL_FAMILY(handler, calls);
