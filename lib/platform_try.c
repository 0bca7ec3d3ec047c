// SPDX-License-Identifier: MIT
/* A child that tries something and reports through a pipe; its end is the end of the pipe. */
#include "platform_try.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "symbols.h"

/* Far above what a try takes on a loaded machine: it only keeps a broken kernel from hanging us. */
static const int64_t limit_ns = INT64_C(5) * 1000 * 1000 * 1000;

void attempt_fail(struct attempt *attempt, const char *what, int error)
{
	const char *name = symbol_name(SYMBOL_ERRNO, error);

	attempt->error = error;
	snprintf(attempt->reason, sizeof(attempt->reason), "%s: %s", what,
		 name ? name : "unknown error");
}

_Noreturn void attempt_end(void)
{
	for (;;)
		raise(SIGKILL);
}

pid_t attempt_fork(void)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		attempt_end();
	return 0;
}

static _Noreturn void run_body(void (*body)(struct attempt *attempt), int answer_fd)
{
	struct attempt attempt = { .error = 0 };

	body(&attempt);
	/* Fits into the pipe's buffer, so it is written whole; if not, the reader sees the end. */
	if (write(answer_fd, &attempt, sizeof(attempt)) < 0)
		close(answer_fd);
	attempt_end();
}

/* Waits until the answer is there or cannot come any more; false when the limit passed first. */
static bool wait_for_answer(int fd)
{
	struct deadline deadline = deadline_in(limit_ns);
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	int ready;

	do {
		int64_t left = deadline_left_ns(&deadline);
		struct timespec timeout = { left / 1000000000, left % 1000000000 };

		ready = ppoll(&poll_fd, 1, &timeout, NULL);
	} while (ready < 0 && errno == EINTR);
	return ready > 0;
}

static void say_how_it_died(struct attempt *attempt, int status)
{
	const char *name = symbol_name(SYMBOL_SIGNAL, WTERMSIG(status));

	attempt->error = ECHILD;
	attempt->number = WTERMSIG(status);
	snprintf(attempt->reason, sizeof(attempt->reason), "who tries it is killed by %s",
		 name ? name : "a signal");
}

static void collect_answer(struct attempt *attempt, int fd, pid_t pid)
{
	int status = 0;

	if (!wait_for_answer(fd)) {
		kill(pid, SIGKILL);
		/* Not waited for: where the kernel hangs, so would we. */
		waitpid(pid, &status, WNOHANG);
		attempt_fail(attempt, "it hung", ETIMEDOUT);
		return;
	}
	if (read(fd, attempt, sizeof(*attempt)) == sizeof(*attempt)) {
		waitpid(pid, &status, 0);
		return;
	}
	*attempt = (struct attempt){ .error = ECHILD };
	snprintf(attempt->reason, sizeof(attempt->reason), "who tries it ends without a word");
	if (waitpid(pid, &status, 0) == pid && WIFSIGNALED(status))
		say_how_it_died(attempt, status);
}

void platform_try(void (*body)(struct attempt *attempt), struct attempt *attempt)
{
	int answer[2];
	pid_t pid;

	*attempt = (struct attempt){ .error = 0 };
	if (pipe2(answer, O_CLOEXEC)) {
		attempt_fail(attempt, "pipe2", errno);
		return;
	}
	pid = attempt_fork();
	if (!pid)
		run_body(body, answer[1]);
	close(answer[1]);
	if (pid < 0)
		attempt_fail(attempt, "fork", errno);
	else
		collect_answer(attempt, answer[0], pid);
	close(answer[0]);
}
