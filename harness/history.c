// SPDX-License-Identifier: MIT
/* What happened in one run: two growing arrays without pointers, and the block they travel in. */
#include "history.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* In front of a packed history; the events and the heap follow. */
struct packed_header {
	uint32_t magic;
	uint32_t grade;
	uint64_t count;
	uint64_t heap_length;
};

enum { PACKED_MAGIC = 0x69706468 };

/* Room for `wanted` members of `size` bytes; at least doubles, so that adding stays cheap. */
static void *grow(void *array, size_t *capacity, size_t wanted, size_t size)
{
	size_t room = *capacity ? *capacity : 64;

	if (wanted <= *capacity)
		return array;
	while (room < wanted)
		room *= 2;
	array = reallocarray(array, room, size);
	if (!array)
		abort();
	*capacity = room;
	return array;
}

struct event *history_add(struct history *history, enum event_kind kind)
{
	struct event *event;

	history->events = grow(history->events, &history->capacity, history->count + 1,
			       sizeof(*event));
	event = &history->events[history->count++];
	memset(event, 0, sizeof(*event));
	event->kind = kind;
	return event;
}

void history_attach(struct history *history, struct event *event, const void *bytes, size_t length)
{
	size_t end = history->heap_length + length + 1;

	/* Offsets have 32 bits: a longer heap could not be referred to. */
	if (length >= UINT32_MAX || end > UINT32_MAX)
		abort();
	history->heap = grow(history->heap, &history->heap_capacity, end, 1);
	if (length)
		memcpy(history->heap + history->heap_length, bytes, length);
	history->heap[end - 1] = '\0';
	event->data = (uint32_t)history->heap_length;
	event->data_length = (uint32_t)length;
	history->heap_length = end;
}

const char *history_text(const struct history *history, const struct event *event)
{
	return event->data_length ? history->heap + event->data : "";
}

const char *history_bytes(const struct history *history, const struct event *event, uint32_t offset,
			  uint64_t length)
{
	if (!length)
		return "";
	if (offset > event->data_length || length > event->data_length - offset)
		return NULL;
	return history->heap + event->data + offset;
}

void history_clear(struct history *history)
{
	history->count = 0;
	history->heap_length = 0;
	history->grade = 0;
}

void history_free(struct history *history)
{
	free(history->events);
	free(history->heap);
	memset(history, 0, sizeof(*history));
}

size_t history_packed_size(const struct history *history)
{
	return sizeof(struct packed_header) + history->count * sizeof(struct event) +
	       history->heap_length;
}

void history_pack(const struct history *history, char *block)
{
	struct packed_header header = {
		.magic = PACKED_MAGIC,
		.grade = history->grade,
		.count = history->count,
		.heap_length = history->heap_length,
	};

	memcpy(block, &header, sizeof(header));
	block += sizeof(header);
	if (history->count)
		memcpy(block, history->events, history->count * sizeof(struct event));
	block += history->count * sizeof(struct event);
	if (history->heap_length)
		memcpy(block, history->heap, history->heap_length);
}

/* What readers rely on: a known kind, and data that lies in the heap and ends with a NUL. */
static bool event_is_sound(const struct history *history, const struct event *event)
{
	if ((unsigned)event->kind > EVENT_END || event->step < -1 || event->endpoint < -1 ||
	    event->call_step < -1)
		return false;
	if (event->result.complaint[sizeof(event->result.complaint) - 1])
		return false;
	if (!event->data_length)
		return true;
	if (event->data >= history->heap_length ||
	    event->data_length >= history->heap_length - event->data)
		return false;
	return !history->heap[event->data + event->data_length];
}

int history_unpack(struct history *history, const char *block, size_t size)
{
	struct packed_header header;
	size_t room = size - sizeof(header);

	history_clear(history);
	if (size < sizeof(header))
		return -EINVAL;
	memcpy(&header, block, sizeof(header));
	if (header.magic != PACKED_MAGIC || header.count > room / sizeof(struct event) ||
	    header.heap_length != room - header.count * sizeof(struct event))
		return -EINVAL;
	history->events = grow(history->events, &history->capacity, header.count,
			       sizeof(struct event));
	history->heap = grow(history->heap, &history->heap_capacity, header.heap_length, 1);
	block += sizeof(header);
	if (header.count)
		memcpy(history->events, block, header.count * sizeof(struct event));
	if (header.heap_length)
		memcpy(history->heap, block + header.count * sizeof(struct event),
		       header.heap_length);
	history->count = header.count;
	history->heap_length = header.heap_length;
	history->grade = header.grade;
	for (size_t i = 0; i < history->count; i++) {
		if (!event_is_sound(history, &history->events[i])) {
			history_clear(history);
			return -EINVAL;
		}
	}
	return 0;
}
