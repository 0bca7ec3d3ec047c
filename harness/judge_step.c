// SPDX-License-Identifier: MIT
/* What each kind of step demands, against what was seen until all was quiet. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "judge_state.h"

static const struct location own_place; /* the step's */

static void take_return(struct judge *judge, int index, struct witness *witness)
{
	witness->state = WITNESS_IDLE;
	judge_result(judge, index, &judge->history->events[witness->event]);
}

/* Dying is what the step wants, or what its call is for. */
/* Of another user's process the zombie tells only who may trace it. */
static void decide_unseen(struct judge *judge, int index, const struct step *step,
			  struct witness *witness)
{
	judge_decide(judge, VERDICT_SKIP, index, own_place,
		     "this kernel does not tell how %s ended, which is not a child of ipcdrill (Linux 6.15 does, or of another user with CAP_SYS_PTRACE)",
		     judge_name_of(judge, step->endpoint));
	witness->expected = true;
}

/* In a call that ends its caller. */
static bool ended_unseen(const struct judge *judge, const struct witness *witness)
{
	const struct call *call = plan_call(judge->plan, witness->call_step);

	return witness->status == ENDED_UNSEEN && call && call->result == RESULT_NEVER;
}

static bool death_is_wanted(const struct judge *judge, const struct step *step,
			    const struct witness *witness)
{
	const struct call *call = plan_call(judge->plan, witness->call_step);

	return want_allows_death(&step->want) ||
	       (call && call->result == RESULT_NEVER && step->want.kind != WANT_BLOCKS &&
		WIFEXITED(witness->status));
}

/* It neither returned nor died. */
static void judge_calling(struct judge *judge, int index, const struct step *step,
			  const struct witness *witness)
{
	if (witness->call_step != index)
		judge_decide(judge, VERDICT_BROKEN, index, own_place,
			     "%s is still in its call before", judge_name_of(judge, step->endpoint));
	else if (!witness->asleep)
		judge_decide(judge, VERDICT_BROKEN, index, own_place, "%s %s",
			     judge_name_of(judge, step->endpoint),
			     witness->stopped ? "is stopped and cannot make this call"
					      : "neither returned nor was seen asleep");
	else if (step->want.kind == WANT_NEVER)
		judge_fail_asleep(judge, index, "must die in it, but blocked in ", witness, "GONE");
	else if (step->want.kind != WANT_BLOCKS)
		judge_fail_asleep(judge, index, "expected a result, but blocked in ", witness,
				  NULL);
}

static void judge_call(struct judge *judge, int index, const struct step *step,
		       struct witness *witness)
{
	bool must_block = step->want.kind == WANT_BLOCKS;

	switch (witness->state) {
	case WITNESS_RETURNED:
		if (must_block)
			judge_fail_returned(judge, index, "must block", witness, "blocks");
		else
			take_return(judge, index, witness);
		return;
	case WITNESS_DEAD:
		if (death_is_wanted(judge, step, witness))
			witness->expected = true;
		else if (!must_block && ended_unseen(judge, witness))
			decide_unseen(judge, index, step, witness);
		else
			judge_fail_died(judge, index, must_block ? "must block, but " : "", witness,
					must_block ? "blocks" : NULL);
		return;
	case WITNESS_CALLING: judge_calling(judge, index, step, witness); return;
	case WITNESS_IDLE:
		judge_decide(judge, VERDICT_BROKEN, index, own_place, "%s did not make this call",
			     judge_name_of(judge, step->endpoint));
		return;
	}
	abort();
}

static void judge_resumes(struct judge *judge, int index, const struct step *step,
			  struct witness *witness)
{
	switch (witness->state) {
	case WITNESS_RETURNED:
		if (witness->step < judge->last_action)
			judge_fail_early(judge, index, witness);
		else
			take_return(judge, index, witness);
		return;
	case WITNESS_DEAD:
		if (!want_allows_death(&step->want))
			judge_fail_died(judge, index, "must resume, but ", witness, NULL);
		else if (witness->step < judge->last_action)
			judge_fail_early(judge, index, witness);
		else
			witness->expected = true;
		return;
	case WITNESS_CALLING:
		judge_fail_asleep(judge, index, "must resume, but is still asleep in ", witness,
				  NULL);
		return;
	case WITNESS_IDLE:
		judge_decide(judge, VERDICT_BROKEN, index, own_place,
			     "%s has no call that could resume", judge_name_of(judge, step->endpoint));
		return;
	}
	abort();
}

