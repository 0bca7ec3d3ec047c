// SPDX-License-Identifier: MIT
/* Packing and unpacking: a fixed head, the verdict's texts, the history as it lies. */
#include "parcel.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "write_all.h"

enum { TEXTS = 5, PARCEL_MAX = 256 << 20 };

struct head {
	uint64_t job;
	int64_t duration_ns;
	int32_t kind;
	int32_t step;
	struct location where;
	uint32_t text_sizes[TEXTS];	/* with their NUL; 0: no text */
	uint32_t grade;			/* what a history without events still tells */
	uint64_t history_size;
};

static void list_texts(struct verdict *verdict, char **texts[TEXTS])
{
	texts[0] = &verdict->reason;
	texts[1] = &verdict->wanted;
	texts[2] = &verdict->got;
	texts[3] = &verdict->also;
	texts[4] = &verdict->facts;
}

/* 1: all read; 0: end of file before the first byte. */
static int read_all(int fd, char *bytes, size_t length)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = read(fd, bytes + done, length - done);

		if (got < 0 && errno != EINTR)
			return -errno;
		if (!got)
			return done ? -EPROTO : 0;
		if (got > 0)
			done += (size_t)got;
	}
	return 1;
}

int parcel_send(int fd, const struct parcel *parcel)
{
	struct verdict verdict = parcel->verdict;
	struct head head = {
		.job = parcel->job,
		.duration_ns = parcel->duration_ns,
		.kind = verdict.kind,
		.step = verdict.step,
		.where = verdict.where,
		.grade = parcel->history.grade,
		.history_size = parcel->history.count ? history_packed_size(&parcel->history) : 0,
	};
	size_t size = sizeof(head) + head.history_size;
	char **texts[TEXTS];
	char *block, *next;
	int err;

	list_texts(&verdict, texts);
	for (int i = 0; i < TEXTS; i++) {
		head.text_sizes[i] = *texts[i] ? (uint32_t)strlen(*texts[i]) + 1 : 0;
		size += head.text_sizes[i];
	}
	block = malloc(size);
	if (!block)
		return -ENOMEM;
	memcpy(block, &head, sizeof(head));
	next = block + sizeof(head);
	for (int i = 0; i < TEXTS; i++) {
		if (head.text_sizes[i])
			memcpy(next, *texts[i], head.text_sizes[i]);
		next += head.text_sizes[i];
	}
	if (head.history_size)
		history_pack(&parcel->history, next);
	err = write_all(fd, block, size);
	free(block);
	return err;
}

static bool unpack(struct parcel *parcel, const struct head *head, const char *rest)
{
	char **texts[TEXTS];

	list_texts(&parcel->verdict, texts);
	for (int i = 0; i < TEXTS; i++) {
		if (!head->text_sizes[i])
			continue;
		if (rest[head->text_sizes[i] - 1])
			return false;
		*texts[i] = strdup(rest);
		rest += head->text_sizes[i];
	}
	return !head->history_size || !history_unpack(&parcel->history, rest, head->history_size);
}

int parcel_receive(int fd, struct parcel *parcel)
{
	struct head head;
	uint64_t size;
	char *rest;
	int err = read_all(fd, (char *)&head, sizeof(head));

	*parcel = (struct parcel){ 0 };
	if (err <= 0)
		return err;
	size = head.history_size;
	for (int i = 0; i < TEXTS; i++)
		size += head.text_sizes[i];
	if (size > PARCEL_MAX || head.history_size > PARCEL_MAX)
		return -EPROTO;
	rest = malloc(size + 1);
	if (!rest)
		return -ENOMEM;
	*parcel = (struct parcel){
		.job = head.job,
		.duration_ns = head.duration_ns,
		.verdict = { .kind = head.kind, .step = head.step, .where = head.where },
		.history = { .grade = head.grade },
	};
	err = size ? read_all(fd, rest, size) : 1;
	if (err == 0 || (err > 0 && !unpack(parcel, &head, rest)))
		err = -EPROTO;
	free(rest);
	if (err < 0)
		parcel_free(parcel);
	return err;
}

void parcel_free(struct parcel *parcel)
{
	verdict_free(&parcel->verdict);
	history_free(&parcel->history);
	*parcel = (struct parcel){ 0 };
}
