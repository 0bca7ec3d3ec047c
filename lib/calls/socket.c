// SPDX-License-Identifier: MIT
/* Calls that make, name and connect sockets, and the plain ways to send and receive. */
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(socket, socket(raw[0], raw[1], raw[2]))
LIBC(bind, bind(raw[0], AT(1), (socklen_t)raw[2]))
LIBC(listen, listen(raw[0], raw[1]))
LIBC(connect, connect(raw[0], AT(1), (socklen_t)raw[2]))
LIBC(shutdown, shutdown(raw[0], raw[1]))
LIBC(send, send(raw[0], AT(1), raw[2], raw[3]))
LIBC(sendto, sendto(raw[0], AT(1), raw[2], raw[3], AT(4), (socklen_t)raw[5]))
LIBC(recv, recv(raw[0], AT(1), raw[2], raw[3]))

enum { OUT_FIRST, OUT_SECOND };

static void invoke_socketpair(struct invocation *inv)
{
	int family = invocation_int(inv, 0, 0);
	int type = invocation_int(inv, 1, 0);
	int protocol = invocation_int(inv, 2, 0);
	int pair[2];
	long returned;

	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, socketpair, family, type, protocol, pair);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_FIRST, pair[0]);
	invocation_out_number(inv, OUT_SECOND, pair[1]);
}

/*
 * A socket's name as the kernel gives it: length is the room before the call, and what it wanted to
 * fill after it.
 */
struct name {
	struct sockaddr *address;
	socklen_t room;
	socklen_t length;
};

enum { OUT_ADDR, OUT_FAMILY, OUT_LENGTH, OUT_PORT };
#define NAME_OUTS { [OUT_ADDR] = "addr", [OUT_FAMILY] = "family", [OUT_LENGTH] = "length", [OUT_PORT] = "port" }

/*
 * False once there is a complaint. `argument` limits the room, to see names cut off; -1: nothing
 * does.
 */
static bool make_name(struct invocation *inv, struct name *name, int argument)
{
	size_t most = sizeof(struct sockaddr_storage);
	size_t room = argument < 0 ? most : invocation_size(inv, (size_t)argument, most);

	name->address = invocation_room(inv, room > most ? room : most);
	name->room = name->length = (socklen_t)room;
	return !invocation_complained(inv);
}

/* The port lies in the same place in both kinds of IP addresses. */
static void report_name(struct invocation *inv, long returned, const struct name *name)
{
	const socklen_t head = sizeof(sa_family_t);
	socklen_t filled = name->length < name->room ? name->length : name->room;

	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_address(inv, OUT_ADDR, name->address, filled);
	if (filled >= head)
		invocation_out_number(inv, OUT_FAMILY, name->address->sa_family);
	invocation_out_number(inv, OUT_LENGTH, name->length);
	if (filled > head &&
	    (name->address->sa_family == AF_INET || name->address->sa_family == AF_INET6))
		invocation_out_number(inv, OUT_PORT,
				      ntohs(((struct sockaddr_in *)name->address)->sin_port));
}

static void invoke_accept(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	struct name name;

	if (make_name(inv, &name, -1))
		report_name(inv, INVOKE(inv, accept, fd, name.address, &name.length), &name);
}

static void invoke_accept4(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	int flags = invocation_int(inv, 1, 0);
	struct name name;

	if (make_name(inv, &name, -1))
		report_name(inv, INVOKE(inv, accept4, fd, name.address, &name.length, flags),
			    &name);
}

static void invoke_getsockname(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	struct name name;

	if (make_name(inv, &name, 1))
		report_name(inv, INVOKE(inv, getsockname, fd, name.address, &name.length), &name);
}

static void invoke_getpeername(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	struct name name;

	if (make_name(inv, &name, 1))
		report_name(inv, INVOKE(inv, getpeername, fd, name.address, &name.length), &name);
}

static void invoke_recvfrom(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	int flags = invocation_int(inv, 2, 0);
	size_t size = invocation_size(inv, 1, 0);
	struct name name;
	bool named = make_name(inv, &name, -1);
	char *buffer = invocation_room(inv, size);
	long returned;

	if (!named || invocation_complained(inv))
		return;
	returned = INVOKE(inv, recvfrom, fd, buffer, size, flags, name.address, &name.length);
	report_name(inv, returned, &name);
	if (returned >= 0)
		invocation_data(inv, buffer, (size_t)returned < size ? (size_t)returned : size);
}

