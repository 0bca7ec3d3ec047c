// SPDX-License-Identifier: MIT
/* Cuts what comes out of a FIFO into records, wherever the reads may end. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "../transfer.h"
#include "record.h"

#define STX '\2'

void record_reader_start(struct record_reader *reader, int fd)
{
	reader->fd = fd;
	reader->at = reader->end = 0;
	reader->inside = false;
}

/* True if this byte completes the record. */
static bool take(struct record_reader *reader, char byte)
{
	if (byte == STX) {
		reader->inside = true;
		reader->length = 0;
	} else if (reader->inside && byte == '\n') {
		reader->inside = false;
		reader->text[reader->length] = '\0';
		return true;
	} else if (reader->inside) {
		reader->text[reader->length++] = byte;
		/* Too long to be a record: no record at all. */
		if (reader->length == sizeof(reader->text))
			reader->inside = false;
	}
	return false;
}

int record_read(struct record_reader *reader)
{
	for (;;) {
		ssize_t count;

		while (reader->at < reader->end)
			if (take(reader, reader->bytes[reader->at++]))
				return 1;
		count = TEMP_FAILURE_RETRY(read(reader->fd, reader->bytes, sizeof(reader->bytes)));
		if (count <= 0)
			return (int)count;
		reader->at = 0;
		reader->end = (size_t)count;
	}
}

int record_write(int fd, const char *text)
{
	char record[RECORD_MAX + 1];
	int length = snprintf(record, sizeof(record), "%c%s\n", STX, text);

	if (length < 0 || (size_t)length > RECORD_MAX) {
		errno = EMSGSIZE;
		return -1;
	}
	return transfer_write(fd, record, (size_t)length);
}
