/* SPDX-License-Identifier: MIT */
/* Probes of the platform, each asked once. */
#ifndef IPCDRILL_FINDING_H
#define IPCDRILL_FINDING_H

#include "platform.h"

/* What the probe says; looked up only the first time in this process. `argument` may be NULL. */
const struct finding *finding_of(const struct probe *probe, const char *argument);

#endif
