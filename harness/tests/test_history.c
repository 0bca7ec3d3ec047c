// SPDX-License-Identifier: MIT
/* Growing, attaching, and the way through a block of memory that nobody trusts. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "history.h"

/* An event of each kind, with and without bytes. */
static void fill_history(struct history *history)
{
	for (int kind = EVENT_CHANNEL; kind <= EVENT_END; kind++) {
		struct event *event = history_add(history, (enum event_kind)kind);

		event->step = kind;
		event->endpoint = kind - 1;
		event->call_step = -1;
		if (kind % 2)
			history_attach(history, event, "a\0text", 7);
	}
	history->grade = 1;
}

START_TEST(test_grows)
{
	struct history history = { 0 };

	for (int i = 0; i < 10000; i++) {
		char text[16];
		struct event *event = history_add(&history, EVENT_CHECKED);

		ck_assert_int_eq(event->step, 0);
		ck_assert_uint_eq(event->data_length, 0);
		event->step = i;
		snprintf(text, sizeof(text), "%d", i);
		history_attach(&history, event, text, strlen(text));
	}
	ck_assert_uint_eq(history.count, 10000);
	for (int i = 0; i < 10000; i++) {
		ck_assert_int_eq(history.events[i].step, i);
		ck_assert_int_eq(atoi(history_text(&history, &history.events[i])), i);
	}
	history_free(&history);
	ck_assert_uint_eq(history.count, 0);
	history_free(&history);
}
END_TEST

/* Memory that was used before comes back zeroed, and nothing old is read. */
START_TEST(test_clear)
{
	struct history history = { 0 };
	struct event *event;

	fill_history(&history);
	history_clear(&history);
	ck_assert_uint_eq(history.count, 0);
	ck_assert_uint_eq(history.grade, 0);
	event = history_add(&history, EVENT_LATE);
	ck_assert_str_eq(history_text(&history, event), "");
	ck_assert_int_eq(event->endpoint, 0);
	history_attach(&history, event, NULL, 0);
	ck_assert_str_eq(history_text(&history, event), "");
	history_free(&history);
}
END_TEST

START_TEST(test_bytes)
{
	struct history history = { 0 };
	struct event *event = history_add(&history, EVENT_RETURNED);

	history_attach(&history, event, "before", 6);
	event = history_add(&history, EVENT_RETURNED);
	history_attach(&history, event, "0123456789", 10);
	ck_assert_mem_eq(history_bytes(&history, event, 2, 8), "23456789", 8);
	ck_assert_ptr_null(history_bytes(&history, event, 2, 9));
	ck_assert_ptr_null(history_bytes(&history, event, 11, 1));
	ck_assert_ptr_null(history_bytes(&history, event, UINT32_MAX, 2));
	ck_assert_ptr_null(history_bytes(&history, event, 1, UINT64_MAX));
	ck_assert_str_eq(history_bytes(&history, event, 11, 0), "");
	history_free(&history);
}
END_TEST

START_TEST(test_pack)
{
	struct history history = { 0 }, copy = { 0 };
	size_t size;
	char *block;

	fill_history(&history);
	fill_history(&copy); /* to be forgotten */
	size = history_packed_size(&history);
	block = malloc(size);
	history_pack(&history, block);
	ck_assert_int_eq(history_unpack(&copy, block, size), 0);
	ck_assert_uint_eq(copy.count, history.count);
	ck_assert_uint_eq(copy.grade, 1);
	ck_assert_mem_eq(copy.events, history.events, history.count * sizeof(struct event));
	ck_assert_uint_eq(copy.heap_length, history.heap_length);
	ck_assert_mem_eq(copy.heap, history.heap, history.heap_length);
	history_add(&copy, EVENT_END);
	free(block);
	history_free(&history);
	history_free(&copy);
}
END_TEST

START_TEST(test_pack_nothing)
{
	struct history history = { 0 }, copy = { 0 };
	size_t size = history_packed_size(&history);
	char *block = malloc(size);

	history_pack(&history, block);
	ck_assert_int_eq(history_unpack(&copy, block, size), 0);
	ck_assert_uint_eq(copy.count, 0);
	free(block);
	history_free(&copy);
}
END_TEST

/* Every shorter block, and one with more behind it; in memory of just that size, for ASan. */
START_TEST(test_unpack_wrong_size)
{
	struct history history = { 0 }, copy = { 0 };
	size_t size;
	char *block;

	fill_history(&history);
	size = history_packed_size(&history);
	block = calloc(1, size + 1);
	history_pack(&history, block);
	ck_assert_int_eq(history_unpack(&copy, block, size + 1), -EINVAL);
	for (size_t shorter = 0; shorter < size; shorter++) {
		char *piece = malloc(shorter ? shorter : 1);

		memcpy(piece, block, shorter);
		ck_assert_int_eq(history_unpack(&copy, piece, shorter), -EINVAL);
		ck_assert_uint_eq(copy.count, 0);
		free(piece);
	}
	free(block);
	history_free(&history);
	history_free(&copy);
}
END_TEST

static void spoil_kind(struct event *event)
{
	event->kind = (enum event_kind)(EVENT_END + 1);
}
static void spoil_step(struct event *event)
{
	event->step = -2;
}
static void spoil_endpoint(struct event *event)
{
	event->endpoint = INT32_MIN;
}
static void spoil_call_step(struct event *event)
{
	event->call_step = -7;
}
static void spoil_data(struct event *event)
{
	event->data = UINT32_MAX;
}
static void spoil_length(struct event *event)
{
	event->data_length = UINT32_MAX;
}
static void spoil_end(struct event *event)
{
	event->data_length = 3;
}
static void spoil_complaint(struct event *event)
{
	memset(event->result.complaint, 'x', sizeof(event->result.complaint));
}

static void (*const spoilers[])(struct event *event) = {
	spoil_kind, spoil_step,   spoil_endpoint, spoil_call_step,
	spoil_data, spoil_length, spoil_end,      spoil_complaint,
};

START_TEST(test_unpack_nonsense)
{
	struct history history = { 0 }, copy = { 0 };
	struct event *event = history_add(&history, EVENT_BROKEN);
	size_t size;
	char *block;

	history_attach(&history, event, "abcdef", 6);
	spoilers[_i](event);
	size = history_packed_size(&history);
	block = malloc(size);
	history_pack(&history, block);
	ck_assert_int_eq(history_unpack(&copy, block, size), -EINVAL);
	ck_assert_uint_eq(copy.count, 0);
	free(block);
	history_free(&history);
	history_free(&copy);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_grows);
	tcase_add_test(tcase, test_clear);
	tcase_add_test(tcase, test_bytes);
	tcase_add_test(tcase, test_pack);
	tcase_add_test(tcase, test_pack_nothing);
	tcase_add_test(tcase, test_unpack_wrong_size);
	tcase_add_loop_test(tcase, test_unpack_nonsense, 0, sizeof(spoilers) / sizeof(spoilers[0]));
}

int main(void)
{
	return checks_run_case("history", fill);
}
