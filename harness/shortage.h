/* SPDX-License-Identifier: MIT */
/* Where this machine gives less than scenarios reckon with: what its footing lacks. */
#ifndef IPCDRILL_SHORTAGE_H
#define IPCDRILL_SHORTAGE_H

#include <stdbool.h>

#include "history.h"
#include "plan.h"
#include "platform_footing.h"

struct shortage {
	const struct footing *footing;
	int64_t number;		/* what there is instead of footing->least */
};

/* Legal when zero. Flat memory: a worker leaves it where its pool can read it. */
struct shortages {
	struct shortage list[FOOTINGS_MAX];
	size_t count;
};

/* Of this process, in its working directory. */
void shortages_find(struct shortages *shortages);

/* True if the plan may need it, and has no condition of its own about it. */
bool shortage_concerns(const struct shortage *shortage, const struct plan *plan);
/* True if a channel of the plan is made of it. */
bool shortage_is_of_channel(const struct shortage *shortage, const struct plan *plan);
/* "RLIMIT_NOFILE is 20; scenarios reckon with 1024 (getrlimit(2))" */
void shortage_say(const struct shortage *shortage, char *text, size_t size);
/* What its EVENT_LACKING has as number. */
int shortage_error(const struct shortage *shortage, const struct plan *plan);

/* For who did not live to note it: those that concern the plan, as events of EVENT_LACKING. */
void shortages_note(const struct shortages *shortages, const struct plan *plan,
		    struct history *history);

#endif
