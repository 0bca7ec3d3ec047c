// SPDX-License-Identifier: MIT
/* Socket options: numbers, durations, linger, credentials. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { FD, LEVEL, OPTION, VALUE };
enum { OPTION_SIZE_MAX = 4096, MS_PER_S = 1000 };

/* TCP's durations are ints, of seconds but for one. */
static const void *make_tcp_time(struct invocation *inv, int option, size_t *size)
{
	int *number = invocation_room(inv, sizeof(*number));
	int ms = invocation_milliseconds(inv, VALUE);

	if (number)
		*number = option == TCP_USER_TIMEOUT ? ms : ms / MS_PER_S + (ms % MS_PER_S > 0);
	*size = sizeof(*number);
	return number;
}

/*
 * The value as the kernel wants it. What is written says which form that is: a number is an int, a
 * duration a timeval, a list an array of ints (SO_LINGER is {on, seconds}), a string itself.
 */
static const void *make_value(struct invocation *inv, int level, int option, size_t *size)
{
	const struct value *value = &inv->arguments[VALUE];
	struct timeval *time;
	const void *made;

	if (value->kind == VALUE_BYTES)
		return invocation_bytes(inv, VALUE, size);
	if (value->kind == VALUE_TIME && level == IPPROTO_TCP)
		return make_tcp_time(inv, option, size);
	if (value->kind == VALUE_TIME) {
		time = invocation_room(inv, sizeof(*time));
		if (time)
			*time = timeval_from_ns(value->number);
		*size = sizeof(*time);
		return time;
	}
	made = invocation_ints(inv, VALUE, size);
	*size *= sizeof(int);
	return made;
}

static void invoke_setsockopt(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	int level = invocation_int(inv, LEVEL, 0);
	int option = invocation_int(inv, OPTION, 0);
	size_t size = 0;
	const void *value = make_value(inv, level, option, &size);

	if (size > OPTION_SIZE_MAX)
		invocation_complain(inv, "setsockopt: a value of %zu bytes is too long", size);
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, inv->libc ? setsockopt(fd, level, option, value, (socklen_t)size) :
				 syscall(SYS_setsockopt, fd, level, option, value, size));
}

enum { OUT_VALUE, OUT_PID, OUT_UID, OUT_GID, OUT_SECONDS, OUT_BYTES, OUT_LENGTH };

/* How an option's bytes are told. */
typedef void (*teller)(struct invocation *inv, const void *value);

static void tell_number(struct invocation *inv, const void *value)
{
	int number;

	memcpy(&number, value, sizeof(number));
	invocation_out_number(inv, OUT_VALUE, number);
}

static void tell_long(struct invocation *inv, const void *value)
{
	int64_t number;

	memcpy(&number, value, sizeof(number));
	invocation_out_number(inv, OUT_VALUE, number);
}

static void tell_duration(struct invocation *inv, const void *value)
{
	struct timeval time;

	memcpy(&time, value, sizeof(time));
	invocation_out_number(inv, OUT_VALUE, timeval_to_ns(&time));
}

static void tell_linger(struct invocation *inv, const void *value)
{
	struct linger linger;

	memcpy(&linger, value, sizeof(linger));
	invocation_out_number(inv, OUT_VALUE, linger.l_onoff);
	invocation_out_number(inv, OUT_SECONDS, linger.l_linger);
}

static void tell_credentials(struct invocation *inv, const void *value)
{
	struct ucred credentials;

	memcpy(&credentials, value, sizeof(credentials));
	invocation_out_number(inv, OUT_PID, credentials.pid);
	invocation_out_number(inv, OUT_UID, (int64_t)credentials.uid);
	invocation_out_number(inv, OUT_GID, (int64_t)credentials.gid);
}

/* The options of SOL_SOCKET that are no int. */
struct form {
	int option;
	size_t size;
	teller tell;
};

static const struct form *form_of(int level, int option)
{
	static const struct form forms[] = {
		{ SO_RCVTIMEO, sizeof(struct timeval), tell_duration },
		{ SO_SNDTIMEO, sizeof(struct timeval), tell_duration },
		{ SO_LINGER, sizeof(struct linger), tell_linger },
		{ SO_PEERCRED, sizeof(struct ucred), tell_credentials },
		{ SO_COOKIE, sizeof(uint64_t), tell_long },
	};
	static const struct form plain = { 0, sizeof(int), tell_number };

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && level == SOL_SOCKET; i++) {
		if (forms[i].option == option)
			return &forms[i];
	}
	return &plain;
}

static void invoke_getsockopt(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	int level = invocation_int(inv, LEVEL, 0);
	int option = invocation_int(inv, OPTION, 0);
	const struct form *form = form_of(level, option);
	size_t room = invocation_size(inv, VALUE, form->size);
	char *value = invocation_room(inv, room);
	socklen_t length = (socklen_t)room;
	long returned;

	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, getsockopt, fd, level, option, value, &length);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	if (length == form->size && length <= room)
		form->tell(inv, value);
	invocation_out_bytes(inv, OUT_BYTES, value, length < room ? length : room);
	invocation_out_number(inv, OUT_LENGTH, length);
}

static const struct call calls[] = {
	{
		.name = "setsockopt", .man = "setsockopt(2)",
		.summary = "sets an option: a number, duration, list of ints or bytes",
		.number = SYS_setsockopt, .invoke = invoke_setsockopt,
		.flags = CALL_MAY_ARM_TIMER,	/* SO_RCVTIMEO, SO_SNDTIMEO */
		.parameters = {
			[FD] = TAKES("fd", FD),
			[LEVEL] = TAKES("level", INT, SYMBOL_SOL),
			[OPTION] = TAKES("option", INT, SYMBOL_SO),
			[VALUE] = TAKES("value", ANYTHING),
		},
	},
	{
		.name = "getsockopt", .man = "getsockopt(2)",
		.summary = "an option's value; durations in nanoseconds",
		.number = SYS_getsockopt, .invoke = invoke_getsockopt,
		.parameters = {
			[FD] = TAKES("fd", FD),
			[LEVEL] = TAKES("level", INT, SYMBOL_SOL),
			[OPTION] = TAKES("option", INT, SYMBOL_SO),
			[VALUE] = MAY_TAKE("room", INT, SYMBOL_PLAIN, 0),
		},
		.outs = {
			[OUT_VALUE] = "value", [OUT_PID] = "pid", [OUT_UID] = "uid",
			[OUT_GID] = "gid",
			[OUT_SECONDS] = "seconds", [OUT_BYTES] = "bytes", [OUT_LENGTH] = "length",
		},
	},
};

CALL_FAMILY(sockopt, calls);
