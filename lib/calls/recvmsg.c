// SPDX-License-Identifier: MIT
/* recvmsg() and recvmmsg(): messages with all that they bring. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum {
	RIGHTS_MAX = 253,		/* SCM_MAX_FD of the kernel: what a message can bring */
	MESSAGES_MAX = 1024,
};

enum { RECV_FD, RECV_SIZES, RECV_FLAGS, RECV_CONTROL };
enum { OUT_NFDS, OUT_FD, OUT_FDS, OUT_FLAGS, OUT_PID, OUT_UID, OUT_GID, OUT_ADDR };

/* A message to be received, and room for what it may bring. */
struct receipt {
	struct msghdr message;
	size_t room;		/* of all buffers together */
	int64_t *fds;
	size_t fd_count;
};

static bool make_receipt(struct invocation *inv, struct receipt *receipt)
{
	const size_t best = CMSG_SPACE(RIGHTS_MAX * sizeof(int)) +
			    2 * CMSG_SPACE(sizeof(struct ucred));
	size_t control = invocation_size(inv, RECV_CONTROL, best);
	struct msghdr *message = &receipt->message;

	message->msg_iov = invocation_rooms(inv, RECV_SIZES, &message->msg_iovlen);
	message->msg_namelen = sizeof(struct sockaddr_storage);
	message->msg_name = invocation_room(inv, message->msg_namelen);
	message->msg_control = invocation_room(inv, control);
	message->msg_controllen = control;
	receipt->fds = invocation_room(inv, control / sizeof(int) * sizeof(*receipt->fds));
	if (invocation_complained(inv))
		return false;
	for (size_t i = 0; i < message->msg_iovlen; i++)
		receipt->room += message->msg_iov[i].iov_len;
	return true;
}

static void take_rights(struct receipt *receipt, const void *data, size_t size)
{
	for (size_t i = 0; i < size / sizeof(int); i++) {
		int fd;

		memcpy(&fd, (const char *)data + i * sizeof(fd), sizeof(fd));
		receipt->fds[receipt->fd_count++] = fd;
	}
}

static void take_credentials(struct invocation *inv, const void *data, size_t size)
{
	struct ucred credentials;

	if (size < sizeof(credentials))
		return;		/* cut off */
	memcpy(&credentials, data, sizeof(credentials));
	invocation_out_number(inv, OUT_PID, credentials.pid);
	invocation_out_number(inv, OUT_UID, (int64_t)credentials.uid);
	invocation_out_number(inv, OUT_GID, (int64_t)credentials.gid);
}

static void take_items(struct invocation *inv, struct receipt *receipt)
{
	struct msghdr *message = &receipt->message;

	for (struct cmsghdr *item = CMSG_FIRSTHDR(message); item;
	     item = CMSG_NXTHDR(message, item)) {
		size_t left = message->msg_controllen -
			      (size_t)((char *)item - (char *)message->msg_control);
		size_t size = (item->cmsg_len < left ? item->cmsg_len : left) - CMSG_LEN(0);

		if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_RIGHTS)
			take_rights(receipt, CMSG_DATA(item), size);
		if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_CREDENTIALS)
			take_credentials(inv, CMSG_DATA(item), size);
	}
}

static void report_receipt(struct invocation *inv, struct receipt *receipt, long returned)
{
	const struct msghdr *message = &receipt->message;

	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_data(inv, message->msg_iov[0].iov_base,
			(size_t)returned < receipt->room ? (size_t)returned : receipt->room);
	take_items(inv, receipt);
	invocation_out_number(inv, OUT_NFDS, (int64_t)receipt->fd_count);
	if (receipt->fd_count)
		invocation_out_number(inv, OUT_FD, receipt->fds[0]);
	invocation_out_numbers(inv, OUT_FDS, receipt->fds, receipt->fd_count);
	/* The kernel gives MSG_CMSG_CLOEXEC back as it was asked for: no news. */
	invocation_out_number(inv, OUT_FLAGS, message->msg_flags & ~MSG_CMSG_CLOEXEC);
	invocation_out_address(inv, OUT_ADDR, message->msg_name, message->msg_namelen);
}

static void invoke_recvmsg(struct invocation *inv)
{
	int fd = invocation_int(inv, RECV_FD, -1);
	int flags = invocation_int(inv, RECV_FLAGS, 0);
	struct receipt receipt = { 0 };

	if (!make_receipt(inv, &receipt))
		return;
	report_receipt(inv, &receipt, INVOKE(inv, recvmsg, fd, &receipt.message, flags));
}

enum { MANY_FD, MANY_COUNT, MANY_SIZE, MANY_FLAGS, MANY_TIMEOUT };
enum { OUT_MESSAGES, OUT_LENGTHS, OUT_MESSAGE_FLAGS, OUT_LEFT };

