// SPDX-License-Identifier: MIT
/* Where results go. */
#include "output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_terminal(FILE *file)
{
	const char *kind = getenv("TERM");

	return isatty(fileno(file)) && kind && kind[0] && strcmp(kind, "dumb");
}

bool output_colour(FILE *file)
{
	const char *unwanted = getenv("NO_COLOR");

	return !(unwanted && unwanted[0]) && is_terminal(file);
}

int output_open(struct report_output *output, const char *path)
{
	FILE *file = path ? fopen(path, "we") : stdout;

	if (!file)
		return -errno;
	*output = (struct report_output){ file, is_terminal(file), output_colour(file) };
	return 0;
}

bool output_flush(const struct report_output *output)
{
	return !fflush(output->file) && !ferror(output->file);
}

int output_close(struct report_output *output)
{
	FILE *file = output->file;
	bool failed;

	output->file = NULL;
	if (!file || file == stdout)
		return 0;
	errno = 0;
	failed = fflush(file) || ferror(file);
	if (fclose(file) || failed)
		return errno ? -errno : -EIO;
	return 0;
}
