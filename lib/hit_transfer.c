// SPDX-License-Identifier: MIT
/*
 * Moving bytes in a caller's stead, through its own open file description, so that offsets, order
 * and atomicity are the kernel's. Never blocks: what is not ready is waited for by the driver's
 * loop.
 */
#include "hit_transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "transfer.h"

enum { BOUNCE_MAX = 1 << 20 };

void transfer_close(struct transfer *transfer)
{
	if (!transfer)
		return;
	if (transfer->fd >= 0)
		close(transfer->fd);
	free(transfer->pieces);
	free(transfer->bounce);
	free(transfer);
}

static int refuse(struct hit *hit, const char *why)
{
	snprintf(hit->refusal, sizeof(hit->refusal), "%s", why);
	return -EOPNOTSUPP;
}

static bool is_message(const struct transfer *transfer)
{
	return transfer->is_socket ? transfer->socket_type != SOCK_STREAM
				   : transfer->status_flags & O_DIRECT && S_ISFIFO(transfer->mode);
}

/* Learns what kind of thing the descriptor is. */
static int inspect(const struct hit *hit, struct transfer *transfer)
{
	struct stat status;

	if (fstat(transfer->fd, &status))
		return -errno;
	transfer->mode = status.st_mode;
	if (S_ISFIFO(status.st_mode))
		transfer->status_flags = fcntl(transfer->fd, F_GETFL);
	transfer->is_socket = S_ISSOCK(status.st_mode);
	if (transfer->is_socket)
		transfer_inspect_socket(hit, transfer);
	return 0;
}

static uint64_t write_position(const struct transfer *transfer)
{
	struct stat status;

	if (fcntl(transfer->fd, F_GETFL) & O_APPEND)
		return fstat(transfer->fd, &status) ? 0 : (uint64_t)status.st_size;
	return transfer->is_positional ? transfer->offset
				       : (uint64_t)lseek(transfer->fd, 0, SEEK_CUR);
}

/*
 * The limit that the kernel obeys, and the signal that it sends, are those of whoever writes: ours.
 */
static bool would_pass_limit(const struct hit *hit, const struct transfer *transfer)
{
	struct rlimit limit;

	if (!transfer->is_output || !S_ISREG(transfer->mode))
		return false;
	if (prlimit(hit->tid, RLIMIT_FSIZE, NULL, &limit))
		return true;
	return limit.rlim_cur != RLIM_INFINITY &&
	       (transfer->want > limit.rlim_cur ||
		write_position(transfer) > limit.rlim_cur - transfer->want);
}

static int check(struct hit *hit, const struct transfer *transfer)
{
	if (hit->limit < transfer->size && is_message(transfer))
		return refuse(
			hit,
			"a message is transferred whole or not at all: what is cut off would be lost");
	if (transfer->has_ancillary)
		return refuse(
			hit,
			"ancillary data cannot be sent or received on behalf of another process");
	if (transfer_would_lie(hit, transfer))
		return refuse(
			hit,
			"without CAP_SYS_ADMIN the message would carry the pid of the harness");
	if (transfer_names_relative_path(transfer))
		return refuse(hit, "the relative socket path means another directory here");
	if (would_pass_limit(hit, transfer))
		return refuse(
			hit,
			"the caller's RLIMIT_FSIZE would be passed, which only its own writes obey");
	return 0;
}

int transfer_open(struct hit *hit)
{
	struct transfer *transfer;
	size_t bounce;
	int err;

	if (hit->shape->transfer == TRANSFER_NONE)
		return refuse(hit, "this call cannot be made on behalf of another process");
	transfer = calloc(1, sizeof(*transfer));
	if (!transfer)
		return -ENOMEM;
	transfer->fd = -1;
	err = transfer_parse(hit, transfer);
	if (err)
		goto close_transfer;
	transfer->want = transfer->size < hit->limit ? transfer->size : hit->limit;
	transfer->fd = hit_borrow(hit, (int)hit->args[hit->shape->fd]);
	err = transfer->fd < 0 ? transfer->fd : inspect(hit, transfer);
	if (!err)
		err = check(hit, transfer);
	if (err)
		goto close_transfer;
	bounce = transfer->want && transfer->want < BOUNCE_MAX ? transfer->want
		 : transfer->want                              ? BOUNCE_MAX
							       : 1;
	if (is_message(transfer) && transfer->want)
		bounce = transfer->want;
	transfer->bounce = malloc(bounce);
	transfer->bounce_size = bounce;
	err = transfer->bounce ? 0 : -ENOMEM;
	if (err)
		goto close_transfer;
	hit->transfer = transfer;
	return 0;

close_transfer:
	transfer_close(transfer);
	return err;
}

/*
 * A write to a pipe without readers sends SIGPIPE to whoever writes, and that is us. Blocked around
 * the call and taken back; the caller gets one of its own.
 */