/* All messages of one recvmmsg(), each with one buffer of the same size. */
struct batch {
	struct mmsghdr *messages;
	size_t count;
	char *joined;		/* the bytes of all, without what buffers did not get */
	int64_t *lengths;
	int64_t *flags;
};

static bool make_batch(struct invocation *inv, struct batch *batch)
{
	size_t count = invocation_size(inv, MANY_COUNT, 0);
	size_t size = invocation_size(inv, MANY_SIZE, 0);
	struct iovec *buffers;
	char *bytes;

	if (count > MESSAGES_MAX)
		invocation_complain(inv, "recvmmsg: more than %d messages", MESSAGES_MAX);
	if (invocation_complained(inv))
		return false;
	*batch = (struct batch){
		.messages = invocation_room(inv, count * sizeof(*batch->messages)),
		.count = count,
		.joined = invocation_room(inv, count * size),
		.lengths = invocation_room(inv, count * sizeof(int64_t)),
		.flags = invocation_room(inv, count * sizeof(int64_t)),
	};
	buffers = invocation_room(inv, count * sizeof(*buffers));
	bytes = invocation_room(inv, count * size);
	if (invocation_complained(inv))
		return false;
	for (size_t i = 0; i < count; i++) {
		buffers[i] = (struct iovec){ bytes + i * size, size };
		batch->messages[i].msg_hdr.msg_iov = &buffers[i];
		batch->messages[i].msg_hdr.msg_iovlen = 1;
	}
	return true;
}

static void report_batch(struct invocation *inv, struct batch *batch, long returned)
{
	size_t used = 0;

	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	for (size_t i = 0; i < (size_t)returned; i++) {
		const struct mmsghdr *message = &batch->messages[i];
		const struct iovec *buffer = message->msg_hdr.msg_iov;
		size_t filled = message->msg_len < buffer->iov_len ? message->msg_len
								   : buffer->iov_len;

		memcpy(batch->joined + used, buffer->iov_base, filled);
		used += filled;
		batch->lengths[i] = message->msg_len;
		batch->flags[i] = message->msg_hdr.msg_flags & ~MSG_CMSG_CLOEXEC;
	}
	invocation_out_bytes(inv, OUT_MESSAGES, batch->joined, used);
	invocation_out_numbers(inv, OUT_LENGTHS, batch->lengths, (size_t)returned);
	invocation_out_numbers(inv, OUT_MESSAGE_FLAGS, batch->flags, (size_t)returned);
}

static void invoke_recvmmsg(struct invocation *inv)
{
	int fd = invocation_int(inv, MANY_FD, -1);
	int flags = invocation_int(inv, MANY_FLAGS, 0);
	struct timespec *timeout = invocation_time(inv, MANY_TIMEOUT);
	struct batch batch;
	unsigned count;

	if (!make_batch(inv, &batch))
		return;
	count = (unsigned)batch.count;
	report_batch(inv, &batch, INVOKE(inv, recvmmsg, fd, batch.messages, count, flags, timeout));
	if (timeout)
		invocation_out_number(inv, OUT_LEFT, timespec_to_ns(timeout));
}

static const struct call calls[] = {
	{
		.name = "recvmsg", .man = "recvmsg(2)",
		.summary = "receives a message with all it brings; control=BYTES of room",
		.number = SYS_recvmsg, .invoke = invoke_recvmsg,
		.result = RESULT_BYTES,
		.parameters = {
			[RECV_FD] = TAKES("fd", FD),
			[RECV_SIZES] = TAKES("sizes", ROOMS),
			[RECV_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
			[RECV_CONTROL] = MAY_TAKE("control", INT, SYMBOL_PLAIN, 0),
		},
		.outs = {
			[OUT_NFDS] = "nfds", [OUT_FD] = "fd", [OUT_FDS] = "fds",
			[OUT_FLAGS] = "flags",
			[OUT_PID] = "pid", [OUT_UID] = "uid", [OUT_GID] = "gid",
			[OUT_ADDR] = "addr",
		},
	},
	{
		.name = "recvmmsg", .man = "recvmmsg(2)",
		.summary = "receives up to `count` messages of up to `size` bytes",
		.number = SYS_recvmmsg, .invoke = invoke_recvmmsg,
		.result = RESULT_NUMBER,
		.parameters = {
			[MANY_FD] = TAKES("fd", FD),
			[MANY_COUNT] = TAKES("count", INT),
			[MANY_SIZE] = TAKES("size", INT),
			[MANY_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
			[MANY_TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
		},
		.outs = {
			[OUT_MESSAGES] = "data", [OUT_LENGTHS] = "lengths",
			[OUT_MESSAGE_FLAGS] = "flags", [OUT_LEFT] = "left",
		},
	},
};

CALL_FAMILY(recvmsg, calls);
