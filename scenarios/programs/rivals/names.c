// SPDX-License-Identifier: MIT
/* Names of files: one is replaced, or two are exchanged, while somebody looks for them. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../transfer.h"
#include "contest.h"

static const char *first, *second;
static char third[] = "rivals.third";

static void make(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0)
		err(EXIT_FAILURE, "%s", path);
	transfer_close(fd);
}

static void move(const char *from, const char *to)
{
	if (rename(from, to))
		err(EXIT_FAILURE, "rename %s to %s", from, to);
}

static void prepare_names(char **words)
{
	first = words[0];
	second = words[1];
	make(first);
	make(second);
}

static void replace(void)
{
	make(second);
	move(second, first);
}

static void replace_apart(void (*pause)(void))
{
	make(second);
	if (unlink(first))
		err(EXIT_FAILURE, "unlink %s", first);
	pause();
	move(second, first);
}

static bool can_be_opened(void)
{
	int fd = open(first, O_RDONLY);

	if (fd < 0 && errno != ENOENT)
		err(EXIT_FAILURE, "open %s", first);
	if (fd >= 0)
		transfer_close(fd);
	return fd >= 0;
}

static void clear_first(void)
{
	unlink(first);
}

static void exchange(void)
{
	if (renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE))
		err(EXIT_FAILURE, "renameat2");
}

static void exchange_apart(void (*pause)(void))
{
	move(first, third);
	pause();
	move(second, first);
	move(third, second);
}

static bool is_there(const char *path)
{
	struct stat status;

	if (!stat(path, &status))
		return true;
	if (errno != ENOENT)
		err(EXIT_FAILURE, "stat %s", path);
	return false;
}

static bool both_are_there(void)
{
	bool first_is = is_there(first);

	return is_there(second) && first_is;
}

static void clear_both(void)
{
	unlink(first);
	unlink(second);
}

const struct contest contest_rename = {
	.name = "rename",
	.word_count = 2,
	.looks = 100,
	.prepare = prepare_names,
	.change = replace,
	.change_apart = replace_apart,
	.look = can_be_opened,
	.clear = clear_first,
};

const struct contest contest_exchange = {
	.name = "exchange",
	.word_count = 2,
	.looks = 500,
	.prepare = prepare_names,
	.change = exchange,
	.change_apart = exchange_apart,
	.look = both_are_there,
	.clear = clear_both,
};
