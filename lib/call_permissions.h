/* SPDX-License-Identifier: MIT */
/* Who may use a System V object: the part that msgctl(), semctl() and shmctl() have in common. */
#ifndef IPCDRILL_CALL_PERMISSIONS_H
#define IPCDRILL_CALL_PERMISSIONS_H

#include <sys/ipc.h>

#include "call.h"

/* What IPC_SET changes, three in a row from the one that invocation_permissions() is given. */
#define CALL_PERMISSION_PARAMETERS                                                    \
	MAY_TAKE("mode", INT, SYMBOL_MODE, 0), MAY_TAKE("uid", INT, SYMBOL_PLAIN, 0), \
		MAY_TAKE("gid", INT, SYMBOL_PLAIN, 0)

/*
 * What the commands that ask tell, in a row from the one that invocation_out_permissions() is
 * given.
 */
#define CALL_PERMISSION_OUTS "mode", "uid", "gid", "cuid", "cgid", "key"
enum { CALL_PERMISSION_OUT_COUNT = 6 };

/* Overwrites what is given; what was left out stays. */
void invocation_permissions(struct invocation *inv, size_t argument, struct ipc_perm *perm);
void invocation_out_permissions(struct invocation *inv, size_t out, const struct ipc_perm *perm);

#endif
