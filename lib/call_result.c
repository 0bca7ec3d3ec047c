// SPDX-License-Identifier: MIT
/* What a call leaves behind: its result, bytes and out-parameters, all of them inside the area. */
#include "call_result.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mechanism_inet.h"

enum {
	ALIGNMENT = 16,
	KERNEL_SIGNALS = 64,
};

bool invocation_complained(const struct invocation *inv)
{
	return inv->result->complaint[0];
}

void invocation_complain(struct invocation *inv, const char *format, ...)
{
	va_list arguments;

	if (invocation_complained(inv))
		return;		/* the first is the cause of the others */
	va_start(arguments, format);
	vsnprintf(inv->result->complaint, sizeof(inv->result->complaint), format, arguments);
	va_end(arguments);
}

void *invocation_room(struct invocation *inv, size_t size)
{
	size_t start = (inv->area_used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

	if (start > inv->area_size || size > inv->area_size - start) {
		invocation_complain(inv, "%s: %zu bytes more than there is room for",
				    inv->call->name,
				    size - (start < inv->area_size ? inv->area_size - start : 0));
		return NULL;
	}
	inv->area_used = start + size;
	return memset(inv->area + start, 0, size);
}

void invocation_returned(struct invocation *inv, long returned)
{
	inv->result->number = returned;
	inv->result->error = returned == -1 ? errno : 0;
}

/* Where bytes of the area are, counted from its start; false for any others. */
static bool find_in_area(const struct invocation *inv, const void *data, size_t length,
			 uint32_t *offset)
{
	uintptr_t start = (uintptr_t)inv->area, address = (uintptr_t)data;

	if (address < start || address - start > inv->area_size ||
	    length > inv->area_size - (address - start))
		return false;
	*offset = (uint32_t)(address - start);
	return true;
}

void invocation_data(struct invocation *inv, const void *data, size_t length)
{
	if (find_in_area(inv, data, length, &inv->result->data_offset))
		inv->result->data_length = (uint32_t)length;
	else
		invocation_complain(inv, "%s: its data is not where results belong",
				    inv->call->name);
}

void invocation_out_number(struct invocation *inv, size_t out, int64_t number)
{
	inv->result->outs[out] = (struct result_out){ .kind = VALUE_INT, .number = number };
}

/*
 * What lies in the area already stays where it is: no call fails after the fact for lack of room.
 */
static bool place(struct invocation *inv, const void *data, size_t length, uint32_t *offset)
{
	void *copy;

	*offset = 0;
	if (!length || find_in_area(inv, data, length, offset))
		return true;
	copy = invocation_room(inv, length);
	if (!copy)
		return false;
	memcpy(copy, data, length);
	return find_in_area(inv, copy, length, offset);
}

void invocation_out_bytes(struct invocation *inv, size_t out, const void *bytes, size_t length)
{
	struct result_out result = { .kind = VALUE_BYTES, .length = (uint32_t)length };

	if (place(inv, bytes, length, &result.offset))
		inv->result->outs[out] = result;
}

void invocation_out_numbers(struct invocation *inv, size_t out, const int64_t *numbers,
			    size_t count)
{
	struct result_out result = { .kind = VALUE_LIST, .length = (uint32_t)count };

	if (place(inv, numbers, count * sizeof(*numbers), &result.offset))
		inv->result->outs[out] = result;
}

void invocation_out_one_or_list(struct invocation *inv, size_t out, const int64_t *numbers,
				size_t count, bool list)
{
	if (list)
		invocation_out_numbers(inv, out, numbers, count);
	else if (count)
		invocation_out_number(inv, out, numbers[0]);
}

void invocation_out_signals(struct invocation *inv, size_t out, const sigset_t *set)
{
	int64_t *numbers = invocation_room(inv, KERNEL_SIGNALS * sizeof(*numbers));
	uint64_t bits;
	size_t count = 0;

	if (!numbers)
		return;
	memcpy(&bits, set, sizeof(bits));
	for (int sig = 1; sig <= KERNEL_SIGNALS; sig++) {
		if (bits >> (sig - 1) & 1)
			numbers[count++] = sig;
	}
	invocation_out_numbers(inv, out, numbers, count);
}

void invocation_out_address(struct invocation *inv, size_t out, const struct sockaddr *address,
			    socklen_t length)
{
	const size_t head = offsetof(struct sockaddr, sa_data);
	size_t size = length > head ? length - head : 0;
	char text[INET_TEXT_MAX];

	if (length >= head && address->sa_family != AF_UNIX) {
		size = mechanism_inet_print(address, length, text);
		if (size)
			invocation_out_bytes(inv, out, text, size);
		else
			invocation_out_bytes(inv, out, address, length);
		return;
	}
	if (size && address->sa_data[0])
		size = strnlen(address->sa_data, size);
	invocation_out_bytes(inv, out, (const char *)address + head, size);
}
