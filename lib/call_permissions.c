// SPDX-License-Identifier: MIT
/* struct ipc_perm, from arguments and into out-parameters. */
#include "call_permissions.h"

#include "call_arguments.h"

enum { MODE, UID, GID };

void invocation_permissions(struct invocation *inv, size_t argument, struct ipc_perm *perm)
{
	perm->mode = (unsigned short)invocation_int(inv, argument + MODE, (int)perm->mode);
	perm->uid = (uid_t)invocation_number(inv, argument + UID, perm->uid);
	perm->gid = (gid_t)invocation_number(inv, argument + GID, perm->gid);
}

void invocation_out_permissions(struct invocation *inv, size_t out, const struct ipc_perm *perm)
{
	const int64_t numbers[CALL_PERMISSION_OUT_COUNT] = {
		perm->mode, perm->uid, perm->gid, perm->cuid, perm->cgid, perm->__key,
	};

	for (size_t i = 0; i < CALL_PERMISSION_OUT_COUNT; i++)
		invocation_out_number(inv, out + i, numbers[i]);
}
