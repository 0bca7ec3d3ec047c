// SPDX-License-Identifier: MIT
/* Where results go. */
#include "output.h"

#include <errno.h>
#include <stdio_ext.h>
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

/*
 * The reason of a write that failed inside printf() is lost by now, so it is asked for by one more
 * write.
 */
int output_flush(FILE *file)
{
	bool failed = ferror(file);

	errno = 0;
	if (failed) {
		clearerr(file);
		fputc('\n', file);
	}
	if (!fflush(file) && !failed)
		return 0;
	return errno ? -errno : -EIO;
}

int output_close(struct report_output *output)
{
	FILE *file = output->file;
	int err = output_flush(file);

	output->file = NULL;
	if (file == stdout) {
		if (err) {
			__fpurge(file);
			clearerr(file);
		}
		return err;
	}
	if (fclose(file) && !err)
		err = -errno;
	return err;
}
