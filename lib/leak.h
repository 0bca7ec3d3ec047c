/* SPDX-License-Identifier: MIT */
/*
 * What a scenario left behind: files, processes, descriptors. Clean-up is checked, not hoped for.
 */
#ifndef IPCDRILL_LEAK_H
#define IPCDRILL_LEAK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Names of directories that may be cleared begin with this. */
#define LEAK_DIRECTORY_PREFIX "ipcdrill"

/*
 * Removes everything below the directory. Names directly in it for which owned() is true are
 * expected; the others are counted, and the first few written to text ("file 'stray', fifo 'x'").
 * Negative: -errno; EPERM: the directory is not one of ours.
 */
int leak_clear_directory(int directory_fd, bool (*owned)(void *context, const char *name),
			 void *context, char *text, size_t size);

/*
 * Removes every System V object and every POSIX queue of this IPC namespace, so call it only in one
 * that is ours; and every name of shared memory that lies in the directory's own file system.
 * Queues are found in their file system, mounted at the path. How many there were, and the first
 * few in text.
 */
int leak_clear_ipc(const char *queues_path, int directory_fd, char *text, size_t size);

/*
 * Lowest free descriptor number: the same before and after a scenario, or one was left open in the
 * driver.
 */
int leak_lowest_fd(void);

/*
 * Processes that hold the named file, FIFO or socket path open in this /proc; -errno if /proc
 * cannot be read.
 */
int leak_holders(const char *path);

/*
 * The absolute path behind a descriptor of ours, ending in NUL; its length, or -errno where /proc
 * cannot be read.
 */
ssize_t leak_path_of(int fd, char *path, size_t size);

#endif
