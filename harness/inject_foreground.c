// SPDX-License-Identifier: MIT
/* The loop of a single run: calls, signals, the end. */
#include "inject_foreground.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "option.h"

static const int passed_on[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };

static void explain_filter(int error, const char *command)
{
	if (error == -EBUSY)
		complain(command, "somebody listens to the calls of this process already, "
				  "and the kernel allows one: "
				  "another ipcdrill inject, or a container's runtime");
	else if (error == -EINVAL || error == -ENOSYS || error == -EOPNOTSUPP)
		complain(command,
			 "calls cannot be intercepted here: there is no seccomp notification "
			 "(Linux 5.0 and later have it, unless it is forbidden); only rules "
			 "with errno, `optional` and nothing else work without");
	else
		complain(command, "calls cannot be intercepted here: %s", strerror(-error));
}

int foreground_explain(enum tree_trouble trouble, int error, const char *command)
{
	switch (trouble) {
	case TREE_STARTED: return 0;
	case TREE_NO_PROCESS:
		complain(command, "cannot start a process: %s", strerror(-error));
		return EXIT_BROKEN;
	case TREE_NO_FILTER:
		explain_filter(error, command);
		return EXIT_ALL_SKIPPED;
	case TREE_NO_PROGRAM: break;
	}
	complain(command, "cannot start the program: %s", strerror(-error));
	return EXIT_BROKEN;
}

/*
 * Keys of the terminal are for the program as well; that it hangs up is told to one process only,
 * perhaps to us.
 */
static bool is_for_us_alone(const struct signalfd_siginfo *info)
{
	return info->ssi_code <= 0 || info->ssi_signo == SIGHUP;
}

/* False: the program has ended, and whoever sends signals now wants us to end as well. */
static bool pass_on(const struct inject_tree *tree, int signals_fd)
{
	struct signalfd_siginfo info;
	bool is_wanted = true;

	while (read(signals_fd, &info, sizeof(info)) == sizeof(info)) {
		if (atomic_load(&tree->warden.board->has_ended))
			is_wanted = false;
		else if (is_for_us_alone(&info))
			kill(tree->warden.program, (int)info.ssi_signo);
	}
	return is_wanted;
}

/* False: it is done, or nobody wants it to go on. */
static bool serve_next(struct inject_tree *tree, int signals_fd)
{
	struct pollfd fds[INJECT_POLLFDS_MAX + 1];
	size_t count = tree_pollfds(tree, fds, INJECT_POLLFDS_MAX);
	int64_t deadline_ns = tree_deadline_ns(tree);
	struct deadline deadline = { deadline_ns };
	int64_t left_ns = deadline_left_ns(&deadline);
	struct timespec left = { left_ns / 1000000000, left_ns % 1000000000 };

	fds[count] = (struct pollfd){ .fd = signals_fd, .events = POLLIN };
	ppoll(fds, count + 1, deadline_ns == INT64_MAX ? NULL : &left, NULL);
	tree_serve_polled(tree, fds);
	if (fds[count].revents && !pass_on(tree, signals_fd))
		return false;
	return !fds[count - 1].revents;
}

static void serve(struct inject_tree *tree, int signals_fd)
{
	while (serve_next(tree, signals_fd))
		;
}

/* The program's: whoever waits for their other ends must not have to wait for us. */
static void give_up_stdio(void)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nothing < 0)
		return;
	dup2(nothing, STDIN_FILENO);
	dup2(nothing, STDOUT_FILENO);
	close(nothing);
}

int foreground_run(struct inject_tree *tree, const struct inject_program *program,
		   const char *command, int *status)
{
	struct warden_order order = {
		.path = program->path,
		.argv = program->argv,
		.environment = environ,
		.stdio = { -1, -1, -1 },
	};
	enum tree_trouble trouble;
	sigset_t signals, before;
	int signals_fd, error;

	sigemptyset(&signals);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(*passed_on); i++)
		sigaddset(&signals, passed_on[i]);
	sigprocmask(SIG_BLOCK, &signals, &before);
	signals_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals_fd < 0) {
		complain(command, "signals cannot be passed on to the program: %s", strerror(errno));
		return EXIT_BROKEN;
	}
	order.mask = &before;
	trouble = tree_start(tree, order, &error);
	if (trouble) {
		close(signals_fd);
		return foreground_explain(trouble, error, command);
	}
	give_up_stdio();
	serve(tree, signals_fd);
	/* Without a word about its end: somebody killed the warden, and so the program. */
	*status = atomic_load(&tree->warden.board->has_ended)
			  ? atomic_load(&tree->warden.board->status)
			  : SIGKILL;
	error = tree_exec_error(tree);
	tree_end(tree);
	close(signals_fd);
	return error ? inject_program_explain(program, error, command) : 0;
}

/* As strace(1) does it. */
int foreground_end_like(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : interrupt_end_by(WTERMSIG(status));
}
