// SPDX-License-Identifier: MIT
/* What must hold when all is over, of the messages of a channel or of the lines of a file. */
#include <string.h>

#include "resolve.h"

static bool is_file(const struct expr *expr)
{
	return expr->kind == EXPR_CALL && !strcmp(expr->bytes, "file");
}

static void add_invariant(struct variant *variant, const struct expr *expr,
			  enum journal_demand demand)
{
	struct plan *plan = variant->plan;
	struct plan_invariant *grown = resolve_keep(resolver_of(variant),
						    (plan->invariant_count + 1) * sizeof(*grown));

	if (plan->invariant_count)
		memcpy(grown, plan->invariants, plan->invariant_count * sizeof(*grown));
	grown[plan->invariant_count++] = (struct plan_invariant){
		.demand = demand,
		.path = expr->list->list->bytes,
		.where = expr->where,
	};
	plan->invariants = grown;
}

static void resolve_invariant(struct variant *variant, const struct expr *expr)
{
	static const char *const invariants[] = { "no_loss", "no_dup",      "order_per_sender",
						  "atomic",  "total_order", NULL };
	struct candidates candidates = { 0 };
	struct resolver *resolver = resolver_of(variant);
	int index = expr->kind == EXPR_CALL ? list_index(invariants, expr->bytes) : -1;

	if (expr->kind != EXPR_CALL || expr_count(expr->list) != 1) {
		resolve_error(resolver, expr->where, "for example: invariant no_loss(c)",
			      "an invariant is about one channel, or one file");
	} else if (index < 0) {
		candidates_add_list(&candidates, invariants);
		scene_unknown(variant->scene, expr->where, &candidates, "invariant", expr->bytes,
			      NULL);
	} else if (resolve_ledger_subject(variant, expr->list,
					  "something an invariant can be about")) {
		const struct expr *path = is_file(expr->list) ? expr->list->list : NULL;

		if (!path)
			resolve_unsupported(variant, expr->where, "invariants of channels");
		else if (!journal_demand_name((enum journal_demand)index))
			resolve_error(resolver, expr->where,
				      "for the lines of a file: order_per_sender",
				      "%s compares receivers, and a file has one order only",
				      expr->bytes);
		else if (memchr(path->bytes, '\0', path->length))
			resolve_error(resolver, path->where, NULL,
				      "no file has a zero byte in its name");
		else
			add_invariant(variant, expr, (enum journal_demand)index);
	}
}

void resolve_invariants(struct variant *variant, const struct decl *decl)
{
	for (const struct expr *expr = decl->expr; expr; expr = expr->next)
		resolve_invariant(variant, expr);
}
