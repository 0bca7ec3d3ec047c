// SPDX-License-Identifier: MIT
/* Finds calls by name, and makes those whose arguments the table expresses. */
#include "call.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"

enum { RAW_MAX = 6 };

/* The six arguments of a system call as they come together. */
struct marshal {
	struct invocation *inv;
	long raw[RAW_MAX];
	size_t count;
	const char *room;	/* where the bytes of the result will be; NULL: there are none */
	size_t room_size;
};

const struct call *call_find(const char *name)
{
	for (const struct call_family *const *family = call_families; *family; family++) {
		for (size_t i = 0; i < (*family)->count; i++) {
			if (!strcmp((*family)->calls[i].name, name))
				return &(*family)->calls[i];
		}
	}
	return NULL;
}

size_t call_parameter_count(const struct call *call)
{
	size_t count = 0;

	while (count < CALL_PARAMETERS_MAX && call->parameters[count].kind != PARAMETER_NONE)
		count++;
	return count;
}

bool call_may_sleep_in(const struct call *call, long number)
{
	if (number < 0)
		return false;
	if (number == SYS_restart_syscall)
		return true;
	if (number == call->number)
		return !(call->flags & CALL_LEADS_ON);
	for (const long *also = call->family; also && *also >= 0; also++) {
		if (*also == number)
			return true;
	}
	return false;
}

static void push(struct marshal *marshal, long raw)
{
	if (marshal->count == RAW_MAX)
		invocation_complain(marshal->inv, "%s has too many arguments for a system call",
				    marshal->inv->call->name);
	else
		marshal->raw[marshal->count++] = raw;
}

static void push_pair(struct marshal *marshal, const void *pointer, size_t length)
{
	push(marshal, (long)pointer);
	push(marshal, (long)length);
}

static void push_room(struct marshal *marshal, size_t argument)
{
	marshal->room_size = invocation_size(marshal->inv, argument, 0);
	marshal->room = invocation_room(marshal->inv, marshal->room_size);
	push_pair(marshal, marshal->room, marshal->room_size);
}

static void push_rooms(struct marshal *marshal, size_t argument)
{
	size_t count;
	struct iovec *rooms = invocation_rooms(marshal->inv, argument, &count);

	if (!rooms)
		return;
	marshal->room = rooms[0].iov_base;
	for (size_t i = 0; i < count; i++)
		marshal->room_size += rooms[i].iov_len;
	push_pair(marshal, rooms, count);
}

static void push_argument(struct marshal *marshal, size_t n)
{
	struct invocation *inv = marshal->inv;
	const struct parameter *parameter = &inv->call->parameters[n];
	const void *pointer;
	size_t length = 0;
	socklen_t address_length = 0;

	switch (parameter->kind) {
	case PARAMETER_INT:
	case PARAMETER_OBJECT:
		push(marshal, invocation_number(inv, n, parameter->fallback));
		return;
	case PARAMETER_FD:
	case PARAMETER_PROCESS:
	case PARAMETER_ID:
	case PARAMETER_KEY:
		push(marshal, invocation_int(inv, n, (int)parameter->fallback));
		return;
	case PARAMETER_PATH:
		push(marshal, (long)invocation_path(inv, n));
		return;
	case PARAMETER_DATA:
		pointer = invocation_bytes(inv, n, &length);
		push_pair(marshal, pointer, length);
		return;
	case PARAMETER_ROOM:
		push_room(marshal, n);
		return;
	case PARAMETER_ROOMS:
		push_rooms(marshal, n);
		return;
	case PARAMETER_PIECES:
		pointer = invocation_pieces(inv, n, &length);
		push_pair(marshal, pointer, length);
		return;
	case PARAMETER_ADDRESS:
		pointer = invocation_address(inv, n, &address_length);
		push_pair(marshal, pointer, address_length);
		return;
	case PARAMETER_SIGNALS:
		/* As many signals as the kernel has; the library's set is larger. */
		push_pair(marshal, invocation_signals(inv, n), 8);
		return;
	case PARAMETER_TIME:
		push(marshal, (long)invocation_time(inv, n));
		return;
	case PARAMETER_MILLISECONDS:
		push(marshal, invocation_milliseconds(inv, n));
		return;
	case PARAMETER_ANYTHING:
	case PARAMETER_NONE:
		invocation_complain(inv, "%s cannot be made from its table entry", inv->call->name);
		return;
	}
	abort();
}

static void invoke_by_table(struct invocation *inv)
{
	const struct call *call = inv->call;
	struct marshal m = { .inv = inv };
	size_t count = call_parameter_count(call);
	long returned;

	if (inv->libc && !call->libc) {
		invocation_complain(inv, "the C library has no %s", call->name);
		return;
	}
	for (size_t n = 0; n < count; n++)
		push_argument(&m, n);
	if (invocation_complained(inv))
		return;
	errno = 0;
	if (inv->libc)
		returned = call->libc(m.raw);
	else
		returned = syscall(call->number, m.raw[0], m.raw[1], m.raw[2], m.raw[3], m.raw[4],
				   m.raw[5]);
	invocation_returned(inv, returned);
	/* With MSG_TRUNC more is returned than there is room for. */
	if (call->result == RESULT_BYTES && returned >= 0 && m.room)
		invocation_data(inv, m.room,
				(size_t)returned < m.room_size ? (size_t)returned : m.room_size);
}

void call_invoke(struct invocation *inv)
{
	const struct call *call = inv->call;
	size_t count = call_parameter_count(call);

	memset(inv->result, 0, sizeof(*inv->result));
	if (call->number < 0)
		inv->libc = true;
	for (size_t n = 0; n < count; n++) {
		const struct parameter *parameter = &call->parameters[n];
		/* the child to be is no argument */
		bool engines = n == 0 && call->flags & CALL_FORKS;

		if (!parameter->optional && !engines && !invocation_has(inv, n))
			invocation_complain(inv, "%s needs %s", call->name, parameter->name);
	}
	if (invocation_complained(inv))
		return;
	if (call->invoke)
		call->invoke(inv);
	else
		invoke_by_table(inv);
}
