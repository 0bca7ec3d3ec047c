// SPDX-License-Identifier: MIT
/*
 * Becoming a program: its words, its environment, its directory; and what the kernel's refusals
 * mean.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

/* One word of a command line, in memory of its own; NULL: it cannot be one. */
static char *word_of(const struct value *value)
{
	char *word = NULL;
	int length = -1;

	switch (value->kind) {
	case VALUE_INT: length = asprintf(&word, "%" PRId64, value->number); break;
	case VALUE_TIME:
		length = asprintf(&word, "%" PRId64 ".%09" PRId64, value->number / 1000000000,
				  value->number % 1000000000);
		break;
	case VALUE_BYTES:
	case VALUE_WORD:
		/* An abstract address, written as most programs write it. */
		if (value->length && !value->bytes[0])
			length = asprintf(&word, "@%.*s", (int)value->length - 1, value->bytes + 1);
		else if (!memchr(value->bytes, '\0', value->length))
			length = asprintf(&word, "%.*s", (int)value->length, value->bytes);
		break;
	default: break;
	}
	return length < 0 ? NULL : word;
}

static char *evaluate(const struct operand *operand, struct environment *environment, char *reason,
		      size_t size)
{
	struct value value;
	char *word;

	if (operand_evaluate(operand, environment, &value, reason, size))
		return NULL;
	word = word_of(&value);
	if (!word)
		snprintf(reason, size, "a word of its command line has a byte 0, or is no text");
	return word;
}

static char *in_full(char *word, const char *directory)
{
	char *path = NULL;

	if (*word == '/' || *word == '@')
		return word;
	if (asprintf(&path, "%s/%s", directory, word) < 0)
		path = NULL;
	free(word);
	return path;
}

/* The first one is the plan's. */
static void free_arguments(char **words)
{
	for (size_t i = 1; words && words[i]; i++)
		free(words[i]);
	free(words);
}

/* Its words, the first one being its name. */
static char **make_arguments(const struct program *program, const char *directory,
			     struct environment *environment, char *reason, size_t size)
{
	char **words = calloc(program->argument_count + 2, sizeof(*words));

	if (!words)
		return NULL;
	words[0] = (char *)program->name;
	for (size_t i = 0; i < program->argument_count; i++) {
		const struct program_argument *argument = &program->arguments[i];

		words[i + 1] = evaluate(argument->value, environment, reason, size);
		if (words[i + 1] && argument->is_path && program->cwd)
			words[i + 1] = in_full(words[i + 1], directory);
		if (!words[i + 1]) {
			free_arguments(words);
			return NULL;
		}
	}
	return words;
}

/* putenv(3) keeps the text that it is given. */
static int set_environment(const struct program *program, const char *endpoint,
			   struct environment *environment, char *reason, size_t size)
{
	for (size_t i = 0; i < program->environment_count; i++) {
		char *text = evaluate(program->environment[i], environment, reason, size);

		if (!text)
			return -EINVAL;
		if (putenv(text))
			return -errno;
	}
	return setenv(PROGRAM_MARK, endpoint, 1) ? -errno : 0;
}

static int enter(const struct program *program, struct environment *environment, char *reason,
		 size_t size)
{
	char *directory;
	int err = 0;

	if (!program->cwd)
		return 0;
	directory = evaluate(program->cwd, environment, reason, size);
	if (!directory)
		return -EINVAL;
	if (*directory != '/' && mkdir(directory, 0755) && errno != EEXIST) {
		err = -errno;
		snprintf(reason, size, "cannot make its directory %s: %s", directory,
			 strerror(-err));
	} else if (chdir(directory)) {
		err = -errno;
		snprintf(reason, size, "cannot start in %s: %s", directory, strerror(-err));
	}
	free(directory);
	return err;
}

/* "#! /bin/sh -e": the interpreter. */
static bool read_interpreter(const char *path, char *name, size_t size)
{
	char line[PATH_MAX] = "";
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);
	const char *start;

	if (fd >= 0)
		close(fd);
	if (length < 3 || line[0] != '#' || line[1] != '!')
		return false;
	start = line + 2 + strspn(line + 2, " \t");
	snprintf(name, size, "%.*s", (int)strcspn(start, " \t\r\n"), start);
	return true;
}

/* It was there and executable a moment ago. */
static void explain(const char *path, int err, char *reason, size_t size)
{
	char name[80];

	switch (-err) {
	case ENOENT:
		if (read_interpreter(path, name, sizeof(name)))
			snprintf(reason, size, "%.60s: its interpreter %s is missing", path, name);
		else
			snprintf(reason, size, "%.60s: the loader of its libraries is missing",
				 path);
		return;
	case ENOEXEC:
		snprintf(reason, size, "%.70s is no program, and no script with #! either", path);
		return;
	case E2BIG: snprintf(reason, size, "%.60s: its command line is too long", path); return;
	default: snprintf(reason, size, "cannot execute %.60s: %s", path, strerror(-err)); return;
	}
}

int program_execute(const struct program *program, const char *endpoint, const char *path,
		    struct environment *environment, char *reason, size_t size)
{
	char directory[PATH_MAX] = "";
	char **arguments;
	int err;

	snprintf(reason, size, "out of memory");
	if (program->cwd && !getcwd(directory, sizeof(directory)))
		return -errno;
	arguments = make_arguments(program, directory, environment, reason, size);
	if (!arguments)
		return -EINVAL;
	err = set_environment(program, endpoint, environment, reason, size);
	if (!err)
		err = enter(program, environment, reason, size);
	if (!err) {
		/*
		 * A filter for faults would need it for users without privileges; so it is the same
		 * for all.
		 */
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		execv(path, arguments);
		err = -errno;
		explain(path, err, reason, size);
	}
	free_arguments(arguments);
	return err;
}
