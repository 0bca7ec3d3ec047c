// SPDX-License-Identifier: MIT
/*
 * The arguments of a call in the shapes that the kernel reads; nothing reaches it that does not fit
 * the area.
 */
#include "call_arguments.h"

#include <limits.h>
#include <string.h>

#include "call_result.h"
#include "mechanism.h"

enum { KERNEL_SIGNALS = 64 };

/*
 * An unusable number still has to be some number until the complaint is looked at; this one hurts
 * nobody.
 */
static const int64_t NO_NUMBER = -1;

void invocation_refuse(struct invocation *inv, size_t argument, const char *wanted)
{
	static const char *const nouns[] = {
		[VALUE_NONE] = "left out",   [VALUE_INT] = "a number",
		[VALUE_BYTES] = "a string",  [VALUE_ERRNO] = "an error",
		[VALUE_TIME] = "a duration", [VALUE_VERSION] = "a version",
		[VALUE_WORD] = "a word",     [VALUE_RANGE] = "a range",
		[VALUE_LIST] = "a list",     [VALUE_EOF] = "end of file",
		[VALUE_GONE] = "GONE",       [VALUE_ANY] = "ANY",
	};
	const struct value *value = &inv->arguments[argument];
	const char *name = inv->call->parameters[argument].name;

	if (value->kind == VALUE_INT)
		invocation_complain(inv, "%s: %s must be %s, but is %lld", inv->call->name, name,
				    wanted, (long long)value->number);
	else
		invocation_complain(inv, "%s: %s must be %s, but is %s", inv->call->name, name,
				    wanted, nouns[value->kind]);
}

static bool is_number(const struct value *value, int64_t least, int64_t most)
{
	return value->kind == VALUE_INT && value->number >= least && value->number <= most;
}

bool invocation_has(const struct invocation *inv, size_t argument)
{
	return inv->arguments[argument].kind != VALUE_NONE;
}

bool invocation_is_list(const struct invocation *inv, size_t argument)
{
	return inv->arguments[argument].kind == VALUE_LIST;
}

const struct value *invocation_items(const struct invocation *inv, size_t argument, size_t *count)
{
	const struct value *value = &inv->arguments[argument];

	if (value->kind == VALUE_LIST) {
		*count = value->length;
		return value->items;
	}
	*count = value->kind != VALUE_NONE;
	return value;
}

int64_t invocation_number(const struct invocation *inv, size_t argument, int64_t fallback)
{
	const struct value *value = &inv->arguments[argument];

	if (value->kind == VALUE_NONE)
		return fallback;
	if (value->kind == VALUE_INT)
		return value->number;
	/*
	 * The invocation is const for callers that only look; the complaint lies in its result,
	 * which is not.
	 */
	invocation_refuse((struct invocation *)inv, argument, "a number");
	return NO_NUMBER;
}

int invocation_int(struct invocation *inv, size_t argument, int fallback)
{
	int64_t number = invocation_number(inv, argument, fallback);

	if (number >= INT_MIN && number <= INT_MAX)
		return (int)number;
	invocation_refuse(inv, argument, "a number of 32 bits");
	return (int)NO_NUMBER;
}

int *invocation_ints(struct invocation *inv, size_t argument, size_t *count)
{
	const struct value *items = invocation_items(inv, argument, count);
	int *ints = invocation_room(inv, *count * sizeof(*ints));

	for (size_t i = 0; ints && i < *count; i++) {
		if (!is_number(&items[i], INT_MIN, INT_MAX)) {
			invocation_refuse(inv, argument, "numbers of 32 bits");
			return NULL;
		}
		ints[i] = (int)items[i].number;
	}
	return ints;
}

/* What an item of a list asks for; complaints name the whole argument. */
static size_t item_size(struct invocation *inv, size_t argument, const struct value *item)
{
	if (item->kind == VALUE_INT && item->number >= 0 &&
	    (uint64_t)item->number <= inv->area_size)
		return (size_t)item->number;
	if (item->kind == VALUE_INT && item->number > 0)
		invocation_complain(inv, "%s: %lld bytes are more than the %zu there is room for",
				    inv->call->name, (long long)item->number, inv->area_size);
	else
		invocation_refuse(inv, argument, "a number of bytes");
	return 0;
}

