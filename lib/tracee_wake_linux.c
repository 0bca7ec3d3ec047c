// SPDX-License-Identifier: MIT
/*
 * A stop has no descriptor of its own; only the signal about it can be waited for together with
 * others.
 */
#include "tracee_wake.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/signalfd.h>
#include <unistd.h>

static struct {
	int fd;
	unsigned users;
	sigset_t before;
} wake = { .fd = -1 };

static void stop_listening(void)
{
	close(wake.fd);
	wake.fd = -1;
	sigprocmask(SIG_SETMASK, &wake.before, NULL);
}

/* Tracees are the parent's; a blocked signal would be noticed by what the child becomes. */
static void forget_in_child(void)
{
	if (wake.users)
		stop_listening();
	wake.users = 0;
}

static int start_listening(void)
{
	static bool is_registered;
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	wake.fd = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	if (wake.fd < 0)
		return -errno;
	sigprocmask(SIG_BLOCK, &child, &wake.before);
	if (!is_registered)
		is_registered = !pthread_atfork(NULL, NULL, forget_in_child);
	return 0;
}

int tracee_wake_open(void)
{
	int err = wake.users ? 0 : start_listening();

	if (!err)
		wake.users++;
	return err;
}

void tracee_wake_close(void)
{
	if (wake.users && !--wake.users)
		stop_listening();
}

int tracee_wake_fd(void)
{
	return wake.fd;
}

void tracee_wake_drain(void)
{
	struct signalfd_siginfo news;

	/* A signal is pending once, however often it was sent. */
	while (read(wake.fd, &news, sizeof(news)) < 0 && errno == EINTR)
		;
}

void tracee_wake_ring(void)
{
	kill(getpid(), SIGCHLD);
}
