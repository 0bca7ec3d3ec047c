/* SPDX-License-Identifier: MIT */
/* One thread of a crowd, and the call that it sleeps in. For crowd*.c. */
#ifndef IPCDRILL_CROWD_CALL_H
#define IPCDRILL_CROWD_CALL_H

#include "crowd.h"

/* Finds out whether the thread's call is a 32-bit one, and what it is called here. */
void crowd_translate(struct crowd_thread *thread, uint64_t stack_pointer);

/* Its memory; false: it is not there. */
bool crowd_read(const struct crowd_thread *thread, uint64_t address, void *to, size_t size);

/* A duplicate of its descriptor, or -errno: ENOSYS, EPERM: that cannot be had here. */
int crowd_borrow(const struct crowd_thread *thread, int fd);

/* Of a status file; the groups of a user, which come before what matters, may be thousands. */
enum { CROWD_STATUS_MAX = 64 << 10 };

/* The fields of a status file that matter. */
struct crowd_status {
	char name[16];
	char state;
	pid_t parent;
	uint64_t caught, blocked;
	uint64_t switches;
};

void crowd_parse_status(const char *text, struct crowd_status *status);

/* A small file of /proc, ended by a NUL. Length, or -errno. */
ssize_t crowd_read_text(const char *path, char *text, size_t size);

/*
 * Somebody who was about to be looked at has gone: whoever he has forked is somewhere else by now.
 */
void crowd_missed(struct crowd *crowd);

/* Adds what the thread does to the crowd. Who is gone by now is no error. 0 or -errno. */
int crowd_look_at(struct crowd *crowd, pid_t pid, pid_t tid);

#endif
