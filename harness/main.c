// SPDX-License-Identifier: MIT
/* ipcdrill: options of the program, its commands, its exit status. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "diag.h"
#include "option.h"
#include "output.h"

/*
 * A closed one would be taken by the next file that is opened. These are the wrong way round: using
 * them fails.
 */
static void occupy_closed_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	}
}

static void print_usage(FILE *out)
{
	fputs("usage: ipcdrill COMMAND [OPTION...] [ARGUMENT...]\n"
	      "\n"
	      "Drills the IPC of the machine it runs on: scenario files in, a verdict for each out.\n"
	      "\n", out);
	for (size_t i = 0; commands[i]; i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\n"
	      "  --help     this text; after a command, its own\n"
	      "  --version  the version of the program\n", out);
}

static const char *next_command(void *context)
{
	size_t *next = context;

	return commands[*next] ? commands[(*next)++]->name : NULL;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; commands[i]; i++) {
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	}
	return NULL;
}

static int refuse(const char *word)
{
	const char *what = word[0] == '-' ? "option" : "command";
	size_t candidate = 0;
	const char *nearest = diag_nearest(word, next_command, &candidate);

	if (nearest)
		complain(NULL, "unknown %s %s; did you mean %s?", what, word, nearest);
	else
		complain(NULL, "unknown %s %s; see ipcdrill --help", what, word);
	return EXIT_USAGE;
}

/* True if it was an option that every command has, and is done. */
static bool answer(const char *word, const struct command *command)
{
	if (!strcmp(word, "--version"))
		puts("ipcdrill " IPCDRILL_VERSION);
	else if (strcmp(word, "--help") && strcmp(word, "-h"))
		return false;
	else if (command)
		fputs(command->usage, stdout);
	else
		print_usage(stdout);
	return true;
}

static int dispatch(int argc, char **argv)
{
	const struct command *command;

	if (argc < 2) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (answer(argv[1], NULL))
		return EXIT_PASSED;
	command = find_command(argv[1]);
	if (!command)
		return refuse(argv[1]);
	for (int i = 2; i < argc && strcmp(argv[i], "--"); i++) {
		if (answer(argv[i], command))
			return EXIT_PASSED;
	}
	return command->run(argc - 1, argv + 1);
}

/* What could not be written was not said, whatever the command thinks. */
static int close_output(int status)
{
	int err = output_flush(stdout);

	if (fclose(stdout) && !err)
		err = -errno;
	if (!err)
		return status;
	complain(NULL, "cannot write to standard output: %s", strerror(-err));
	return EXIT_BROKEN;
}

int main(int argc, char **argv)
{
	occupy_closed_descriptors();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	return close_output(dispatch(argc, argv));
}
