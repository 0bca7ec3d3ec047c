// SPDX-License-Identifier: MIT
/* Pages shared with all endpoints, and whether shared memory can have names. */
#include "mechanism_memory.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int mechanism_memory_create(struct channel *channel, size_t size)
{
	void *object = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (object == MAP_FAILED)
		return -errno;
	channel->object = object;
	channel->object_size = size;
	return 0;
}

int mechanism_memory_map(const struct channel *channel, void **object)
{
	*object = channel->object;
	return 0;
}

int mechanism_memory_map_file(int fd, size_t size, void **object)
{
	void *address;
	int err = 0;

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

void mechanism_memory_destroy(struct channel *channel)
{
	if (channel->object)
		munmap(channel->object, channel->object_size);
	channel->object = NULL;
}

int mechanism_memory_made(struct channel *channel, int error)
{
	if (error)
		mechanism_memory_destroy(channel);
	return -error;
}

int mechanism_memory_names_available(char *reason, size_t size)
{
	if (!access("/dev/shm", W_OK | X_OK))
		return 0;
	snprintf(reason, size, "names of shared memory and semaphores live in /dev/shm: %s",
		 errno == ENOENT ? "it does not exist" : "it cannot be written to");
	return -ENOSYS;
}
