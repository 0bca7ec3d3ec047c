// SPDX-License-Identifier: MIT
/* Descriptors, which the threads of a process have in common. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "contest.h"
#include "descriptors.h"

enum { DESCRIPTORS_LOOKED_AT = 64 };

static const char *path;
static int source_fd, target_fd;

static int open_it(int flags)
{
	int fd = open(path, O_RDONLY | flags);

	if (fd < 0)
		err(EXIT_FAILURE, "open %s", path);
	return fd;
}

/*
 * The target is the lowest number that is not always in use: whoever opens something would get it.
 */
static void prepare_dup2(char **words)
{
	path = words[0];
	target_fd = open_it(0);
	source_fd = open_it(0);
}

static void replace(void)
{
	if (dup2(source_fd, target_fd) != target_fd)
		err(EXIT_FAILURE, "dup2");
}

static void replace_apart(void (*pause)(void))
{
	close(target_fd);
	pause();
	replace();
}

static bool gets_another_number(void)
{
	int fd = open_it(0);

	close(fd);
	return fd != target_fd;
}

static void prepare_cloexec(char **words)
{
	path = words[0];
}

static void open_marked(void)
{
	close(open_it(O_CLOEXEC));
}

static void open_and_mark(void (*pause)(void))
{
	int fd = open_it(0);

	pause();
	if (fcntl(fd, F_SETFD, FD_CLOEXEC))
		err(EXIT_FAILURE, "F_SETFD");
	close(fd);
}

int descriptors_has(const char *name)
{
	struct stat wanted, open;

	if (stat(name, &wanted))
		err(EXIT_FAILURE, "%s", name);
	for (int fd = 0; fd < DESCRIPTORS_LOOKED_AT; fd++)
		if (!fstat(fd, &open) && open.st_dev == wanted.st_dev &&
		    open.st_ino == wanted.st_ino)
			return DESCRIPTORS_HAS;
	return EXIT_SUCCESS;
}

/* This program again, as main() has it look at what it was given. */
static bool program_gets_nothing(void)
{
	char *words[] = { "rivals", "has", (char *)path, NULL };
	int status = 0;
	pid_t pid = fork();

	if (pid < 0)
		err(EXIT_FAILURE, "fork");
	if (!pid) {
		execv("/proc/self/exe", words);
		_exit(EXIT_FAILURE);
	}
	if (TEMP_FAILURE_RETRY(waitpid(pid, &status, 0)) != pid)
		err(EXIT_FAILURE, "waitpid");
	if (!WIFEXITED(status) || (WEXITSTATUS(status) && WEXITSTATUS(status) != DESCRIPTORS_HAS))
		errx(EXIT_FAILURE, "the program that was to look has failed");
	return !WEXITSTATUS(status);
}

const struct contest contest_dup2 = {
	.name = "dup2",
	.word_count = 1,
	.looks = 2000,
	.threads = true,
	.prepare = prepare_dup2,
	.change = replace,
	.change_apart = replace_apart,
	.look = gets_another_number,
};

const struct contest contest_cloexec = {
	.name = "cloexec",
	.word_count = 1,
	.looks = 10,
	.threads = true,
	.prepare = prepare_cloexec,
	.change = open_marked,
	.change_apart = open_and_mark,
	.look = program_gets_nothing,
};
