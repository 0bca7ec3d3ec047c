// SPDX-License-Identifier: MIT
/* Three kinds, for each of which the kernel has the same questions under another name. */
#include "leak_sysv.h"

#include <stdbool.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

/* How many there are, and the highest index in use; negative: this kernel has none. */
static int msg_count(int *highest)
{
	struct msginfo info;

	*highest = msgctl(0, MSG_INFO, (struct msqid_ds *)&info);
	return *highest < 0 ? *highest : info.msgpool;
}

static int sem_count(int *highest)
{
	struct seminfo info;

	*highest = semctl(0, 0, SEM_INFO, &info);
	return *highest < 0 ? *highest : info.semusz;
}

static int shm_count(int *highest)
{
	struct shm_info info;

	*highest = shmctl(0, SHM_INFO, (struct shmid_ds *)&info);
	return *highest < 0 ? *highest : info.used_ids;
}

/* What an id (IPC_STAT) or an index (the other command) has; the result is that of the question. */
static int msg_ask(int which, bool by_index, struct ipc_perm *perm)
{
	struct msqid_ds queue;
	int result = msgctl(which, by_index ? MSG_STAT : IPC_STAT, &queue);

	*perm = queue.msg_perm;
	return result;
}

static int sem_ask(int which, bool by_index, struct ipc_perm *perm)
{
	struct semid_ds set;
	int result = semctl(which, 0, by_index ? SEM_STAT : IPC_STAT, &set);

	*perm = set.sem_perm;
	return result;
}

static int shm_ask(int which, bool by_index, struct ipc_perm *perm)
{
	struct shmid_ds segment;
	int result = shmctl(which, by_index ? SHM_STAT : IPC_STAT, &segment);

	*perm = segment.shm_perm;
	return result;
}

static int msg_remove(int id)
{
	return msgctl(id, IPC_RMID, NULL);
}

static int sem_remove(int id)
{
	return semctl(id, 0, IPC_RMID);
}

static int shm_remove(int id)
{
	return shmctl(id, IPC_RMID, NULL);
}

static const struct kind {
	const char *name;
	const char *maker;
	int (*count)(int *highest);
	int (*ask)(int which, bool by_index, struct ipc_perm *perm);
	int (*remove)(int id);
} kinds[] = {
	{ "message queue", "msgget", msg_count, msg_ask, msg_remove },
	{ "semaphore set", "semget", sem_count, sem_ask, sem_remove },
	{ "shared memory segment", "shmget", shm_count, shm_ask, shm_remove },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void clear_one(const struct kind *kind, int id, const struct ipc_perm *perm,
		      struct leak_account *account)
{
	leak_account_for(account, "%s %d (key 0x%x)", kind->name, id, (unsigned)perm->__key);
	kind->remove(id);
}

void leak_sysv_clear(struct leak_account *account)
{
	for (size_t i = 0; i < KINDS; i++) {
		int highest, count = kinds[i].count(&highest);

		for (int index = 0; count > 0 && index <= highest; index++) {
			struct ipc_perm perm = { 0 };
			int id = kinds[i].ask(index, true, &perm);

			if (id >= 0)
				clear_one(&kinds[i], id, &perm, account);
		}
	}
}

int leak_sysv_kind(const char *maker)
{
	for (int i = 0; i < KINDS; i++) {
		if (!strcmp(kinds[i].maker, maker))
			return i;
	}
	return -1;
}

void leak_sysv_clear_private(int kind, int id, struct leak_account *account)
{
	struct ipc_perm perm = { 0 };

	if (kind >= 0 && kind < KINDS && !kinds[kind].ask(id, false, &perm) &&
	    perm.__key == IPC_PRIVATE)
		clear_one(&kinds[kind], id, &perm, account);
}
