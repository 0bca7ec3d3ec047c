/* SPDX-License-Identifier: MIT */
/* Options of a command line: getopt_long(3), with messages that say what to do. */
#ifndef IPCDRILL_OPTION_H
#define IPCDRILL_OPTION_H

#include <getopt.h>
#include <stdbool.h>

enum {
	OPTION_END = -1,	/* the rest, from optind, are paths */
	OPTION_BAD = '?',	/* the user was told */
	OPTION_LONG = 256,	/* values from here on have no letter */
};

/* "ipcdrill run: ..." on standard error; a NULL command: "ipcdrill: ...". */
__attribute__((format(printf, 2, 3)))
void complain(const char *command, const char *format, ...);

/*
 * The next option's value, OPTION_END or OPTION_BAD. argv[0] is the command's name; letters come
 * from the table.
 */
int option_next(int argc, char **argv, const struct option *options);

/* What a value must be. False: it is not, and the user was told. */
bool option_count(const char *command, const char *option, const char *text, unsigned most,
		  unsigned *value);
bool option_scale(const char *command, const char *option, const char *text, double *value);

#endif
