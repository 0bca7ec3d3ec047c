// SPDX-License-Identifier: MIT
/* sigaction(), with a handler that counts and remembers, and handled(), which asks it. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "call_sighting.h"
#include "table.h"

enum { OUT_CODE, OUT_PID, OUT_UID, OUT_VALUE, OUT_FD, OUT_STATUS, OUT_TID, OUT_ONSTACK };

static void invoke_handled(struct invocation *inv)
{
	int sig = invocation_int(inv, 0, 0);
	const struct sighting *sighting;
	long count;

	if (!invocation_complained(inv) && (sig < 1 || sig >= NSIG))
		invocation_refuse(inv, 0, "a signal");
	if (invocation_complained(inv))
		return;
	sighting = sighting_of(sig);
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
	invocation_out_number(inv, OUT_TID, atomic_load(&sighting->tid));
	invocation_out_number(inv, OUT_ONSTACK, atomic_load(&sighting->onstack));
}

enum { SIGNAL, ACTION, FLAGS, MASK };
enum { OUT_OLD, OUT_OLD_FLAGS, OUT_OLD_MASK };

/* What a scenario writes for an action, and the library's word for it. */
static const struct {
	const char *name;
	void (*plain)(int sig);
	void (*action)(int sig, siginfo_t *info, void *context);
} dispositions[] = {
	{ "SIG_DFL", SIG_DFL, NULL },
	{ "SIG_IGN", SIG_IGN, NULL },
	{ "handler", NULL, sighting_remember },
	{ "pausing_handler", NULL, sighting_remember_and_pause },
};

enum { DISPOSITION_COUNT = sizeof(dispositions) / sizeof(dispositions[0]) };

static bool set_disposition(struct sigaction *action, int64_t word)
{
	for (int i = 0; i < DISPOSITION_COUNT; i++) {
		if (symbol_find(dispositions[i].name)->number != word)
			continue;
		if (dispositions[i].action) {
			action->sa_sigaction = dispositions[i].action;
			action->sa_flags |= SA_SIGINFO;
		} else {
			action->sa_handler = dispositions[i].plain;
		}
		return true;
	}
	return false;
}

static int64_t disposition_of(const struct sigaction *action)
{
	for (int i = 0; i < DISPOSITION_COUNT; i++) {
		if (dispositions[i].action && dispositions[i].action == action->sa_sigaction)
			return symbol_find(dispositions[i].name)->number;
	}
	return (intptr_t)action->sa_handler;
}

static bool make_action(struct invocation *inv, struct sigaction *action)
{
	int64_t word = invocation_number(inv, ACTION, 0);
	const sigset_t *mask = invocation_signals(inv, MASK);

	memset(action, 0, sizeof(*action));
	/* SA_RESETHAND is the sign bit of an int, and 2^31 by its name. */
	action->sa_flags = (int)invocation_number(inv, FLAGS, 0);
	if (mask)
		action->sa_mask = *mask;
	if (!set_disposition(action, word))
		invocation_refuse(inv, ACTION, "SIG_DFL, SIG_IGN or handler");
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
	invocation_out_number(inv, OUT_OLD, disposition_of(&old));
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
			[OUT_TID] = "tid", [OUT_ONSTACK] = "onstack",
		},
	},
};

CALL_FAMILY(handler, calls);
