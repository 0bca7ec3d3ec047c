/* SPDX-License-Identifier: MIT */
/* The command that runs a test again, as it was run. */
#ifndef IPCDRILL_REPLAY_H
#define IPCDRILL_REPLAY_H

#include "plan.h"
#include "pool.h"

/* For a shell; the caller frees it. */
char *replay_command(const struct pool_options *options, const struct plan *plan);

#endif
