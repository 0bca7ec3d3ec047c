// SPDX-License-Identifier: MIT
/*
 * A shared mapping: of no file, inherited by all its holders; or of a file in the working
 * directory, which each holder opens and maps itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_memory.h"
#include "mechanism_path.h"

enum { OPTION_SIZE, OPTION_KIND };
enum { KIND_ANONYMOUS, KIND_FILE };

static const char *const kind_words[] = {
	[KIND_ANONYMOUS] = "anonymous", [KIND_FILE] = "file", NULL
};

static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size", .summary = "in bytes", .fallback = 4096 },
	[OPTION_KIND] = { .name = "kind",
			  .summary = "what is mapped",
			  .is_word = true,
			  .words = kind_words,
			  .fallback = KIND_ANONYMOUS },
	{ .name = NULL },
};

static int make_file(struct channel *channel)
{
	int err = mechanism_path_reserve(channel);
	int fd;

	if (err)
		return err;
	fd = open(channel->address, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	if (ftruncate(fd, channel->options[OPTION_SIZE]))
		err = -errno;
	close(fd);
	if (err)
		unlink(channel->address);
	return err;
}

static int create(struct channel *channel)
{
	if (channel->options[OPTION_KIND] == KIND_FILE)
		return make_file(channel);
	return mechanism_memory_create(channel, (size_t)channel->options[OPTION_SIZE]);
}

static int hold(const struct channel *channel, enum channel_side side, int *fd)
{
	*fd = -1;
	return channel->options[OPTION_KIND] == KIND_ANONYMOUS
		       ? 0
		       : mechanism_path_hold(channel, side, fd);
}

static int map(const struct channel *channel, void **object)
{
	size_t size = (size_t)channel->options[OPTION_SIZE];

	if (channel->options[OPTION_KIND] == KIND_ANONYMOUS)
		return mechanism_memory_map(channel, object);
	if (!size)
		return 0;
	return mechanism_memory_map_file(open(channel->address, O_RDWR | O_CLOEXEC), size, object);
}

static void destroy(struct channel *channel)
{
	mechanism_memory_destroy(channel);
	if (channel->address_length)
		mechanism_path_destroy(channel);
}

const struct mechanism mechanism_mapping = {
	.name = "mapping",
	.summary = "memory that processes share, of a file or of none",
	.man = "mmap(2)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.hold = hold,
	.map = map,
	.destroy = destroy,
};
