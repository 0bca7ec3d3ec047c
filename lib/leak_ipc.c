// SPDX-License-Identifier: MIT
/* Objects of the sandbox's own IPC namespace that a scenario left: System V ids, POSIX queues. */
#include "leak.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { SAID_MAX = 3, MQUEUE_MAGIC = 0x19800202 };

struct account {
	char *text;
	size_t size;
	size_t used;
	int count;
};

__attribute__((format(printf, 2, 3)))
static void account_for(struct account *account, const char *format, ...)
{
	va_list arguments;
	int length;

	if (account->count++ >= SAID_MAX || account->used >= account->size)
		return;
	if (account->count > 1)
		account->used += (size_t)snprintf(account->text + account->used, account->size - account->used, ", ");
	if (account->used >= account->size)
		return;
	va_start(arguments, format);
	length = vsnprintf(account->text + account->used, account->size - account->used, format, arguments);
	va_end(arguments);
	account->used += length > 0 ? (size_t)length : 0;
}

/* How many there are, and the highest index in use; negative: this kernel has none. */
static int msg_count(int *highest)
{
	struct msginfo info;

	*highest = msgctl(0, MSG_INFO, (struct msqid_ds *)&info);
	return *highest < 0 ? -errno : info.msgpool;
}

static int sem_count(int *highest)
{
	struct seminfo info;

	*highest = semctl(0, 0, SEM_INFO, &info);
	return *highest < 0 ? -errno : info.semusz;
}

static int msg_id(int index, key_t *key)
{
	struct msqid_ds queue;
	int id = msgctl(index, MSG_STAT, &queue);

	*key = queue.msg_perm.__key;
	return id;
}

static int sem_id(int index, key_t *key)
{
	struct semid_ds set;
	int id = semctl(index, 0, SEM_STAT, &set);

	*key = set.sem_perm.__key;
	return id;
}

static int msg_remove(int id)
{
	return msgctl(id, IPC_RMID, NULL);
}

static int sem_remove(int id)
{
	return semctl(id, 0, IPC_RMID);
}

static const struct {
	const char *name;
	int (*count)(int *highest);
	int (*id)(int index, key_t *key);
	int (*remove)(int id);
} kinds[] = {
	{ "message queue", msg_count, msg_id, msg_remove },
	{ "semaphore set", sem_count, sem_id, sem_remove },
};

static void clear_ids(struct account *account)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		int highest, count = kinds[i].count(&highest);

		for (int index = 0; count > 0 && index <= highest; index++) {
			key_t key = 0;
			int id = kinds[i].id(index, &key);

			if (id < 0)
				continue;
			account_for(account, "%s %d (key 0x%x)", kinds[i].name, id, (unsigned)key);
			kinds[i].remove(id);
		}
	}
}

/* Not the machine's, even if that lies where ours should. */
static int open_queues(const char *path)
{
	struct statfs status;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (!fstatfs(fd, &status) && status.f_type == MQUEUE_MAGIC)
		return fd;
	close(fd);
	return -ENODEV;
}

static void clear_queues(struct account *account, const char *path)
{
	char buffer[4096] __attribute__((aligned(16)));
	ssize_t length;
	int fd = open_queues(path);

	while (fd >= 0 && (length = getdents64(fd, buffer, sizeof(buffer))) > 0) {
		for (ssize_t at = 0; at < length;) {
			const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);

			at += entry->d_reclen;
			if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
				continue;
			account_for(account, "POSIX message queue '/%s'", entry->d_name);
			unlinkat(fd, entry->d_name, 0);
		}
	}
	if (fd >= 0)
		close(fd);
}

int leak_clear_ipc(const char *queues_path, char *text, size_t size)
{
	struct account account = { .text = text, .size = size };

	if (size)
		text[0] = '\0';
	clear_ids(&account);
	clear_queues(&account, queues_path);
	if (account.count > SAID_MAX && account.used < size)
		snprintf(text + account.used, size - account.used, " and %d more", account.count - SAID_MAX);
	return account.count;
}
