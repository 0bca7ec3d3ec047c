/* SPDX-License-Identifier: MIT */
/* What the init of a new set of namespaces does first: who it is, and what it sees mounted. */
#ifndef IPCDRILL_SANDBOX_MOUNTS_H
#define IPCDRILL_SANDBOX_MOUNTS_H

#include <stdbool.h>
#include <sys/types.h>

/* In a new user namespace: the user stays who it was. 0 or -errno. */
int sandbox_map_user(uid_t uid, gid_t gid);

/*
 * Own /proc, own tmpfs on /dev/shm if there is one, working directory in it. 0 or -errno, and what
 * could not be done.
 */
int sandbox_mount(const char **step);

/*
 * A program that may mount can take from whoever comes after it what a sandbox needs. A descriptor
 * that tells when that has happened; -1: nobody can tell.
 */
int sandbox_watch_mounts(void);
bool sandbox_has_other_mounts(int watch_fd);

/* The loopback of a new network namespace is down. */
int sandbox_raise_loopback(void);

#endif
