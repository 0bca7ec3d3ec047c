/* SPDX-License-Identifier: MIT */
/* Operators on what is known. What a repeat or another variant has folded before is not folded again. */
#include <string.h>

#include "resolve.h"

struct folded {
	const struct expr *expr;
	struct value left;
	struct value right;
	const struct operand *operand;
	struct folded *next;
};

/* Cheap: contents that differ in place are folded once more, no harm done. */
static bool is_same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->number == b->number && a->upper == b->upper && a->bytes == b->bytes &&
	       a->length == b->length && a->items == b->items;
}

static struct folded **bucket_of(struct resolver *resolver, const struct expr *expr, const struct value *left,
				 const struct value *right)
{
	uintptr_t hash = (uintptr_t)expr / sizeof(*expr) + (uintptr_t)left->number * 31 + (uintptr_t)right->number;

	return &resolver->folded[hash % BUCKETS];
}

/* Bytes made by the operator move to where the plan keeps them. */
static bool keep_bytes(struct resolver *resolver, const struct expr *expr, struct value *value)
{
	if (value->kind != VALUE_BYTES && value->kind != VALUE_WORD)
		return true;
	resolver->folded_bytes += value->length;
	if (resolver->folded_bytes > STRING_FOLDED_MAX) {
		resolve_error(resolver, expr->where, "make the strings shorter, or the repeats fewer",
			      "the strings of this file need more than %d MiB", STRING_FOLDED_MAX >> 20);
		return false;
	}
	value->bytes = resolve_keep_text(resolver, value->bytes, value->length);
	return true;
}

static const struct operand *fold(struct variant *variant, const struct expr *expr, const struct value *left,
				  const struct value *right)
{
	struct resolver *resolver = variant->scene->resolver;
	struct folded **bucket = bucket_of(resolver, expr, left, right);
	struct environment environment = { 0 };
	const struct operand *operand = NULL;
	struct folded *known;
	struct value value;
	char reason[200] = "";

	for (known = *bucket; known; known = known->next)
		if (known->expr == expr && is_same(&known->left, left) && is_same(&known->right, right))
			return known->operand;
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

const struct operand *resolve_fold(struct variant *variant, const struct expr *expr, const struct operand *left,
				   const struct operand *right)
{
	static const struct value none;
	struct operand *operand;

	if (left->kind == OPERAND_VALUE && (!right || right->kind == OPERAND_VALUE))
		return fold(variant, expr, &left->value, right ? &right->value : &none);
	operand = resolve_keep(variant->scene->resolver, sizeof(*operand));
	*operand = (struct operand){ .kind = right ? OPERAND_BINARY : OPERAND_UNARY, .op = expr->op, .left = left,
				     .right = right };
	return operand;
}
