// SPDX-License-Identifier: MIT
/* The results of EVENT_RETURNED as values. */
#include "returned.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "endpoint.h"

bool returned_is_sound(const struct history *history, const struct event *event)
{
	const struct result *result = &event->result;

	if (!history_bytes(history, event, result->data_offset, result->data_length))
		return false;
	for (size_t i = 0; i < CALL_OUTS_MAX; i++) {
		const struct result_out *out = &result->outs[i];
		uint64_t size = out->kind == VALUE_LIST ? sizeof(int64_t) : 1;

		if ((out->kind == VALUE_LIST || out->kind == VALUE_BYTES) &&
		    !history_bytes(history, event, out->offset, out->length * size))
			return false;
	}
	return true;
}

struct value returned_value(const struct history *history, const struct event *event,
			    const struct call *call)
{
	const struct result *result = &event->result;

	if (result->error)
		return value_errno(result->error);
	if (!call || call->result != RESULT_BYTES)
		return value_int(result->number);
	if (!result->number)
		return (struct value){ .kind = VALUE_EOF };
	return value_bytes(history_bytes(history, event, result->data_offset, result->data_length),
			   result->data_length);
}

static struct value list_of(const char *numbers, uint32_t count, struct obstack *memory)
{
	struct value *items = obstack_alloc(memory, (count + 1) * sizeof(*items));

	for (uint32_t i = 0; i < count; i++) {
		int64_t number;

		/* Bytes of the area have no alignment of their own in the history. */
		memcpy(&number, numbers + i * sizeof(number), sizeof(number));
		items[i] = value_int(number);
	}
	return value_list(items, count);
}

struct value returned_out(const struct history *history, const struct event *event, int index,
			  struct obstack *memory)
{
	const struct result_out *out = &event->result.outs[index];

	if (out->kind == VALUE_INT)
		return value_int(out->number);
	if (out->kind == VALUE_BYTES)
		return value_bytes(history_bytes(history, event, out->offset, out->length),
				   out->length);
	if (out->kind == VALUE_LIST)
		return list_of(
			history_bytes(history, event, out->offset, out->length * sizeof(int64_t)),
			out->length, memory);
	return (struct value){ 0 };
}

void returned_print(FILE *out, const struct history *history, const struct event *event,
		    const struct call *call)
{
	struct value value = returned_value(history, event, call);
	const char *meaning = value.kind == VALUE_ERRNO ? strerrordesc_np(event->result.error)
							: NULL;

	value_print(out, &value, call ? call->result_symbols : SYMBOL_PLAIN);
	if (meaning)
		fprintf(out, " (%s)", meaning);
}

void returned_print_status(FILE *out, int status)
{
	if (status == ENDED_UNSEEN) {
		fputs("gone, and nobody says how", out);
		return;
	}
	if (WIFEXITED(status)) {
		fprintf(out, "exited with %d", WEXITSTATUS(status));
		return;
	}
	fputs("killed by ", out);
	symbol_print(out, SYMBOL_SIGNAL, WTERMSIG(status));
}
