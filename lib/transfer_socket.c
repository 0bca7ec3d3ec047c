// SPDX-License-Identifier: MIT
/*
 * Sending and receiving in a caller's stead. Who receives from a local socket with SO_PASSCRED set
 * is told who sent: that is the caller, so we say its name. The kernel lets us where we rule over
 * our pid namespace, as in a sandbox.
 */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "process_paths.h"
#include "transfer.h"

union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(struct ucred))];
};

static void name_sender(struct msghdr *message, union control *control, const struct ucred *sender)
{
	*control = (union control){ 0 };
	message->msg_control = control;
	message->msg_controllen = sizeof(*control);
	control->header = (struct cmsghdr){
		.cmsg_len = CMSG_LEN(sizeof(*sender)),
		.cmsg_level = SOL_SOCKET,
		.cmsg_type = SCM_CREDENTIALS,
	};
	memcpy(CMSG_DATA(&control->header), sender, sizeof(*sender));
}

/* On the caller's socket an EPERM may have other reasons. */
static bool may_speak_for(const struct ucred *sender)
{
	union control control;
	struct msghdr message = { 0 };
	int ends[2];
	bool may;

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends))
		return false;
	name_sender(&message, &control, sender);
	may = !sendmsg(ends[0], &message, MSG_DONTWAIT | MSG_NOSIGNAL);
	close(ends[0]);
	close(ends[1]);
	return may;
}

/* The real ids: those the kernel attaches by itself. */
static struct ucred caller_of(const struct hit *hit)
{
	struct ucred caller = {
		.pid = process_of_thread(hit->tid),
		.uid = (uid_t)process_status_number(hit->tid, "\nUid:", 10),
		.gid = (gid_t)process_status_number(hit->tid, "\nGid:", 10),
	};

	if (!caller.pid || !may_speak_for(&caller))
		caller.pid = 0;
	return caller;
}

static int socket_option(int fd, int option)
{
	int value = 0;
	socklen_t length = sizeof(value);

	return getsockopt(fd, SOL_SOCKET, option, &value, &length) ? 0 : value;
}

void transfer_inspect_socket(const struct hit *hit, struct transfer *transfer)
{
	transfer->socket_type = socket_option(transfer->fd, SO_TYPE);
	transfer->is_local = socket_option(transfer->fd, SO_DOMAIN) == AF_UNIX;
	if (!transfer->is_local || !transfer->is_output)
		return;
	transfer->passes_sender = socket_option(transfer->fd, SO_PASSCRED);
	transfer->sender = caller_of(hit);
}

/*
 * All of it can be sent by the caller itself. Of what is cut short, only the receiver knows whether
 * it looks.
 */
bool transfer_would_lie(const struct hit *hit, const struct transfer *transfer)
{
	return transfer->is_local && transfer->is_output && !transfer->sender.pid &&
	       (hit->limit == SIZE_MAX || transfer->passes_sender);
}

bool transfer_names_relative_path(const struct transfer *transfer)
{
	const struct sockaddr_un *name = (const struct sockaddr_un *)&transfer->name;

	return transfer->is_output && transfer->name_length > sizeof(sa_family_t) &&
	       name->sun_family == AF_UNIX && name->sun_path[0] && name->sun_path[0] != '/';
}

ssize_t transfer_on_socket(struct transfer *transfer, struct iovec *piece)
{
	struct msghdr message = { .msg_iov = piece, .msg_iovlen = 1 };
	const int flags = transfer->flags & ~MSG_WAITALL;
	union control control;
	ssize_t moved;

	if (transfer->name_length) {
		message.msg_name = &transfer->name;
		message.msg_namelen = transfer->name_length;
	}
	if (transfer->is_output && transfer->sender.pid)
		name_sender(&message, &control, &transfer->sender);
	if (transfer->is_output)
		return sendmsg(transfer->fd, &message, flags | MSG_DONTWAIT | MSG_NOSIGNAL);
	moved = recvmsg(transfer->fd, &message, flags | MSG_DONTWAIT);
	transfer->got_name_length = transfer->name_length ? message.msg_namelen : 0;
	transfer->got_flags = message.msg_flags;
	return moved;
}
