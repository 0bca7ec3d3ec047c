/* SPDX-License-Identifier: MIT */
/* The memory of another process, as far as we may trace it. */
#ifndef IPCDRILL_PROCESS_MEMORY_H
#define IPCDRILL_PROCESS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

/*
 * Copies between `size` bytes of ours and pieces of theirs, one after the other. How many bytes, or
 * -errno. Needs no call that a kernel may be built without.
 */
ssize_t process_copy(pid_t tid, bool to_them, void *ours, size_t size, const struct iovec *theirs,
		     size_t count);

#endif
