// SPDX-License-Identifier: MIT
/*
 * A line is either complete, and then it was or will be acknowledged, or the last one and not
 * complete, and then it never was: such a line is cut off, for it will be sent again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>

#include "../transfer.h"
#include "journal.h"
#include "record.h"

static int note(struct journal *journal, const char *line)
{
	struct request request;

	if (!request_parse(&request, line)) {
		errno = EBADMSG;
		return -1;
	}
	return roster_note(&journal->roster, &request);
}

static int read_back(struct journal *journal)
{
	char line[RECORD_MAX], bytes[RECORD_MAX];
	size_t length = 0;
	ssize_t count;

	while ((count = TEMP_FAILURE_RETRY(read(journal->fd, bytes, sizeof(bytes)))) > 0) {
		for (ssize_t i = 0; i < count; i++) {
			if (length == sizeof(line)) {
				errno = EBADMSG;
				return -1;
			}
			line[length++] = bytes[i];
			if (bytes[i] != '\n')
				continue;
			line[length - 1] = '\0';
			if (note(journal, line) < 0)
				return -1;
			journal->end += (off_t)length;
			length = 0;
		}
	}
	return (int)count;
}

/*
 * fsync: a server that was killed may have written the last lines and not got so far as to sync
 * them, and from now on they are acknowledged when they come again.
 */
static int repair(struct journal *journal)
{
	if (TEMP_FAILURE_RETRY(ftruncate(journal->fd, journal->end)) < 0)
		return -1;
	return (int)TEMP_FAILURE_RETRY(fsync(journal->fd));
}

int journal_open(struct journal *journal, const char *path)
{
	*journal = (struct journal){ .fd = -1 };
	journal->fd =
		(int)TEMP_FAILURE_RETRY(open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
	if (journal->fd < 0)
		return -1;
	/* Held until the process ends, however it does. */
	if (TEMP_FAILURE_RETRY(flock(journal->fd, LOCK_EX)) < 0)
		return -1;
	if (read_back(journal) < 0)
		return -1;
	return repair(journal);
}

bool journal_has(const struct journal *journal, const struct request *request)
{
	return roster_has(&journal->roster, request);
}

int journal_append(struct journal *journal, const struct request *request)
{
	char line[RECORD_MAX + 1];
	int length = snprintf(line, sizeof(line), "%s\n", request->line);
	int saved_errno;

	if (transfer_write(journal->fd, line, (size_t)length) < 0)
		goto cut_off;
	if (TEMP_FAILURE_RETRY(fsync(journal->fd)) < 0)
		goto cut_off;
	journal->end += length;
	return roster_note(&journal->roster, request);

cut_off:
	saved_errno = errno;
	/* If this fails too, the next server does it. */
	(void)TEMP_FAILURE_RETRY(ftruncate(journal->fd, journal->end));
	errno = saved_errno;
	return -1;
}
