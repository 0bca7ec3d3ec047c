// SPDX-License-Identifier: MIT
/* Calls that let time act: alarms, interval timers, sleeping. */
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { NS_PER_S = 1000000000 };

/* Seconds, as a duration (rounded up) or as the bare number that a C programmer would write. */
static void invoke_alarm(struct invocation *inv)
{
	const struct value *value = &inv->arguments[0];
	int64_t seconds;

	if (value->kind == VALUE_TIME)
		seconds = value->number / NS_PER_S + (value->number % NS_PER_S > 0);
	else
		seconds = invocation_number(inv, 0, 0);
	if (seconds < 0 || seconds > UINT32_MAX)
		invocation_refuse(inv, 0, "a duration of whole seconds");
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, alarm, (unsigned)seconds));
}

enum { OUT_VALUE, OUT_INTERVAL };
#define TIMER_OUTS { [OUT_VALUE] = "value", [OUT_INTERVAL] = "interval" }

static void report_timer(struct invocation *inv, long returned, const struct itimerval *timer)
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_VALUE, timeval_to_ns(&timer->it_value));
	invocation_out_number(inv, OUT_INTERVAL, timeval_to_ns(&timer->it_interval));
}

static void invoke_setitimer(struct invocation *inv)
{
	int which = invocation_int(inv, 0, 0);
	struct itimerval old = { 0 }, timer = {
		.it_value = timeval_from_ns(invocation_duration(inv, 1, 0)),
		.it_interval = timeval_from_ns(invocation_duration(inv, 2, 0)),
	};

	if (invocation_complained(inv))
		return;
	report_timer(inv, INVOKE(inv, setitimer, which, &timer, &old), &old);
}

static void invoke_getitimer(struct invocation *inv)
{
	int which = invocation_int(inv, 0, 0);
	struct itimerval timer = { 0 };

	if (invocation_complained(inv))
		return;
	report_timer(inv, INVOKE(inv, getitimer, which, &timer), &timer);
}

enum { OUT_LEFT };

static void invoke_nanosleep(struct invocation *inv)
{
	struct timespec *time = invocation_time(inv, 0);
	struct timespec left = { 0 };

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, nanosleep, time, &left));
	invocation_out_number(inv, OUT_LEFT, timespec_to_ns(&left));
}

static const struct call calls[] = {
	{
		.name = "alarm", .man = "alarm(2)",
		.summary = "SIGALRM after some seconds; how many an older one had left",
		.number = SYS_alarm, .invoke = invoke_alarm,
		.flags = CALL_ARMS_TIMER,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("seconds", ANYTHING) },
	},
	{
		.name = "setitimer", .man = "setitimer(2)",
		.summary = "a signal after some time, and again; 0s stops it",
		.number = SYS_setitimer, .invoke = invoke_setitimer,
		.flags = CALL_ARMS_TIMER,
		.parameters = {
			TAKES("which", INT, SYMBOL_MISC),
			TAKES("value", TIME),
			MAY_TAKE("interval", TIME, SYMBOL_PLAIN, 0),
		},
		.outs = TIMER_OUTS,
	},
	{
		.name = "getitimer", .man = "getitimer(2)",
		.summary = "what is left of an interval timer, in nanoseconds",
		.number = SYS_getitimer, .invoke = invoke_getitimer,
		.parameters = { TAKES("which", INT, SYMBOL_MISC) },
		.outs = TIMER_OUTS,
	},
	{
		.name = "nanosleep", .man = "nanosleep(2)",
		.summary = "sleeps; `left` when a signal cuts it short",
		.number = SYS_nanosleep, .family = FAMILY(SYS_clock_nanosleep),
		.invoke = invoke_nanosleep,
		.parameters = { TAKES("time", TIME) },
		.outs = { [OUT_LEFT] = "left" },
	},
};

CALL_FAMILY(timer, calls);
