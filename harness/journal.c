// SPDX-License-Identifier: MIT
/* Lost, twice, out of order, torn: by sender and sequence. */
#include "journal.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SHOWN_MAX = 40 };

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

/* The beginning of what programs wrote. What a terminal might obey is not passed on to it. */
struct excerpt {
	char text[SHOWN_MAX + 1];
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

static void add_entry(struct journal *journal, size_t *capacity, const struct entry *entry)
{
	if (journal->count == *capacity) {
		*capacity = *capacity ? 2 * *capacity : 256;
		journal->entries = reallocarray(journal->entries, *capacity, sizeof(*entry));
		if (!journal->entries)
			abort();
	}
	journal->entries[journal->count++] = *entry;
}

/*
 * A line is whole if its newline is there. Memory that is out ends the process: it is no verdict on
 * the file.
 */
static void parse(const char *bytes, size_t length, struct journal *journal)
{
	size_t line = 0, capacity = 0;

	for (size_t at = 0; at < length;) {
		const char *end = memchr(bytes + at, '\n', length - at);
		size_t line_length = end ? (size_t)(end - bytes) - at : length - at;
		struct entry entry = { .line = ++line };

		if (end && parse_line(bytes + at, line_length, &entry)) {
			add_entry(journal, &capacity, &entry);
		} else if (!journal->torn_line) {
			journal->torn_line = line;
			journal->torn = bytes + at;
			journal->torn_length = line_length;
		}
		at += line_length + 1;
	}
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

static struct excerpt excerpt_of(const char *bytes, size_t length)
{
	struct excerpt excerpt = { "" };

	for (size_t i = 0; i < length && i < SHOWN_MAX; i++)
		excerpt.text[i] = iscntrl((unsigned char)bytes[i]) ? '?' : bytes[i];
	return excerpt;
}

static struct excerpt sender_of(const struct entry *entry)
{
	return excerpt_of(entry->sender, entry->sender_length);
}

static bool say_lost(const struct entry *entry, uint64_t first, uint64_t last, char *text,
		     size_t size)
{
	if (first == last)
		snprintf(text, size,
			 "%s %" PRIu64 " is lost: the next that is there is %" PRIu64
			 ", on line %zu",
			 sender_of(entry).text, first, entry->sequence, entry->line);
	else
		snprintf(text, size,
			 "%s %" PRIu64 " to %" PRIu64
			 " are lost: the next that is there is %" PRIu64 ", on line %zu",
			 sender_of(entry).text, first, last, entry->sequence, entry->line);
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
		snprintf(text, size, "%s %" PRIu64 " is there twice: on line %zu and on line %zu",
			 sender_of(entry).text, entry->sequence, entry[-1].line, entry->line);
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
			 "%s is out of order: %" PRIu64 " on line %zu, then %" PRIu64
			 " on line %zu",
			 sender_of(entry).text, entry[-1].sequence, entry[-1].line,
			 entry->sequence, entry->line);
		return false;
	}
	return true;
}

static bool all_are_whole(const struct journal *journal, char *text, size_t size)
{
	if (!journal->torn_line)
		return true;
	snprintf(text, size, "line %zu is torn: '%s%s'", journal->torn_line,
		 excerpt_of(journal->torn, journal->torn_length).text,
		 journal->torn_length > SHOWN_MAX ? "..." : "");
	return false;
}

bool journal_holds(const char *bytes, size_t length, enum journal_demand demand, char *text,
		   size_t size)
{
	struct journal journal = { 0 };
	bool holds = false;

	parse(bytes, length, &journal);
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
