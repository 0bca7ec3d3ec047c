/* SPDX-License-Identifier: MIT */
/* What mechanisms that lie in memory share: pages that the driver maps before anybody is forked. */
#ifndef IPCDRILL_MECHANISM_MEMORY_H
#define IPCDRILL_MECHANISM_MEMORY_H

#include "mechanism.h"

/* Zeroed, shared by all that are forked from here on. Fills object and object_size. 0 or -errno. */
int mechanism_memory_create(struct channel *channel, size_t size);
/* For map(): the driver's pages lie at the same address in every endpoint. */
int mechanism_memory_map(const struct channel *channel, void **object);
void mechanism_memory_destroy(struct channel *channel);

/*
 * For map(): so much of a file that was just opened, and is closed; -1: it was not, and errno says
 * why. 0 or -errno.
 */
int mechanism_memory_map_file(int fd, size_t size, void **object);

/*
 * For objects that are made out of zeroed pages by a library function, which gives 0 or an error;
 * the pages go away with the error.
 */
int mechanism_memory_made(struct channel *channel, int error);

/*
 * 0, or -errno and the reason: whether there is a place for names of shared memory and semaphores.
 */
int mechanism_memory_names_available(char *reason, size_t size);

#endif
