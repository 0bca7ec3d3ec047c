// SPDX-License-Identifier: MIT
/* The guardian, and the sweep of what guardians left that were killed themselves. */
#include "sandbox_guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel_registry.h"
#include "leak.h"
#include "makings.h"
#include "process.h"
#include "sandbox.h"

#define PREFIX "ipcdrill."

enum { LOOK_MS = 100 };

static const char *parent_directory(void)
{
	const char *directory = getenv("TMPDIR");

	return directory && *directory == '/' ? directory : "/tmp";
}

/*
 * The working directory is one below the one that is held: a sweep opens that, if only to see that
 * it is held, and a scenario that watches its directory would see it.
 */
static int enter_directory(int parent_fd)
{
	static const char name[] = LEAK_DIRECTORY_PREFIX;

	/*
	 * Endpoints may change their user: all may enter, who knows the name, and nobody may look
	 * around.
	 */
	if (fchmod(parent_fd, 0711) || mkdirat(parent_fd, name, 0700) ||
	    fchmodat(parent_fd, name, 0711, 0))
		return -errno;
	return fchdir(parent_fd) || chdir(name) ? -errno : 0;
}

/* EAGAIN: a sweep took it for one that nobody holds, before we held it. */
static int hold_directory(struct guard *guard)
{
	struct stat status;
	int err;

	guard->directory_fd = open(guard->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (guard->directory_fd < 0)
		return errno == ENOENT ? -EAGAIN : -errno;
	err = flock(guard->directory_fd, LOCK_EX) || fstat(guard->directory_fd, &status) ? -errno
											 : 0;
	if (!err && !status.st_nlink)
		err = -EAGAIN;
	if (!err)
		err = enter_directory(guard->directory_fd);
	if (err)
		close(guard->directory_fd);
	return err;
}

int guard_open(struct guard *guard)
{
	enum { TRIES = 100 };
	int err = -EAGAIN;

	for (int i = 0; i < TRIES && err == -EAGAIN; i++) {
		snprintf(guard->directory, sizeof(guard->directory), "%s/" PREFIX "XXXXXX",
			 parent_directory());
		if (!mkdtemp(guard->directory))
			return -errno;
		err = hold_directory(guard);
		if (err)
			rmdir(guard->directory);
	}
	return err;
}

static bool owns_nothing(void *context, const char *name)
{
	(void)context;
	(void)name;
	return false;
}

/* Left as it is, for us to wait for. */
static bool has_ended(pid_t pid)
{
	siginfo_t end = { .si_pid = 0 };

	return waitid(P_PID, (id_t)pid, &end, WEXITED | WNOHANG | WNOWAIT) || end.si_pid;
}

/* True if one of the signals that came asks us to end the worker. */
static bool take_signals(int fd)
{
	struct signalfd_siginfo news;
	bool is_asked = false;

	while (read(fd, &news, sizeof(news)) == sizeof(news))
		is_asked |= news.ssi_signo != SIGCHLD;
	return is_asked;
}

/*
 * It may sleep where no signal ends it, for the lock of a pipe that a program keeps: then it dies
 * when that one is dead.
 */
static void end_worker(pid_t pid, struct pollfd *signals)
{
	kill(pid, SIGKILL);
	while (!has_ended(pid)) {
		poll(signals, 1, LOOK_MS);
		take_signals(signals->fd);
		if (!has_ended(pid))
			process_kill_below(pid);
	}
}

/*
 * Until the worker ends, the harness dies, or a signal asks us to end the worker. A pidfd would not
 * do: kernels that have none are among those without namespaces. The signal about an orphan may be
 * the same as that about the worker.
 */
static int watch(const struct guard *guard, pid_t pid, const sigset_t *signals)
{
	struct pollfd fds[] = {
		{ .fd = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK), .events = POLLIN },
		{ .fd = guard->life_fd, .events = POLLIN },
	};
	siginfo_t end;
	int status = 0;

	while (!has_ended(pid)) {
		if (poll(fds, 2, fds[0].fd < 0 ? LOOK_MS : -1) < 0 ||
		    (!take_signals(fds[0].fd) && !fds[1].revents))
			continue;
		makings_freeze();
		end_worker(pid, &fds[0]);
	}
	/*
	 * While its number is still its own: without /proc its children can only be met as a group.
	 */
	while (waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT) < 0 && errno == EINTR)
		;
	kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	close(fds[0].fd);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void clear_makings(void)
{
	struct leak_account nobody_asks = { 0 };

	makings_clear(&nobody_asks);
}

int guard_run(struct guard *guard, int (*body)(void *context), void *context)
{
	char left[200];
	sigset_t signals, before;
	pid_t pid;
	int status;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	/* Whoever ignores it is told nothing, and its children leave no status (wait(2)). */
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	/* From the harness; the others from a terminal, which means every process of the job. */
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGQUIT);
	sigaddset(&signals, SIGHUP);
	sigprocmask(SIG_BLOCK, &signals, &before);
	/* Without it, what a killed worker leaves stays; that is no reason not to run. */
	channel_registry_open();
	makings_open();
	pid = fork();
	if (!pid) {
		channel_registry_hide();
		sigprocmask(SIG_SETMASK, &before, NULL);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_CHILD_SUBREAPER, 1);
		_exit(body(context));
	}
	status = pid < 0 ? 1 : watch(guard, pid, &signals);
	process_end_children();
	channel_registry_clear();
	clear_makings();
	leak_clear_directory(guard->directory_fd, owns_nothing, NULL, left, sizeof(left));
	rmdir(guard->directory);
	close(guard->directory_fd);
	return status;
}

static void sweep_one(int parent_fd, const char *name)
{
	char left[200];
	int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (!flock(fd, LOCK_EX | LOCK_NB)) {
		leak_clear_directory(fd, owns_nothing, NULL, left, sizeof(left));
		unlinkat(parent_fd, name, AT_REMOVEDIR);
	}
	close(fd);
}

void sandbox_sweep(void)
{
	DIR *parent = opendir(parent_directory());
	struct dirent *entry;

	if (!parent)
		return;
	while ((entry = readdir(parent))) {
		if (!strncmp(entry->d_name, PREFIX, strlen(PREFIX)))
			sweep_one(dirfd(parent), entry->d_name);
	}
	closedir(parent);
}
