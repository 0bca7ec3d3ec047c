// SPDX-License-Identifier: MIT
/* What a step says must happen, and whether the call could ever do that. */
#include <stdlib.h>

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
	[RESULT_BYTES] = { ANY_RETURN | KIND(INT) | KIND(RANGE) | KIND(BYTES) | KIND(EOF),
			   "gives bytes, EOF or an error" },
	[RESULT_NEVER] = { ANY_END, "never returns" },
};

static bool could_give(struct variant *variant, const struct call *call, const struct expr *expr,
		       enum value_kind kind)
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
	resolve_error(resolver_of(variant), expr->where, help, "%s() %s, never %s", call->name,
		      gives[call->result].gives, value_kind_text(kind));
	return false;
}

static const struct operand *want_value(struct variant *variant, int endpoint,
					const struct expr *expr, const struct call *call)
{
	struct setting setting = { .endpoint = endpoint,
				   .channel = CHANNEL_END,
				   .processes = true,
				   .outcomes = true,
				   .place = "result",
				   .call = call->name };
	const struct operand *operand;

	operand = resolve_expr(variant, expr, &setting);
	return operand && could_give(variant, call, expr, operand_expects(operand)) ? operand
										    : NULL;
}

static bool want_one(struct variant *variant, int endpoint, const struct tail *tail,
		     const struct call *call, struct want *want)
{
	const struct operand *value = want_value(variant, endpoint, tail->value, call);

	if (!value)
		return false;
	if (value->kind == OPERAND_VALUE && value->value.kind == VALUE_GONE) {
		want->kind = WANT_NEVER;
		return true;
	}
	want->kind = WANT_ONE_OF;
	want->values = operands_keep(variant, tail->value, &value, 1);
	want->count = 1;
	return want->values;
}

static bool want_each(struct variant *variant, int endpoint, const struct expr *set,
		      const struct call *call, struct want *want)
{
	const struct operand **values = calloc(expr_count(set->list),
					       sizeof(const struct operand *));
	bool good = true;

	if (!values)
		abort();
	for (const struct expr *item = set->list; item; item = item->next) {
		values[want->count] = want_value(variant, endpoint, item, call);
		good &= values[want->count++] != NULL;
	}
	if (good)
		want->values = operands_keep(variant, set, values, want->count);
	free(values);
	return want->values;
}

static bool want_set(struct variant *variant, int endpoint, const struct tail *tail,
		     const struct call *call, struct want *want)
{
	if (tail->value->kind == EXPR_RANGE)
		return want_one(variant, endpoint, tail, call, want);
	want->kind = WANT_ONE_OF;
	if (tail->value->kind == EXPR_SET && tail->value->list)
		return want_each(variant, endpoint, tail->value, call, want);
	resolve_error(resolver_of(variant), tail->value->where,
		      "for example: in { 0, EINTR } or in 1..8",
		      "after in stands a set of what is allowed");
	return false;
}

static bool want_main(struct variant *variant, int endpoint, const struct tail *tail,
		      const struct call *call, struct want *want)
{
	switch (tail->kind) {
	case TAIL_NONE: return true;
	case TAIL_BLOCKS: want->kind = WANT_BLOCKS; return true;
	case TAIL_VALUE: return want_one(variant, endpoint, tail, call, want);
	case TAIL_SET: return want_set(variant, endpoint, tail, call, want);
	}
	abort();
}

bool resolve_want(struct variant *variant, int endpoint, const struct tail *tail,
		  const struct call *call, struct want *want)
{
	bool good;

	*want = (struct want){ .kind = WANT_SUCCESS };
	if (tail->kind != TAIL_NONE)
		want->where = tail->where;
	good = want_main(variant, endpoint, tail, call, want);
	if (tail->with && want->kind == WANT_NEVER) {
		resolve_error(resolver_of(variant), tail->with->name.where, NULL,
			      "a call that never returns gives nothing");
		return false;
	}
	return resolve_outs(variant, endpoint, tail, call, want) && good;
}

bool want_is_failure(const struct want *want)
{
	for (size_t i = 0; i < want->count; i++) {
		enum value_kind kind = operand_expects(want->values[i]);

		if (kind != VALUE_ERRNO && kind != VALUE_GONE)
			return false;
	}
	return want->kind == WANT_NEVER || (want->kind == WANT_ONE_OF && want->count);
}

bool want_may_end(const struct want *want)
{
	for (size_t i = 0; i < want->count; i++) {
		if (operand_expects(want->values[i]) == VALUE_GONE)
			return true;
	}
	return want->kind == WANT_NEVER;
}
