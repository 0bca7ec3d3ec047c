/* SPDX-License-Identifier: MIT */
/* One process that makes the calls of a scenario: start, tell, collect, signal, kill, reap. */
#ifndef IPCDRILL_ENDPOINT_H
#define IPCDRILL_ENDPOINT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "call.h"
#include "control.h"
#include "crowd.h"
#include "inject.h"
#include "loopback.h"
#include "mechanism.h"
#include "operand.h"
#include "program.h"
#include "streams.h"

enum { SLOTS_MAX = 1024 };

/*
 * What to do on one command. Immutable, in memory before the endpoint is forked, so a command is a
 * number.
 */
struct action {
	const struct call *call;
	bool libc;					/* via the C library */
	const struct operand *arguments[CALL_PARAMETERS_MAX];	/* NULL: left out */
	int bind;					/* slot for the result, or -1 */
	int bind_out[CALL_OUTS_MAX];			/* slot for each out-parameter, or -1 */
	/* the endpoint that CALL_FORKS makes, or -1 */
	int child;
};

/*
 * The faults on one endpoint. Counts live in the rules, so they go on when it is restarted. Legal
 * when zero: none.
 */
struct endpoint_rules {
	struct inject_rule *rules;
	size_t count;
	const struct inject_filter *filter;	/* compiled from them */
};

/* What every endpoint of a scenario knows. Belongs to the worker; set before the first fork. */
struct cast {
	const char *const *names;		/* of endpoints */
	size_t endpoint_count;
	struct channel *channels;
	size_t channel_count;
	const struct action *actions;
	size_t action_count;
	size_t slot_count;
	const char *const *slot_names;		/* for messages */
	/*
	 * held[endpoint * channel_count + channel]: bit 1 << side for each enum channel_side to
	 * hold at the start
	 */
	const uint8_t *held;
	const char *directory;			/* working directory */
	/* by endpoint; NULL: it makes calls itself. NULL: all do */
	const struct program *const *programs;
	const struct endpoint_rules *rules;	/* by endpoint; NULL: no faults at all */
	/* what is sent may still be under way when all are asleep */
	bool has_network;
	bool has_deaths;			/* somebody may be dying when all seem asleep */
	/* A fault fired, was refused or is done; in the driver, while it serves listeners. */
	void (*noted)(void *context, enum inject_what what, const struct inject_rule *rule,
		      const struct hit *hit);
	void *noted_context;
};

enum endpoint_state {
	ENDPOINT_ABSENT,	/* not started: waits for `do start` or a fork() */
	ENDPOINT_READY,		/* waits for a command */
	ENDPOINT_BUSY,		/* has a command that it has not completed */
	ENDPOINT_RUNNING,	/* is a program */
	ENDPOINT_DEAD,
};

/*
 * A status that no wait(2) gives: its parent or the kernel took it away, and this kernel tells
 * nobody else; or it is another user's whom we may not trace.
 */
#define ENDED_UNSEEN (-1)

/* The driver's side of an endpoint. Legal when zero. */
struct endpoint {
	enum endpoint_state state;
	unsigned index;
	bool is_child;			/* of the driver: the driver reaps it */
	bool stopped;			/* by do stop or a fault; until do cont */
	/* a deadly signal is on its way: not settled before it is dead */
	bool killed;
	/* a signal is on its way: not settled before it was seen asleep again */
	bool disturbed;
	bool timer_armed;		/* time may wake it */
	/* another user now: without CAP_SYS_PTRACE the kernel does not name its call */
	bool veiled;
	pid_t pid;
	int pidfd;
	int syscall_fd;			/* /proc/PID/syscall, opened when first needed; -1 */
	uint32_t command;		/* newest command given */
	const struct action *action;	/* while BUSY: what it does; NULL: starting up */
	/* when DEAD: as wait(2) gives it; ENDED_UNSEEN: nobody says */
	int status;
	/* of another endpoint, which has waited for it: status is what that one got */
	bool is_reaped;
	struct streams streams;		/* of one that is or will be a program */
	bool has_streams;
	char text[192];			/* what settle last saw of it */
};

/* Everything that one running scenario needs of its endpoints. */
struct stage {
	struct control control;
	const struct cast *cast;
	struct endpoint endpoints[ENDPOINTS_MAX];
	unsigned serial;			/* channels made on it so far */
	struct listener *listeners;		/* listener.h */
	int listener_error;			/* -errno: one of them cannot be served */
	/* -errno: the driver lacks what it needs to see its endpoints */
	int watch_error;
	/* one was executed: whom it forked may be anywhere */
	bool has_programs;
	/* everybody but the endpoints that make calls, as last seen */
	struct crowd crowd;
	uint64_t crowd_digest;			/* of the look before */
	struct loopback loopback;		/* by the driver, for casts that have a network */
};

/*
 * Forks it; with `hold`, it takes its ends first (a restarted endpoint holds nothing). It is BUSY
 * until it did so. 0 or -errno: EBUSY, EINVAL, ENOSYS: faults cannot be put on it here, as
 * inject_install() says.
 */
int endpoint_start(struct stage *stage, unsigned index, bool hold);

/* Gives it a command; it must be READY. */
void endpoint_command(struct stage *stage, unsigned index, unsigned action);

/* Makes a READY endpoint exit with this status. */
void endpoint_exit(struct stage *stage, unsigned index, int status);

/* Makes a READY endpoint execute its program, found at this path. */
void endpoint_execute(struct stage *stage, unsigned index, const char *path);

/*
 * True once a BUSY endpoint has completed; it is then READY and its result is in its page, or it is
 * RUNNING, executed.
 */
bool endpoint_completed(struct stage *stage, unsigned index);

/* True if it is expected of a fork() that is not done yet. */
bool endpoint_is_unborn(const struct stage *stage, unsigned index);

/* True if it is dead; reaps it. Closes what the driver holds of it. */
bool endpoint_died(struct stage *stage, unsigned index);

/* 0 or -errno (ESRCH: dead already). */
int endpoint_signal(struct stage *stage, unsigned index, int signal);

/* True if this endpoint is a program, running or not. */
bool endpoint_is_program(const struct stage *stage, unsigned index);

/*
 * Looking at an endpoint failed with this -errno. True if that is for want of something of the
 * driver's own, which is then the stage's watch_error: who is gone, or not ours to look at, may yet
 * be seen dead.
 */
bool stage_note_lack(struct stage *stage, int err);

/*
 * Kills and reaps all of them and whatever they left; every endpoint is then ABSENT. 0, or -EPERM:
 * some are other users now whom we may not signal; the end of a pid namespace's init ends them as
 * well.
 */
int stage_clear(struct stage *stage);

#endif
