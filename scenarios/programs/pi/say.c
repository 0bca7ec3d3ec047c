// SPDX-License-Identifier: MIT
/* Lines on standard error that come out whole. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../transfer.h"
#include "say.h"

void say(int error, const char *format, ...)
{
	char text[200], line[300];
	va_list arguments;
	int length;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	length = snprintf(line, sizeof(line), "%.40s: %s%s%.40s\n", program_invocation_short_name,
			  text, error ? ": " : "", error ? strerror(error) : "");
	(void)transfer_write(STDERR_FILENO, line, (size_t)length);
}
