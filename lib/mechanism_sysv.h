/* SPDX-License-Identifier: MIT */
/* What System V mechanisms share: a key that nobody else uses, and an object behind it. */
#ifndef IPCDRILL_MECHANISM_SYSV_H
#define IPCDRILL_MECHANISM_SYSV_H

#include <sys/types.h>

#include "mechanism.h"

/*
 * Tries keys until get() makes something new of one, and fills in channel->key and channel->id.
 * `get` is msgget() or one like it: an id, or -1 and errno; flags hold IPC_CREAT and IPC_EXCL.
 */
int mechanism_sysv_make(struct channel *channel,
			int (*get)(const struct channel *channel, key_t key, int flags));

/* NULL-safe form of available(): ENOSYS of this system call is "this kernel has no ...". */
int mechanism_sysv_available(long number, const char *what, char *reason, size_t size);

#endif
