/* SPDX-License-Identifier: MIT */
/*
 * Channels that exist now, in memory that a worker shares with its guardian: where there is no
 * sandbox whose end is theirs too, the guardian removes what a killed worker could not.
 */
#ifndef IPCDRILL_CHANNEL_REGISTRY_H
#define IPCDRILL_CHANNEL_REGISTRY_H

#include "mechanism.h"

/* By the guardian, before it forks the worker; until then nothing is registered. 0 or -errno. */
int channel_registry_open(void);
/* By the worker: what it forks has no part in it. */
void channel_registry_hide(void);

void channel_registry_add(const struct channel *channel);
void channel_registry_remove(const struct channel *channel);

/* By the guardian, when the worker is dead. */
void channel_registry_clear(void);

#endif
