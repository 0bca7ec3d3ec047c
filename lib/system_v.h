/* SPDX-License-Identifier: MIT */
/*
 * The three kinds of System V objects. Each counts ids and keys for itself: only with the kind does
 * a number name one.
 */
#ifndef IPCDRILL_SYSTEM_V_H
#define IPCDRILL_SYSTEM_V_H

enum system_v {
	SYSTEM_V_NONE,		/* it is none of these */
	SYSTEM_V_MSG,
	SYSTEM_V_SEM,
	SYSTEM_V_SHM,
};

#endif
