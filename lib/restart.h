/* SPDX-License-Identifier: MIT */
/* Was a call that is being entered restarted by the kernel after a signal handler, or made anew? */
#ifndef IPCDRILL_RESTART_H
#define IPCDRILL_RESTART_H

#include <stdbool.h>

#include "hit.h"
#include "process_files.h"

enum restart {
	RESTART_NO,
	RESTART_YES,
	RESTART_UNKNOWN,	/* nobody can see it: 32-bit programs, machines other than x86-64 */
	RESTART_UNSEEN,		/* a signal took the notification back while we looked */
};

/*
 * The kernel saves the registers of an interrupted thread below its stack pointer, set back by one
 * instruction and with the number of the call where it will make the call again (signal(7),
 * "Interruption of system calls"), and nobody clears them when the handler returns. So a restarted
 * call finds them there, and a new one does not. They are marked, so that each is found only once.
 * Not found is the frame of a handler that ran on an alternate stack.
 */
enum restart restart_take(struct process_files *files, const struct hit *hit);

#endif
