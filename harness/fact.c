// SPDX-License-Identifier: MIT
/*
 * What `check` may ask of the outside while a scenario runs. Paths are relative to the scenario's
 * directory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "leak.h"
#include "plan.h"

/* A path argument as a C string; false: it cannot be a path. */
static bool path_of(const struct value *value, char *path, size_t size, char *reason,
		    size_t reason_size)
{
	if (value->kind == VALUE_BYTES && value->length && value->length < size &&
	    !memchr(value->bytes, '\0', value->length)) {
		memcpy(path, value->bytes, value->length);
		path[value->length] = '\0';
		return true;
	}
	snprintf(reason, reason_size, "it needs a path: a channel with a name, or a string");
	return false;
}

static int fail(const char *what, const char *path, int err, char *reason, size_t size)
{
	snprintf(reason, size, "%s %s: %s", what, path, strerror(-err));
	return err;
}

static int count_holders(const struct value *arguments, struct value *answer, char *reason,
			 size_t size)
{
	char path[4096];
	int count;

	if (!path_of(arguments, path, sizeof(path), reason, size))
		return -EINVAL;
	count = leak_holders(path);
	if (count < 0)
		return fail("cannot find who holds", path, count, reason, size);
	*answer = value_int(count);
	return 0;
}

static int count_lines(const struct value *arguments, struct value *answer, char *reason,
		       size_t size)
{
	char path[4096], block[4096];
	int64_t count = 0;
	struct stat status;
	ssize_t length;
	int fd;

	if (!path_of(arguments, path, sizeof(path), reason, size))
		return -EINVAL;
	/* To open a FIFO would wake those who wait for its other end. */
	if (!stat(path, &status) && !S_ISREG(status.st_mode))
		return fail("cannot count the lines of", path, -EINVAL, reason, size);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return fail("cannot open", path, -errno, reason, size);
	while ((length = read(fd, block, sizeof(block))) > 0) {
		for (ssize_t i = 0; i < length; i++)
			count += block[i] == '\n';
	}
	if (length < 0) {
		int err = -errno;

		close(fd);
		return fail("cannot read", path, err, reason, size);
	}
	close(fd);
	*answer = value_int(count);
	return 0;
}

static int look_for(const struct value *arguments, struct value *answer, char *reason, size_t size)
{
	char path[4096];
	struct stat status;

	if (!path_of(arguments, path, sizeof(path), reason, size))
		return -EINVAL;
	*answer = value_int(!lstat(path, &status));
	return 0;
}

static int measure(const struct value *arguments, struct value *answer, char *reason, size_t size)
{
	char path[4096];
	struct stat status;

	if (!path_of(arguments, path, sizeof(path), reason, size))
		return -EINVAL;
	if (lstat(path, &status))
		return fail("cannot look at", path, -errno, reason, size);
	*answer = value_int(status.st_size);
	return 0;
}

static const struct fact facts[] = {
	{ "holders", "how many processes hold a named channel or file open", 1, count_holders },
	{ "lines", "how many lines a file has", 1, count_lines },
	{ "exists", "1 if there is something of that name, else 0", 1, look_for },
	{ "size", "how many bytes a file has", 1, measure },
};

const struct fact *fact_all(size_t *count)
{
	*count = sizeof(facts) / sizeof(*facts);
	return facts;
}

const struct fact *fact_find(const char *name)
{
	for (size_t i = 0; i < sizeof(facts) / sizeof(*facts); i++) {
		if (!strcmp(facts[i].name, name))
			return &facts[i];
	}
	return NULL;
}
