// SPDX-License-Identifier: MIT
/* Life of a worker, seen from its parent, and what it does itself. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "../say.h"
#include "../transfer.h"
#include "worker.h"

/* Killed that often is killed every time. */
enum { STARTS_MAX = 100 };

/* The smallest terms first: they would get lost beside a large sum. */
static double sum_of_terms(uint64_t first, uint64_t end)
{
	double sum = 0;

	for (uint64_t k = end; k-- > first;) {
		double odd = 2 * (double)k + 1;

		sum += 1 / (odd * odd);
	}
	return sum;
}

/* In the child. It does not outlive its parent: nobody else would receive anything. */
static _Noreturn void work(struct worker *worker, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE);
	worker->part.sum = sum_of_terms(worker->part.first, worker->part.end);
	if (worker->transport->send(&worker->channel, &worker->part) < 0) {
		say(errno, "worker %u cannot send over %s", worker->number,
		    worker->transport->name);
		_exit(EXIT_FAILURE);
	}
	_exit(EXIT_SUCCESS);
}

/* With a new channel, so that nothing of an earlier start can come out of it. */
int worker_start(struct worker *worker)
{
	pid_t parent = getpid();

	if (worker->start_count++ == STARTS_MAX) {
		say(0, "worker %u was killed %d times", worker->number, STARTS_MAX);
		return -1;
	}
	snprintf(worker->channel.name, sizeof(worker->channel.name), "pi.%d.%u.%d", (int)parent,
		 worker->number, worker->start_count);
	if (worker->transport->open(&worker->channel) < 0) {
		say(errno, "cannot open %s for worker %u", worker->transport->name, worker->number);
		return -1;
	}
	worker->pid = (pid_t)TEMP_FAILURE_RETRY(fork());
	if (!worker->pid)
		work(worker, parent);
	if (worker->pid > 0)
		return 0;
	say(errno, "cannot start worker %u", worker->number);
	worker->pid = 0;
	worker->transport->close(&worker->channel);
	return -1;
}

static int receive(struct worker *worker)
{
	struct part part;

	if (worker->transport->receive(&worker->channel, &part) < 0) {
		say(errno, "cannot receive from worker %u over %s", worker->number,
		    worker->transport->name);
		return -1;
	}
	if (part.first != worker->part.first || part.end != worker->part.end) {
		say(0, "what came from worker %u is not its part", worker->number);
		return -1;
	}
	worker->part.sum = part.sum;
	return 1;
}

int worker_ended(struct worker *worker, int status)
{
	int result = -1;

	worker->pid = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
		result = receive(worker);
	else if (WIFEXITED(status))
		say(0, "worker %u failed with status %d", worker->number, WEXITSTATUS(status));
	worker->transport->close(&worker->channel);
	if (WIFEXITED(status))
		return result;
	say(0, "worker %u was killed (%s) and is started again", worker->number,
	    strsignal(WTERMSIG(status)));
	return worker_start(worker);
}

void worker_stop(struct worker *worker)
{
	if (!worker->pid)
		return;
	kill(worker->pid, SIGKILL);
	(void)TEMP_FAILURE_RETRY(waitpid(worker->pid, NULL, 0));
	worker->transport->close(&worker->channel);
	worker->pid = 0;
}
