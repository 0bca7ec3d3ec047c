/* SPDX-License-Identifier: MIT */
/* What System V mechanisms share: a key that nobody else uses, and an object behind it. */
#ifndef IPCDRILL_MECHANISM_SYSV_H
#define IPCDRILL_MECHANISM_SYSV_H

#include <sys/types.h>

#include "mechanism.h"

/*
 * Tries keys until get() makes something new of one, and fills in channel->key and channel->id.
 * `get` is msgget() or one like it: an id, or -1 and errno; flags hold IPC_CREAT and IPC_EXCL. 0 or
 * -errno.
 */
int mechanism_sysv_make(struct channel *channel,
			int (*get)(const struct channel *channel, key_t key, int flags));

/*
 * For available(): asks the system call with this number about an id that nothing has. 0, or -ENOSYS
 * and the reason: "this kernel has no ...".
 */
int mechanism_sysv_available(long number, const char *what, char *reason, size_t size);

#endif
