/* SPDX-License-Identifier: MIT */
/*
 * One call of a thread that we trace, from its entry to its end. A call that a signal interrupts
 * and the kernel makes again is still the same; the calls of the handler in between are others. For
 * exit_stop.c.
 */
#ifndef IPCDRILL_TRACED_CALL_H
#define IPCDRILL_TRACED_CALL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "exit_stop.h"
#include "tracee.h"

struct traced_call {
	/* by whoever follows it */
	pid_t tid;			/* 0: nobody is traced any more */
	pid_t process;
	uint64_t ip;			/* behind the instruction of the call */

	/* as it goes */
	uint64_t stack_pointer;		/* 0: not known yet */
	enum exit_stop_state state;
	bool is_entered;
	/* a handler is: addresses tell nothing about who called whom */
	bool is_on_other_stack;
	bool is_stepping;		/* into a handler */
	/* the result lies in the frame of a handler that has just begun */
	bool has_frame;
	struct tracee_frame frame;
	int64_t result;
};

/*
 * Goes on as far as it can without waiting: until the thread stands at the end of the call, runs,
 * or is gone.
 */
void traced_call_follow(struct traced_call *call);

/* Only for one that is THERE: it reports this error, whatever it did. */
void traced_call_fail(const struct traced_call *call, int error);

/*
 * The thread goes its own way from here. True if it does; else it does not stand still, and this is
 * to be asked again.
 */
bool traced_call_let_go(struct traced_call *call);

#endif
