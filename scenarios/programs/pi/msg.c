// SPDX-License-Identifier: MIT
/* A System V message queue. It has no name, but stays until it is removed. */
#include <sys/ipc.h>
#include <sys/msg.h>

#include "../transfer.h"
#include "transport.h"

struct message {
	long type; /* must be above 0 */
	struct part part;
};

static int msg_open(struct channel *channel)
{
	channel->fd = msgget(IPC_PRIVATE, 0600);
	return channel->fd < 0 ? -1 : 0;
}

static int msg_send(struct channel *channel, const struct part *part)
{
	struct message message = { .type = 1, .part = *part };

	return (int)TEMP_FAILURE_RETRY(msgsnd(channel->fd, &message, sizeof(message.part), 0));
}

static int msg_receive(struct channel *channel, struct part *part)
{
	struct message message;

	if (TEMP_FAILURE_RETRY(msgrcv(channel->fd, &message, sizeof(message.part), 0, 0)) < 0)
		return -1;
	*part = message.part;
	return 0;
}

static void msg_close(struct channel *channel)
{
	msgctl(channel->fd, IPC_RMID, NULL);
}

const struct transport transport_msg = {
	.name = "msg",
	.summary = "a System V message queue",
	.open = msg_open,
	.send = msg_send,
	.receive = msg_receive,
	.close = msg_close,
};
