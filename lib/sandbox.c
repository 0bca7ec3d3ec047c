// SPDX-License-Identifier: MIT
/* Starting a sandbox: namespaces, or a guardian; and dying with the harness either way. */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox_guard.h"
#include "sandbox_mounts.h"

/* Whatever the caller's is, its own directories must be of use to it. */
#define SANDBOX_UMASK 022

/* What the new process tells the one that waits for it. */
struct outcome {
	int error;
	char step[60];
};

struct start {
	const struct sandbox_options *options;
	int (*body)(void *context);
	void *context;
	int report[2];
};

static void report(const struct start *start, const char *step, int err)
{
	struct outcome outcome = { .error = err };

	snprintf(outcome.step, sizeof(outcome.step), "%s", step);
	if (write(start->report[1], &outcome, sizeof(outcome)) != sizeof(outcome))
		_exit(1);
	close(start->report[1]);
}

/* The signal comes only if the parent dies after this call; the pipe tells if it died before. */
static bool tie_to_harness(const int life[2])
{
	struct pollfd poll_fd = { .fd = life[0], .events = POLLIN };

	close(life[1]);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	return poll(&poll_fd, 1, 0) == 0;
}

static _Noreturn void run_in_namespaces(const struct start *start)
{
	const char *step;
	int err;

	close(start->report[0]);
	umask(SANDBOX_UMASK);
	err = sandbox_mount(&step);
	if (!err && start->options->network) {
		step = "cannot bring its loopback up";
		err = sandbox_raise_loopback();
	}
	/* Not before: a change of credentials would clear the parent-death signal (prctl(2)). */
	if (!tie_to_harness(start->options->life))
		_exit(1);
	report(start, step, err);
	_exit(err ? 1 : start->body(start->context));
}

/*
 * Not unshare(2) and fork(2): that would leave a process between harness and worker. The C library
 * does not see this fork, so its idea of our own thread id is stale until we fork again; only
 * abort() would use it.
 */
static pid_t clone_into(uint64_t namespaces)
{
	struct clone_args args = { .flags = namespaces, .exit_signal = SIGCHLD };
	long pid = syscall(SYS_clone3, &args, sizeof(args));

	return pid < 0 ? -errno : (pid_t)pid;
}

static pid_t start_full(const struct start *start)
{
	uint64_t namespaces = CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNS;
	uid_t uid = geteuid();
	gid_t gid = getegid();
	bool own_user = uid != 0;
	pid_t pid;

	if (start->options->network)
		namespaces |= CLONE_NEWNET;
	/*
	 * Not for a root that lacks CAP_SYS_ADMIN: in there it would lose what it has, which is
	 * what its tests are about.
	 */
	if (own_user)
		namespaces |= CLONE_NEWUSER;
	pid = clone_into(namespaces);
	if (pid)
		return pid;
	if (own_user) {
		int err = sandbox_map_user(uid, gid);

		if (err) {
			report(start, "cannot map the user into its namespace", err);
			_exit(1);
		}
	}
	run_in_namespaces(start);
}

static pid_t start_guarded(const struct start *start)
{
	struct guard guard = { .life_fd = start->options->life[0] };
	pid_t pid = fork();
	int err;

	if (pid)
		return pid < 0 ? -errno : pid;
	close(start->report[0]);
	close(start->options->life[1]);
	umask(SANDBOX_UMASK);
	err = guard_open(&guard);
	report(start, "cannot make a directory below TMPDIR (or /tmp)", err);
	_exit(err ? 1 : guard_run(&guard, start->body, start->context));
}

static int await_report(struct start *start, pid_t pid, char *reason, size_t size)
{
	struct outcome outcome;
	ssize_t length;

	do
		length = read(start->report[0], &outcome, sizeof(outcome));
	while (length < 0 && errno == EINTR);
	if (length != sizeof(outcome))
		outcome = (struct outcome){ .error = -ECHILD,
					    .step = "the sandbox died while it was set up" };
	if (!outcome.error)
		return 0;
	waitpid(pid, NULL, 0);
	snprintf(reason, size, "%s: %s", outcome.step, strerror(-outcome.error));
	return outcome.error;
}

pid_t sandbox_start(const struct sandbox_options *options, int (*body)(void *context),
		    void *context, char *reason, size_t size)
{
	struct start start = { .options = options, .body = body, .context = context };
	pid_t pid;
	int err;

	if (pipe2(start.report, O_CLOEXEC)) {
		err = -errno;
		snprintf(reason, size, "cannot make a pipe: %s", strerror(-err));
		return err;
	}
	pid = options->grade == SANDBOX_FULL ? start_full(&start) : start_guarded(&start);
	close(start.report[1]);
	if (pid < 0) {
		snprintf(reason, size, "cannot make %s: %s",
			 options->grade == SANDBOX_FULL ? "namespaces" : "a process",
			 strerror(-pid));
		err = pid;
	} else {
		err = await_report(&start, pid, reason, size);
	}
	close(start.report[0]);
	return err ? err : pid;
}

static int nothing(void *context)
{
	(void)context;
	return 0;
}

enum sandbox_grade sandbox_probe(char *reason, size_t size)
{
	struct sandbox_options options = { .grade = SANDBOX_FULL };
	pid_t pid;

	if (pipe2(options.life, O_CLOEXEC)) {
		snprintf(reason, size, "cannot make a pipe: %s", strerror(errno));
		return SANDBOX_NONE;
	}
	pid = sandbox_start(&options, nothing, NULL, reason, size);
	close(options.life[0]);
	close(options.life[1]);
	if (pid < 0)
		return SANDBOX_NONE;
	waitpid(pid, NULL, 0);
	return SANDBOX_FULL;
}
