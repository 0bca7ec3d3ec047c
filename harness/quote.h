/* SPDX-License-Identifier: MIT */
/* Steps and calls in the words of their author, taken from the scenario's text. */
#ifndef IPCDRILL_QUOTE_H
#define IPCDRILL_QUOTE_H

#include <stddef.h>
#include <stdio.h>

#include "diag.h"
#include "plan.h"

/* "read(c, 64)"; "exit" for STEP_EXIT. A step out of range prints as "a call". */
void quote_call(FILE *out, const struct plan *plan, int step);
/* "writer: write(c, \"x\") = 1", the part of a statement that is on its line. */
void quote_step(FILE *out, const struct plan *plan, int step);

/* The text of one line without its newline, and its length; NULL if there is no such line. */
const char *quote_line(const struct source *source, int line, size_t *length);

#endif
