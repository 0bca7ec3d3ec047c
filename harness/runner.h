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
	/*
	 * with faults: by the order of the plan's endpoints, and where each fault of the plan is
	 * among them
	 */
	struct inject_rule *rules;
	struct endpoint_rules *endpoint_rules;
	struct inject_rule **rule_of;
	bool is_stopped[ENDPOINTS_MAX];	/* as the history has it */
	struct printed *printed;	/* by endpoint, what programs wrote; NULL: nothing */
	char program_text[200];
	struct inject_object objects[CHANNELS_MAX][2];	/* the sides of channels without a path */
	const struct step *awaiting;	/* the step of a program that is waited for, or NULL */
};

static inline struct endpoint *runner_endpoint(const struct runner *runner, int index)
{
	return &runner->stage->endpoints[index];
}

static inline const char *runner_name_of(const struct runner *runner, int index)
{
	return runner->plan->endpoint_names[index];
}

/* Events, stamped with step and time. */
struct event *runner_event(struct runner *runner, enum event_kind kind, int endpoint);
__attribute__((format(printf, 4, 5)))
struct event *runner_event_text(struct runner *runner, enum event_kind kind, int endpoint,
				const char *format, ...);
/* It could not be started, with this -errno. False. */
bool runner_unstarted(struct runner *runner, int endpoint, int err);
/* What settle tells us: turned into events. */
void runner_completed(void *context, unsigned endpoint);
void runner_died(void *context, unsigned endpoint);

/* The driver could not do this to that; no further step. False. */
bool runner_broken(struct runner *runner, const char *what, const char *name, int err);

/* run_settle.c: waits until all is quiet, or too late: then the run is halted. */
/* `patient`: an endpoint that must get out of its call if time can do it; -1: nobody. */
void runner_settle(struct runner *runner, int patient);
/* And until this one rests in its call, if it is in one. */
void runner_settle_idle(struct runner *runner, int endpoint);
/* And until its call returned, where time may be what ends it: quiet proves nothing then. */
void runner_settle_returning(struct runner *runner, int endpoint);

/* Does one step up to the moment when all is quiet again. */
void runner_step(struct runner *runner, const struct step *step);

/* What the driver holds of the channels, unless that has been done. */
void runner_release_channels(struct runner *runner);
/* run_footing.c: before anything is made. False: it cannot be. */
bool runner_note_footing(struct runner *runner);

/* run_clear.c: before anything is made. */
void runner_expect_makings(const struct runner *runner);
/* At the end, whatever came before. False: this sandbox is no longer what it should be. */
bool runner_clear(struct runner *runner, int lowest_fd);

/* run_faults.c: after the channels are made. 0 or -errno. */
int runner_prepare_faults(struct runner *runner);
void runner_free_faults(struct runner *runner);
/*
 * What the channel is known by besides what it has open; by nothing, if there is nothing: then no
 * call is about it.
 */
void runner_name_channel(const struct channel *channel, struct inject_name *name);
void runner_arm(struct runner *runner, size_t fault, bool armed);
/* A process that is restarted has its faults no more. */
void runner_disarm_all(struct runner *runner, int endpoint);
/* A program that is restarted is not killed by the same fault again; the others count on. */
void runner_disarm_deadly(struct runner *runner, int endpoint);
/* At the end of the steps. */
void runner_report_unfired(struct runner *runner);

/* run_program.c: the steps of programs */
void runner_start_program(struct runner *runner, const struct step *step);
/* What it does now; good until the next of these. */
const char *runner_program_text(struct runner *runner, int endpoint);
void runner_write(struct runner *runner, const struct step *step);
void runner_await_program(struct runner *runner, const struct step *step);
/* run_printed.c: what programs print, turned into events, as far as it is kept. */
bool runner_has_printed(struct runner *runner, const struct step *step);
void runner_forget_printed(struct runner *runner, int endpoint);
void runner_wrote(void *context, unsigned endpoint, int stream, const char *bytes, size_t length);
void runner_executed(struct runner *runner, unsigned endpoint);
void runner_free_programs(struct runner *runner);

/* run_invariant.c: at the end of the steps */
void runner_check_invariants(struct runner *runner);

/* Names of all endpoints: each slot belongs to the one that bound it. */
void runner_gather_bindings(const struct runner *runner, struct value *bindings);
/* Looks at the condition of a STEP_CHECK. */
void runner_check(struct runner *runner, const struct step *step);

#endif
