// SPDX-License-Identifier: MIT
/* Runs strace(1) on this very program, which times itself and tells by a pipe. */
#include "tracer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

static const struct job {
	const char *name;
	const char *inject;
	bool is_filtered;
} jobs[TRACER_JOBS] = {
	[TRACER_FAILS] = { "strace -f --inject, error", "getppid:error=EIO", false },
	[TRACER_FAILS_FILTERED] = { "strace --seccomp-bpf -f --inject, error", "getppid:error=EIO",
				    true },
	[TRACER_OTHER] = { "strace -f --inject, other calls", "semop:error=EIO", false },
	[TRACER_OTHER_FILTERED] = { "strace --seccomp-bpf -f --inject, other calls",
				    "semop:error=EIO", true },
};

const char *tracer_job_name(enum tracer_job job)
{
	return jobs[job].name;
}

static _Noreturn void become(const char *self, const struct job *job, int result_fd)
{
	const char *calls = job->inject[0] == 'g' ? "trace=getppid" : "trace=semop";
	const char *arguments[16] = { "strace", "-f", "-o", "/dev/null", "-e", calls, "-e", NULL };
	size_t count = 7;
	char inject[64], program[4096] = "";

	/* By its name: below strace the link would lead to strace. */
	if (readlink(self, program, sizeof(program) - 1) < 0)
		snprintf(program, sizeof(program), "%s", self);
	snprintf(inject, sizeof(inject), "inject=%s", job->inject);
	arguments[count++] = inject;
	if (job->is_filtered)
		arguments[count++] = "--seccomp-bpf";
	arguments[count++] = program;
	arguments[count++] = "--getppid";
	dup2(result_fd, STDOUT_FILENO);
	dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
	execvp("strace", (char *const *)arguments);
	_exit(127);
}

double tracer_measure(const char *self, enum tracer_job job)
{
	char text[64] = "";
	int result[2];
	pid_t pid;

	if (pipe2(result, O_CLOEXEC))
		give_up("pipe");
	pid = fork();
	if (pid < 0)
		give_up("fork");
	if (!pid)
		become(self, &jobs[job], result[1]);
	close(result[1]);
	if (read(result[0], text, sizeof(text) - 1) <= 0)
		text[0] = '\0';
	close(result[0]);
	waitpid(pid, NULL, 0);
	return *text ? strtod(text, NULL) : -1;
}
