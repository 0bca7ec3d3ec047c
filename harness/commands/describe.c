// SPDX-License-Identifier: MIT
/* ipcdrill describe: the reference, or parts of it. */
#include <stdio.h>

#include "command.h"
#include "option.h"
#include "reference.h"

static const struct option options[] = {
	{ NULL, 0, NULL, 0 },
};

static bool describe_one(const char *command, const char *name)
{
	const char *nearest;

	if (reference_print(stdout, name))
		return true;
	nearest = reference_nearest(name);
	if (nearest)
		complain(command, "there is no '%s'; did you mean %s?", name, nearest);
	else
		complain(command, "there is no '%s'; ipcdrill describe lists everything", name);
	return false;
}

static int describe(int argc, char **argv)
{
	enum exit_status status = EXIT_PASSED;

	if (option_next(argc, argv, options) != OPTION_END)
		return EXIT_USAGE;
	if (optind == argc) {
		puts("# Reference\n\nWhat this version of the language knows, as `ipcdrill describe` prints it.\n");
		reference_print(stdout, NULL);
	}
	for (int i = optind; i < argc; i++) {
		if (!describe_one(argv[0], argv[i]))
			status = EXIT_USAGE;
	}
	return status;
}

const struct command command_describe = {
	.name = "describe",
	.summary = "the reference of mechanisms, calls, effects, facts and probes",
	.usage =
"usage: ipcdrill describe [NAME...]\n"
"\n"
"Prints what a mechanism, a call, an effect of faults, a fact or a probe is, and what it takes; without a NAME, the whole\n"
"reference, as doc/reference.md has it.\n"
"\n"
"      --help, --version\n"
"\n"
"Exit status: 0, or 2 if there is no such NAME.\n",
	.run = describe,
};
