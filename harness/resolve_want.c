/* SPDX-License-Identifier: MIT */
/* What a step says must happen, and whether the call could ever do that. */
#include <string.h>

#include "resolve.h"

#define KIND(name) (1U << VALUE_##name)

/* What every call may do, and what those do that come back. */
enum { ANY_END = KIND(ANY) | KIND(GONE), ANY_RETURN = ANY_END | KIND(ERRNO) };

static const struct {
	unsigned kinds;
	const char *gives;
} gives[] = {
	[RESULT_STATUS] = { ANY_RETURN | KIND(INT) | KIND(RANGE), "gives 0 or an error" },
	[RESULT_NUMBER] = { ANY_RETURN | KIND(INT) | KIND(RANGE), "gives a number or an error" },
	[RESULT_FD] = { ANY_RETURN | KIND(INT) | KIND(RANGE), "gives a descriptor or an error" },
	[RESULT_BYTES] = { ANY_RETURN | KIND(INT) | KIND(RANGE) | KIND(BYTES) | KIND(EOF), "gives bytes, EOF or an error" },
	[RESULT_NEVER] = { ANY_END, "never returns" },
};

/* Out-parameters are numbers, bytes or lists of numbers. */
enum { OUT_KINDS = KIND(ANY) | KIND(INT) | KIND(RANGE) | KIND(BYTES) | KIND(LIST) | KIND(ERRNO) | KIND(TIME) };

static struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

static bool could_give(struct variant *variant, const struct call *call, const struct expr *expr, enum value_kind kind)
{
	const char *help = NULL;

	/* ANY as a kind is also what cannot be told yet. */
	if (gives[call->result].kinds & 1U << kind)
		return true;
	if (kind == VALUE_EOF)
		help = "end of file is for calls that read";
	else if (kind == VALUE_LIST)
		help = "for one of several values write: in { ... }";
	else if (kind == VALUE_BYTES && call->result == RESULT_NUMBER)
		help = "write how many bytes, as a number";
	resolve_error(resolver_of(variant), expr->where, help, "%s() %s, never %s", call->name, gives[call->result].gives,
		      value_kind_text(kind));
	return false;
}

static const struct operand *want_value(struct variant *variant, int endpoint, const struct expr *expr,
					const struct call *call)
{
	struct setting setting = { .endpoint = endpoint, .channel = CHANNEL_END, .processes = true, .outcomes = true };
	const struct operand *operand;

	setting.place = resolve_text(resolver_of(variant), "what %s() gives", call->name);
	operand = resolve_expr(variant, expr, &setting);
	return operand && could_give(variant, call, expr, operand_expects(operand)) ? operand : NULL;
}

static bool want_one(struct variant *variant, int endpoint, const struct tail *tail, const struct call *call,
		     struct want *want)
{
	const struct operand *value = want_value(variant, endpoint, tail->value, call);
	const struct operand **values;

	if (!value)
		return false;
	if (value->kind == OPERAND_VALUE && value->value.kind == VALUE_GONE) {
		want->kind = WANT_NEVER;
		return true;
	}
	values = resolve_keep(resolver_of(variant), sizeof(*values));
	values[0] = value;
	want->kind = WANT_ONE_OF;
	want->values = values;
	want->count = 1;
	return true;
}

static bool want_set(struct variant *variant, int endpoint, const struct tail *tail, const struct call *call,
		     struct want *want)
{
	const struct operand **values;
	bool good = true;

	if (tail->value->kind == EXPR_RANGE)
		return want_one(variant, endpoint, tail, call, want);
	if (tail->value->kind != EXPR_SET || !tail->value->list) {
		resolve_error(resolver_of(variant), tail->value->where, "for example: in { 0, EINTR } or in 1..8",
			      "after in stands a set of what is allowed");
		return false;
	}
	values = resolve_keep(resolver_of(variant), expr_count(tail->value->list) * sizeof(*values));
	for (const struct expr *item = tail->value->list; item; item = item->next) {
		values[want->count] = want_value(variant, endpoint, item, call);
		good &= values[want->count++] != NULL;
	}
	want->kind = WANT_ONE_OF;
	want->values = values;
	return good;
}

