// SPDX-License-Identifier: MIT
/*
 * Clears the scenario's directory and counts what should not be there; finds a descriptor that was
 * left open.
 */
#include "leak.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "leak_account.h"

enum {
	/* each level holds a descriptor; what is deeper is lifted to the top first */
	DEPTH_MAX = 64,
	SAID_MAX = 4,		/* names in a text */
};

static const char *kind_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return "file";
	case S_IFDIR: return "directory";
	case S_IFIFO: return "fifo";
	case S_IFSOCK: return "socket";
	case S_IFLNK: return "symlink";
	case S_IFCHR: return "character device";
	case S_IFBLK: return "block device";
	default: return "thing";
	}
}

enum { ESCAPE_LENGTH = 4, ESCAPED_SIZE = NAME_MAX * ESCAPE_LENGTH + 1 };

/* As one word of one line, whatever bytes it has. */
static void escape(const char *name, char escaped[ESCAPED_SIZE])
{
	size_t used = 0;

	for (const unsigned char *c = (const unsigned char *)name;
	     *c && used + ESCAPE_LENGTH < ESCAPED_SIZE; c++) {
		bool is_plain = *c >= ' ' && *c != 0x7f && *c != '\'' && *c != '\\';

		used += (size_t)sprintf(escaped + used, is_plain ? "%c" : "\\x%02x", *c);
	}
	escaped[used] = '\0';
}

static void account_for(struct leak_account *account, mode_t mode, const char *name)
{
	char escaped[ESCAPED_SIZE];

	escape(name, escaped);
	leak_account_for(account, "%s '%s'", kind_name(mode), escaped);
}

#define LIFTED "lifted."

struct clearing {
	int top_fd;
	dev_t device;
	unsigned lifted;
	bool (*owned)(void *context, const char *name);
	void *context;
	struct leak_account *account;	/* NULL: they were accounted for */
};

static int remove_below(struct clearing *clearing, int directory_fd, int depth);

/* To be cleared when the rest is. A directory that may not be written to cannot be moved. */
static int lift(struct clearing *clearing, int parent_fd, const char *name)
{
	char lifted[40];

	snprintf(lifted, sizeof(lifted), LIFTED "%u", clearing->lifted);
	fchmodat(parent_fd, name, 0700, AT_SYMLINK_NOFOLLOW);
	if (renameat(parent_fd, name, clearing->top_fd, lifted))
		return -errno;
	clearing->lifted++;
	return 0;
}

/*
 * A descriptor, or -errno. Only a directory of this very file system is entered, and never through
 * a symlink.
 */
static int enter_directory(int parent_fd, const char *name, dev_t device)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	struct stat status;
	int fd = openat(parent_fd, name, flags);

	if (fd < 0 && errno == EACCES && !fchmodat(parent_fd, name, 0700, AT_SYMLINK_NOFOLLOW))
		fd = openat(parent_fd, name, flags);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) || status.st_dev != device) {
		close(fd);
		return -EXDEV;
	}
	/* Without these bits what is in it could be listed, but not removed. */
	if ((status.st_mode & 0700) != 0700)
		fchmod(fd, 0700);
	return fd;
}

static int remove_directory(struct clearing *clearing, int parent_fd, const char *name, int depth)
{
	int err, fd;

	if (depth >= DEPTH_MAX)
		return lift(clearing, parent_fd, name);
	fd = enter_directory(parent_fd, name, clearing->device);
	if (fd < 0)
		return fd;
	err = remove_below(clearing, fd, depth + 1);
	close(fd);
	if (err)
		return err;
	return unlinkat(parent_fd, name, AT_REMOVEDIR) ? -errno : 0;
}

static int remove_entry(struct clearing *clearing, int parent_fd, const char *name, int depth,
			mode_t *mode)
{
	struct stat status;

	if (fstatat(parent_fd, name, &status, AT_SYMLINK_NOFOLLOW))
		return -errno;
	*mode = status.st_mode;
	if (S_ISDIR(status.st_mode))
		return remove_directory(clearing, parent_fd, name, depth);
	return unlinkat(parent_fd, name, 0) ? -errno : 0;
}

/* Directly in the directory, and not by us. */
static bool is_left(const struct clearing *clearing, const char *name)
{
	if (!clearing->account || clearing->owned(clearing->context, name))
		return false;
	return !clearing->lifted || strncmp(name, LIFTED, strlen(LIFTED)) != 0;
}

/* Goes on after an error, so that as little as possible stays; the first one is returned. */
static int remove_below(struct clearing *clearing, int directory_fd, int depth)
{
	char buffer[4096] __attribute__((aligned(16)));
	ssize_t length;
	int first_err = 0;

	if (lseek(directory_fd, 0, SEEK_SET) < 0)
		return -errno;
	while ((length = getdents64(directory_fd, buffer, sizeof(buffer))) > 0) {
		for (ssize_t at = 0; at < length;) {
			const struct dirent64 *entry = (const struct dirent64 *)(buffer + at);
			mode_t mode = 0;
			int err;

			at += entry->d_reclen;
			if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
				continue;
			err = remove_entry(clearing, directory_fd, entry->d_name, depth, &mode);
			if (!depth && is_left(clearing, entry->d_name))
				account_for(clearing->account, mode, entry->d_name);
			if (err && !first_err)
				first_err = err;
		}
	}
	return length < 0 && !first_err ? -errno : first_err;
}

/*
 * A mistaken descriptor here would empty somebody's disk, so only directories that carry our name
 * are cleared. Where there is no /proc to tell the name, the root directory at least is safe.
 */
static bool is_ours(int directory_fd, const struct stat *status)
{
	char path[PATH_MAX];
	struct stat root;

	if (leak_path_of(directory_fd, path, sizeof(path)) < 0)
		return !stat("/", &root) &&
		       (root.st_dev != status->st_dev || root.st_ino != status->st_ino);
	return !strncmp(strrchr(path, '/') + 1, LEAK_DIRECTORY_PREFIX,
			strlen(LEAK_DIRECTORY_PREFIX));
}

int leak_clear_directory(int directory_fd, bool (*owned)(void *context, const char *name),
			 void *context, char *text, size_t size)
{
	struct leak_account account = leak_account_open(text, size, SAID_MAX);
	struct clearing clearing = { .top_fd = directory_fd,
				     .owned = owned,
				     .context = context,
				     .account = &account };
	struct stat status;
	unsigned lifted;
	int err, more;

	if (fstat(directory_fd, &status))
		return -errno;
	if (!S_ISDIR(status.st_mode))
		return -ENOTDIR;
	if (!is_ours(directory_fd, &status))
		return -EPERM;
	clearing.device = status.st_dev;
	if ((status.st_mode & 0700) != 0700)
		fchmod(directory_fd, (status.st_mode | 0700) & 07777);
	err = remove_below(&clearing, directory_fd, 0);
	clearing.account = NULL;
	for (lifted = 0; lifted != clearing.lifted;) {
		lifted = clearing.lifted;
		more = remove_below(&clearing, directory_fd, 0);
		err = err ? err : more;
	}
	leak_account_close(&account);
	return err ? err : account.count;
}

int leak_lowest_fd(void)
{
	/* O_PATH opens nothing: no driver and no permission is asked. */
	int fd = open("/", O_PATH | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	close(fd);
	return fd;
}
