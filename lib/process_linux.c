// SPDX-License-Identifier: MIT
/* Processes as /proc and pidfds show them. */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control.h"
#include "deadline.h"

enum {
	POLITE_ROUNDS = 100,		/* then we sleep between looks */
	NAP_NS = 1000 * 1000,
};

#define BLIND_NS INT64_C(10000000000)	/* without /proc nobody lists whom to kill */

/*
 * linux/pidfd.h of 6.15 and later; older headers lack it, and older kernels refuse it with EINVAL
 * or ENOTTY.
 */
struct pidfd_info_v1 {
	uint64_t mask;
	uint64_t cgroupid;
	uint32_t ids[11];
	int32_t exit_code;
};
#define PIDFD_INFO_EXIT_BIT (UINT64_C(1) << 3)
#define PIDFD_GET_INFO_V1 _IOWR(0xFF, 11, struct pidfd_info_v1)

static ssize_t read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	if (fd < 0)
		return -errno;
	length = read(fd, text, size - 1);
	if (length < 0)
		length = -errno;
	close(fd);
	text[length > 0 ? length : 0] = '\0';
	return length;
}

/*
 * The fields of stat after the name, which may itself hold spaces and parentheses; NULL if there is
 * no process.
 */
static const char *stat_fields(pid_t pid, char *text, size_t size)
{
	char path[40];
	char *end;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	if (read_file(path, text, size) <= 0)
		return NULL;
	end = strrchr(text, ')');
	return end && end[1] == ' ' ? end + 2 : NULL;
}

char process_state(pid_t pid)
{
	char text[1024];
	const char *fields = stat_fields(pid, text, sizeof(text));

	return fields ? *fields : 0;
}

/* Whether we may trace it: the link of a zombie leads nowhere, but only who may is told so. */
static bool is_veiled(pid_t pid)
{
	char path[40], target[1];

	snprintf(path, sizeof(path), "/proc/%d/cwd", pid);
	return readlink(path, target, sizeof(target)) < 0 && errno == EACCES;
}

/*
 * The last field but none after it: exit_code, field 52 (proc_pid_stat(5)). Who may not trace the
 * process is shown a 0 there.
 */
static int zombie_status(pid_t pid)
{
	char text[1024];
	const char *fields = stat_fields(pid, text, sizeof(text));
	const char *last;

	if (!fields || *fields != 'Z' || is_veiled(pid))
		return -1;
	last = strrchr(fields, ' ');
	return last ? atoi(last + 1) : -1;
}

int process_exit_status(pid_t pid, int pidfd)
{
	struct pidfd_info_v1 info = { .mask = PIDFD_INFO_EXIT_BIT };
	int status = zombie_status(pid);

	if (status >= 0)
		return status;
	if (!ioctl(pidfd, PIDFD_GET_INFO_V1, &info) && info.mask & PIDFD_INFO_EXIT_BIT)
		return info.exit_code;
	return -1;
}

int process_open_syscall(pid_t pid)
{
	char path[40];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* 0 if there is no /proc, or none that we are in. */
static pid_t own_number(void)
{
	char text[20] = "";

	return readlink("/proc/self", text, sizeof(text) - 1) > 0 ? atoi(text) : 0;
}

pid_t process_outer_pid(void)
{
	pid_t pid = own_number();

	return pid > 0 ? pid : getpid();
}

bool process_has_proc(void)
{
	return own_number() == getpid();
}

bool process_has_variable(pid_t pid, const char *name, const char *value)
{
	char path[40], *line = NULL;
	size_t size = 0, length = strlen(name);
	bool found = false;
	FILE *variables;

	snprintf(path, sizeof(path), "/proc/%d/environ", pid);
	variables = fopen(path, "re");
	while (variables && !found && getdelim(&line, &size, '\0', variables) > 0)
		found = !strncmp(line, name, length) && line[length] == '=' &&
			!strcmp(line + length + 1, value);
	free(line);
	if (variables)
		fclose(variables);
	return found;
}

/*
 * Those that the file lists; with `below`, theirs first. -EPERM if none of them may be signalled;
 * else 0.
 */
static int kill_listed(const char *path, bool below)
{
	char text[4096];
	char *next = text;
	char *end;
	size_t killed = 0, refused = 0;
	ssize_t length = read_file(path, text, sizeof(text));

	if (length <= 0)
		return 0;
	/* Where there are more than fit, the last number may be cut off, and be somebody else's. */
	if (length == (ssize_t)sizeof(text) - 1 && strrchr(text, ' '))
		*strrchr(text, ' ') = '\0';
	for (long pid = strtol(next, &end, 10); end != next; pid = strtol(next, &end, 10)) {
		if (below)
			process_kill_below((pid_t)pid);
		if (kill((pid_t)pid, SIGKILL) && errno == EPERM)
			refused++;
		else
			killed++;
		next = end;
	}
	return refused && !killed ? -EPERM : 0;
}

void process_kill_below(pid_t pid)
{
	char path[60];

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, pid);
	kill_listed(path, true);
}

int process_kill_children(void)
{
	return kill_listed("/proc/thread-self/children", false);
}

/*
 * The list may lack somebody while others come and go (proc_pid_children(5)), and not be there at
 * all for one who came since: so nobody is waited for without asking again.
 */
int process_end_children(void)
{
	const struct deadline deadline = deadline_in(BLIND_NS);
	const bool is_blind = !process_has_proc();
	_Atomic uint32_t nobody = 0;
	pid_t pid;

	for (unsigned round = 0;; round++) {
		int err = process_kill_children();

		while ((pid = waitpid(-1, NULL, WNOHANG | __WALL)) > 0)
			;
		if (pid < 0 && errno != EINTR)
			return 0;
		if (err)
			return err;
		if (is_blind && deadline_passed(&deadline))
			return -ENOENT;
		if (round < POLITE_ROUNDS)
			sched_yield();
		else
			futex_wait(&nobody, 0, NAP_NS);
	}
}
