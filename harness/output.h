/* SPDX-License-Identifier: MIT */
/* Where results go: standard output or a file, and whether a person watches. */
#ifndef IPCDRILL_OUTPUT_H
#define IPCDRILL_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include "report.h"

/* NULL: standard output. 0 or -errno. */
int output_open(struct report_output *output, const char *path);
/* 0, or -errno once something could not be written: there is no use in going on. */
int output_flush(FILE *file);
/*
 * The same for all that is left. Standard output stays open, for main() to close; what it did not
 * take is dropped.
 */
int output_close(struct report_output *output);

/* Colour: only a terminal that knows it, and never with NO_COLOR. */
bool output_colour(FILE *file);

#endif
