/* SPDX-License-Identifier: MIT */
/*
 * What goes wrong, on standard error. Not warn(), which writes in pieces and loses those that a
 * signal interrupts.
 */
#ifndef SAY_H
#define SAY_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "transfer.h"

/* A line of its own, with the program's name and, unless it is 0, what the error means. */
__attribute__((format(printf, 2, 3)))
static inline void say(int error, const char *format, ...)
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

#endif
