// SPDX-License-Identifier: MIT
/*
 * Keys for System V objects: made of a name that no other driver uses, one further where that is
 * taken.
 */
#include "mechanism_sysv.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <unistd.h>

enum { TRIES = 1000, NAME_SIZE = 256 };

/* FNV-1a: short, and good enough where a collision only costs one more try. */
static uint32_t hash_of(const char *text)
{
	uint32_t hash = 2166136261U;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619U;
	return hash;
}

int mechanism_sysv_make(struct channel *channel,
			int (*get)(const struct channel *channel, key_t key, int flags))
{
	char name[NAME_SIZE];
	int err = channel_unique_name(channel, name, sizeof(name));
	uint32_t key;

	if (err < 0)
		return err;
	key = hash_of(name);
	for (int i = 0; i < TRIES; i++, key++) {
		int id;

		if ((key & INT_MAX) == IPC_PRIVATE)
			continue;
		id = get(channel, (key_t)(key & INT_MAX), IPC_CREAT | IPC_EXCL);
		if (id >= 0) {
			channel->key = (int64_t)(key & INT_MAX);
			channel->id = id;
			return 0;
		}
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

int mechanism_sysv_available(long number, const char *what, char *reason, size_t size)
{
	/* Nothing has this id: a kernel that knows the call says so. */
	if (syscall(number, -1, 0, 0, 0, 0) >= 0 || errno != ENOSYS)
		return 0;
	snprintf(reason, size, "this kernel has no %s", what);
	return -ENOSYS;
}
