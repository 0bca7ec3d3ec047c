// SPDX-License-Identifier: MIT
/* A counter that is a descriptor; all holders share it. */
#include <errno.h>
#include <limits.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_VALUE, OPTION_SEMAPHORE, OPTION_NONBLOCK };

static const struct mechanism_option options[] = {
	[OPTION_VALUE] = { .name = "value", .summary = "what it counts from" },
	[OPTION_SEMAPHORE] = { .name = "semaphore", .summary = "1: each read takes one" },
	[OPTION_NONBLOCK] = { .name = "nonblock", .summary = "1: nobody waits" },
	{ .name = NULL },
};

/* Eight bytes or nothing. */
static unsigned nature(const struct channel *channel)
{
	(void)channel;
	return NATURE_MESSAGES;
}

static int create(struct channel *channel)
{
	int flags = EFD_CLOEXEC;

	if (channel->options[OPTION_VALUE] < 0 || channel->options[OPTION_VALUE] > UINT_MAX)
		return -EINVAL;
	if (channel->options[OPTION_SEMAPHORE])
		flags |= EFD_SEMAPHORE;
	if (channel->options[OPTION_NONBLOCK])
		flags |= EFD_NONBLOCK;
	channel->side_fd[SIDE_READ] = eventfd((unsigned)channel->options[OPTION_VALUE], flags);
	return channel->side_fd[SIDE_READ] < 0 ? -errno : 0;
}

static int hold(const struct channel *channel, enum channel_side side, int *fd)
{
	(void)side;
	*fd = dup(channel->side_fd[SIDE_READ]);
	return *fd < 0 ? -errno : 0;
}

const struct mechanism mechanism_eventfd = {
	.name = "eventfd",
	.summary = "a counter that is a descriptor",
	.man = "eventfd(2)",
	.forms = FORM_HELD_BY,
	.options = options,
	.nature = nature,
	.create = create,
	.hold = hold,
};
