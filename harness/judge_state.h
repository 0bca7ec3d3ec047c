/* SPDX-License-Identifier: MIT */
/* What the judge knows while a history grows. Private to judge*.c. */
#ifndef IPCDRILL_JUDGE_STATE_H
#define IPCDRILL_JUDGE_STATE_H

#include <obstack.h>
#include <sys/types.h>

#include "draft.h"
#include "judge.h"
#include "returned.h"

enum witness_state {
	WITNESS_IDLE,		/* makes no call; also before it is started */
	WITNESS_CALLING,	/* told to make a call that did not end yet */
	WITNESS_RETURNED,	/* its call ended, and no step has asked for that yet */
	WITNESS_DEAD,
};

/* What is known of one endpoint. */
struct witness {
	enum witness_state state;
	struct value *bindings;		/* by slot */
	int call_step;			/* its newest call, or -1 */
	int step;			/* in which it returned or died */
	size_t event;			/* that event */
	bool asleep;			/* CALLING, and seen blocked */
	int64_t asleep_in;		/* as EVENT_BLOCKED has it */
	bool stopped;
	int status;			/* DEAD */
	bool expected;			/* DEAD: some step asked for that */
	int killer;			/* the signal of `do kill`; 0: none */
};

struct judge {
	const struct plan *plan;
	const struct history *history;
	size_t next;			/* event to read */
	int step;			/* being done; -1 before the first */
	bool step_open;			/* not judged yet */
	int last_action;		/* the newest step that did something; -1: none */
	size_t checked;			/* event of this step's condition, plus 1; 0: none */
	size_t awaited;			/* likewise, what a program was waited for */
	size_t left_behind;		/* likewise */
	bool ended;
	bool final;			/* verdict stands */
	struct verdict verdict;
	struct witness *witnesses;	/* by endpoint */
	pid_t *pids;			/* by endpoint */
	int (*held)[2];			/* by endpoint and channel, side; -1: not held */
	struct value *slots;		/* all bindings, one block */
	struct channel *channels;	/* of the plan, with the names they will have */
	struct obstack memory;		/* bytes that bindings and values refer to */
};

static inline const char *judge_name_of(const struct judge *judge, int endpoint)
{
	return judge->plan->endpoint_names[endpoint];
}

/* How an endpoint ended, as an `await` has it: "killed_by(SIGPIPE)". The caller frees it. */
char *judge_status_text(int status);	/* of wait(2) */
char *judge_ending_text(bool exited, int64_t number);

/* The first final verdict stands; `where` of line 0 means the step's own place. */
__attribute__((format(printf, 5, 6)))
void judge_decide(struct judge *judge, enum verdict_kind kind, int step, struct location where,
		  const char *format, ...);
/* The reason is ready in a draft. */
void judge_decide_draft(struct judge *judge, enum verdict_kind kind, int step,
			struct location where, struct draft *reason);

/* What was wanted and what came instead; the verdict frees both, each may be NULL. */
void judge_show(struct judge *judge, char *wanted, char *got);

/* Verdicts about a step's endpoint; `what` begins the sentence, `wanted` may be NULL. */
void judge_fail_asleep(struct judge *judge, int step, const char *what,
		       const struct witness *witness, const char *wanted);
void judge_fail_died(struct judge *judge, int step, const char *before,
		     const struct witness *witness, const char *wanted);
void judge_fail_returned(struct judge *judge, int step, const char *what,
			 const struct witness *witness, const char *wanted);
void judge_fail_early(struct judge *judge, int step, const struct witness *witness);
void judge_fail_unasked(struct judge *judge, int endpoint, const struct witness *witness);

/* An event about an endpoint of the plan. */
void judge_hear(struct judge *judge, size_t index);

/*
 * judge_absent.c: a call returned: a skip if all it says is that this kernel was built without it.
 */
void judge_absent(struct judge *judge, const struct event *event);

/* judge_step.c: when all of a step was seen. */
void judge_step(struct judge *judge, int step);

/*
 * judge_unasked.c: at the beginning of a step: did its endpoint do something before that nobody
 * asked for?
 */
void judge_before_step(struct judge *judge, int step);
/* Nothing happens in this step: it is one of a dead endpoint, and allows for that. */
bool judge_is_left_out(const struct judge *judge, const struct step *step);
/* If the endpoint returned or died and nobody asked for that: the verdict. */
void judge_unasked(struct judge *judge, int endpoint);
/* At the end: the same for all endpoints. */
void judge_leftovers(struct judge *judge);

/*
 * judge_deviation.c: turns a failure at the claim into an expected one, and a pass into an
 * unexpected one.
 */
void judge_apply_deviation(const struct plan *plan, struct verdict *verdict);

/* judge_program.c */
void judge_await_program(struct judge *judge, int index, const struct step *step);
void judge_write(struct judge *judge, int index);
void judge_violated(struct judge *judge, const struct event *event);
/* What it did instead, or "". */
const char *judge_awaited_text(const struct judge *judge);
/* The ends of what programs printed: the caller frees it; or NULL. */
char *judge_last_words(const struct judge *judge);

/* What the call gave back against a step's want; `event` is the EVENT_RETURNED. */
void judge_result(struct judge *judge, int step, const struct event *event);

/* The main result, for a message: the caller frees it. */
char *judge_result_text(const struct judge *judge, const struct event *event);

#endif
