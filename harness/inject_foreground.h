/* SPDX-License-Identifier: MIT */
/* One run in the caller's own terminal, with its descriptors and environment. */
#ifndef IPCDRILL_INJECT_FOREGROUND_H
#define IPCDRILL_INJECT_FOREGROUND_H

#include "inject_program.h"
#include "inject_tree.h"

/*
 * Runs the program under the tree's rules until nobody of it is left. Signals to us are passed on
 * to it; once it has ended they end what is left. 0 and how it ended, as wait(2) gives it; else the
 * status to exit with, after a message.
 */
int foreground_run(struct inject_tree *tree, const struct inject_program *program,
		   const char *command, int *status);

/* What a start that failed means to the caller: a message, and a status to exit with. */
int foreground_explain(enum tree_trouble trouble, int error, const char *command);

/* Ends like the program: by the same signal, or returns its exit status. */
int foreground_end_like(int status);

#endif
