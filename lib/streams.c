// SPDX-License-Identifier: MIT
/* Pipes that never make the driver wait. */
#include "streams.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CHILD_IN = STREAMS, CHILD_EXECUTED, CHILD_FDS, FIRST_FD = 3 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void init(struct streams *streams)
{
	*streams = (struct streams){ .in_fd = -1, .executed_fd = -1 };
	for (int i = 0; i < STREAMS; i++)
		streams->out_fd[i] = -1;
	for (int i = 0; i < CHILD_FDS; i++)
		streams->child_fd[i] = -1;
}

/* Out of the way of the standard streams: in the child these numbers are about to be replaced. */
static int lift(int *fd)
{
	int lifted;

	if (*fd >= FIRST_FD)
		return 0;
	lifted = fcntl(*fd, F_DUPFD_CLOEXEC, FIRST_FD);
	if (lifted < 0)
		return -errno;
	close(*fd);
	*fd = lifted;
	return 0;
}

static int open_pipe(int *read_fd, int *write_fd)
{
	int fds[2];
	int err;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	*read_fd = fds[0];
	*write_fd = fds[1];
	err = lift(read_fd);
	return err ? err : lift(write_fd);
}

/* Only ours: a program may well be surprised by an end that does not wait. */
static int ease(int fd)
{
	return fcntl(fd, F_SETFL, O_NONBLOCK) ? -errno : 0;
}

static int open_all(struct streams *streams, bool has_input)
{
	int err = 0;

	for (int i = 0; i < STREAMS && !err; i++) {
		err = open_pipe(&streams->out_fd[i], &streams->child_fd[i]);
		if (!err)
			err = ease(streams->out_fd[i]);
	}
	if (!err)
		err = open_pipe(&streams->executed_fd, &streams->child_fd[CHILD_EXECUTED]);
	if (err)
		return err;
	if (has_input) {
		err = open_pipe(&streams->child_fd[CHILD_IN], &streams->in_fd);
		return err ? err : ease(streams->in_fd);
	}
	streams->child_fd[CHILD_IN] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return streams->child_fd[CHILD_IN] < 0 ? -errno : lift(&streams->child_fd[CHILD_IN]);
}

int streams_open(struct streams *streams, bool has_input)
{
	int err;

	init(streams);
	err = open_all(streams, has_input);
	if (err)
		streams_close(streams);
	return err;
}

void streams_started(struct streams *streams)
{
	for (int i = 0; i < CHILD_FDS; i++)
		close_fd(&streams->child_fd[i]);
}

int streams_become(const struct streams *streams)
{
	if (dup2(streams->child_fd[CHILD_IN], STDIN_FILENO) < 0 ||
	    dup2(streams->child_fd[STREAM_OUTPUT], STDOUT_FILENO) < 0 ||
	    dup2(streams->child_fd[STREAM_ERRORS], STDERR_FILENO) < 0)
		return -errno;
	return streams->child_fd[CHILD_EXECUTED];
}

void streams_close(struct streams *streams)
{
	streams_started(streams);
	for (int i = 0; i < STREAMS; i++)
		close_fd(&streams->out_fd[i]);
	close_fd(&streams->in_fd);
	close_fd(&streams->executed_fd);
	free(streams->unwritten);
	streams->unwritten = NULL;
	streams->unwritten_length = 0;
}

bool streams_is_executed(const struct streams *streams)
{
	struct pollfd poll_fd = { .fd = streams->executed_fd, .events = POLLIN };

	return streams->executed_fd < 0 || poll(&poll_fd, 1, 0) == 1;
}

bool streams_executed(struct streams *streams)
{
	if (streams->executed_fd < 0 || !streams_is_executed(streams))
		return false;
	close_fd(&streams->executed_fd);
	return true;
}

/*
 * Asked before each read: sendfile(2) and splice(2) from a socket into a pipe hold the pipe's lock
 * while they wait, and even a read that must not wait then sleeps, where no signal ends it. poll(2)
 * needs no lock.
 */
static bool is_readable(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, 0) == 1;
}

size_t streams_read(struct streams *streams, int stream, char *bytes, size_t size)
{
	ssize_t length;

	if (streams->out_fd[stream] < 0 || !is_readable(streams->out_fd[stream]))
		return 0;
	do
		length = read(streams->out_fd[stream], bytes, size);
	while (length < 0 && errno == EINTR);
	if (length == 0)
		close_fd(&streams->out_fd[stream]);
	return length > 0 ? (size_t)length : 0;
}

/* write(2) without the signal, which would end the driver of a program that does not listen. */
static ssize_t write_quietly(int fd, const char *bytes, size_t length)
{
	const struct timespec now = { 0 };
	sigset_t pipe_signal, before;
	ssize_t written;
	int err;

	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	sigprocmask(SIG_BLOCK, &pipe_signal, &before);
	written = write(fd, bytes, length);
	err = written < 0 ? -errno : 0;
	if (err == -EPIPE)
		sigtimedwait(&pipe_signal, NULL, &now);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return err ? err : written;
}

bool streams_flush(struct streams *streams)
{
	ssize_t written;

	if (streams->in_fd < 0 || !streams->unwritten_length)
		return false;
	written = write_quietly(streams->in_fd, streams->unwritten, streams->unwritten_length);
	if (written == -EPIPE) {
		close_fd(&streams->in_fd);
		streams->unwritten_length = 0;
	}
	if (written <= 0)
		return false;
	streams->unwritten_length -= (size_t)written;
	memmove(streams->unwritten, streams->unwritten + written, streams->unwritten_length);
	if (!streams->unwritten_length && streams->ends_then)
		close_fd(&streams->in_fd);
	return true;
}

int streams_write(struct streams *streams, const char *bytes, size_t length)
{
	char *grown;

	if (streams->in_fd < 0)
		return -EPIPE;
	grown = realloc(streams->unwritten, streams->unwritten_length + length + 1);
	if (!grown)
		return -ENOMEM;
	memcpy(grown + streams->unwritten_length, bytes, length);
	streams->unwritten = grown;
	streams->unwritten_length += length;
	streams_flush(streams);
	return streams->in_fd < 0 && length ? -EPIPE : 0;
}

void streams_end_input(struct streams *streams)
{
	streams->ends_then = true;
	if (!streams->unwritten_length)
		close_fd(&streams->in_fd);
}
