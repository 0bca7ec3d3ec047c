/* SPDX-License-Identifier: MIT */
/* One pinned worker a core; hands tests out, collects results, survives the death of a worker. */
#ifndef IPCDRILL_POOL_H
#define IPCDRILL_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "plan.h"
#include "report.h"

struct pool_options {
	unsigned workers;		/* 0: one a core */
	bool sandbox;			/* false: --no-sandbox */
	double timeout_scale;
	int settle_grade;		/* enum settle_grade; -1: the best that works */
	unsigned repeat;		/* at least 1: every test that often */
	const char *programs;		/* --programs, to be told again; or NULL */
};

/*
 * Runs plans[order[i]] for all i, `repeat` times over. deliver() gets each result in the order of
 * `order`, whatever order they finish in; it may free nothing of it; returning false stops the run
 * early (--fail-fast). Plans with `skip` or `unsupported` set are delivered without running. 0, or
 * -errno if no worker can be made at all (reason is then filled in).
 */
int pool_run(const struct suite *suite, const size_t *order, size_t count,
	     const struct pool_options *options,
	     bool (*deliver)(void *context, const struct test_result *result), void *context,
	     char *reason, size_t size);

#endif
