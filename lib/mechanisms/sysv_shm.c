// SPDX-License-Identifier: MIT
/*
 * A System V shared memory segment, known to everybody by its id and its key; each holder attaches
 * it itself. With `exists=0` there is only a key that nobody uses.
 */
#include <errno.h>
#include <stdint.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/syscall.h>

#include "mechanism_sysv.h"

enum { OPTION_SIZE, OPTION_MODE, OPTION_EXISTS };
static const struct mechanism_option options[] = {
	[OPTION_SIZE] = { .name = "size", .summary = "in bytes", .fallback = 4096 },
	[OPTION_MODE] = { .name = "mode", .summary = "who may use it", .fallback = 0600 },
	[OPTION_EXISTS] = { .name = "exists", .summary = "0: only a key", .fallback = 1 },
	{ .name = NULL },
};

static int get(const struct channel *channel, key_t key, int flags)
{
	return shmget(key, (size_t)channel->options[OPTION_SIZE],
		      flags | (int)(channel->options[OPTION_MODE] & 0777));
}

static int create(struct channel *channel)
{
	int err = mechanism_sysv_make(channel, get);

	if (err || channel->options[OPTION_EXISTS])
		return err;
	/* Nobody had the key a moment ago. */
	shmctl((int)channel->id, IPC_RMID, NULL);
	channel->id = -1;
	return 0;
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
	return mechanism_sysv_available(SYS_shmctl, "System V shared memory", reason, size);
}

const struct mechanism mechanism_sysv_shm = {
	.name = "sysv_shm",
	.summary = "a System V shared memory segment",
	.man = "sysvipc(7)",
	.forms = FORM_NAMED | FORM_HELD_BY,
	.system_v = SYSTEM_V_SHM,
	.options = options,
	.available = available,
	.create = create,
	.map = map,
	.destroy = destroy,
};
