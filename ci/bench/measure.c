// SPDX-License-Identifier: MIT
/* Cores, neighbours, medians, programs. */
#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadline.h"

static cpu_set_t all_cores;
static pid_t leader;	/* of the busy loops */

_Noreturn void give_up(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(1);
}

size_t cores_list(int cores[CORES_MAX])
{
	size_t count = 0;

	if (sched_getaffinity(0, sizeof(all_cores), &all_cores))
		give_up("sched_getaffinity");
	for (int core = 0; core < CORES_MAX; core++) {
		if (CPU_ISSET((size_t)core, &all_cores))
			cores[count++] = core;
	}
	return count;
}

void pin_to(int core)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((size_t)core, &one);
	if (sched_setaffinity(0, sizeof(one), &one))
		give_up("sched_setaffinity");
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double median(double *samples, size_t count)
{
	if (!count)
		return NAN;
	qsort(samples, count, sizeof(*samples), compare);
	return count % 2 ? samples[count / 2] : (samples[count / 2 - 1] + samples[count / 2]) / 2;
}

static _Noreturn void spin(int core)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	pin_to(core);
	for (volatile unsigned turns = 0;; turns++)
		;
}

static _Noreturn void lead(unsigned each)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setsid();
	for (int core = 0; core < CORES_MAX; core++) {
		for (unsigned i = 0; CPU_ISSET((size_t)core, &all_cores) && i < each; i++) {
			if (!fork())
				spin(core);
		}
	}
	for (;;)
		pause();
}

void busy_start(unsigned each)
{
	leader = fork();
	if (leader < 0)
		give_up("fork");
	if (!leader)
		lead(each);
}

void busy_stop(void)
{
	kill(leader, SIGKILL);
	waitpid(leader, NULL, 0);
}

struct program_run program_run(char *const argv[])
{
	struct program_run run = { 0 };
	struct rusage usage;
	int64_t start = clock_now_ns();
	pid_t pid = fork();

	if (pid < 0)
		give_up("fork");
	if (!pid) {
		int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);

		dup2(null_fd, STDIN_FILENO);
		dup2(null_fd, STDOUT_FILENO);
		sched_setaffinity(0, sizeof(all_cores), &all_cores);
		execv(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
	while (wait4(pid, &run.status, 0, &usage) < 0) {
		if (errno != EINTR)
			give_up("wait4");
	}
	run.seconds = (double)(clock_now_ns() - start) / 1e9;
	run.peak_kib = usage.ru_maxrss;
	return run;
}
