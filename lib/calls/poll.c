// SPDX-License-Identifier: MIT
/* poll() and ppoll(): which of some descriptors are ready. */
#include <poll.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { FDS, EVENTS, TIMEOUT, MASK };
enum { OUT_REVENTS, OUT_LEFT };

/* One set of events for each descriptor, or one for all. */
static struct pollfd *make_fds(struct invocation *inv, size_t *count)
{
	size_t event_count;
	int *fds = invocation_ints(inv, FDS, count);
	int *events = invocation_ints(inv, EVENTS, &event_count);
	struct pollfd *poll_fds = invocation_room(inv, *count * sizeof(*poll_fds));

	if (!fds || !events || !poll_fds)
		return NULL;
	if (event_count != *count && (event_count != 1 || invocation_is_list(inv, EVENTS))) {
		invocation_complain(inv, "%s: %zu descriptors, but events for %zu", inv->call->name,
				    *count, event_count);
		return NULL;
	}
	for (size_t i = 0; i < *count; i++)
		poll_fds[i] = (struct pollfd){
			.fd = fds[i], .events = (short)events[event_count == *count ? i : 0]
		};
	return poll_fds;
}

static void report(struct invocation *inv, long returned, const struct pollfd *fds, size_t count,
		   int64_t *revents)
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	for (size_t i = 0; i < count; i++)
		revents[i] = (unsigned short)fds[i].revents;
	invocation_out_one_or_list(inv, OUT_REVENTS, revents, count, invocation_is_list(inv, FDS));
}

static void invoke_poll(struct invocation *inv)
{
	size_t count;
	struct pollfd *fds = make_fds(inv, &count);
	int timeout_ms = invocation_milliseconds(inv, TIMEOUT);
	int64_t *revents = invocation_room(inv, count * sizeof(*revents));

	if (invocation_complained(inv))
		return;
	report(inv, INVOKE(inv, poll, fds, count, timeout_ms), fds, count, revents);
}

static void invoke_ppoll(struct invocation *inv)
{
	size_t count;
	struct pollfd *fds = make_fds(inv, &count);
	struct timespec *timeout = invocation_time(inv, TIMEOUT);
	sigset_t *mask = invocation_signals(inv, MASK);
	int64_t *revents = invocation_room(inv, count * sizeof(*revents));

	if (invocation_complained(inv))
		return;
	report(inv,
	       inv->libc ? ppoll(fds, count, timeout, mask)
			 : syscall(SYS_ppoll, fds, count, timeout, mask, 8),
	       fds, count, revents);
	if (timeout && !inv->libc)	/* the library keeps what is left to itself */
		invocation_out_number(inv, OUT_LEFT, timespec_to_ns(timeout));
}

static const struct call calls[] = {
	{
		.name = "poll", .man = "poll(2)",
		.summary = "waits until descriptors are ready; lists for several",
		.number = SYS_poll, .family = FAMILY(SYS_ppoll, SYS_poll), .invoke = invoke_poll,
		.result = RESULT_NUMBER,
		.parameters = {
			[FDS] = TAKES("fds", FD),
			[EVENTS] = TAKES("events", INT, SYMBOL_POLL),
			[TIMEOUT] = MAY_TAKE("timeout", MILLISECONDS, SYMBOL_PLAIN, -1),
		},
		.outs = { [OUT_REVENTS] = "revents" },
	},
	{
		.name = "ppoll", .man = "ppoll(2)",
		.summary = "the same, with a signal mask for as long as it waits",
		.number = SYS_ppoll, .invoke = invoke_ppoll,
		.result = RESULT_NUMBER,
		.parameters = {
			[FDS] = TAKES("fds", FD),
			[EVENTS] = TAKES("events", INT, SYMBOL_POLL),
			[TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
			[MASK] = MAY_TAKE("mask", SIGNALS, SYMBOL_SIGNAL, 0),
		},
		.outs = { [OUT_REVENTS] = "revents", [OUT_LEFT] = "left" },
	},
};

CALL_FAMILY(poll, calls);
