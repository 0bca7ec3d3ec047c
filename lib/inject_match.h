/* SPDX-License-Identifier: MIT */
/* Is this the call that a rule means? For inject_notification.c. */
#ifndef IPCDRILL_INJECT_MATCH_H
#define IPCDRILL_INJECT_MATCH_H

#include <stdbool.h>
#include <sys/stat.h>

#include "inject.h"

/*
 * What was found out about a hit's descriptor, once for all rules. Legal after inject_look_init().
 */
struct inject_look {
	int fd;			/* borrowed; -1: not yet, or there is none */
	bool has_looked;
	struct stat status;
};

void inject_look_init(struct inject_look *look);
void inject_look_close(struct inject_look *look);

bool inject_is_about(const struct inject_rule *rule, int number);

bool inject_matches(const struct inject_rule *rule, const struct hit *hit,
		    struct inject_look *look);

#endif
