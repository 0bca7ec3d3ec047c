// SPDX-License-Identifier: MIT
/* Expressions to operands: what is known now is folded into a value, the rest waits for the run. */
#include <inttypes.h>
#include <stdlib.h>

#include "resolve.h"

/* The text of a string stays in the tree, which lives as long as the plans. */
static const struct operand *resolve_literal(struct variant *variant, const struct expr *expr,
					     enum value_kind kind)
{
	struct value value = { .kind = kind, .number = expr->number };

	if (kind == VALUE_BYTES)
		value = value_bytes(expr->bytes, expr->length);
	return operand_constant(variant, &value);
}

static const struct operand *resolve_set(struct variant *variant, const struct expr *expr,
					 const struct setting *setting)
{
	size_t count = expr_count(expr->list), i = 0;
	const struct operand **items = calloc(count + 1, sizeof(const struct operand *));
	const struct operand *operand = NULL;
	bool good = true;

	if (!items)
		abort();
	for (const struct expr *item = expr->list; item; item = item->next, i++) {
		items[i] = resolve_expr(variant, item, setting);
		good &= items[i] != NULL;
	}
	if (good)
		operand = operand_list(variant, expr, items, count);
	free(items);
	return operand;
}

/* A range of durations is one of nanoseconds, as which calls tell how long something took. */
static const struct operand *resolve_range(struct variant *variant, const struct expr *expr,
					   const struct setting *setting)
{
	struct resolver *resolver = resolver_of(variant);
	struct value left, right, range;
	bool known = resolve_constant(variant, expr->left, setting, &left);

	known &= resolve_constant(variant, expr->right, setting, &right);
	if (!known)
		return NULL;
	if (left.kind != right.kind || (left.kind != VALUE_INT && left.kind != VALUE_TIME)) {
		resolve_error(resolver, expr->where, NULL,
			      "a range is from a number to a number, not from %s to %s",
			      value_kind_text(left.kind), value_kind_text(right.kind));
		return NULL;
	}
	if (left.number > right.number) {
		resolve_error(resolver, expr->where, "write the smaller one first",
			      "this range is empty");
		return NULL;
	}
	range = (struct value){ .kind = VALUE_RANGE, .number = left.number, .upper = right.number };
	return operand_constant(variant, &range);
}

static const struct operand *resolve_operator(struct variant *variant, const struct expr *expr,
					      const struct setting *setting)
{
	const struct operand *left = resolve_expr(variant, expr->left, setting);
	const struct operand *right = expr->kind == EXPR_BINARY
					      ? resolve_expr(variant, expr->right, setting)
					      : left;

	if (!left || !right)
		return NULL;
	return resolve_fold(variant, expr, left, expr->kind == EXPR_BINARY ? right : NULL);
}

/* A long list in a long repeat takes long. */
static bool may_go_on(struct resolver *resolver, const struct expr *expr)
{
	if (++resolver->expr_count <= FILE_EXPRS_MAX)
		return true;
	resolve_error(resolver, expr->where, "repeat less often",
		      "more than %d expressions in the repeats of one file", FILE_EXPRS_MAX);
	resolver->stopped = true;
	return false;
}

const struct operand *resolve_expr(struct variant *variant, const struct expr *expr,
				   const struct setting *setting)
{
	if (!may_go_on(resolver_of(variant), expr))
		return NULL;
	switch (expr->kind) {
	case EXPR_INT: return resolve_literal(variant, expr, VALUE_INT);
	case EXPR_TIME: return resolve_literal(variant, expr, VALUE_TIME);
	case EXPR_VERSION: return resolve_literal(variant, expr, VALUE_VERSION);
	case EXPR_STRING: return resolve_literal(variant, expr, VALUE_BYTES);
	case EXPR_NAME: return resolve_name(variant, expr, setting);
	case EXPR_CALL: return resolve_question(variant, expr, setting);
	case EXPR_NAMED:
		resolve_error(resolver_of(variant), expr->where, "== compares",
			      "%s=... is a named argument, which stands only in a call",
			      expr->bytes);
		return NULL;
	case EXPR_SET: return resolve_set(variant, expr, setting);
	case EXPR_MEMBER: return resolve_member(variant, expr, setting);
	case EXPR_RANGE: return resolve_range(variant, expr, setting);
	case EXPR_UNARY:
	case EXPR_BINARY: return resolve_operator(variant, expr, setting);
	}
	abort();
}

bool resolve_constant(struct variant *variant, const struct expr *expr,
		      const struct setting *setting, struct value *value)
{
	const struct operand *operand = resolve_expr(variant, expr, setting);

	if (!operand)
		return false;
	if (operand->kind == OPERAND_VALUE) {
		*value = operand->value;
		return true;
	}
	resolve_error(resolver_of(variant), expr->where,
		      "what an endpoint finds out during the run cannot be used here",
		      "%s must be known before the run",
		      setting_place(resolver_of(variant), setting));
	return false;
}

bool resolve_number(struct variant *variant, const struct expr *expr, const char *place,
		    int64_t least, int64_t most, int64_t *number)
{
	struct resolver *resolver = resolver_of(variant);
	struct setting setting = { .endpoint = NOBODY, .place = place };
	struct value value;

	if (!resolve_constant(variant, expr, &setting, &value))
		return false;
	*number = value.number;
	if (value.kind == VALUE_INT && value.number >= least && value.number <= most)
		return true;
	if (value.kind != VALUE_INT)
		resolve_error(resolver, expr->where, NULL, "%s is a number, not %s", place,
			      value_kind_text(value.kind));
	else
		resolve_error(
			resolver, expr->where,
			resolve_text(resolver, "it can be %" PRId64 " to %" PRId64, least, most),
			"%s cannot be %" PRId64, place, value.number);
	return false;
}

bool resolve_condition(struct variant *variant, const struct expr *expr,
		       const struct setting *setting, bool *holds)
{
	struct value value;

	if (!resolve_constant(variant, expr, setting, &value))
		return false;
	*holds = value_is_true(&value);
	if (value.kind == VALUE_INT)
		return true;
	resolve_error(resolver_of(variant), expr->where,
		      value.kind == VALUE_VERSION ? "compare it: kernel >= 5.14" : NULL,
		      "%s is true or not, but this is %s", setting->place,
		      value_kind_text(value.kind));
	return false;
}