static ssize_t write_quietly(int fd, const struct iovec *piece, int flags)
{
	const struct timespec now = { 0 };
	sigset_t pipe_signal, before;
	ssize_t moved;
	int saved;

	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	sigprocmask(SIG_BLOCK, &pipe_signal, &before);
	moved = pwritev2(fd, piece, 1, -1, flags);
	saved = errno;
	if (moved < 0 && saved == EPIPE)
		sigtimedwait(&pipe_signal, NULL, &now);
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = saved;
	return moved;
}

/*
 * RWF_NOWAIT came late to pipes (Linux 6.4), and to other files never: then only what poll(2) says
 * is ready.
 */
static ssize_t move_when_ready(const struct transfer *transfer, struct iovec *piece)
{
	struct pollfd ready = { .fd = transfer->fd,
				.events = transfer->is_output ? POLLOUT : POLLIN };
	const int flags = transfer->is_patient ? 0 : RWF_NOWAIT;
	ssize_t moved;

	moved = transfer->is_output ? write_quietly(transfer->fd, piece, flags) :
				      preadv2(transfer->fd, piece, 1, -1, flags);
	if (moved >= 0 || errno != EOPNOTSUPP || !flags)
		return moved;
	if (poll(&ready, 1, 0) != 1) {
		errno = EAGAIN;
		return -1;
	}
	/* There is room for as much as is written at once anyway. */
	if (transfer->is_output && piece->iov_len > PIPE_BUF)
		piece->iov_len = PIPE_BUF;
	return transfer->is_output ? write_quietly(transfer->fd, piece, 0)
				   : readv(transfer->fd, piece, 1);
}

static ssize_t move(struct transfer *transfer, size_t size)
{
	struct iovec piece = { transfer->bounce, size };
	off_t offset = (off_t)(transfer->offset + transfer->done);

	if (transfer->is_socket)
		return transfer_on_socket(transfer, &piece);
	if (transfer->is_positional)
		return transfer->is_output ? pwrite(transfer->fd, piece.iov_base, size, offset) :
					     pread(transfer->fd, piece.iov_base, size, offset);
	/* Files and block devices never block in the sense of poll(2). */
	transfer->is_patient = S_ISREG(transfer->mode) || S_ISBLK(transfer->mode);
	return move_when_ready(transfer, &piece);
}

/* One system call's worth. What moved, or -errno. */
static ssize_t move_some(struct hit *hit, struct transfer *transfer)
{
	size_t size = transfer->want - transfer->done;
	ssize_t moved;
	int err;

	if (size > transfer->bounce_size)
		size = transfer->bounce_size;
	if (transfer->is_output) {
		err = transfer_load(hit, transfer, size);
		if (err)
			return err;
	}
	moved = move(transfer, size);
	if (moved < 0)
		return -errno;
	if (!transfer->is_output) {
		/* A datagram may say that it was longer than the room (MSG_TRUNC). */
		err = transfer_store(hit, transfer, (size_t)moved < size ? (size_t)moved : size);
		if (err)
			return err;
	}
	return moved;
}

static bool is_nonblocking(const struct transfer *transfer)
{
	return transfer->flags & MSG_DONTWAIT || fcntl(transfer->fd, F_GETFL) & O_NONBLOCK;
}

static bool is_whole(const struct transfer *transfer, ssize_t moved)
{
	if (moved <= 0 || transfer->done >= transfer->want || is_message(transfer))
		return true;
	return !transfer->is_output && !(transfer->flags & MSG_WAITALL) && !S_ISREG(transfer->mode);
}

/* As the call itself would end after this error. */
static bool stop_at(struct hit *hit, struct transfer *transfer, int error)
{
	if (error == EAGAIN && !is_nonblocking(transfer)) {
		hit->wait = HIT_DESCRIPTOR;
		hit->wait_fd = transfer->fd;
		hit->wait_events = transfer->is_output ? POLLOUT : POLLIN;
		return false;
	}
	if (transfer->done)
		hit->value = (int64_t)transfer->done;
	else
		hit->error = error;
	if (error == EPIPE && transfer->is_output && !transfer->done &&
	    !(transfer->flags & MSG_NOSIGNAL))
		syscall(SYS_tkill, hit->tid, SIGPIPE);
	return true;
}

bool transfer_run(struct hit *hit)
{
	struct transfer *transfer = hit->transfer;
	ssize_t moved;

	/*
	 * Nothing may happen for somebody who died since; just opened, its descriptor was borrowed
	 * from the living.
	 */
	if (hit->wait_fd >= 0 && !hit_is_valid(hit)) {
		hit->wait = HIT_OVER;
		hit->end = HIT_LOST;
		return false;
	}
	do {
		moved = move_some(hit, transfer);
		if (moved < 0)
			return stop_at(hit, transfer, (int)-moved);
		transfer->done += (size_t)moved;
	} while (!is_whole(transfer, moved));
	hit->value = (int64_t)transfer->done;
	transfer_report(hit, transfer);
	return true;
}
