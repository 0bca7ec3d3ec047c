/* SPDX-License-Identifier: MIT */
/*
 * A scenario with one choice of its parameters, resolved: every name is an index, every repeat is
 * unrolled. Immutable after resolve; in memory before any process is forked.
 */
#ifndef IPCDRILL_PLAN_H
#define IPCDRILL_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint.h"
#include "inject.h"
#include "journal.h"
#include "operand.h"
#include "platform.h"
#include "scenario.h"

enum {
	PLAN_STEPS_MAX = 100000,
	PLAN_CHANNELS_MAX = CHANNELS_MAX,
	PLAN_SLOTS_MAX = SLOTS_MAX,
};

enum step_kind {
	STEP_CALL,		/* endpoint makes action; want says what must happen */
	/* endpoint's pending call returns as a consequence of the action before */
	STEP_RESUMES,
	STEP_BLOCKS,		/* endpoint's pending call is still asleep */
	STEP_EXIT,		/* endpoint exits; number: its status */
	STEP_KILL,		/* do kill endpoint, number */
	STEP_STOP,
	STEP_CONT,
	STEP_SIGNAL,		/* do signal endpoint, number */
	STEP_START,
	STEP_RESTART,
	STEP_AWAIT_EXITED,	/* endpoint, number */
	STEP_AWAIT_KILLED,	/* endpoint, number: the signal */
	STEP_AWAIT_BLOCKED,	/* endpoint is asleep in `awaited` */
	STEP_AWAIT_OUTPUT,	/* endpoint has printed what matches `pattern` */
	STEP_WRITE,		/* do write: condition is the bytes; NULL: the end of them */
	STEP_CHECK,		/* condition */
	STEP_RELEASE,		/* do release: number is the gate */
	STEP_ARM,		/* do arm, do disarm: number is the fault */
	STEP_DISARM,
};

enum want_kind {
	WANT_SUCCESS,		/* anything but an error */
	WANT_ONE_OF,		/* one of values (one for "= value") */
	WANT_BLOCKS,
	WANT_NEVER,		/* "= GONE": dies inside the call */
};

struct want_out {
	int out;				/* index into call->outs */
	const struct operand *value;
	struct location where;
};

struct want {
	enum want_kind kind;
	struct location where;			/* of the expectation; line 0: none was written */
	const struct operand *const *values;
	size_t count;
	const struct want_out *outs;
	size_t out_count;
};

/* True if dying inside the call is among what is wanted. */
bool want_allows_death(const struct want *want);

/* Of a program: asleep in one of these system calls, on this channel. */
struct plan_sleep {
	const char *name;
	int numbers[INJECT_CALLS_MAX];
	size_t number_count;
	int channel;			/* or -1: on anything */
};

struct step {
	enum step_kind kind;
	struct location where;
	int endpoint;			/* or -1 */
	/* STEP_CALL: index into plan->actions; RESUMES, BLOCKS: -1 */
	int action;
	struct want want;
	int64_t number;
	const struct call *awaited;
	const struct plan_sleep *sleep;	/* STEP_AWAIT_BLOCKED of a program */
	const char *pattern;		/* an extended regular expression */
	const struct operand *condition;
};

/* "in { ANY, GONE }": a call whose step holds too if the endpoint was gone before. */
bool step_may_be_gone(const struct step *step);

enum { PLAN_FAULT_CHANNELS_MAX = 2 };

/* Complete but for the objects behind its channels, which exist only in a run. */
struct plan_fault {
	const char *name;
	struct location where;
	int endpoint;
	struct inject_rule rule;
	/* its calls are about one of these; none: about anything */
	int channels[PLAN_FAULT_CHANNELS_MAX];
	size_t channel_count;
	/* nth any(seed), among so many calls; 0: of the steps */
	bool is_any;
	uint64_t seed;
	uint64_t within;
};

/* What must hold of the lines of a file when the steps are over. */
struct plan_invariant {
	enum journal_demand demand;
	const char *path;
	struct location where;
};

/* A reason to not run, found while resolving. */
struct obstacle {
	char reason[200];		/* "" : none */
	struct location where;
};

struct plan {
	const struct scenario_file *file;
	const struct scenario *scenario;
	char *id;			/* "pipe/end-of-file", "fifo/open/first-title[c=fifo]" */

	const char **endpoint_names;
	bool *started_by_hand;		/* by do start or fork(), not at the beginning */
	size_t endpoint_count;
	struct channel *channels;	/* templates: copied for each run */
	size_t channel_count;
	uint8_t *held;			/* as in struct cast */
	const char **slot_names;
	size_t slot_count;
	struct action *actions;
	size_t action_count;
	struct step *steps;
	size_t step_count;
	struct plan_fault *faults;	/* in the order of the text */
	size_t fault_count;
	struct inject_filter *filters;	/* by endpoint; NULL: no faults */
	struct program **programs;	/* by endpoint; NULL: it makes calls itself. NULL: all do */
	struct plan_invariant *invariants;
	size_t invariant_count;
	const char **scratch;		/* names that the scenario may leave in its directory */
	size_t scratch_count;

	int64_t timeout_ns;
	const char **settings;		/* of the kernel, that the scenario asks for itself: "kernel.msgmax" */
	size_t setting_count;
	bool needs_network;		/* abstract sockets or IP */
	struct obstacle skip;		/* a `requires` is not met here, and the probe's reason */
	struct obstacle unsupported;	/* uses what is not built yet: broken */
	const char *deviation;		/* `deviates` holds here: why; or NULL */
};

/* What a STEP_CALL does, and its call; NULL: the step makes none, or there is no such step. */
const struct action *plan_action(const struct plan *plan, int step);
const struct call *plan_call(const struct plan *plan, int step);

/* NULL: the endpoint makes its calls itself, or there is none. */
const struct program *plan_program(const struct plan *plan, int endpoint);
bool plan_has_tag(const struct plan *plan, const char *tag);

/* All tests of all files. Owns the files. */
struct suite {
	struct scenario_file **files;
	size_t file_count;
	struct plan **plans;
	size_t plan_count;
	struct long_string *long_strings;	/* each kept once */
	struct obstack memory;
	bool has_memory;
};

/*
 * Resolves every scenario of a file into plans, appended to the suite; `id_base` is the stable path
 * without suffix. All errors go to diag; a scenario with errors gives no plan.
 */
void resolve_file(struct suite *suite, const struct scenario_file *file, const char *id_base,
		  struct diag *diag);

/*
 * Resolves the rule of one fault outside of any scenario, from scenario_rule_parse(); what it
 * refers to lies in the suite's memory. False after messages.
 */
bool resolve_alone(struct suite *suite, const struct scenario_file *file, const struct decl *decl,
		   struct inject_rule *rule, struct diag *diag);

enum { FACT_ARGUMENTS_MAX = 4 };

/* Facts that `check` may ask of the outside while a scenario runs. */
struct fact {
	const char *name;		/* "holders", "lines", "exists", "size" */
	const char *summary;
	size_t arguments;		/* that it takes, at most FACT_ARGUMENTS_MAX */
	/* 0 or -errno with a reason. Arguments are evaluated; channels arrive as their address. */
	int (*answer)(const struct value *arguments, struct value *answer, char *reason,
		      size_t size);
};
const struct fact *fact_find(const char *name);
const struct fact *fact_all(size_t *count);

#endif
