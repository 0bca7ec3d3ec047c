// SPDX-License-Identifier: MIT
/* Timers that are descriptors: what is read from one is how often it has expired. */
#include <sys/timerfd.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(timerfd_create, timerfd_create(raw[0], raw[1]))

enum { FD, VALUE, INTERVAL, FLAGS };
enum { OUT_VALUE, OUT_INTERVAL };
#define TIMER_OUTS                                                 \
	{                                                          \
		[OUT_VALUE] = "value", [OUT_INTERVAL] = "interval" \
	}

static void report_timer(struct invocation *inv, long returned, const struct itimerspec *timer)
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_VALUE, timespec_to_ns(&timer->it_value));
	invocation_out_number(inv, OUT_INTERVAL, timespec_to_ns(&timer->it_interval));
}

static void invoke_settime(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	int flags = invocation_int(inv, FLAGS, 0);
	struct itimerspec old = { 0 }, timer = {
		.it_value = timespec_from_ns(invocation_duration(inv, VALUE, 0)),
		.it_interval = timespec_from_ns(invocation_duration(inv, INTERVAL, 0)),
	};

	if (invocation_complained(inv))
		return;
	report_timer(inv, INVOKE(inv, timerfd_settime, fd, flags, &timer, &old), &old);
}

static void invoke_gettime(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	struct itimerspec timer = { 0 };

	if (invocation_complained(inv))
		return;
	report_timer(inv, INVOKE(inv, timerfd_gettime, fd, &timer), &timer);
}

static void invoke_read(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	uint64_t count = 0;
	long returned;

	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, read, fd, &count, sizeof(count));
	invocation_returned(inv, returned);
	if (returned >= 0)
		inv->result->number = (int64_t)count;
}

static const struct call calls[] = {
	{
		.name = "timerfd_create", .man = "timerfd_create(2)",
		.summary = "makes a timer that is a descriptor",
		.number = SYS_timerfd_create, .libc = libc_timerfd_create,
		.result = RESULT_FD,
		.parameters = {
			TAKES("clock", INT, SYMBOL_MISC),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "timerfd_settime", .man = "timerfd_settime(2)",
		.summary = "it expires after some time, and again; 0s stops it",
		.number = SYS_timerfd_settime, .invoke = invoke_settime,
		.flags = CALL_ARMS_TIMER,
		.parameters = {
			[FD] = TAKES("fd", FD),
			[VALUE] = TAKES("value", TIME),
			[INTERVAL] = MAY_TAKE("interval", TIME, SYMBOL_PLAIN, 0),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
		.outs = TIMER_OUTS,
	},
	{
		.name = "timerfd_gettime", .man = "timerfd_gettime(2)",
		.summary = "what is left until it expires, in nanoseconds",
		.number = SYS_timerfd_gettime, .invoke = invoke_gettime,
		.parameters = { [FD] = TAKES("fd", FD) },
		.outs = TIMER_OUTS,
	},
	{
		.name = "read_timer", .man = "timerfd_create(2)",
		.summary = "reads a timer's eight bytes: how often it expired since the last time",
		.number = SYS_read, .invoke = invoke_read,
		.result = RESULT_NUMBER,
		.parameters = { [FD] = TAKES("fd", FD) },
	},
};

CALL_FAMILY(timerfd, calls);
