// SPDX-License-Identifier: MIT
/* sendmsg(): several buffers, descriptors, credentials and an address in one message. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { ITEMS_MAX = 4096 };	/* descriptors that we are ready to try to send */

enum {
	SEND_FD, SEND_DATA, SEND_FLAGS, SEND_FDS, SEND_ADDR,
	SEND_PID, SEND_UID, SEND_GID, SEND_FDS2, SEND_COPIES,
};

/* The descriptors that one argument sends. */
struct rights {
	int *fds;
	size_t count;
};

/* All of the argument's, `copies` times over; legal when it was left out. */
static struct rights make_rights(struct invocation *inv, size_t argument, size_t copies)
{
	struct rights rights = { 0 };
	size_t count;
	int *fds = invocation_ints(inv, argument, &count);

	if (count > ITEMS_MAX || (count && copies > ITEMS_MAX / count)) {
		invocation_complain(inv, "sendmsg: more than %d descriptors", ITEMS_MAX);
		return rights;
	}
	rights.fds = invocation_room(inv, count * copies * sizeof(*rights.fds));
	rights.count = rights.fds && fds ? count * copies : 0;
	for (size_t i = 0; i < rights.count; i++)
		rights.fds[i] = fds[i % count];
	return rights;
}

/* Ancillary items being written one behind the other. */
struct control {
	char *bytes;
	size_t used;
	size_t room;
};

static void add_item(struct control *control, int type, const void *data, size_t size)
{
	struct cmsghdr header = {
		.cmsg_level = SOL_SOCKET,
		.cmsg_type = type,
		.cmsg_len = CMSG_LEN(size),
	};

	if (!control->bytes || CMSG_SPACE(size) > control->room - control->used)
		return;
	memcpy(control->bytes + control->used, &header, sizeof(header));
	memcpy(control->bytes + control->used + CMSG_LEN(0), data, size);
	control->used += CMSG_SPACE(size);
}

static void add_rights(struct invocation *inv, struct control *control, size_t argument,
		       const struct rights *rights)
{
	if (invocation_has(inv, argument) && rights->fds)
		add_item(control, SCM_RIGHTS, rights->fds, rights->count * sizeof(*rights->fds));
}

/* Whichever part of the credentials was not given is the sender's own. */
static void add_credentials(struct invocation *inv, struct control *control)
{
	struct ucred credentials = {
		.pid = invocation_int(inv, SEND_PID, getpid()),
		.uid = (uid_t)invocation_number(inv, SEND_UID, getuid()),
		.gid = (gid_t)invocation_number(inv, SEND_GID, getgid()),
	};

	if (invocation_has(inv, SEND_PID) || invocation_has(inv, SEND_UID) ||
	    invocation_has(inv, SEND_GID))
		add_item(control, SCM_CREDENTIALS, &credentials, sizeof(credentials));
}

static struct control make_control(struct invocation *inv)
{
	size_t copies = invocation_size(inv, SEND_COPIES, 1);
	struct rights first = make_rights(inv, SEND_FDS, copies);
	struct rights second = make_rights(inv, SEND_FDS2, copies);
	struct control control = {
		.room = CMSG_SPACE(sizeof(struct ucred)) +
			CMSG_SPACE(first.count * sizeof(int)) +
			CMSG_SPACE(second.count * sizeof(int)),
	};

	control.bytes = invocation_room(inv, control.room);
	add_credentials(inv, &control);
	add_rights(inv, &control, SEND_FDS, &first);
	add_rights(inv, &control, SEND_FDS2, &second);
	return control;
}

static void invoke_sendmsg(struct invocation *inv)
{
	int fd = invocation_int(inv, SEND_FD, -1);
	int flags = invocation_int(inv, SEND_FLAGS, 0);
	struct control control = make_control(inv);
	struct msghdr message = { 0 };

	message.msg_iov = invocation_pieces(inv, SEND_DATA, &message.msg_iovlen);
	message.msg_name = invocation_address(inv, SEND_ADDR, &message.msg_namelen);
	message.msg_control = control.used ? control.bytes : NULL;
	message.msg_controllen = control.used;
	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, sendmsg, fd, &message, flags));
}

static const struct call calls[] = {
	{
		.name = "sendmsg", .man = "sendmsg(2)",
		.summary = "sends pieces, descriptors and credentials as one message",
		.number = SYS_sendmsg, .invoke = invoke_sendmsg,
		.result = RESULT_NUMBER,
		.parameters = {
			[SEND_FD] = TAKES("fd", FD),
			[SEND_DATA] = TAKES("data", PIECES),
			[SEND_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MSG, 0),
			[SEND_FDS] = MAY_TAKE("fds", FD, SYMBOL_PLAIN, 0),
			[SEND_ADDR] = MAY_TAKE("addr", ADDRESS, SYMBOL_FAMILY, 0),
			[SEND_PID] = MAY_TAKE("creds_pid", PROCESS, SYMBOL_PLAIN, 0),
			[SEND_UID] = MAY_TAKE("creds_uid", INT, SYMBOL_PLAIN, 0),
			[SEND_GID] = MAY_TAKE("creds_gid", INT, SYMBOL_PLAIN, 0),
			/* A second SCM_RIGHTS item; and how often each descriptor is sent. */
			[SEND_FDS2] = MAY_TAKE("fds2", FD, SYMBOL_PLAIN, 0),
			[SEND_COPIES] = MAY_TAKE("copies", INT, SYMBOL_PLAIN, 1),
		},
	},
};

CALL_FAMILY(sendmsg, calls);
