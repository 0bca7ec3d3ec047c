/* SPDX-License-Identifier: MIT */
/*
 * The program of a command line: found as a shell finds it, with what there is to be said about it.
 */
#ifndef IPCDRILL_INJECT_PROGRAM_H
#define IPCDRILL_INJECT_PROGRAM_H

#include <limits.h>

/* As shells and env(1) say it. */
enum {
	PROGRAM_NOT_EXECUTABLE = 126,
	PROGRAM_MISSING = 127,
};

struct inject_program {
	char path[PATH_MAX]; /* as execve(2) takes it */
	char *const *argv;
};

/* 0, or one of the above after a message. Notes on standard error what it loses under a filter. */
int inject_program_find(struct inject_program *program, char *const *argv, const char *command);

/*
 * It could not be executed after all, for the reason of execve(2): says why, and with which status
 * to exit.
 */
int inject_program_explain(const struct inject_program *program, int error, const char *command);

#endif
