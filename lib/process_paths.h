/* SPDX-License-Identifier: MIT */
/* What is to be known of a thread that is held in a call: its names, its numbers. */
#ifndef IPCDRILL_PROCESS_PATHS_H
#define IPCDRILL_PROCESS_PATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/*
 * The directory that a relative path of thread `tid` starts at: its working directory (AT_FDCWD),
 * or the one behind its descriptor. Length, or -errno; the text ends in NUL.
 */
ssize_t process_directory(pid_t tid, int fd, char *path, size_t size);

/*
 * What stat(2) of this path would tell the thread; the path is relative as for process_directory().
 * 0 or -errno.
 */
int process_stat(pid_t tid, int fd, const char *path, struct stat *status);

/* The name of a thread, as ps(1) shows it; empty if it is gone. */
void process_name(pid_t tid, char *name, size_t size);

/* The process that a thread belongs to; 0 if the thread is gone. */
pid_t process_of_thread(pid_t tid);

/* The number after this label in /proc/TID/status; -1: there is none. */
int64_t process_status_number(pid_t tid, const char *label, int base);

/* True if calls on this descriptor of the thread fail instead of sleeping. */
bool process_is_nonblocking(pid_t tid, int fd);

#endif