size_t invocation_size(struct invocation *inv, size_t argument, size_t fallback)
{
	return invocation_has(inv, argument) ? item_size(inv, argument, &inv->arguments[argument])
					     : fallback;
}

const char *invocation_bytes(struct invocation *inv, size_t argument, size_t *length)
{
	const struct value *value = &inv->arguments[argument];

	*length = 0;
	if (value->kind == VALUE_NONE)
		return NULL;
	if (value->kind == VALUE_BYTES) {
		*length = value->length;
		return value->length ? value->bytes : "";
	}
	invocation_refuse(inv, argument, "a string");
	return NULL;
}

const char *invocation_path(struct invocation *inv, size_t argument)
{
	size_t length;
	const char *bytes = invocation_bytes(inv, argument, &length);
	char *path;

	if (!bytes)
		return NULL;
	if (memchr(bytes, '\0', length)) {
		invocation_refuse(inv, argument, "a path without NUL");
		return NULL;
	}
	path = invocation_room(inv, length + 1);
	if (path)
		memcpy(path, bytes, length);
	return path;
}

struct sockaddr *invocation_address(struct invocation *inv, size_t argument, socklen_t *length)
{
	const struct value *value = &inv->arguments[argument];
	struct sockaddr_storage *storage;
	const char *bytes;
	size_t size;

	*length = 0;
	if (value->kind == VALUE_NONE)
		return NULL;
	storage = invocation_room(inv, sizeof(*storage));
	if (!storage)
		return NULL;
	if (value->kind == VALUE_INT) { /* AF_UNSPEC, or some other family and nothing more */
		if (value->number < 0 || value->number > UINT16_MAX)
			invocation_refuse(inv, argument, "an address or a family");
		storage->ss_family = (sa_family_t)value->number;
		*length = sizeof(struct sockaddr);
		return (struct sockaddr *)storage;
	}
	bytes = invocation_bytes(inv, argument, &size);
	if (!bytes)
		return NULL;
	channel_sockaddr(bytes, size, storage, length);
	return (struct sockaddr *)storage;
}

sigset_t *invocation_signals(struct invocation *inv, size_t argument)
{
	size_t count;
	const struct value *items = invocation_items(inv, argument, &count);
	uint64_t bits = 0;
	sigset_t *set;

	if (!invocation_has(inv, argument))
		return NULL;
	for (size_t i = 0; i < count; i++) {
		if (!is_number(&items[i], 1, KERNEL_SIGNALS)) {
			invocation_refuse(inv, argument, "a signal or a list of them");
			return NULL;
		}
		bits |= UINT64_C(1) << (items[i].number - 1);
	}
	set = invocation_room(inv, sizeof(*set));
	if (set)
		memcpy(set, &bits, sizeof(bits)); /* the library's set begins as the kernel's */
	return set;
}

void *invocation_object(struct invocation *inv, size_t argument)
{
	return (void *)(intptr_t)invocation_number(inv, argument, 0);
}

struct iovec *invocation_pieces(struct invocation *inv, size_t argument, size_t *count)
{
	const struct value *items = invocation_items(inv, argument, count);
	struct iovec *pieces = invocation_room(inv, *count * sizeof(*pieces));

	for (size_t i = 0; pieces && i < *count; i++) {
		if (items[i].kind != VALUE_BYTES) {
			invocation_refuse(inv, argument, "a string or a list of strings");
			return NULL;
		}
		pieces[i] = (struct iovec){ (void *)items[i].bytes, items[i].length };
	}
	return pieces;
}

struct iovec *invocation_rooms(struct invocation *inv, size_t argument, size_t *count)
{
	const struct value *items = invocation_items(inv, argument, count);
	struct iovec *rooms = invocation_room(inv, (*count + 1) * sizeof(*rooms));
	size_t sum = 0;
	char *buffer;

	for (size_t i = 0; rooms && i < *count; i++) {
		rooms[i].iov_len = item_size(inv, argument, &items[i]);
		sum += rooms[i].iov_len; /* no overflow: each fits the area, as does their list */
	}
	buffer = rooms && !invocation_complained(inv) ? invocation_room(inv, sum) : NULL;
	if (!buffer)
		return NULL;
	rooms[0].iov_base = buffer;
	for (size_t i = 1; i < *count; i++)
		rooms[i].iov_base = (char *)rooms[i - 1].iov_base + rooms[i - 1].iov_len;
	return rooms;
}
