// SPDX-License-Identifier: MIT
/* A set of System V semaphores, which everybody knows by its id and key. */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/syscall.h>

#include "mechanism_sysv.h"

enum { OPTION_VALUES, OPTION_COUNT, OPTION_MODE };

static const struct mechanism_option options[] = {
	[OPTION_VALUES] = { .name = "values", .summary = "what each of them is at the start" },
	[OPTION_COUNT] = { .name = "count", .summary = "how many there are", .fallback = 1 },
	[OPTION_MODE] = { .name = "mode", .summary = "permissions", .fallback = 0600 },
	{ .name = NULL },
};

enum { COUNT_MAX = 32000, VALUE_MAX = 32767 };	/* of the kernel, where nobody raised the first */

/* As the caller defines it (semctl(2)). */
union semun {
	int val;
	struct semid_ds *buf;
};

static int available(char *reason, size_t size)
{
	return mechanism_sysv_available(SYS_semctl, "System V semaphores", reason, size);
}

static int get(const struct channel *channel, key_t key, int flags)
{
	return semget(key, (int)channel->options[OPTION_COUNT], flags | 0600);
}

/* Each by itself, so that nobody's SETALL is needed; a new set's are 0. */
static int set_values(const struct channel *channel)
{
	union semun value = { .val = (int)channel->options[OPTION_VALUES] };

	for (int i = 0; value.val && i < channel->options[OPTION_COUNT]; i++) {
		if (semctl((int)channel->id, i, SETVAL, value))
			return -errno;
	}
	return 0;
}

/* Last, as values are for those to set who may write. */
static int set_mode(const struct channel *channel)
{
	struct semid_ds set;
	union semun buffer = { .buf = &set };

	if (channel->options[OPTION_MODE] == 0600)
		return 0;
	if (semctl((int)channel->id, 0, IPC_STAT, buffer))
		return -errno;
	set.sem_perm.mode = (unsigned short)(channel->options[OPTION_MODE] & 0777);
	return semctl((int)channel->id, 0, IPC_SET, buffer) ? -errno : 0;
}

static int create(struct channel *channel)
{
	int err;

	if (channel->options[OPTION_COUNT] < 1 || channel->options[OPTION_COUNT] > COUNT_MAX ||
	    channel->options[OPTION_VALUES] < 0 || channel->options[OPTION_VALUES] > VALUE_MAX)
		return -EINVAL;
	err = mechanism_sysv_make(channel, get);
	if (err)
		return err;
	err = set_values(channel);
	if (!err)
		err = set_mode(channel);
	if (err)
		semctl((int)channel->id, 0, IPC_RMID);
	return err;
}

/* The scenario may have removed it, and made another of its key. */
static void destroy(struct channel *channel)
{
	int again;

	semctl((int)channel->id, 0, IPC_RMID);
	again = semget((key_t)channel->key, 0, 0);
	if (again >= 0)
		semctl(again, 0, IPC_RMID);
}

const struct mechanism mechanism_sysv_sem = {
	.name = "sysv_sem",
	.summary = "a set of System V semaphores",
	.man = "sysvipc(7)",
	.forms = FORM_NAMED,
	.system_v = SYSTEM_V_SEM,
	.options = options,
	.available = available,
	.create = create,
	.destroy = destroy,
};
