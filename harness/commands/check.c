// SPDX-License-Identifier: MIT
/* ipcdrill check: read and resolve everything, run nothing. */
#include <stdio.h>

#include "command.h"
#include "option.h"
#include "suite.h"

static const struct option options[] = {
	{ NULL, 0, NULL, 0 },
};

static size_t count_scenarios(const struct suite *suite)
{
	size_t count = 0;

	for (size_t i = 0; i < suite->file_count; i++) {
		for (const struct scenario *s = suite->files[i]->scenarios; s; s = s->next)
			count++;
	}
	return count;
}

static int check(int argc, char **argv)
{
	struct suite suite = { 0 };
	enum exit_status status;

	if (option_next(argc, argv, options) != OPTION_END)
		return EXIT_USAGE;
	status = suite_load(&suite, argv[0], argv + optind, (size_t)(argc - optind));
	if (!status)
		printf("%zu files, %zu scenarios, %zu tests: no errors\n", suite.file_count,
		       count_scenarios(&suite), suite.plan_count);
	suite_free(&suite);
	return (int)status;
}

const struct command command_check = {
	.name = "check",
	.summary = "find every error in scenario files, without running them",
	.usage =
"usage: ipcdrill check [PATH...]\n"
"\n"
"Reads the scenarios in files and directories (without a PATH, the suite that belongs to this program) and reports\n"
"every error, each with its place and what was expected there. Runs nothing.\n"
"\n"
"      --help, --version\n"
"\n"
"Exit status: 0 no errors, 2 errors.\n",
	.run = check,
};
