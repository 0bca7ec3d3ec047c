// SPDX-License-Identifier: MIT
/* Lost, twice, out of order, torn: by sender and sequence. */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SENDER_SHOWN = 40 };

struct entry {
	const char *sender;
	size_t sender_length;
	uint64_t sequence;
	size_t line; /* from 1 */
};

struct journal {
	struct entry *entries; /* the whole lines, in their order */
	size_t count;
	size_t torn_line; /* the first that is not whole; 0: none */
	const char *torn;
	size_t torn_length;
};

static const char *const demand_names[] = {
	[JOURNAL_NO_LOSS] = "no_loss",
	[JOURNAL_NO_DUP] = "no_dup",
	[JOURNAL_ORDER_PER_SENDER] = "order_per_sender",
	[JOURNAL_ATOMIC] = "atomic",
};

const char *journal_demand_name(enum journal_demand demand)
{
	return (size_t)demand < sizeof(demand_names) / sizeof(demand_names[0])
		       ? demand_names[demand]
		       : NULL;
}

/* "client 12", "client 12 and more" */
static bool parse_line(const char *line, size_t length, struct entry *entry)
{
	const char *blank = memchr(line, ' ', length);
	const char *end = line + length;
	const char *digit;

	if (!blank || blank == line || memchr(line, '\0', length))
		return false;
	entry->sender = line;
	entry->sender_length = (size_t)(blank - line);
	entry->sequence = 0;
	for (digit = blank + 1; digit < end && *digit >= '0' && *digit <= '9'; digit++) {
		if (entry->sequence > UINT64_MAX / 10 - 1)
			return false;
		entry->sequence = entry->sequence * 10 + (uint64_t)(*digit - '0');
	}
	return digit > blank + 1 && (digit == end || *digit == ' ');
}

/* A line is whole if its newline is there. */
static bool parse(const char *bytes, size_t length, struct journal *journal)
{
	size_t line = 0, capacity = 0;

	for (size_t at = 0; at < length;) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t line_length = end ? (size_t)(end - bytes) - at : length - at;
		struct entry entry = { .line = ++line };

		if (!end || !parse_line(bytes + at, line_length, &entry)) {
			if (!journal->torn_line) {
				journal->torn_line = line;
				journal->torn = bytes + at;
				journal->torn_length = line_length;
			}
		} else {
			if (journal->count == capacity) {
				struct entry *grown;

				capacity = capacity ? 2 * capacity : 256;
				grown = reallocarray(journal->entries, capacity, sizeof(*grown));
				if (!grown)
					return false;
				journal->entries = grown;
			}
			journal->entries[journal->count++] = entry;
		}
		at += line_length + 1;
	}
	return true;
}

static int compare_senders(const struct entry *a, const struct entry *b)
{
	size_t length = a->sender_length < b->sender_length ? a->sender_length : b->sender_length;
	int order = memcmp(a->sender, b->sender, length);

	if (order)
		return order;
	return (a->sender_length > b->sender_length) - (a->sender_length < b->sender_length);
}