#define NAME_PARAMETERS { TAKES("fd", FD), MAY_TAKE("room", INT, SYMBOL_PLAIN, 0) }

static const struct call calls[] = {
	{
		.name = "socket", .man = "socket(2)", .summary = "makes a socket",
		.number = SYS_socket, .libc = libc_socket,
		.result = RESULT_FD,
		.parameters = {
			TAKES("family", INT, SYMBOL_FAMILY),
			TAKES("type", INT, SYMBOL_SOCKET),
			MAY_TAKE("protocol", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "socketpair", .man = "socketpair(2)",
		.summary = "makes two sockets, connected",
		.number = SYS_socketpair, .invoke = invoke_socketpair,
		.parameters = {
			TAKES("family", INT, SYMBOL_FAMILY),
			TAKES("type", INT, SYMBOL_SOCKET),
			MAY_TAKE("protocol", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_FIRST] = "first", [OUT_SECOND] = "second" },
	},
	{
		.name = "bind", .man = "bind(2)", .summary = "gives a socket its name",
		.number = SYS_bind, .libc = libc_bind,
		.parameters = { TAKES("fd", FD), TAKES("addr", ADDRESS) },
	},
	{
		.name = "listen", .man = "listen(2)",
		.summary = "makes a socket accept connections",
		.number = SYS_listen, .libc = libc_listen,
		.parameters = { TAKES("fd", FD), TAKES("backlog", INT) },
	},
	{
		.name = "accept", .man = "accept(2)", .summary = "takes the next connection",
		.number = SYS_accept, .family = FAMILY(SYS_accept4), .invoke = invoke_accept,
		.result = RESULT_FD,
		.parameters = { TAKES("fd", FD) },
		.outs = NAME_OUTS,
	},
	{
		.name = "accept4", .man = "accept4(2)",
		.summary = "the same, with flags for the new descriptor",
		.number = SYS_accept4, .invoke = invoke_accept4,
		.result = RESULT_FD,
		.parameters = { TAKES("fd", FD), TAKES("flags", INT, SYMBOL_SOCKET) },
		.outs = NAME_OUTS,
	},
	{
		.name = "connect", .man = "connect(2)",
		.summary = "connects, or sets where datagrams go; AF_UNSPEC undoes it",
		.number = SYS_connect, .libc = libc_connect,
		.parameters = { TAKES("fd", FD), TAKES("addr", ADDRESS) },
	},
	{
		.name = "shutdown", .man = "shutdown(2)",
		.summary = "ends one or both directions of a connection",
		.number = SYS_shutdown, .libc = libc_shutdown,
		.parameters = { TAKES("fd", FD), TAKES("how", INT, SYMBOL_SHUT) },
	},
	{
		.name = "send", .man = "send(2)", .summary = "sends on a connected socket",
		.number = SYS_sendto, .libc = libc_send,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("fd", FD),
			TAKES("data", DATA),
			MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
		},
	},
	{
		.name = "sendto", .man = "sendto(2)", .summary = "sends to an address",
		.number = SYS_sendto, .libc = libc_sendto,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("fd", FD),
			TAKES("data", DATA),
			MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
			MAY_TAKE("addr", ADDRESS, SYMBOL_FAMILY, 0),
		},
	},
	{
		.name = "recv", .man = "recv(2)", .summary = "receives up to `size` bytes",
		.number = SYS_recvfrom, .libc = libc_recv,
		.result = RESULT_BYTES,
		.parameters = {
			TAKES("fd", FD),
			TAKES("size", ROOM),
			MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
		},
	},
	{
		.name = "recvfrom", .man = "recvfrom(2)", .summary = "the same, and who sent it",
		.number = SYS_recvfrom, .invoke = invoke_recvfrom,
		.result = RESULT_BYTES,
		.parameters = {
			TAKES("fd", FD),
			TAKES("size", ROOM),
			MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
		},
		.outs = NAME_OUTS,
	},
	{
		.name = "getsockname", .man = "getsockname(2)",
		.summary = "a socket's own name, into `room` bytes",
		.number = SYS_getsockname, .invoke = invoke_getsockname,
		.parameters = NAME_PARAMETERS,
		.outs = NAME_OUTS,
	},
	{
		.name = "getpeername", .man = "getpeername(2)",
		.summary = "the name at the other end, into `room` bytes",
		.number = SYS_getpeername, .invoke = invoke_getpeername,
		.parameters = NAME_PARAMETERS,
		.outs = NAME_OUTS,
	},
};

CALL_FAMILY(socket, calls);
