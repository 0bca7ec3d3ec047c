/* SPDX-License-Identifier: MIT */
/* What the phases of one run share. Private to run*.c. */
#ifndef IPCDRILL_RUNNER_H
#define IPCDRILL_RUNNER_H

#include "deadline.h"
#include "run.h"

struct runner {
	const struct plan *plan;
	const struct run_options *options;
	struct stage *stage;
	struct history *history;
	struct judge *judge;
	struct settle settle;
	struct cast cast;
	struct channel channels[CHANNELS_MAX];
	size_t channels_made;
	bool channels_released;
	int call_step[ENDPOINTS_MAX];	/* whose call an endpoint is making; -1: none */
	int step;			/* being done; -1 before the first */
	int64_t start_ns;
	struct deadline deadline;
	bool halted;			/* broken or late: no further step */
};

/* Events, stamped with step and time. */
struct event *runner_event(struct runner *runner, enum event_kind kind, int endpoint);
__attribute__((format(printf, 4, 5)))
void runner_event_text(struct runner *runner, enum event_kind kind, int endpoint, const char *format, ...);
/* What settle tells us: turned into events. */
void runner_completed(void *context, unsigned endpoint);
void runner_died(void *context, unsigned endpoint);

/* Waits until all is quiet; `patient`: an endpoint that must get out of its call if time can do it; -1: nobody. */
void runner_settle(struct runner *runner, int patient);
/* Does one step up to the moment when all is quiet again. */
void runner_step(struct runner *runner, const struct step *step);

/* Looks at the condition of a STEP_CHECK. */
void runner_check(struct runner *runner, const struct step *step);

#endif