static int by_sender_and_sequence(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = compare_senders(a, b);

	if (order)
		return order;
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

static int by_sender_and_line(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int order = compare_senders(a, b);

	return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int shown(const struct entry *entry)
{
	return entry->sender_length < SENDER_SHOWN ? (int)entry->sender_length : SENDER_SHOWN;
}

static bool say_lost(const struct entry *entry, uint64_t first, uint64_t last, char *text,
		     size_t size)
{
	if (first == last)
		snprintf(text, size,
			 "%.*s %" PRIu64 " is lost: the next that is there is %" PRIu64
			 ", on line %zu",
			 shown(entry), entry->sender, first, entry->sequence, entry->line);
	else
		snprintf(text, size,
			 "%.*s %" PRIu64 " to %" PRIu64
			 " are lost: the next that is there is %" PRIu64 ", on line %zu",
			 shown(entry), entry->sender, first, last, entry->sequence, entry->line);
	return false;
}

static bool nothing_is_lost(const struct journal *journal, char *text, size_t size)
{
	for (size_t i = 0; i < journal->count; i++) {
		const struct entry *entry = &journal->entries[i];
		bool is_first = !i || compare_senders(entry, entry - 1) != 0;
		uint64_t next = is_first ? 1 : entry[-1].sequence + 1;

		if (entry->sequence > next)
			return say_lost(entry, next, entry->sequence - 1, text, size);
	}
	return true;
}

static bool nothing_is_twice(const struct journal *journal, char *text, size_t size)
{
	for (size_t i = 1; i < journal->count; i++) {
		const struct entry *entry = &journal->entries[i];

		if (compare_senders(entry, entry - 1) != 0 || entry->sequence != entry[-1].sequence)
			continue;
		snprintf(text, size, "%.*s %" PRIu64 " is there twice: on line %zu and on line %zu",
			 shown(entry), entry->sender, entry->sequence, entry[-1].line, entry->line);
		return false;
	}
	return true;
}

static bool all_are_in_order(const struct journal *journal, char *text, size_t size)
{
	for (size_t i = 1; i < journal->count; i++) {
		const struct entry *entry = &journal->entries[i];

		if (compare_senders(entry, entry - 1) != 0 || entry->sequence >= entry[-1].sequence)
			continue;
		snprintf(text, size,
			 "%.*s is out of order: %" PRIu64 " on line %zu, then %" PRIu64
			 " on line %zu",
			 shown(entry), entry->sender, entry[-1].sequence, entry[-1].line,
			 entry->sequence, entry->line);
		return false;
	}
	return true;
}

static bool all_are_whole(const struct journal *journal, char *text, size_t size)
{
	char start[SENDER_SHOWN + 1] = "";
	size_t length = journal->torn_length < SENDER_SHOWN ? journal->torn_length : SENDER_SHOWN;

	if (!journal->torn_line)
		return true;
	for (size_t i = 0; i < length; i++)
		start[i] = journal->torn[i];
	for (size_t i = 0; i < length; i++) {
		if ((unsigned char)start[i] < ' ' || start[i] == 0x7f)
			start[i] = '?';
	}
	snprintf(text, size, "line %zu is torn: '%s%s'", journal->torn_line, start,
		 journal->torn_length > length ? "..." : "");
	return false;
}

bool journal_holds(const char *bytes, size_t length, enum journal_demand demand, char *text,
		   size_t size)
{
	struct journal journal = { 0 };
	bool holds = false;

	snprintf(text, size, "out of memory");
	if (!parse(bytes, length, &journal)) {
		free(journal.entries);
		return false;
	}
	if (journal.count)
		qsort(journal.entries, journal.count, sizeof(*journal.entries),
		      demand == JOURNAL_ORDER_PER_SENDER ? by_sender_and_line
							 : by_sender_and_sequence);
	switch (demand) {
	case JOURNAL_NO_LOSS: holds = nothing_is_lost(&journal, text, size); break;
	case JOURNAL_NO_DUP: holds = nothing_is_twice(&journal, text, size); break;
	case JOURNAL_ORDER_PER_SENDER: holds = all_are_in_order(&journal, text, size); break;
	case JOURNAL_ATOMIC: holds = all_are_whole(&journal, text, size); break;
	}
	free(journal.entries);
	return holds;
}

/* All of a file; the caller frees it. */
static int read_all(int fd, char **bytes, size_t *length)
{
	size_t capacity = 0;
	ssize_t part;

	do {
		if (*length == capacity) {
			char *grown;

			capacity = capacity ? 2 * capacity : 1 << 16;
			grown = realloc(*bytes, capacity);
			if (!grown)
				return -ENOMEM;
			*bytes = grown;
		}
		part = read(fd, *bytes + *length, capacity - *length);
		*length += part > 0 ? (size_t)part : 0;
	} while (part > 0);
	return part < 0 ? -errno : 0;
}

int journal_check(const char *path, enum journal_demand demand, bool *holds, char *text,
		  size_t size)
{
	/* To open a FIFO would wake those who wait for its other end. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
	struct stat status;
	char *bytes = NULL;
	size_t length = 0;
	int err;

	if (fd < 0)
		return -errno;
	err = fstat(fd, &status) ? -errno : S_ISREG(status.st_mode) ? 0 : -EINVAL;
	if (!err)
		err = read_all(fd, &bytes, &length);
	close(fd);
	if (!err)
		*holds = journal_holds(bytes, length, demand, text, size);
	free(bytes);
	return err;
}
