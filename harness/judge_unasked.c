// SPDX-License-Identifier: MIT
/* Returns and deaths that no step has asked for, and at which step they are reported. */
#include "judge_state.h"

static const struct location own_place; /* the step's */

static bool is_unasked(const struct witness *witness)
{
	return witness->state == WITNESS_RETURNED ||
	       (witness->state == WITNESS_DEAD && !witness->expected);
}

void judge_unasked(struct judge *judge, int endpoint)
{
	if (is_unasked(&judge->witnesses[endpoint]))
		judge_fail_unasked(judge, endpoint, &judge->witnesses[endpoint]);
}

void judge_leftovers(struct judge *judge)
{
	for (size_t i = 0; i < judge->plan->endpoint_count && !judge->final; i++)
		judge_unasked(judge, (int)i);
}

/* What kinds of steps have to do with an earlier return or death of their endpoint. */
static const struct {
	bool concerns_endpoint; /* is its next step: an unasked return or death is reported now */
	bool takes_return;
	bool takes_death;
	bool needs_life;
} customs[] = {
	[STEP_CALL] = { .concerns_endpoint = true, .needs_life = true },
	[STEP_RESUMES] = { .concerns_endpoint = true, .takes_return = true, .takes_death = true },
	[STEP_BLOCKS] = { .concerns_endpoint = true, .takes_return = true, .takes_death = true },
	[STEP_EXIT] = { .concerns_endpoint = true, .needs_life = true },
	[STEP_KILL] = { .concerns_endpoint = true },
	[STEP_STOP] = { .needs_life = true },
	[STEP_CONT] = { .needs_life = true },
	[STEP_SIGNAL] = { .needs_life = true },
	[STEP_START] = { .concerns_endpoint = true },
	[STEP_RESTART] = { .concerns_endpoint = true },
	[STEP_AWAIT_EXITED] = { .concerns_endpoint = true, .takes_death = true },
	[STEP_AWAIT_KILLED] = { .concerns_endpoint = true, .takes_death = true },
	[STEP_AWAIT_BLOCKED] = { .concerns_endpoint = true },
	[STEP_AWAIT_OUTPUT] = { .takes_death = true },
	[STEP_WRITE] = { .concerns_endpoint = true },
	[STEP_CHECK] = { false },
	[STEP_RELEASE] = { false },
	[STEP_ARM] = { false },
	[STEP_DISARM] = { false },
};

bool judge_is_left_out(const struct judge *judge, const struct step *step)
{
	return step_may_be_gone(step) && judge->witnesses[step->endpoint].state == WITNESS_DEAD;
}

void judge_before_step(struct judge *judge, int index)
{
	const struct step *step = &judge->plan->steps[index];
	struct witness *witness;

	if (step->endpoint < 0)
		return;
	witness = &judge->witnesses[step->endpoint];
	/* To stop or signal the dead is no use either, and says first what is wrong. */
	if (is_unasked(witness) &&
	    (customs[step->kind].concerns_endpoint || witness->state == WITNESS_DEAD) &&
	    !(witness->state == WITNESS_DEAD ? customs[step->kind].takes_death
					     : customs[step->kind].takes_return))
		judge_fail_unasked(judge, step->endpoint, witness);
	else if (witness->state == WITNESS_DEAD && customs[step->kind].needs_life &&
		 !step_may_be_gone(step))
		judge_decide(judge, VERDICT_BROKEN, index, own_place, "%s is dead by now",
			     judge_name_of(judge, step->endpoint));
	if (step->kind == STEP_KILL)
		witness->killer = (int)step->number;
}
