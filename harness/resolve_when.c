// SPDX-License-Identifier: MIT
/* when(CONDITION, CALL(...)): a step of some variants only. */
#include <string.h>

#include "resolve.h"

static bool is_when(const struct expr *expr)
{
	return expr->kind == EXPR_CALL && !strcmp(expr->bytes, "when");
}

const struct expr *expr_unwrapped(const struct expr *expr)
{
	if (!is_when(expr))
		return expr;
	if (expr_count(expr->list) != 2 || expr->list->next->kind != EXPR_CALL)
		return NULL;
	return expr->list->next;
}

const struct expr *resolve_when(struct variant *variant, const struct expr *expr, bool *happens)
{
	struct setting setting = { .endpoint = NOBODY,
				   .choices = true,
				   .place = "the condition of when()" };
	const struct expr *call = expr_unwrapped(expr);
	struct resolver *resolver = resolver_of(variant);

	*happens = true;
	if (call == expr)
		return expr;
	if (!call) {
		resolve_error(resolver, expr->where, NULL, "write when(CONDITION, CALL(...))");
		return NULL;
	}
	if (is_when(call)) {
		resolve_error(resolver, call->where, "join the conditions: when(A && B, ...)",
			      "when() inside of when()");
		return NULL;
	}
	return resolve_condition(variant, expr->list, &setting, happens) ? call : NULL;
}
