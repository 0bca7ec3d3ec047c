/* SPDX-License-Identifier: MIT */
/*
 * Whom programs have forked and left behind: they become the driver's children when they are
 * orphans.
 */
#ifndef IPCDRILL_ORPHANS_H
#define IPCDRILL_ORPHANS_H

#include "endpoint.h"

/*
 * Takes off those that are dead, or a program that forks without end would soon have used up the
 * process numbers of the machine. Endpoints are left to whoever tells of their end. True if there
 * was one: somebody has run.
 */
bool orphans_reap(const struct stage *stage);

#endif
