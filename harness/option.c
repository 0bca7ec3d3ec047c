// SPDX-License-Identifier: MIT
/* Options of a command line: what getopt_long(3) finds, and what it leaves to be explained. */
#include "option.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "draft.h"
#include "visible.h"

enum { LETTERS_MAX = 64 };

void complain(const char *command, const char *format, ...)
{
	struct draft said, line;
	char *text;
	va_list args;

	draft_open(&said);
	fprintf(said.out, command ? "ipcdrill %s: " : "ipcdrill: ", command);
	va_start(args, format);
	vfprintf(said.out, format, args);
	va_end(args);
	text = draft_take(&said);
	draft_open(&line);
	visible_text(line.out, text);
	free(text);
	fputc('\n', line.out);
	/* In one piece: others may write there, too. */
	text = draft_take(&line);
	fputs(text, stderr);
	free(text);
}

/* ":j:o:": the leading colon tells a missing value from an unknown option. */
static void list_letters(const struct option *options, char letters[LETTERS_MAX])
{
	size_t length = 0;

	letters[length++] = ':';
	for (; options->name && length < LETTERS_MAX - 3; options++) {
		if (options->val >= OPTION_LONG)
			continue;
		letters[length++] = (char)options->val;
		if (options->has_arg == required_argument)
			letters[length++] = ':';
	}
	letters[length] = '\0';
}

static const struct option *option_of(const struct option *options, int value)
{
	for (; options->name; options++) {
		if (options->val == value)
			return options;
	}
	return NULL;
}

static const char *next_name(void *context)
{
	const struct option **option = context;

	return (*option)->name ? (*option)++->name : NULL;
}

static size_t count_abbreviated(const struct option *options, const char *name)
{
	size_t count = 0;

	for (; options->name; options++)
		count += !strncmp(options->name, name, strlen(name));
	return count;
}

/* `word` is what stood on the command line, with its "--" and perhaps "=value". */
static void complain_unknown(const char *command, const char *word, const struct option *options)
{
	char name[100];
	const struct option *candidate = options;
	const char *nearest;

	snprintf(name, sizeof(name), "%.*s", (int)strcspn(word + 2, "="), word + 2);
	if (count_abbreviated(options, name) > 1) {
		complain(command, "option --%s could be several; write it out", name);
		return;
	}
	nearest = diag_nearest(name, next_name, &candidate);
	if (nearest)
		complain(command, "unknown option --%s; did you mean --%s?", name, nearest);
	else
		complain(command, "unknown option --%s; see ipcdrill %s --help", name, command);
}

static int explain_bad(char **argv, const struct option *options, bool value_missing)
{
	const struct option *option = option_of(options, optopt);

	if (value_missing && option && option->val < OPTION_LONG)
		complain(argv[0], "option -%c (--%s) needs a value", option->val, option->name);
	else if (value_missing && option)
		complain(argv[0], "option --%s needs a value", option->name);
	else if (option)
		complain(argv[0], "option --%s takes no value", option->name);
	else if (optopt)
		complain(argv[0], "unknown option -%c; see ipcdrill %s --help", optopt, argv[0]);
	else
		complain_unknown(argv[0], argv[optind - 1], options);
	return OPTION_BAD;
}

int option_next(int argc, char **argv, const struct option *options)
{
	char letters[LETTERS_MAX];
	int value;

	list_letters(options, letters);
	opterr = 0;
	value = getopt_long(argc, argv, letters, options, NULL);
	if (value == '?' || value == ':')
		return explain_bad(argv, options, value == ':');
	return value;
}

bool option_count(const char *command, const char *option, const char *text, unsigned most,
		  unsigned *value)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(text, &end, 10);
	if (!isdigit((unsigned char)text[0]) || *end || errno || number < 1 || number > most) {
		complain(command, "%s needs a number from 1 to %u, not '%s'", option, most, text);
		return false;
	}
	*value = (unsigned)number;
	return true;
}

bool option_scale(const char *command, const char *option, const char *text, double *value)
{
	char *end;
	double number = strtod(text, &end);

	if (end == text || *end || !isfinite(number) || number <= 0 || number > 1e6) {
		complain(command, "%s needs a number above 0, at most 1000000, not '%s'", option,
			 text);
		return false;
	}
	*value = number;
	return true;
}
