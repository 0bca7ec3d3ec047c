// SPDX-License-Identifier: MIT
/*
 * A shared mapping: of no file, inherited by all its holders; or of a file in the working directory, which each holder
 * opens and maps itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mechanism.h"
#include "mechanism_memory.h"

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
	int length = snprintf(channel->address, sizeof(channel->address), "%s", channel->name);
	int fd, err = 0;

	if (length < 0 || (size_t)length >= sizeof(channel->address))
		return -ENAMETOOLONG;
	fd = open(channel->address, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	channel->address_length = (size_t)length;
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
	(void)side;
	*fd = -1;
	if (channel->options[OPTION_KIND] == KIND_ANONYMOUS)
		return 0;
	*fd = open(channel->address, O_RDWR);
	return *fd < 0 ? -errno : 0;
}

static int map(const struct channel *channel, void **object)
{
	size_t size = (size_t)channel->options[OPTION_SIZE];
	void *address;
	int fd, err = 0;

	if (channel->options[OPTION_KIND] == KIND_ANONYMOUS)
		return mechanism_memory_map(channel, object);
	if (!size)
		return 0;
	fd = open(channel->address, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (address == MAP_FAILED)
		err = -errno;
	else
		*object = address;
	close(fd);
	return err;
}

static void destroy(struct channel *channel)
{
	mechanism_memory_destroy(channel);
	if (channel->address_length)
		unlink(channel->address);
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
