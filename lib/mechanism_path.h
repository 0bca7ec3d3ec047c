/* SPDX-License-Identifier: MIT */
/*
 * What the mechanisms share that are a path in the working directory: every holder opens it itself.
 */
#ifndef IPCDRILL_MECHANISM_PATH_H
#define IPCDRILL_MECHANISM_PATH_H

#include "mechanism.h"

/* Fills channel->address with the channel's own name; makes nothing. 0 or -ENAMETOOLONG. */
int mechanism_path_reserve(struct channel *channel);

/*
 * For hold(): opened for reading, for writing or for both; an open file description of the holder's
 * own.
 */
int mechanism_path_hold(const struct channel *channel, enum channel_side side, int *fd);

/* For destroy(). */
void mechanism_path_destroy(struct channel *channel);

#endif
