/* SPDX-License-Identifier: MIT */
/*
 * One plan, in its order: step, settle, next. Makes the history; decides nothing about right or
 * wrong.
 */
#ifndef IPCDRILL_RUN_H
#define IPCDRILL_RUN_H

#include <stdbool.h>

#include "history.h"
#include "judge.h"
#include "plan.h"
#include "settle.h"
#include "shortage.h"

struct run_options {
	enum settle_grade grade;
	double timeout_scale;
	const struct shortages *shortages;	/* what is lacking where the plan runs */
	int directory_fd;	/* of the working directory, which is empty before and after */
};

/*
 * Runs the plan on the stage, whose control grows as needed, and judges it. False: something was
 * left behind that makes this sandbox doubtful; the caller should go on in a new one.
 */
bool run_plan(const struct plan *plan, struct stage *stage, const struct run_options *options,
	      struct history *history, struct verdict *verdict);

#endif
