/* SPDX-License-Identifier: MIT */
/*
 * Files of /proc, kept open for the threads that are looked at again and again: opening costs more
 * than reading.
 */
#ifndef IPCDRILL_PROCESS_FILES_H
#define IPCDRILL_PROCESS_FILES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum process_file {
	PROCESS_SYSCALL,	/* the call that it sleeps in */
	PROCESS_IO,		/* bytes moved by this thread */
	PROCESS_MEMORY,
	PROCESS_FILE_KINDS,
};

enum { PROCESS_FILES_MAX = 16 };	/* threads at a time; a power of two */

/* Legal when zero. */
struct process_files {
	struct process_files_of {
		pid_t tid;		/* 0: nothing is open */
		int fds[PROCESS_FILE_KINDS];
	} of[PROCESS_FILES_MAX];
};

/* Bytes at this address or offset, or -errno. */
ssize_t process_files_read(struct process_files *files, pid_t tid, enum process_file which,
			   void *to, size_t size, uint64_t offset);
/* All of it at this address. 0 or -errno. */
int process_files_write(struct process_files *files, pid_t tid, const void *from, size_t size,
			uint64_t address);

/* With which the thread sleeps in its call. 0 or -errno: EAGAIN: it is not asleep yet. */
int process_stack_pointer(struct process_files *files, pid_t tid, uint64_t *stack_pointer);

/* What read(2), write(2) and their kin have moved for a thread so far; -1: nobody tells. */
struct bytes_moved {
	int64_t in, out;
};

struct bytes_moved process_bytes_moved(struct process_files *files, pid_t tid);

void process_files_close(struct process_files *files);

#endif
