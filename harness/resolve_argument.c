// SPDX-License-Identifier: MIT
/*
 * One argument of a call: what names mean in it, and whether its value can be what the parameter
 * takes.
 */
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "resolve.h"

#define KIND(name) (1U << VALUE_##name)

/* What parameters take. */
static const struct {
	const char *what;
	unsigned kinds; /* of the values, or of the items of a list */
	bool lists; /* takes a list of such */
	enum channel_meaning channel;
	bool processes; /* an endpoint stands for its pid */
} needs[] = {
	[PARAMETER_INT] = { "a number", KIND(INT), false, CHANNEL_NONE, true },
	[PARAMETER_FD] = { "a descriptor or a channel", KIND(INT), false, CHANNEL_END, false },
	[PARAMETER_PATH] = { "a path in quotes or a channel", KIND(BYTES), false, CHANNEL_ADDRESS,
			     false },
	[PARAMETER_DATA] = { "bytes in quotes", KIND(BYTES), false, CHANNEL_NONE, false },
	[PARAMETER_ROOM] = { "a number of bytes", KIND(INT), false, CHANNEL_NONE, false },
	[PARAMETER_PIECES] = { "bytes in quotes or a list of such", KIND(BYTES), true, CHANNEL_NONE,
			       false },
	[PARAMETER_ROOMS] = { "a number of bytes or a list of such", KIND(INT), true, CHANNEL_NONE,
			      false },
	[PARAMETER_ADDRESS] = { "a channel, an address in quotes or AF_UNSPEC",
				KIND(INT) | KIND(BYTES), false, CHANNEL_ADDRESS, false },
	[PARAMETER_SIGNALS] = { "a signal or a list of signals", KIND(INT), true, CHANNEL_NONE,
				false },
	[PARAMETER_TIME] = { "a duration such as 20ms", KIND(TIME), false, CHANNEL_NONE, false },
	[PARAMETER_MILLISECONDS] = { "a duration such as 20ms", KIND(TIME), false, CHANNEL_NONE,
				     false },
	[PARAMETER_PROCESS] = { "an endpoint or a process id", KIND(INT), false, CHANNEL_NONE,
				true },
	[PARAMETER_OBJECT] = { "an object in memory or an address", KIND(INT), false,
			       CHANNEL_OBJECT, false },
	[PARAMETER_ID] = { "a System V object or an id", KIND(INT), false, CHANNEL_ID, false },
	[PARAMETER_KEY] = { "a System V object or a key", KIND(INT), false, CHANNEL_KEY, false },
	[PARAMETER_ANYTHING] = { "an argument",
				 KIND(INT) | KIND(BYTES) | KIND(TIME) | KIND(ERRNO) | KIND(WORD),
				 true, CHANNEL_END, true },
};

struct checking {
	struct variant *variant;
	const struct call *call;
	const struct parameter *parameter;
	const struct expr *expr;
};

static bool complain_kind(const struct checking *check, enum value_kind kind)
{
	enum parameter_kind wanted = check->parameter->kind;
	bool time = wanted == PARAMETER_TIME || wanted == PARAMETER_MILLISECONDS;

	resolve_error(resolver_of(check->variant), check->expr->where,
		      time && kind == VALUE_INT ? "durations have units: 0s, 20ms, 1s" : NULL,
		      "%s of %s() is %s, not %s", check->parameter->name, check->call->name,
		      needs[wanted].what, value_kind_text(kind));
	return false;
}

static bool fits(const struct checking *check, enum value_kind kind)
{
	return kind == VALUE_ANY || needs[check->parameter->kind].kinds & 1U << kind;
}

/* The bytes that one call can return have their limits; `room` is what is still free. */
static bool check_room(const struct checking *check, const struct value *value, int64_t *room)
{
	if (value->kind != VALUE_INT)
		return true;
	if (value->number >= 0 && value->number <= *room) {
		*room -= value->number;
		return true;
	}
	resolve_error(resolver_of(check->variant), check->expr->where, NULL,
		      "%s of %s() must be between 0 and %d bytes%s", check->parameter->name,
		      check->call->name, AREA_SIZE,
		      value->number >= 0 && value->number <= AREA_SIZE ? " in all" : "");
	return false;
}

static bool check_content(const struct checking *check, const struct value *value, int64_t *room)
{
	struct plan *plan = check->variant->plan;
	bool text = value->kind == VALUE_BYTES;
	bool happens = !check->variant->rehearsing;

	switch (check->parameter->kind) {
	case PARAMETER_ROOM:
	case PARAMETER_ROOMS: return check_room(check, value, room);
	case PARAMETER_PATH:
		if (!text || !memchr(value->bytes, '\0', value->length))
			return true;
		resolve_error(resolver_of(check->variant), check->expr->where, NULL,
			      "a path cannot contain \\x00");
		return false;
	case PARAMETER_ADDRESS:
		/*
		 * Abstract names, given or picked by the kernel, are seen in the whole network
		 * namespace.
		 */
		plan->needs_network |= happens && text && (!value->length || !value->bytes[0]);
		return true;
	default:
		plan->needs_network |= happens && check->parameter->symbols == SYMBOL_FAMILY &&
				       value->kind == VALUE_INT &&
				       (value->number == AF_INET || value->number == AF_INET6);
		return true;
	}
}

static bool check_items(const struct checking *check, const struct operand *list, int64_t *room)
{
	bool known = list->kind == OPERAND_VALUE;
	size_t count = known ? list->value.length : list->count;

	for (size_t i = 0; i < count; i++) {
		const struct value *value = known ? &list->value.items[i]
					    : list->items[i]->kind == OPERAND_VALUE
						    ? &list->items[i]->value
						    : NULL;
		enum value_kind kind = value ? value->kind : operand_expects(list->items[i]);

		if (!fits(check, kind) &&
		    !(kind == VALUE_LIST && check->parameter->kind == PARAMETER_ANYTHING))
			return complain_kind(check, kind);
		if (value && !check_content(check, value, room))
			return false;
	}
	return true;
}

static bool check_argument(const struct checking *check, const struct operand *operand)
{
	enum value_kind kind = operand_expects(operand);
	enum parameter_kind wanted = check->parameter->kind;
	/*
	 * Calls that take their arguments apart themselves take several descriptors and their
	 * events.
	 */
	bool lists = needs[wanted].lists ||
		     (check->call->invoke && (wanted == PARAMETER_FD || wanted == PARAMETER_INT ||
					  wanted == PARAMETER_OBJECT));
	int64_t room = AREA_SIZE;

	if (kind == VALUE_LIST && lists)
		return check_items(check, operand, &room);
	if (!fits(check, kind))
		return complain_kind(check, kind);
	return operand->kind != OPERAND_VALUE || check_content(check, &operand->value, &room);
}

const struct operand *resolve_argument(struct variant *variant, int endpoint,
				       const struct call *call, size_t index,
				       const struct expr *expr)
{
	const struct parameter *parameter = &call->parameters[index];
	struct checking check = { variant, call, parameter, expr };
	struct setting setting = {
		.endpoint = endpoint,
		.channel = needs[parameter->kind].channel,
		.processes = needs[parameter->kind].processes,
		.place = parameter->name,
		.call = call->name,
	};
	const struct operand *operand = resolve_expr(variant, expr, &setting);

	return operand && check_argument(&check, operand) ? operand : NULL;
}
