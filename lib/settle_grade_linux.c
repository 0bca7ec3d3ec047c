// SPDX-License-Identifier: MIT
/* How much of a process that is asleep this machine shows: found out with a child. */
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"
#include "settle.h"

static const char *const grade_names[] = {
	[SETTLE_SYSCALL] = "syscall",
	[SETTLE_STAT] = "stat",
	[SETTLE_TIME] = "time",
};

const char *settle_grade_name(enum settle_grade grade)
{
	return grade_names[grade];
}

/* Does a sleeping child of ours show its call? */
static bool shows_syscall(pid_t pid)
{
	struct deadline deadline = deadline_in(INT64_C(1000000000));
	char text[200];
	int fd = process_open_syscall(pid);
	bool shown = false;

	while (fd >= 0 && !shown && !deadline_passed(&deadline)) {
		ssize_t length = pread(fd, text, sizeof(text) - 1, 0);

		if (length <= 0)
			break;
		text[length] = '\0';
		shown = strtol(text, NULL, 10) == SYS_ppoll;
		sched_yield();
	}
	if (fd >= 0)
		close(fd);
	return shown;
}

enum settle_grade settle_probe(void)
{
	enum settle_grade grade = SETTLE_TIME;
	pid_t own = getpid();
	/* Of another pid namespace, it would show us somebody else. */
	pid_t pid = process_has_proc() ? fork() : -1;

	if (pid < 0)
		return SETTLE_TIME;
	if (!pid) {
		/* Killed while it tries, the harness would leave a sleeper behind. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != own)
			_exit(1);
		/* By its number, to be found by it; newer machines have no pause(2). */
		for (;;)
			syscall(SYS_ppoll, NULL, 0, NULL, NULL, 0);
	}
	if (shows_syscall(pid))
		grade = SETTLE_SYSCALL;
	else if (process_state(pid))
		grade = SETTLE_STAT;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return grade;
}
