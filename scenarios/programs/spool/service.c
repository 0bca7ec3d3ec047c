// SPDX-License-Identifier: MIT
/*
 * The loop of a server. It only ever waits in the kernel: for the first client in open(2), for a
 * request in read(2).
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "../say.h"
#include "../transfer.h"
#include "fifo.h"
#include "record.h"
#include "service.h"

static int (*finish_service)(void);

/*
 * Ends the process on the spot: a flag that is looked at before a call that may wait can be set
 * just too late.
 */
static void end(int signal)
{
	(void)signal;
	_exit(finish_service && finish_service() < 0);
}

void service_end_on_sigterm(int (*finish)(void))
{
	struct sigaction action = { .sa_handler = end };

	finish_service = finish;
	sigaction(SIGTERM, &action, NULL);
}

/* Only while a request is being kept something is half done, so only then SIGTERM has to wait. */
static int keep_undisturbed(const struct request *request, service_keep *keep)
{
	sigset_t sigterm, before;
	int err;

	sigemptyset(&sigterm);
	sigaddset(&sigterm, SIGTERM);
	sigprocmask(SIG_BLOCK, &sigterm, &before);
	err = keep(request);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return err;
}

/* EPIPE: no client is there to read it. Whoever still wants it will ask again. */
static int reply(int fd, const char *text)
{
	return record_write(fd, text) < 0 && errno != EPIPE ? -1 : 0;
}

static int serve(const char *line, int replies_fd, service_keep *keep)
{
	struct request request;
	char acknowledgement[CLIENT_NAME_MAX + 32];

	if (!request_parse(&request, line)) {
		say(0, "not a request: %s", line);
		return 0;
	}
	if (keep_undisturbed(&request, keep) < 0) {
		say(errno, "%s %" PRIu64 " is not acknowledged: cannot keep it", request.client,
		    request.sequence);
		return -1;
	}
	snprintf(acknowledgement, sizeof(acknowledgement), "%s %" PRIu64, request.client,
		 request.sequence);
	if (reply(replies_fd, acknowledgement) < 0) {
		say(errno, "replies");
		return -1;
	}
	return 0;
}

/* Requests until the end of the file: all clients that there were have gone. */
static int serve_all(int requests_fd, int replies_fd, service_keep *keep)
{
	struct record_reader reader;
	int count;

	record_reader_start(&reader, requests_fd);
	while ((count = record_read(&reader)) > 0)
		if (serve(reader.text, replies_fd, keep) < 0)
			return -1;
	if (count < 0)
		say(errno, "requests");
	return count;
}

void service_run(const char *requests_path, const char *replies_path, service_keep *keep)
{
	int requests_fd, replies_fd;

	signal(SIGPIPE, SIG_IGN);
	/* Clients open them in the same order. */
	requests_fd = fifo_open(requests_path, O_RDONLY);
	if (requests_fd < 0) {
		say(errno, "%s", requests_path);
		return;
	}
	replies_fd = fifo_open(replies_path, O_WRONLY);
	if (replies_fd < 0) {
		say(errno, "%s", replies_path);
		return;
	}
	/*
	 * A client that waits for an answer of the server before this one need not have seen the
	 * end of the file: this server may have opened the FIFO before it could look. It is told,
	 * and asks again.
	 */
	if (reply(replies_fd, "ready") < 0) {
		say(errno, "%s", replies_path);
		return;
	}
	while (!serve_all(requests_fd, replies_fd, keep)) {
		/*
		 * Opened anew before it is closed: with no reader at all, the first request of the
		 * next client would be lost.
		 */
		int next_fd = fifo_open(requests_path, O_RDONLY);

		if (next_fd < 0) {
			say(errno, "%s", requests_path);
			return;
		}
		transfer_close(requests_fd);
		requests_fd = next_fd;
	}
}
