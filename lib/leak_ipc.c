// SPDX-License-Identifier: MIT
/*
 * Objects of the sandbox's own IPC namespace that a scenario left, and names of shared memory in
 * its file system.
 */
#include "leak.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "leak_account.h"
#include "leak_sysv.h"

enum { SAID_MAX = 3, MQUEUE_MAGIC = 0x19800202 };

/* All but directories, among which the sandbox's own stands. Closes the directory. */
static void clear_names(struct leak_account *account, int fd, const char *kind)
{
	char buffer[4096] __attribute__((aligned(16)));
	ssize_t length;

	while (fd >= 0 && (length = getdents64(fd, buffer, sizeof(buffer))) > 0) {
		for (ssize_t at = 0; at < length;) {
			const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);

			at += entry->d_reclen;
			if (entry->d_type == DT_DIR)
				continue;
			leak_account_for(account, "%s '/%s'", kind, entry->d_name);
			unlinkat(fd, entry->d_name, 0);
		}
	}
	if (fd >= 0)
		close(fd);
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

/*
 * The place of names, if it lies in the same file system as the sandbox's directory: then it is the
 * sandbox's.
 */
static int open_memory(int directory_fd)
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

int leak_clear_ipc(const char *queues_path, int directory_fd, char *text, size_t size)
{
	struct leak_account account = leak_account_open(text, size, SAID_MAX);

	leak_sysv_clear(&account);
	clear_names(&account, open_queues(queues_path), "POSIX message queue");
	clear_names(&account, open_memory(directory_fd), "shared memory");
	return leak_account_close(&account);
}
