/* SPDX-License-Identifier: MIT */
/*
 * A thread that we trace with ptrace(2): where it is, and how it goes on. For traced_call.c and
 * exit_stop.c.
 */
#ifndef IPCDRILL_TRACEE_H
#define IPCDRILL_TRACEE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum tracee_event {
	TRACEE_RUNS,		/* or sleeps: nothing to be said */
	TRACEE_DEAD,		/* its corpse is there */
	TRACEE_GONE,		/* nothing has this number any more */
	TRACEE_ENTERS,		/* is about to make a call */
	TRACEE_LEAVES,		/* has made one; `result` */
	TRACEE_SIGNALLED,	/* is about to be given `signal` */
	TRACEE_HANDLES,		/* at the first instruction of a handler */
	TRACEE_PAUSES,		/* stopped by job control (SIGSTOP and its kin) */
	TRACEE_STANDS,		/* anywhere else */
};

struct tracee_look {
	enum tracee_event event;
	int signal;
	uint32_t arch;
	uint64_t ip;
	uint64_t stack_pointer;
	int64_t result;
};

enum tracee_way {
	TRACEE_TO_NEXT_STOP,	/* enters or leaves a call, or gets a signal */
	TRACEE_INTO_HANDLER,	/* of the signal that is passed on */
	TRACEE_PAUSED,		/* stays stopped until SIGCONT */
	TRACEE_FREE,		/* not traced any longer */
};

/* What a signal frame says about the call that the handler interrupted. */
struct tracee_frame {
	uint64_t result_address;
	unsigned result_size;
	int64_t result;
	bool restarts;		/* the call will be made again; else it has ended with the result */
};

/*
 * 0 or -errno: EPERM: forbidden, or somebody else traces it. Every seized thread must be let go or
 * reaped.
 */
int tracee_seize(pid_t tid);
/* Whoever traces this thread; 0: nobody. */
pid_t tracee_tracer(pid_t tid);

/* It soon stands, wherever it is. */
void tracee_interrupt(pid_t tid);

struct tracee_look tracee_look(pid_t tid);

/*
 * Only for one that does not run. The signal is given to it on its way; 0: none. 0 or -errno:
 * ESRCH: it is dying.
 */
int tracee_go_on(pid_t tid, enum tracee_way way, int signal);

/* Only for one that leaves a call. 0 or -errno: ENOSYS: not known for this machine. */
int tracee_set_result(pid_t tid, int64_t result);

/*
 * For one at the first instruction of a handler, which interrupted the call that ends at call_ip.
 * False: it interrupted something else, or the layout is not known for this machine.
 */
bool tracee_read_frame(pid_t tid, const struct tracee_look *look, uint64_t call_ip,
		       struct tracee_frame *frame);
/* The interrupted call will have had this result. 0 or -errno. */
int tracee_write_frame(pid_t tid, const struct tracee_frame *frame, int64_t result);

/* A handler of the program's own, now. */
bool tracee_catches(pid_t tid, int signal);

/* Gives a dead one back to whoever else waits for it. */
void tracee_release(pid_t tid);

#endif
