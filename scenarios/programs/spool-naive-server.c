// SPDX-License-Identifier: MIT
/*
 * spool-server without a journal: keeps the requests in memory and writes them to the file when
 * SIGTERM ends it. Wrong on purpose: what it has acknowledged is lost when it is killed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spool/request.h"
#include "spool/service.h"
#include "transfer.h"

static const char *path;
static struct roster roster;

static char *lines;
static size_t lines_size;

static int keep(const struct request *request)
{
	size_t length = strlen(request->line);
	char *more;

	if (roster_has(&roster, request))
		return 0;
	more = realloc(lines, lines_size + length + 1);
	if (!more)
		return -1;
	lines = more;
	memcpy(lines + lines_size, request->line, length);
	lines[lines_size + length] = '\n';
	lines_size += length + 1;
	return roster_note(&roster, request);
}

/* In a signal handler: nothing but system calls. */
static int write_lines(void)
{
	int fd = (int)TEMP_FAILURE_RETRY(
		open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));

	if (fd < 0 || transfer_write(fd, lines, lines_size) < 0)
		return -1;
	return (int)TEMP_FAILURE_RETRY(fsync(fd));
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: spool-naive-server REQUESTS REPLIES FILE\n", stderr);
		return 2;
	}
	path = argv[3];
	service_end_on_sigterm(write_lines);
	service_run(argv[1], argv[2], keep);
	return EXIT_FAILURE;
}
