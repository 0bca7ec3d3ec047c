// SPDX-License-Identifier: MIT
/* Sends messages to a spool-server and waits until each is acknowledged, from however many servers.
 * usage: spool-client REQUESTS REPLIES [--messages N] [--name ID] */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>

#include "say.h"
#include "spool/fifo.h"
#include "spool/record.h"
#include "spool/request.h"
#include "transfer.h"

struct connection {
	const char *requests_path, *replies_path;
	int requests_fd, replies_fd; /* both or none; -1 if none */
};

enum outcome { ACKNOWLEDGED, SERVER_GONE };

static _Noreturn void fail(const char *what)
{
	say(errno, "%s", what);
	exit(EXIT_FAILURE);
}

/* Waits for a server. */
static void connect_to_server(struct connection *connection)
{
	connection->requests_fd = fifo_open(connection->requests_path, O_WRONLY);
	if (connection->requests_fd < 0)
		fail(connection->requests_path);
	connection->replies_fd = fifo_open(connection->replies_path, O_RDONLY);
	if (connection->replies_fd < 0)
		fail(connection->replies_path);
}

/* Both, so that nobody takes this client for a partner while it waits for the next server. */
static void disconnect(struct connection *connection)
{
	transfer_close(connection->replies_fd);
	transfer_close(connection->requests_fd);
	connection->requests_fd = connection->replies_fd = -1;
}

/*
 * The lock on the replies is the right to ask: who has it is the only one to write a request and to
 * read replies, so no request is torn by another and no acknowledgement taken by another. It ends
 * with its holder.
 */
static void set_lock(const struct connection *connection, int operation)
{
	if (TEMP_FAILURE_RETRY(flock(connection->replies_fd, operation)) < 0)
		fail(connection->replies_path);
}

/*
 * Sends the request, and again whenever a new server says that it is ready: it was meant for its
 * predecessor.
 */
static enum outcome ask(const struct connection *connection, const char *request,
			const char *acknowledgement)
{
	struct record_reader reader;
	bool is_sent = false;
	int count;

	record_reader_start(&reader, connection->replies_fd);
	for (;;) {
		if (!is_sent && record_write(connection->requests_fd, request) < 0) {
			if (errno != EPIPE)
				fail(connection->requests_path);
			return SERVER_GONE;
		}
		count = record_read(&reader);
		if (count < 0)
			fail(connection->replies_path);
		if (!count)
			return SERVER_GONE;
		if (!strcmp(reader.text, acknowledgement))
			return ACKNOWLEDGED;
		/* Anything else answers a client that died, or a request that was sent twice. */
		is_sent = strcmp(reader.text, "ready") != 0;
	}
}

static void deliver(struct connection *connection, const char *request, const char *acknowledgement)
{
	enum outcome outcome;

	do {
		if (connection->requests_fd < 0)
			connect_to_server(connection);
		set_lock(connection, LOCK_EX);
		outcome = ask(connection, request, acknowledgement);
		set_lock(connection, LOCK_UN);
		if (outcome == SERVER_GONE)
			disconnect(connection);
	} while (outcome == SERVER_GONE);
}

static void deliver_all(struct connection *connection, const char *name, uint64_t message_count)
{
	char request[RECORD_MAX], acknowledgement[RECORD_MAX];

	for (uint64_t sequence = 1; sequence <= message_count; sequence++) {
		snprintf(acknowledgement, sizeof(acknowledgement), "%s %" PRIu64, name, sequence);
		snprintf(request, sizeof(request), "%s %" PRIu64 " message %" PRIu64 " of %" PRIu64,
			 name, sequence, sequence, message_count);
		deliver(connection, request, acknowledgement);
	}
}

/*
 * A name that no client had before: a server takes the same number of the same name for the same
 * message.
 */
static const char *random_name(void)
{
	static char name[17];
	uint64_t number;

	if (TEMP_FAILURE_RETRY(getrandom(&number, sizeof(number), 0)) != sizeof(number))
		fail("getrandom");
	snprintf(name, sizeof(name), "%016" PRIx64, number);
	return name;
}

static int usage(void)
{
	fputs("usage: spool-client REQUESTS REPLIES [--messages N] [--name ID]\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "messages", required_argument, NULL, 'm' },
		{ "name", required_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	struct connection connection = { .requests_fd = -1, .replies_fd = -1 };
	const char *name = NULL;
	uint64_t message_count = 1;
	int option;
	char *end;

	while ((option = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (option == 'm') {
			message_count = strtoull(optarg, &end, 10);
			if (!isdigit((unsigned char)*optarg) || *end)
				return usage();
		} else if (option == 'n' && request_is_client_name(optarg)) {
			name = optarg;
		} else {
			return usage();
		}
	}
	if (argc - optind != 2)
		return usage();
	connection.requests_path = argv[optind];
	connection.replies_path = argv[optind + 1];
	signal(SIGPIPE, SIG_IGN);
	deliver_all(&connection, name ? name : random_name(), message_count);
	return EXIT_SUCCESS;
}
