// SPDX-License-Identifier: MIT
/*
 * Operators on what is known. What a repeat or another variant has folded before is not folded
 * again.
 */
#include <string.h>

#include "resolve.h"

struct folded {
	struct entry entry;
	const struct expr *expr;
	struct value left;
	struct value right;
	const struct operand *operand;
};

/* Literals stay where they are; what lies elsewhere is folded once more, no harm done. */
static bool is_same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->number == b->number && a->upper == b->upper &&
	       a->bytes == b->bytes && a->length == b->length && a->items == b->items;
}

enum { LONG = 4096 };

/* In the whole suite, to be kept once. */
struct long_string {
	const char *bytes;
	size_t length;
	struct long_string *next;
};

/* Many scenarios fill the same pipe with the same 64 KiB. */
static const char *keep_long(struct resolver *resolver, const struct value *value)
{
	struct long_string **list = &resolver->suite->long_strings;
	struct long_string *kept;

	for (kept = *list; kept; kept = kept->next) {
		if (kept->length == value->length &&
		    !memcmp(kept->bytes, value->bytes, value->length))
			return kept->bytes;
	}
	kept = resolve_keep(resolver, sizeof(*kept));
	*kept = (struct long_string){ resolve_keep_text(resolver, value->bytes, value->length),
				      value->length, *list };
	*list = kept;
	return kept->bytes;
}

/* Bytes made by the operator move to where the plan keeps them. */
static bool keep_bytes(struct resolver *resolver, const struct expr *expr, struct value *value)
{
	if (value->kind != VALUE_BYTES && value->kind != VALUE_WORD)
		return true;
	if (!resolve_may_keep(resolver, expr, value->length))
		return false;
	value->bytes = value->length < LONG
			       ? resolve_keep_text(resolver, value->bytes, value->length)
			       : keep_long(resolver, value);
	return true;
}

static const struct operand *apply(struct variant *variant, const struct expr *expr,
				   const struct value *left, const struct value *right)
{
	struct environment environment = { 0 };
	const struct operand *operand = NULL;
	struct value value;
	char reason[200] = "";

	if (operator_apply(expr->op, left, right, &environment, &value, reason, sizeof(reason)))
		resolve_error(resolver_of(variant), expr->where, NULL, "%s", reason);
	else if (keep_bytes(resolver_of(variant), expr, &value))
		operand = operand_constant(variant, &value);
	environment_free_scratch(&environment);
	return operand;
}

static uintptr_t hash_of(const struct value *value)
{
	return hash_with(hash_with((uintptr_t)value->kind, (uintptr_t)value->number),
			 (uintptr_t)value->bytes);
}

/* Strings take room and time; numbers are had at once. */
static const struct operand *fold(struct variant *variant, const struct expr *expr,
				  const struct value *left, const struct value *right)
{
	struct resolver *resolver = resolver_of(variant);
	uintptr_t hash = hash_with(hash_with(hash_of(left), hash_of(right)), (uintptr_t)expr);
	const struct operand *operand;
	struct folded *known;

	if (left->kind != VALUE_BYTES && right->kind != VALUE_BYTES)
		return apply(variant, expr, left, right);
	for (struct entry *entry = table_first(&resolver->folded, hash); entry;
	     entry = entry->next) {
		known = (struct folded *)entry;
		if (known->expr == expr && is_same(&known->left, left) &&
		    is_same(&known->right, right))
			return known->operand;
	}
	operand = apply(variant, expr, left, right);
	if (!operand)
		return NULL;
	known = resolve_scratch(resolver, sizeof(*known));
	*known =
		(struct folded){ .expr = expr, .left = *left, .right = *right, .operand = operand };
	table_add(resolver, &resolver->folded, &known->entry, hash);
	return operand;
}

const struct operand *resolve_fold(struct variant *variant, const struct expr *expr,
				   const struct operand *left, const struct operand *right)
{
	static const struct value none;

	if (left->kind == OPERAND_VALUE && (!right || right->kind == OPERAND_VALUE))
		return fold(variant, expr, &left->value, right ? &right->value : &none);
	return operand_keep(variant,
			    &(struct operand){ .kind = right ? OPERAND_BINARY : OPERAND_UNARY,
					       .op = expr->op,
					       .left = left,
					       .right = right });
}
