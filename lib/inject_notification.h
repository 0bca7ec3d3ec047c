/* SPDX-License-Identifier: MIT */
/*
 * One call that the kernel holds for us: from the notification to the first answer. For inject.c.
 */
#ifndef IPCDRILL_INJECT_NOTIFICATION_H
#define IPCDRILL_INJECT_NOTIFICATION_H

#include "inject.h"

struct seccomp_notif;

/*
 * Afterwards the call is answered, or one of inject->hits, or a signal has taken it back. Rules
 * count it only if it is new: one that the kernel makes again after a signal goes on where it was.
 * What no rule can be about is let through.
 */
void inject_notified(struct inject *inject, const struct seccomp_notif *notification);

#endif
