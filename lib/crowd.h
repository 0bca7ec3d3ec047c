/* SPDX-License-Identifier: MIT */
/*
 * What everybody below some processes is doing, thread by thread: does anybody run, and if not, can
 * anything but somebody else wake them? Programs of unknown make are seen only like this.
 */
#ifndef IPCDRILL_CROWD_H
#define IPCDRILL_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "deadline.h"

enum crowd_mood {
	CROWD_NOBODY, /* nobody is there, but zombies at most */
	CROWD_BUSY, /* somebody runs, or waits for a disk or a page */
	CROWD_ASLEEP, /* everybody sleeps in a call, or is stopped */
};

enum crowd_hold { CROWD_FREE, CROWD_HELD_BUSY, CROWD_HELD_ASLEEP };

enum {
	CROWD_NO_CALL =
		-1, /* stopped outside of calls, or the call has no number on this machine */
	CROWD_UNKNOWN_CALL = -2, /* the kernel does not tell: not ours to look at */
};

struct crowd_thread {
	pid_t pid, tid;
	pid_t parent; /* of the process */
	char name[16];
	char state; /* as in proc_pid_stat(5) */
	bool is_busy; /* runs, or sleeps for what the kernel itself is about to bring */
	bool is_held; /* by a fault */
	bool is_compat; /* a 32-bit call: other layouts in memory */
	/* of the call that it sleeps in, as a 64-bit program numbers it; or of the enum above */
	int number;
	int own_number; /* the same, as the program itself numbers it */
	uint64_t arguments[6];
	uint64_t caught; /* signals with a handler; bit S - 1 */
	uint64_t blocked;
};

/* Legal when zero: everybody below the caller. */
struct crowd {
	/* by the caller */
	const pid_t *roots; /* these, and everybody below; NULL: everybody below the caller */
	size_t root_count;
	const pid_t *excluded; /* these are not looked at; who is below them is */
	size_t excluded_count;
	bool whole; /* look at all of them, also when one was found busy */
	/*
	 * By the clock; 0: never. Whoever forks faster than he is looked at is busy, and the rest
	 * is not looked at.
	 */
	int64_t give_up_ns;
	/*
	 * Who is in the hands of a fault shows nothing of its own: whether it rests there;
	 * CROWD_FREE: it is not.
	 */
	enum crowd_hold (*held)(void *context, pid_t tid); /* or NULL */
	void *context;

	/* by crowd_look() */
	enum crowd_mood mood;
	/*
	 * Two looks with the same digest, both CROWD_ASLEEP: nobody ran at any time between the end
	 * of the first and the beginning of the second.
	 */
	uint64_t digest;
	struct crowd_thread *threads; /* zombies included; parents before their children */
	size_t count;
	size_t capacity;
	const struct crowd_thread *busy; /* the first found; NULL: nobody */
};

/*
 * Orphans of those below the caller are below the caller too, if it is a subreaper or the init of
 * its pid namespace. 0 or -errno: ENOENT: there is no /proc.
 */
int crowd_look(struct crowd *crowd);
void crowd_free(struct crowd *crowd);

/* Until the deadline, but long enough for one look at an ordinary crowd. */
int64_t crowd_patience_ns(const struct deadline *deadline);

/*
 * After a look: true if time alone may wake one of them: it sleeps in a call with a timeout, or on
 * a socket that has one, or has a timer, or cares for SIGALRM. Where nobody can tell, true.
 */
bool crowd_waits_for_time(const struct crowd *crowd);

struct inject_name;

/* What a call is about. Legal when zero: anything. */
struct crowd_subject {
	dev_t device; /* of the file, FIFO or pipe; inode 0: none */
	ino_t inode;
	uint64_t serial; /* of those that share an inode (process_serial.h); 0: it tells enough */
	const struct inject_name *name; /* what else it is known by, or NULL */
};

/*
 * After a look: the thread that sleeps in one of these calls (see inject_calls()), on the subject;
 * or NULL.
 */
const struct crowd_thread *crowd_find(const struct crowd *crowd, const int *numbers, size_t count,
				      const struct crowd_subject *subject);

/*
 * "server (pid 12) is asleep in openat, sh (pid 13) is stopped"; as much as fits, ended by "..." if
 * that is not all.
 */
void crowd_describe(const struct crowd *crowd, char *text, size_t size);

#endif
