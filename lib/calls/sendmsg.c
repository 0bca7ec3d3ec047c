// SPDX-License-Identifier: MIT
/* sendmsg(): several buffers, descriptors, credentials and an address in one message. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "invocation.h"
#include "table.h"

enum { ITEMS_MAX = 4096 };	/* descriptors that we are ready to try to send */

enum { SEND_FD, SEND_DATA, SEND_FLAGS, SEND_FDS, SEND_ADDR, SEND_PID, SEND_UID, SEND_GID, SEND_FDS2, SEND_COPIES };

/* Ancillary items being written one behind the other. */
struct control {
	char *bytes;
	size_t used;
	size_t room;
};

static void add_item(struct invocation *inv, struct control *control, int type, const void *data, size_t size)
{
	struct cmsghdr header = { .cmsg_level = SOL_SOCKET, .cmsg_type = type, .cmsg_len = CMSG_LEN(size) };

	if (CMSG_SPACE(size) > control->room - control->used) {
		invocation_complain(inv, "sendmsg: more ancillary data than there is room for");
		return;
	}
	memcpy(control->bytes + control->used, &header, sizeof(header));
	memcpy(control->bytes + control->used + CMSG_LEN(0), data, size);
	control->used += CMSG_SPACE(size);
}

/* The descriptors of one argument, all of them `copies` times over. */
static void add_rights(struct invocation *inv, struct control *control, size_t argument, size_t copies)
{
	size_t count;
	int *fds, *all;

	if (!invocation_has(inv, argument))
		return;
	fds = invocation_ints(inv, argument, &count);
	if (count > ITEMS_MAX || (count && copies > ITEMS_MAX / count)) {
		invocation_complain(inv, "sendmsg: more than %d descriptors", ITEMS_MAX);
		return;
	}
	all = invocation_room(inv, count * copies * sizeof(*all));
	if (!fds || !all)
		return;
	for (size_t i = 0; i < count * copies; i++)
		all[i] = fds[i % count];
	add_item(inv, control, SCM_RIGHTS, all, count * copies * sizeof(*all));
}

/* Whichever part of the credentials was not given is the sender's own. */
static void add_credentials(struct invocation *inv, struct control *control)
{
	struct ucred credentials = {
		.pid = invocation_int(inv, SEND_PID, getpid()),
		.uid = (uid_t)invocation_number(inv, SEND_UID, getuid()),
		.gid = (gid_t)invocation_number(inv, SEND_GID, getgid()),
	};

	if (invocation_has(inv, SEND_PID) || invocation_has(inv, SEND_UID) || invocation_has(inv, SEND_GID))
		add_item(inv, control, SCM_CREDENTIALS, &credentials, sizeof(credentials));
}

static void invoke_sendmsg(struct invocation *inv)
{
	struct control control = { .room = 2 * CMSG_SPACE(ITEMS_MAX * sizeof(int)) + CMSG_SPACE(sizeof(struct ucred)) };
	int fd = invocation_int(inv, SEND_FD, -1);
	int flags = invocation_int(inv, SEND_FLAGS, 0);
	size_t copies = invocation_size(inv, SEND_COPIES, 1);
	struct msghdr message = { 0 };

	message.msg_iov = invocation_pieces(inv, SEND_DATA, &message.msg_iovlen);
	message.msg_name = invocation_address(inv, SEND_ADDR, &message.msg_namelen);
	control.bytes = invocation_room(inv, control.room);
	if (!invocation_complained(inv)) {
		add_credentials(inv, &control);
		add_rights(inv, &control, SEND_FDS, copies);
		add_rights(inv, &control, SEND_FDS2, copies);
	}
	if (invocation_complained(inv))
		return;
	message.msg_control = control.used ? control.bytes : NULL;
	message.msg_controllen = control.used;
	invocation_returned(inv, inv->libc ? sendmsg(fd, &message, flags) : syscall(SYS_sendmsg, fd, &message, flags));
}

static const struct call calls[] = {
	{
		.name = "sendmsg", .man = "sendmsg(2)", .summary = "sends pieces, descriptors and credentials as one message",
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
			[SEND_FDS2] = MAY_TAKE("fds2", FD, SYMBOL_PLAIN, 0),		/* a second SCM_RIGHTS */
			[SEND_COPIES] = MAY_TAKE("copies", INT, SYMBOL_PLAIN, 1),	/* how often each of fds is sent */
		},
	},
};

CALL_FAMILY(sendmsg, calls);
