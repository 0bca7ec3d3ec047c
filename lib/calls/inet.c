// SPDX-License-Identifier: MIT
/* What sockets over IP have and others do not: the urgent mark, and a queue of errors. */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/errqueue.h> /* after <time.h>, which it forgets */

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(sockatmark, sockatmark(raw[0]))

enum { FD, SIZE, FLAGS };
enum { OUT_ERROR, OUT_ORIGIN, OUT_TYPE, OUT_CODE, OUT_ADDR, OUT_OFFENDER, OUT_FLAGS };
enum { CONTROL_SIZE = 512 };

static bool is_error(const struct cmsghdr *item)
{
	return (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_RECVERR) ||
	       (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_RECVERR);
}

/* The error, and behind it the address of the node that told of it. */
static void report_error(struct invocation *inv, const struct cmsghdr *item)
{
	struct sock_extended_err error;
	struct sockaddr_storage offender = { 0 };
	size_t rest = item->cmsg_len - CMSG_LEN(sizeof(error));

	memcpy(&error, CMSG_DATA(item), sizeof(error));
	memcpy(&offender, CMSG_DATA(item) + sizeof(error),
	       rest < sizeof(offender) ? rest : sizeof(offender));
	invocation_out_number(inv, OUT_ERROR, error.ee_errno);
	invocation_out_number(inv, OUT_ORIGIN, error.ee_origin);
	invocation_out_number(inv, OUT_TYPE, error.ee_type);
	invocation_out_number(inv, OUT_CODE, error.ee_code);
	invocation_out_address(inv, OUT_OFFENDER, (struct sockaddr *)&offender, (socklen_t)rest);
}

static void invoke_recverr(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	size_t size = invocation_size(inv, SIZE, 0);
	int flags = invocation_int(inv, FLAGS, 0) | MSG_ERRQUEUE;
	struct iovec piece = { invocation_room(inv, size), size };
	struct msghdr message = {
		.msg_name = invocation_room(inv, sizeof(struct sockaddr_storage)),
		.msg_namelen = sizeof(struct sockaddr_storage),
		.msg_iov = &piece,
		.msg_iovlen = 1,
		.msg_control = invocation_room(inv, CONTROL_SIZE),
		.msg_controllen = CONTROL_SIZE,
	};
	long returned;

	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, recvmsg, fd, &message, flags);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_data(inv, piece.iov_base, (size_t)returned < size ? (size_t)returned : size);
	invocation_out_address(inv, OUT_ADDR, message.msg_name, message.msg_namelen);
	invocation_out_number(inv, OUT_FLAGS, message.msg_flags);
	for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item;
	     item = CMSG_NXTHDR(&message, item)) {
		if (is_error(item) && item->cmsg_len >= CMSG_LEN(sizeof(struct sock_extended_err)))
			report_error(inv, item);
	}
}

static const struct call calls[] = {
	{
		.name = "sockatmark", .man = "sockatmark(3)",
		.summary = "1 where urgent data is what comes next, else 0",
		.number = -1, .family = FAMILY(SYS_ioctl), .libc = libc_sockatmark,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "recverr", .man = "ip(7)",
		.summary = "recvmsg() with MSG_ERRQUEUE: what went wrong, and with what data",
		.number = SYS_recvmsg, .invoke = invoke_recverr,
		.result = RESULT_BYTES,
		.parameters = {
			[FD] = TAKES("fd", FD),
			[SIZE] = TAKES("size", ROOM),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
		},
		.outs = {
			[OUT_ERROR] = "error", [OUT_ORIGIN] = "origin", [OUT_TYPE] = "type",
			[OUT_CODE] = "code", [OUT_ADDR] = "addr", [OUT_OFFENDER] = "offender",
			[OUT_FLAGS] = "flags",
		},
	},
};

CALL_FAMILY(inet, calls);
