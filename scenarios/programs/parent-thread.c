// SPDX-License-Identifier: MIT
/*
 * A thread makes a child that wants SIGUSR1 when its parent dies. The thread ends when standard
 * input does; the process waits for the child, and says how that went. usage: parent-thread
 */
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "transfer.h"

static int ready[2];

static void be_child(void)
{
	if (prctl(PR_SET_PDEATHSIG, SIGUSR1))
		err(EXIT_FAILURE, "prctl");
	if (transfer_write(ready[1], "12", 2)) /* for both threads */
		err(EXIT_FAILURE, "write");
	for (;;)
		pause();
}

static void wait_for_child(void)
{
	char byte;

	if (transfer_read(ready[0], &byte, 1) != 1)
		err(EXIT_FAILURE, "the child");
}

static void *be_parent(void *unused)
{
	pid_t pid = fork();
	char byte;

	(void)unused;
	if (pid < 0)
		err(EXIT_FAILURE, "fork");
	if (!pid)
		be_child();
	wait_for_child();
	while (transfer_read(STDIN_FILENO, &byte, 1) > 0)
		;
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int status;

	if (pipe(ready))
		err(EXIT_FAILURE, "pipe");
	errno = pthread_create(&thread, NULL, be_parent, NULL);
	if (errno)
		err(EXIT_FAILURE, "pthread_create");
	wait_for_child();
	if (TEMP_FAILURE_RETRY(wait(&status)) < 0)
		err(EXIT_FAILURE, "wait");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1)
		puts("the child has died of SIGUSR1");
	else
		printf("the child has ended otherwise: %d\n", status);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
