/* SPDX-License-Identifier: MIT */
/* One subcommand; each file of commands/ defines `const struct command command_FILENAME`. */
#ifndef IPCDRILL_COMMAND_H
#define IPCDRILL_COMMAND_H

/* What the program tells its caller. */
enum exit_status {
	EXIT_PASSED = 0,	/* all passed, or failed as expected */
	EXIT_FAILED = 1,	/* some failed, or passed unexpectedly */
	EXIT_USAGE = 2,		/* bad options or a bad scenario file */
	/* broken or inconclusive tests, or output that could not be written */
	EXIT_BROKEN = 3,
	EXIT_ALL_SKIPPED = 4,	/* nothing ran but skips */
};

struct command {
	const char *name;
	const char *summary;		/* one line, for --help */
	const char *usage;		/* the whole text of `ipcdrill NAME --help` */
	/* argv[0] is the command's name; returns enum exit_status */
	int (*run)(int argc, char **argv);
};

extern const struct command *const commands[];	/* ends with NULL; generated from the file names */

#endif
