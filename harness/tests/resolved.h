/* SPDX-License-Identifier: MIT */
/* For tests of resolve: a text resolved, its plans and what was said about it. */
#ifndef IPCDRILL_TEST_RESOLVED_H
#define IPCDRILL_TEST_RESOLVED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "plan.h"

struct resolved {
	struct suite suite;
	struct scenario_file file;
	struct diag diag;
	char *said; /* all messages, as they are printed */
};

/* A case: what is wrong in it, and what must be said. */
struct mistake {
	const char *declarations;
	const char *steps;
	const char *place; /* "t:7:4:" */
	const char *words[2]; /* of the message, and of the help */
};

/*
 * What most cases are about: w and r hold the ends of a pipe. Two lines, the first of them line 4.
 */
#define PIPE "channel c: pipe from w to r\nendpoint w, r\n"

/* What was parsed into resolved->file. */
static void resolve_parsed(struct resolved *resolved)
{
	size_t size;
	FILE *out;

	resolve_file(&resolved->suite, &resolved->file, "pipe/t", &resolved->diag);
	out = open_memstream(&resolved->said, &size);
	diag_print(&resolved->diag, out, false, 0);
	fclose(out);
}

static void resolve_text_of(struct resolved *resolved, const char *text)
{
	memset(resolved, 0, sizeof(*resolved));
	scenario_file_parse(&resolved->file, "t", text, strlen(text), &resolved->diag);
	resolve_parsed(resolved);
}

/* Declarations, the first on line 4, and the steps of a run. */
static inline void resolve_parts(struct resolved *resolved, const char *declarations,
				 const char *steps)
{
	char *text;

	ck_assert_int_gt(
		asprintf(&text,
			 "ipcdrill 1\nscenario \"s\" {\ncite man \"pipe(7)\"\n%srun {\n%s}\n}\n",
			 declarations, steps),
		0);
	resolve_text_of(resolved, text);
	free(text);
}

/* The only plan of a scenario without mistakes. */
static inline const struct plan *resolve_good(struct resolved *resolved, const char *declarations,
					      const char *steps)
{
	resolve_parts(resolved, declarations, steps);
	ck_assert_msg(!resolved->diag.count, "%s", resolved->said);
	ck_assert_uint_eq(resolved->suite.plan_count, 1);
	return resolved->suite.plans[0];
}

static void release(struct resolved *resolved)
{
	scenario_file_free(&resolved->file);
	free(resolved->suite.plans);
	if (resolved->suite.has_memory)
		obstack_free(&resolved->suite.memory, NULL);
	diag_free(&resolved->diag);
	free(resolved->said);
}

static inline const struct action *action_of(const struct plan *plan, size_t step)
{
	ck_assert_uint_lt(step, plan->step_count);
	ck_assert_int_eq(plan->steps[step].kind, STEP_CALL);
	return &plan->actions[plan->steps[step].action];
}

static inline const struct value *constant(const struct operand *operand)
{
	ck_assert_ptr_nonnull(operand);
	ck_assert_int_eq(operand->kind, OPERAND_VALUE);
	return &operand->value;
}

#endif