int resolve_out(struct variant *variant, const struct call *call, const struct word *word)
{
	struct candidates candidates = { 0 };
	const char *names = NULL;

	for (int i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++) {
		if (!strcmp(call->outs[i], word->text))
			return i;
		candidates_add(&candidates, call->outs[i]);
		names = names ? resolve_text(resolver_of(variant), "%s, %s", names, call->outs[i]) :
			resolve_text(resolver_of(variant), "it gives: %s", call->outs[i]);
	}
	resolve_error(resolver_of(variant), word->where,
		      candidates_help(&candidates, resolver_of(variant), word->text, names ? names : "it gives only its result"),
		      "%s() does not give %s", call->name, word->text);
	return -1;
}

/* In an address, a channel stands for its own; elsewhere for the descriptor that the endpoint holds. */
static const struct operand *out_value(struct variant *variant, int endpoint, const struct call *call,
				       const struct binding *with)
{
	struct setting setting = { .endpoint = endpoint, .processes = true, .place = with->name.text };
	const struct operand *operand;
	enum value_kind kind;

	setting.channel = strcmp(with->name.text, "addr") ? CHANNEL_END : CHANNEL_ADDRESS;
	setting.outcomes = with->want->kind == EXPR_NAME && !strcmp(with->want->bytes, "ANY");
	operand = resolve_expr(variant, with->want, &setting);
	if (!operand)
		return NULL;
	kind = operand_expects(operand);
	if (OUT_KINDS & 1U << kind)
		return operand;
	resolve_error(resolver_of(variant), with->want->where, NULL, "%s of %s() is never %s", with->name.text, call->name,
		      value_kind_text(kind));
	return NULL;
}

static bool want_outs(struct variant *variant, int endpoint, const struct tail *tail, const struct call *call,
		      struct want *want)
{
	struct want_out *outs = resolve_keep(resolver_of(variant), CALL_OUTS_MAX * sizeof(*outs));
	unsigned given = 0;
	bool good = true;

	want->outs = outs;
	for (const struct binding *with = tail->with; with; with = with->next) {
		struct want_out *out = &outs[want->out_count];
		int index = with->want ? resolve_out(variant, call, &with->name) : -1;

		good &= !with->want || index >= 0;
		if (index < 0)
			continue;
		if (given & 1U << index) {
			resolve_error(resolver_of(variant), with->name.where, NULL, "%s is given twice", with->name.text);
			good = false;
			continue;
		}
		given |= 1U << index;
		*out = (struct want_out){ .out = index, .where = with->name.where };
		out->value = out_value(variant, endpoint, call, with);
		good &= out->value != NULL;
		want->out_count++;
	}
	return good;
}

bool resolve_want(struct variant *variant, int endpoint, const struct tail *tail, const struct call *call,
		  struct want *want)
{
	bool good = true;

	*want = (struct want){ .kind = WANT_SUCCESS };
	if (tail->kind == TAIL_NONE)
		return true;
	want->where = tail->where;
	switch (tail->kind) {
	case TAIL_BLOCKS:
		want->kind = WANT_BLOCKS;
		break;
	case TAIL_VALUE:
		good = want_one(variant, endpoint, tail, call, want);
		break;
	case TAIL_SET:
		good = want_set(variant, endpoint, tail, call, want);
		break;
	case TAIL_NONE:
		break;
	}
	if (tail->with && want->kind == WANT_NEVER) {
		resolve_error(resolver_of(variant), tail->with->name.where, NULL, "a call that never returns gives nothing");
		good = false;
	}
	return (!tail->with || want_outs(variant, endpoint, tail, call, want)) && good;
}

/* True if, as far as this is known now, the call gives an error and so binds nothing. */
bool want_is_failure(const struct want *want)
{
	for (size_t i = 0; i < want->count; i++)
		if (operand_expects(want->values[i]) != VALUE_ERRNO && operand_expects(want->values[i]) != VALUE_GONE)
			return false;
	return want->kind == WANT_NEVER || (want->kind == WANT_ONE_OF && want->count);
}

bool want_may_end(const struct want *want)
{
	for (size_t i = 0; i < want->count; i++)
		if (operand_expects(want->values[i]) == VALUE_GONE)
			return true;
	return want->kind == WANT_NEVER;
}
