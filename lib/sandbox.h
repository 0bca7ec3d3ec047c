/* SPDX-License-Identifier: MIT */
/*
 * The world a worker runs its endpoints in: namespaces of its own, so that all of it dies with it;
 * or, where those are not to be had, a directory and a registry of what must be removed.
 */
#ifndef IPCDRILL_SANDBOX_H
#define IPCDRILL_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Where SANDBOX_FULL has the file system of POSIX queues, as seen from the body's working
 * directory.
 */
#define SANDBOX_QUEUES "../mqueue"

enum sandbox_grade {
	/* user (unless root), pid, ipc, mount namespaces: the body runs as pid 1 */
	SANDBOX_FULL,
	/* a directory, and a guardian that reaps orphans and removes what is left */
	SANDBOX_NONE,
};

struct sandbox_options {
	enum sandbox_grade grade;
	bool network;		/* a network namespace too: abstract sockets and IP are private */
	/* a pipe whose only writer is the harness: its end of file is the harness's death */
	int life[2];
};

/*
 * Forks a process that sets the sandbox up and runs body(context) in it, then exits with what that
 * returns; waits until the sandbox stands. Body and all its descendants die with the harness,
 * however that dies: by pid namespace and PR_SET_PDEATHSIG, or by the guardian. Body's working
 * directory is empty and its own. To end it: SIGKILL to the init of SANDBOX_FULL, SIGTERM to the
 * guardian of SANDBOX_NONE, which then cleans up. The pid, or -errno and the step that failed in
 * reason.
 */
pid_t sandbox_start(const struct sandbox_options *options, int (*body)(void *context),
		    void *context, char *reason, size_t size);

/* SANDBOX_FULL if one can be made here, else SANDBOX_NONE and the reason. Makes one to find out. */
enum sandbox_grade sandbox_probe(char *reason, size_t size);

/* Removes directories that killed harnesses and guardians of this user left (SANDBOX_NONE only). */
void sandbox_sweep(void);

#endif
