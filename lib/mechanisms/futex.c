// SPDX-License-Identifier: MIT
/*
 * A word of 32 bits at the beginning of a page of its own, shared by all its holders; the rest of
 * the page is free for what a scenario wants to keep there.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_VALUE };

static const struct mechanism_option options[] = {
	[OPTION_VALUE] = { .name = "value", .summary = "what the word starts with", .fallback = 0 },
	{ .name = NULL },
};

static int create(struct channel *channel)
{
	uint32_t value = (uint32_t)channel->options[OPTION_VALUE];
	int err;

	if (channel->options[OPTION_VALUE] > UINT32_MAX)
		return -EINVAL;
	err = mechanism_memory_create(channel, (size_t)sysconf(_SC_PAGESIZE));
	if (!err)
		memcpy(channel->object, &value, sizeof(value));
	return err;
}

const struct mechanism mechanism_futex = {
	.name = "futex",
	.summary = "a word in shared memory that processes can wait on",
	.man = "futex(7)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
