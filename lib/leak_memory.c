// SPDX-License-Identifier: MIT
/* Shared memory that a scenario left in its sandbox: System V segments, names of POSIX objects and semaphores. */
#include "leak.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAID_MAX = 3 };

/* Only the first few are written down, for a person to read. */
struct account {
	char *text;
	size_t size;
	size_t used;
	int count;
};

__attribute__((format(printf, 2, 3))) static void account_for(struct account *account,
							      const char *format, ...)
{
	va_list arguments;
	int length;

	if (account->count++ >= SAID_MAX || account->used >= account->size)
		return;
	if (account->used)
		account->used += (size_t)snprintf(account->text + account->used,
						  account->size - account->used, ", ");
	if (account->used >= account->size)
		return;
	va_start(arguments, format);
	length = vsnprintf(account->text + account->used, account->size - account->used, format,
			   arguments);
	va_end(arguments);
	account->used += length > 0 ? (size_t)length : 0;
}

static void clear_segments(struct account *account)
{
	struct shm_info info;
	int highest = shmctl(0, SHM_INFO, (struct shmid_ds *)&info);

	for (int index = 0; highest >= 0 && info.used_ids && index <= highest; index++) {
		struct shmid_ds segment;
		int id = shmctl(index, SHM_STAT, &segment);

		if (id < 0)
			continue;
		account_for(account, "shared memory segment %d (key 0x%x)", id,
			    (unsigned)segment.shm_perm.__key);
		shmctl(id, IPC_RMID, NULL);
	}
}

/* The place of names, if it lies in the same file system as the sandbox's directory: then it is the sandbox's. */
static int open_names(int directory_fd)
{
	struct stat ours, names;
	int fd = open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (!fstat(directory_fd, &ours) && !fstat(fd, &names) && ours.st_dev == names.st_dev)
		return fd;
	close(fd);
	return -EXDEV;
}

static void clear_names(struct account *account, int directory_fd)
{
	char buffer[4096] __attribute__((aligned(16)));
	int fd = open_names(directory_fd);
	ssize_t length;

	while (fd >= 0 && (length = getdents64(fd, buffer, sizeof(buffer))) > 0) {
		for (ssize_t at = 0; at < length;) {
			const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);

			at += entry->d_reclen;
			/* Objects are files; the sandbox's own directory stands among them. */
			if (entry->d_type != DT_REG)
				continue;
			account_for(account, "name '/%s' of shared memory", entry->d_name);
			unlinkat(fd, entry->d_name, 0);
		}
	}
	if (fd >= 0)
		close(fd);
}

int leak_clear_memory(int directory_fd, char *text, size_t size)
{
	struct account account = { .text = text, .size = size };

	if (size)
		text[0] = '\0';
	clear_segments(&account);
	clear_names(&account, directory_fd);
	if (account.count > SAID_MAX && account.used < size)
		snprintf(text + account.used, size - account.used, " and %d more",
			 account.count - SAID_MAX);
	return account.count;
}
