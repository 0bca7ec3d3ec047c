// SPDX-License-Identifier: MIT
/*
 * Memory that the worker inherits and shares, and a semaphore in it that says that the part is
 * there.
 */
#include <semaphore.h>
#include <stddef.h>
#include <sys/mman.h>

#include "../transfer.h"
#include "transport.h"

struct slot {
	sem_t is_full;
	struct part part;
};

static int slot_open(struct channel *channel)
{
	void *memory = mmap(NULL, sizeof(struct slot), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

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
