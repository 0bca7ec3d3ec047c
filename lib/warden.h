/* SPDX-License-Identifier: MIT */
/*
 * A program and everything it starts, with a process of ours above it: the warden, to whom its
 * orphans come, who knows how it ended, and who kills all of them if we die. Whatever the program
 * does, nothing of it outlives us; only who kills the warden gets around that, for orphans.
 */
#ifndef IPCDRILL_WARDEN_H
#define IPCDRILL_WARDEN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "inject.h"

/* What is to be run, and how. */
struct warden_order {
	const char *path; /* as execve(2) takes it */
	char *const *argv;
	char *const *environment;
	int stdio[3]; /* its descriptors 0, 1, 2; -1: ours */
	bool apart; /* in a session of its own, without core dumps */
	const sigset_t *mask; /* of blocked signals that it begins with */
	const struct inject_filter *filter; /* NULL: none */
	/*
	 * By the clock: then the warden ends all of them on its own. Whoever reads what they print
	 * may sleep for the lock of a pipe, where nothing but their death wakes it. 0: never
	 */
	int64_t end_ns;
};

/* In memory that all of them share. */
struct warden_board {
	struct inject_port port;
	_Atomic uint32_t program; /* its pid; 0: not yet; the warden's own: there is none */
	_Atomic int32_t fork_error; /* -errno: then */
	_Atomic int32_t
		install_error; /* -errno: the filter could not be installed; nothing was run */
	_Atomic int32_t exec_error; /* -errno: it could not be executed */
	_Atomic uint32_t has_ended; /* the program; its descendants may not have */
	_Atomic int32_t status; /* of the program, as wait(2) gives it; then */
	_Atomic uint32_t is_overdue; /* end_ns came first */
};

/* Legal when zero. */
struct warden {
	pid_t pid; /* its own; 0: not started */
	pid_t program;
	int pidfd; /* readable once all of them are gone */
	int life_fd; /* our end of a socket; its other end, the warden's, tells of our death */
	struct warden_board *board;
};

/*
 * 0 or -errno. The program's filter, if it has a listener, waits for inject_take() on board->port.
 */
int warden_start(struct warden *warden, const struct warden_order *order);

/*
 * The warden keeps this descriptor open beyond our death. A listener that is closed has its calls
 * fail, and the program should not live to see that. 0 or -errno.
 */
int warden_keep(struct warden *warden, int fd);

/* All of them are gone, or the program could not be run. */
bool warden_is_done(const struct warden *warden);

/* Ends all who are left, waits until they are gone, and gives everything back. */
void warden_end(struct warden *warden);

#endif
