// SPDX-License-Identifier: MIT
/* A POSIX message queue that the worker inherits, so its name can go at once. */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>

#include "../transfer.h"
#include "transport.h"

static int mq_channel_open(struct channel *channel)
{
	struct mq_attr attributes = { .mq_maxmsg = 1, .mq_msgsize = sizeof(struct part) };
	char name[sizeof(channel->name) + 1];

	snprintf(name, sizeof(name), "/%s", channel->name);
	channel->fd = (int)TEMP_FAILURE_RETRY(
		mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes));
	if (channel->fd < 0)
		return -1;
	mq_unlink(name);
	return 0;
}

static int mq_channel_send(struct channel *channel, const struct part *part)
{
	return (int)TEMP_FAILURE_RETRY(mq_send(channel->fd, (const char *)part, sizeof(*part), 0));
}

static int mq_channel_receive(struct channel *channel, struct part *part)
{
	/* A message of a queue comes whole. */
	return TEMP_FAILURE_RETRY(mq_receive(channel->fd, (char *)part, sizeof(*part), NULL)) < 0
		       ? -1
		       : 0;
}

static void mq_channel_close(struct channel *channel)
{
	(void)TEMP_FAILURE_RETRY(mq_close(channel->fd));
}

const struct transport transport_mq = {
	.name = "mq",
	.summary = "a POSIX message queue",
	.open = mq_channel_open,
	.send = mq_channel_send,
	.receive = mq_channel_receive,
	.close = mq_channel_close,
};
