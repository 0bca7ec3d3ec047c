// SPDX-License-Identifier: MIT
/*
 * A System V shared memory segment, known to everybody by its id and its key; each holder attaches it itself. With
 * `exists=0` there is only a key that nobody uses.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_SIZE, OPTION_MODE, OPTION_EXISTS };
enum { TRIES = 1000, PID_BITS = 15, SERIAL_BITS = 12 };

/* Beyond all that ftok(3) makes of the projects that programs commonly give it. */
static const key_t first_key = 0x10000000;

static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size", .summary = "in bytes", .fallback = 4096 },
	[OPTION_MODE] = { .name = "mode", .summary = "who may use it", .fallback = 0600 },
	[OPTION_EXISTS] = { .name = "exists", .summary = "0: only a key", .fallback = 1 },
	{ .name = NULL },
};

/* A number of its own for each worker and channel, as long as no stranger has taken it. */
static key_t key_of(const struct channel *channel, int attempt)
{
	unsigned pid = (unsigned)getpid() & ((1U << PID_BITS) - 1);
	unsigned serial = (channel->serial + (unsigned)attempt) & ((1U << SERIAL_BITS) - 1);

	return first_key + (key_t)(pid << SERIAL_BITS | serial);
}

/* An id, or -1 with an error; EEXIST: the key is not free. */
static int try_key(const struct channel *channel, key_t key)
{
	int flags = IPC_CREAT | IPC_EXCL | (int)(channel->options[OPTION_MODE] & 0777);

	if (channel->options[OPTION_EXISTS])
		return shmget(key, (size_t)channel->options[OPTION_SIZE], flags);
	if (shmget(key, 0, 0) >= 0)
		errno = EEXIST;
	return -1;
}

static int create(struct channel *channel)
{
	for (int attempt = 0; attempt < TRIES; attempt++) {
		key_t key = key_of(channel, attempt);
		int id = try_key(channel, key);

		if (id < 0 && errno == EEXIST)
			continue;
		if (id < 0 && (channel->options[OPTION_EXISTS] || errno != ENOENT))
			return -errno;
		channel->key = key;
		channel->id = id;
		return 0;
	}
	return -ENOSPC;
}

static int map(const struct channel *channel, void **object)
{
	void *address = shmat((int)channel->id, NULL, 0);

	/* shmat(2) has no other way to say it. */
	if ((intptr_t)address == -1)
		return -errno;
	*object = address;
	return 0;
}

/* By its key as well: a scenario may have made it, or removed it and made another. */
static void destroy(struct channel *channel)
{
	int id;

	if (channel->id >= 0)
		shmctl((int)channel->id, IPC_RMID, NULL);
	id = shmget((key_t)channel->key, 0, 0);
	if (id >= 0)
		shmctl(id, IPC_RMID, NULL);
}

static int available(char *reason, size_t size)
{
	if (shmget(first_key, 0, 0) >= 0 || errno != ENOSYS)
		return 0;
	snprintf(reason, size, "the kernel has no System V shared memory: ENOSYS");
	return -ENOSYS;
}

const struct mechanism mechanism_sysv_shm = {
	.name = "sysv_shm",
	.summary = "a System V shared memory segment",
	.man = "sysvipc(7)",
	.forms = FORM_NAMED | FORM_HELD_BY,
	.system_v = true,
	.options = options,
	.available = available,
	.create = create,
	.map = map,
	.destroy = destroy,
};
