// SPDX-License-Identifier: MIT
/* The sentences that say what went wrong, each with what was wanted and what came. */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "judge_state.h"
#include "quote.h"

static const struct location own_place; /* the step's */

static const struct event *event_of(const struct judge *judge, const struct witness *witness)
{
	return &judge->history->events[witness->event];
}

static struct location want_place(const struct step *step)
{
	return step->want.where.line ? step->want.where : step->where;
}

char *judge_ending_text(bool exited, int64_t number)
{
	struct draft draft;

	draft_open(&draft);
	if (exited) {
		fprintf(draft.out, "exited(%" PRId64 ")", number);
	} else {
		fputs("killed_by(", draft.out);
		symbol_print(draft.out, SYMBOL_SIGNAL, number);
		fputc(')', draft.out);
	}
	return draft_take(&draft);
}

char *judge_status_text(int status)
{
	return judge_ending_text(WIFEXITED(status),
				 WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

/* The texts belong to the verdict from here on. */
void judge_show(struct judge *judge, char *wanted, char *got)
{
	free(judge->verdict.wanted);
	free(judge->verdict.got);
	judge->verdict.wanted = wanted;
	judge->verdict.got = got;
}

char *judge_result_text(const struct judge *judge, const struct event *event)
{
	struct draft draft;

	draft_open(&draft);
	returned_print(draft.out, judge->history, event, plan_call(judge->plan, event->call_step));
	return draft_take(&draft);
}

/* The descriptor that a call sleeps on, where the judge can know it: a name was bound to it. */
static bool find_fd(const struct judge *judge, const struct witness *witness, int64_t *fd)
{
	const struct step *step = &judge->plan->steps[witness->call_step];
	const struct action *action = &judge->plan->actions[step->action];
	const struct operand *operand = action->arguments[0];
	const struct value *bound;

	if (action->call->parameters[0].kind != PARAMETER_FD || !operand ||
	    operand->kind != OPERAND_BINDING)
		return false;
	bound = &witness->bindings[operand->slot];
	*fd = bound->number;
	return bound->kind == VALUE_INT;
}

/* "read(c, 64) (fd 5)", and the system call where it is not the one of that name. */
static void print_sleep(const struct judge *judge, FILE *out, const struct witness *witness)
{
	const struct call *call = plan_call(judge->plan, witness->call_step);
	bool other = call && witness->asleep_in >= 0 && witness->asleep_in != call->number;
	int64_t fd;
	bool has_fd = call && find_fd(judge, witness, &fd);

	quote_call(out, judge->plan, witness->call_step);
	if (has_fd)
		fprintf(out, " (fd %" PRId64 "%s", fd, other ? ", " : ")");
	if (other)
		fprintf(out, "%ssystem call %" PRId64 ")", has_fd ? "" : " (", witness->asleep_in);
}

/* "must ..., but is still asleep in read(c, 64)" */
void judge_fail_asleep(struct judge *judge, int step, const char *what,
		       const struct witness *witness, const char *wanted)
{
	struct draft reason;

	draft_open(&reason);
	fputs(what, reason.out);
	print_sleep(judge, reason.out, witness);
	if (witness->asleep_in == ASLEEP_IN_A_FAULT)
		fputs(", in the hands of a fault", reason.out);
	if (witness->stopped)
		fputs(", stopped", reason.out);
	judge_decide_draft(judge, VERDICT_FAIL, step, want_place(&judge->plan->steps[step]),
			   &reason);
	judge_show(judge, wanted ? draft_copy(wanted) : NULL, draft_copy("asleep"));
}

/* "reader died in read(c, 64): killed by SIGPIPE" */
void judge_fail_died(struct judge *judge, int step, const char *before,
		     const struct witness *witness, const char *wanted)
{
	const char *name = judge_name_of(judge, judge->plan->steps[step].endpoint);
	struct draft reason;

	draft_open(&reason);
	fprintf(reason.out, "%s%s died", before, name);
	if (witness->call_step >= 0) {
		fputs(" in ", reason.out);
		quote_call(reason.out, judge->plan, witness->call_step);
	}
	fputs(": ", reason.out);
	returned_print_status(reason.out, witness->status);
	judge_decide_draft(judge, VERDICT_FAIL, step, want_place(&judge->plan->steps[step]),
			   &reason);
	judge_show(judge, wanted ? draft_copy(wanted) : NULL, judge_status_text(witness->status));
}

/* "must block, but returned 5" */
void judge_fail_returned(struct judge *judge, int step, const char *what,
			 const struct witness *witness, const char *wanted)
{
	char *got = judge_result_text(judge, event_of(judge, witness));

	judge_decide(judge, VERDICT_FAIL, step, want_place(&judge->plan->steps[step]),
		     "%s, but returned %s", what, got);
	judge_show(judge, draft_copy(wanted), got);
}

/* A return or a death that no step asked for. */
void judge_fail_unasked(struct judge *judge, int endpoint, const struct witness *witness)
{
	bool died = witness->state == WITNESS_DEAD;
	char *got = died ? NULL : judge_result_text(judge, event_of(judge, witness));
	struct draft reason;

	draft_open(&reason);
	if (died) {
		fprintf(reason.out, "%s died unexpectedly", judge_name_of(judge, endpoint));
		if (witness->call_step >= 0) {
			fputs(" in ", reason.out);
			quote_call(reason.out, judge->plan, witness->call_step);
		}
		fputs(": ", reason.out);
		returned_print_status(reason.out, witness->status);
	} else {
		fprintf(reason.out, "%s's ", judge_name_of(judge, endpoint));
		quote_call(reason.out, judge->plan, witness->call_step);
		fprintf(reason.out, " returned %s, and no step says that it resumes", got);
	}
	if (witness->step >= 0) {
		fprintf(reason.out, "; during line %d (`",
			judge->plan->steps[witness->step].where.line);
		quote_step(reason.out, judge->plan, witness->step);
		fputs("`)", reason.out);
	}
	judge_decide_draft(judge, VERDICT_FAIL, died ? witness->step : witness->call_step,
			   own_place, &reason);
	judge_show(judge, draft_copy(died ? "alive" : "still asleep"),
		   died ? judge_status_text(witness->status) : got);
}

/* "resumed too early: during line 12 (`writer: write(c, "x")`)" */
void judge_fail_early(struct judge *judge, int index, const struct witness *witness)
{
	bool died = witness->state == WITNESS_DEAD;
	struct draft reason;

	draft_open(&reason);
	fprintf(reason.out, "%s too early: ", died ? "died" : "resumed");
	if (witness->step >= 0) {
		fprintf(reason.out, "during line %d (`",
			judge->plan->steps[witness->step].where.line);
		quote_step(reason.out, judge->plan, witness->step);
		fputs("`)", reason.out);
	} else {
		fputs("before the first step", reason.out);
	}
	judge_decide_draft(judge, VERDICT_FAIL, index, own_place, &reason);
	judge_show(judge, NULL,
		   died ? judge_status_text(witness->status)
			: judge_result_text(judge, event_of(judge, witness)));
}
