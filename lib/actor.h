/* SPDX-License-Identifier: MIT */
/* An endpoint's own side: it takes its ends, then does what it is told until it dies. */
#ifndef IPCDRILL_ACTOR_H
#define IPCDRILL_ACTOR_H

#include <stdbool.h>

#include "endpoint.h"

/*
 * In the newly forked process, with page->command already 1; that first command is done when the
 * ends are held and all other descriptors above 2 are closed. Never returns.
 */
_Noreturn void actor_main(const struct stage *stage, unsigned index, bool hold);

#endif
