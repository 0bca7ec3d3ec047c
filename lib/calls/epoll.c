// SPDX-License-Identifier: MIT
/* epoll: sets of descriptors that the kernel keeps. */
#include <sys/epoll.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(epoll_create1, epoll_create1(raw[0]))

enum { CTL_EPFD, CTL_OP, CTL_FD, CTL_EVENTS, CTL_DATA };

static void invoke_epoll_ctl(struct invocation *inv)
{
	int epfd = invocation_int(inv, CTL_EPFD, -1);
	int op = invocation_int(inv, CTL_OP, 0);
	int fd = invocation_int(inv, CTL_FD, -1);
	struct epoll_event event = {
		.events = (uint32_t)invocation_number(inv, CTL_EVENTS, 0),
		.data.u64 = (uint64_t)invocation_number(inv, CTL_DATA, fd),
	};

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, epoll_ctl, epfd, op, fd, &event));
}

enum { WAIT_EPFD, WAIT_COUNT, WAIT_TIMEOUT, WAIT_MASK };
enum { OUT_EVENTS, OUT_DATA };

/* What one epoll_wait() needs; the last two are room for the answers as numbers. */
struct wait {
	int epfd;
	int most;
	int timeout_ms;
	struct epoll_event *events;
	int64_t *masks;
	int64_t *data;
};

/*
 * False once there is a complaint. A count that is not positive goes to the kernel, which refuses
 * it.
 */
static bool make_wait(struct invocation *inv, struct wait *wait)
{
	int most = invocation_int(inv, WAIT_COUNT, 0);
	size_t room = most > 0 ? (size_t)most : 0;

	*wait = (struct wait){
		.epfd = invocation_int(inv, WAIT_EPFD, -1),
		.most = most,
		.timeout_ms = invocation_milliseconds(inv, WAIT_TIMEOUT),
		.events = invocation_room(inv, room * sizeof(*wait->events)),
		.masks = invocation_room(inv, room * sizeof(*wait->masks)),
		.data = invocation_room(inv, room * sizeof(*wait->data)),
	};
	return !invocation_complained(inv);
}

static void report(struct invocation *inv, const struct wait *wait, long returned)
{
	invocation_returned(inv, returned);
	for (long i = 0; i < returned; i++) {
		wait->masks[i] = wait->events[i].events;
		wait->data[i] = (int64_t)wait->events[i].data.u64;
	}
	if (returned <= 0)
		return;
	invocation_out_one_or_list(inv, OUT_EVENTS, wait->masks, (size_t)returned, returned > 1);
	invocation_out_one_or_list(inv, OUT_DATA, wait->data, (size_t)returned, returned > 1);
}

static void invoke_epoll_wait(struct invocation *inv)
{
	struct wait wait;

	if (!make_wait(inv, &wait))
		return;
	report(inv, &wait,
	       INVOKE(inv, epoll_wait, wait.epfd, wait.events, wait.most, wait.timeout_ms));
}

static void invoke_epoll_pwait(struct invocation *inv)
{
	sigset_t *mask = invocation_signals(inv, WAIT_MASK);
	struct wait wait;

	if (!make_wait(inv, &wait))
		return;
	report(inv, &wait,
	       inv->libc ? epoll_pwait(wait.epfd, wait.events, wait.most, wait.timeout_ms, mask)
			 : syscall(SYS_epoll_pwait, wait.epfd, wait.events, wait.most,
				   wait.timeout_ms, mask, 8));
}

#define WAIT_PARAMETERS \
	[WAIT_EPFD] = TAKES("epfd", FD), \
	[WAIT_COUNT] = TAKES("maxevents", INT), \
	[WAIT_TIMEOUT] = MAY_TAKE("timeout", MILLISECONDS, SYMBOL_PLAIN, -1)

static const struct call calls[] = {
	{
		.name = "epoll_create1", .man = "epoll_create1(2)", .summary = "makes an empty set",
		.number = SYS_epoll_create1, .libc = libc_epoll_create1,
		.result = RESULT_FD,
		.parameters = { MAY_TAKE("flags", INT, SYMBOL_MISC, 0) },
	},
	{
		.name = "epoll_ctl", .man = "epoll_ctl(2)",
		.summary = "adds, changes or removes a descriptor of the set",
		.number = SYS_epoll_ctl, .invoke = invoke_epoll_ctl,
		.parameters = {
			[CTL_EPFD] = TAKES("epfd", FD),
			[CTL_OP] = TAKES("op", INT, SYMBOL_EPOLL_OP),
			[CTL_FD] = TAKES("fd", FD),
			[CTL_EVENTS] = MAY_TAKE("events", INT, SYMBOL_EPOLL, 0),
			/* Left out: the descriptor's number. */
			[CTL_DATA] = MAY_TAKE("data", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "epoll_wait", .man = "epoll_wait(2)",
		.summary = "waits for events of the set; lists if several",
		.number = SYS_epoll_wait, .family = FAMILY(SYS_epoll_pwait, SYS_epoll_wait),
		.invoke = invoke_epoll_wait,
		.result = RESULT_NUMBER,
		.parameters = { WAIT_PARAMETERS },
		.outs = { [OUT_EVENTS] = "events", [OUT_DATA] = "data" },
	},
	{
		.name = "epoll_pwait", .man = "epoll_pwait(2)",
		.summary = "the same, with a signal mask while it waits",
		.number = SYS_epoll_pwait, .invoke = invoke_epoll_pwait,
		.result = RESULT_NUMBER,
		.parameters = {
			WAIT_PARAMETERS,
			[WAIT_MASK] = MAY_TAKE("mask", SIGNALS, SYMBOL_SIGNAL, 0),
		},
		.outs = { [OUT_EVENTS] = "events", [OUT_DATA] = "data" },
	},
};

CALL_FAMILY(epoll, calls);
