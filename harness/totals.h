/* SPDX-License-Identifier: MIT */
/* Counting verdicts: what the closing line says and what the program tells its caller. */
#ifndef IPCDRILL_TOTALS_H
#define IPCDRILL_TOTALS_H

#include <stddef.h>

#include "command.h"
#include "report.h"

/* One result more: its verdict, and the grade by which it was judged what is asleep. */
void totals_add(struct totals *totals, enum verdict_kind kind, uint32_t grade);

/* Results so far. */
size_t totals_done(const struct totals *totals);

/* The three numbers of the closing line: they add up to totals_done(). */
size_t totals_passed(const struct totals *totals);	/* or failed as expected */
/* or broken, inconclusive, passed unexpectedly */
size_t totals_failed(const struct totals *totals);
size_t totals_skipped(const struct totals *totals);

enum exit_status totals_exit_status(const struct totals *totals);

#endif
