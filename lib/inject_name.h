/* SPDX-License-Identifier: MIT */
/*
 * Is a call about this channel? By what an open file alone does not tell: addresses, names,
 * numbers, memory.
 */
#ifndef IPCDRILL_INJECT_NAME_H
#define IPCDRILL_INJECT_NAME_H

#include <stdbool.h>
#include <sys/stat.h>

#include "inject.h"

/* The descriptor of ours is one of this open file. */
bool inject_object_is(const struct inject_object *object, int fd, const struct stat *status);

/* By the first argument alone, where that is a number or an address of memory. */
bool inject_name_is_number(const struct inject_name *name, const struct shape *shape,
			   uint64_t number);

/* As the address of a socket. */
bool inject_name_is_address(const struct inject_name *name, const struct sockaddr_storage *got,
			    socklen_t got_size);

/* By the arguments alone. */
bool inject_name_is_argument(const struct inject_name *name, const struct hit *hit);

/* By what a descriptor of ours says of itself, a duplicate of the caller's. */
bool inject_name_is_of(const struct inject_name *name, int fd, const struct stat *status);

#endif
