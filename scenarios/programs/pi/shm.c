// SPDX-License-Identifier: MIT
/* Shared memory, and a semaphore in it that says that the part is there. The worker inherits the mapping, so
 * the name can go at once. */
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/mman.h>

#include "../transfer.h"
#include "transport.h"

struct slot {
	sem_t is_full;
	struct part part;
};

/* The mapping, or MAP_FAILED with errno. */
static void *map_new(const char *name)
{
	int fd = (int)TEMP_FAILURE_RETRY(shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
	void *memory = MAP_FAILED;

	if (fd < 0)
		return MAP_FAILED;
	shm_unlink(name);
	if (!TEMP_FAILURE_RETRY(ftruncate(fd, sizeof(struct slot))))
		memory = mmap(NULL, sizeof(struct slot), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	transfer_close(fd);
	return memory;
}

static int slot_open(struct channel *channel)
{
	char name[sizeof(channel->name) + 1];
	void *memory;

	snprintf(name, sizeof(name), "/%s", channel->name);
	memory = map_new(name);
	if (memory == MAP_FAILED)
		return -1;
	channel->slot = memory;
	return sem_init(&channel->slot->is_full, 1, 0);
}

static int slot_send(struct channel *channel, const struct part *part)
{
	channel->slot->part = *part;
	return sem_post(&channel->slot->is_full);
}

static int slot_receive(struct channel *channel, struct part *part)
{
	if (TEMP_FAILURE_RETRY(sem_wait(&channel->slot->is_full)) < 0)
		return -1;
	*part = channel->slot->part;
	return 0;
}

static void slot_close(struct channel *channel)
{
	sem_destroy(&channel->slot->is_full);
	munmap(channel->slot, sizeof(*channel->slot));
}

const struct transport transport_shm = {
	.name = "shm",
	.summary = "shared memory and a semaphore",
	.open = slot_open,
	.send = slot_send,
	.receive = slot_receive,
	.close = slot_close,
};