static void judge_blocks(struct judge *judge, int index, const struct step *step,
			 const struct witness *witness)
{
	switch (witness->state) {
	case WITNESS_RETURNED:
		judge_fail_returned(judge, index, "must still be asleep", witness, "asleep");
		return;
	case WITNESS_DEAD:
		judge_fail_died(judge, index, "must still be asleep, but ", witness, "asleep");
		return;
	case WITNESS_CALLING: return;
	case WITNESS_IDLE:
		judge_decide(judge, VERDICT_BROKEN, index, own_place,
			     "%s has no call that could be asleep", judge_name_of(judge, step->endpoint));
		return;
	}
	abort();
}

/* The endpoint must have ended like this. */
static void judge_death(struct judge *judge, int index, const struct step *step,
			struct witness *witness, bool exited)
{
	char *wanted = judge_ending_text(exited, step->number);
	char *got = NULL;

	if (witness->state == WITNESS_DEAD && witness->status == ENDED_UNSEEN) {
		decide_unseen(judge, index, step, witness);
		free(wanted);
		return;
	}
	if (witness->state == WITNESS_DEAD) {
		got = judge_status_text(witness->status);
		if (!strcmp(wanted, got)) {
			witness->expected = true;
			free(wanted);
			free(got);
			return;
		}
		judge_decide(judge, VERDICT_FAIL, index, own_place, "%s ended as %s, not as %s",
			     judge_name_of(judge, step->endpoint), got, wanted);
	} else if (witness->asleep) {
		judge_fail_asleep(judge, index, "must have ended, but is alive: asleep in ",
				  witness, NULL);
		got = draft_copy("alive");
	} else {
		judge_decide(judge, VERDICT_FAIL, index, own_place,
			     "%s must have ended, but is alive%s%s", judge_name_of(judge, step->endpoint),
			     *judge_awaited_text(judge) ? ": " : "", judge_awaited_text(judge));
		got = draft_copy("alive");
	}
	judge_show(judge, wanted, got);
}

static void judge_kill(struct judge *judge, int index, const struct step *step,
		       struct witness *witness)
{
	/* Only SIGKILL cannot be handled or wait. */
	if (witness->state == WITNESS_DEAD ? !witness->expected : step->number == SIGKILL)
		judge_death(judge, index, step, witness, false);
}

static void judge_await_blocked(struct judge *judge, int index, const struct step *step,
				const struct witness *witness)
{
	const struct call *call = plan_call(judge->plan, witness->call_step);

	if (witness->state == WITNESS_CALLING && witness->asleep &&
	    (!step->awaited || call == step->awaited))
		return;
	if (witness->state == WITNESS_CALLING && witness->asleep) {
		judge_fail_asleep(judge, index, "is asleep, but in ", witness, step->awaited->name);
		return;
	}
	judge_decide(judge, VERDICT_FAIL, index, own_place, "%s is not asleep in any call",
		     judge_name_of(judge, step->endpoint));
}

static void judge_check(struct judge *judge, int index)
{
	const struct event *event = judge->checked ? &judge->history->events[judge->checked - 1]
						   : NULL;
	const char *sides = event ? history_text(judge->history, event) : "";

	if (!event) {
		judge_decide(judge, VERDICT_BROKEN, index, own_place,
			     "the condition was not looked at");
	} else if (!event->number) {
		judge_decide(judge, VERDICT_FAIL, index, own_place,
			     "the condition does not hold%s%s", *sides ? ": " : "", sides);
		judge_show(judge, NULL, *sides ? draft_copy(sides) : NULL);
	}
}

void judge_step(struct judge *judge, int index)
{
	const struct step *step = &judge->plan->steps[index];
	struct witness *witness;

	if (step->kind == STEP_CHECK)
		judge_check(judge, index);
	if (step->endpoint < 0)
		return;
	witness = &judge->witnesses[step->endpoint];
	switch (step->kind) {
	case STEP_CALL: judge_call(judge, index, step, witness); return;
	case STEP_RESUMES: judge_resumes(judge, index, step, witness); return;
	case STEP_BLOCKS: judge_blocks(judge, index, step, witness); return;
	case STEP_EXIT:
	case STEP_AWAIT_EXITED: judge_death(judge, index, step, witness, true); return;
	case STEP_AWAIT_KILLED: judge_death(judge, index, step, witness, false); return;
	case STEP_KILL: judge_kill(judge, index, step, witness); return;
	case STEP_AWAIT_OUTPUT: judge_await_program(judge, index, step); return;
	case STEP_WRITE: judge_write(judge, index); return;
	case STEP_AWAIT_BLOCKED:
		if (step->sleep)
			judge_await_program(judge, index, step);
		else
			judge_await_blocked(judge, index, step, witness);
		return;
	case STEP_CHECK:
	case STEP_STOP:
	case STEP_CONT:
	case STEP_SIGNAL:
	case STEP_START:
	case STEP_RESTART:
	case STEP_RELEASE:
	case STEP_ARM:
	case STEP_DISARM: return;
	}
	abort();
}
