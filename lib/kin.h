/* SPDX-License-Identifier: MIT */
/*
 * A program and everybody that it forked, also those that have left it: daemons become the driver's
 * own children.
 */
#ifndef IPCDRILL_KIN_H
#define IPCDRILL_KIN_H

#include "deadline.h"
#include "endpoint.h"

/*
 * Looks at the threads of this program and its kin only. Orphans are known by PROGRAM_MARK; one
 * that has wiped its environment as well is nobody's. 0 or -errno; crowd_free() is the caller's.
 */
int kin_look(const struct stage *stage, unsigned index, struct crowd *crowd);

/*
 * SIGCONT to those of them that are stopped, but for the program itself: a fault may have stopped
 * any. 0 or -errno.
 */
int kin_continue(const struct stage *stage, unsigned index);

/*
 * Kills all of them and waits until they are gone, but for the program itself, which is left to be
 * reaped. 0 or -errno.
 */
int kin_kill(const struct stage *stage, unsigned index, const struct deadline *deadline);

#endif
