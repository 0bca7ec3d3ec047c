// SPDX-License-Identifier: MIT
/*
 * Operators on what is known. What a repeat or another variant has folded before is not folded
 * again.
 */
#include <string.h>

#include "resolve.h"

struct folded {
	const struct expr *expr;
	struct value left;
	struct value right;
	const struct operand *operand;
	struct folded *next;
};

/* Literals stay where they are; what lies elsewhere is folded once more, no harm done. */
static bool is_same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->number == b->number && a->upper == b->upper &&
	       a->bytes == b->bytes && a->length == b->length && a->items == b->items;
}

static struct folded **bucket_of(struct resolver *resolver, const struct expr *expr,
				 const struct value *left, const struct value *right)
{
	uintptr_t hash = (uintptr_t)expr / sizeof(*expr) + (uintptr_t)left->number * 31 +
			 (uintptr_t)right->number;

	return &resolver->folded[hash % BUCKETS];
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

static const struct operand *fold(struct variant *variant, const struct expr *expr,
				  const struct value *left, const struct value *right)
{
	struct resolver *resolver = resolver_of(variant);
	struct folded **bucket = bucket_of(resolver, expr, left, right);
	struct environment environment = { 0 };
	const struct operand *operand = NULL;
	struct folded *known;
	struct value value;
	char reason[200] = "";

	for (known = *bucket; known; known = known->next) {
		if (known->expr == expr && is_same(&known->left, left) &&
		    is_same(&known->right, right))
			return known->operand;
	}
	if (operator_apply(expr->op, left, right, &environment, &value, reason, sizeof(reason)))
		resolve_error(resolver, expr->where, NULL, "%s", reason);
	else if (keep_bytes(resolver, expr, &value))
		operand = operand_constant(variant, &value);
	environment_free_scratch(&environment);
	if (!operand)
		return NULL;
	known = resolve_scratch(resolver, sizeof(*known));
	*known = (struct folded){ expr, *left, *right, operand, *bucket };
	*bucket = known;
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
