// SPDX-License-Identifier: MIT
/*
 * Races, outcomes, calls about messages: looked at as closely as the rest, and then said not to
 * be supported yet.
 */
#include <string.h>

#include "resolve.h"

bool resolve_ledger_subject(struct variant *variant, const struct expr *expr, const char *place)
{
	struct name *name = expr->kind == EXPR_NAME ? scene_find(variant->scene, expr->bytes)
						    : NULL;
	struct candidates candidates = { 0 };

	if (expr->kind == EXPR_CALL && !strcmp(expr->bytes, "file") &&
	    expr_count(expr->list) == 1 && expr->list->kind == EXPR_STRING)
		return true;
	if (name && name->kind == NAME_CHANNEL) {
		name->used = true;
		return true;
	}
	if (resolve_is_lost(variant, expr))
		return false;
	candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant),
				      expr->kind == EXPR_NAME ? expr->bytes : NULL,
				      "name a channel, or file(\"journal\")"),
		      "this is not %s", place);
	return false;
}

static const struct mode {
	const char *name;
	const char *options[5]; /* ends with NULL */
} modes[] = {
	{ "all", { "limit" } },
	{ "pct", { "runs", "depth", "seed" } },
	{ "random", { "runs", "seed" } },
	{ "stress", { "for", "seed", "start", "pin" } },
};

enum { MODE_COUNT = sizeof(modes) / sizeof(modes[0]) };

static void resolve_mode_option(struct variant *variant, const struct mode *mode,
				const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY, .words = true, .place = "an option" };
	struct candidates candidates = { 0 };
	struct value value;

	if (expr->kind == EXPR_NAMED && list_index(mode->options, expr->bytes) >= 0) {
		resolve_constant(variant, expr->left, &setting, &value);
		return;
	}
	candidates_add_list(&candidates, mode->options);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant),
				      expr->kind == EXPR_NAMED ? expr->bytes : NULL,
				      "an option is given by its name"),
		      expr->kind == EXPR_NAMED ? "race %s has no option %s"
					       : "race %s does not take this",
		      mode->name, expr->bytes);
}

static void resolve_mode(struct variant *variant, const struct expr *expr)
{
	const struct mode *mode = modes;
	struct candidates candidates = { 0 };

	if (expr->kind != EXPR_NAME && expr->kind != EXPR_CALL) {
		resolve_error(resolver_of(variant), expr->where,
			      "for example: race all(limit=20000) { ... }", "expected a mode");
		return;
	}
	while (mode < modes + MODE_COUNT && strcmp(mode->name, expr->bytes))
		mode++;
	if (mode == modes + MODE_COUNT) {
		for (int i = 0; i < MODE_COUNT; i++)
			candidates_add(&candidates, modes[i].name);
		scene_unknown(variant->scene, expr->where, &candidates, "mode of races",
			      expr->bytes, NULL);
		return;
	}
	for (const struct expr *item = expr->list; item; item = item->next)
		resolve_mode_option(variant, mode, item);
}

void resolve_race(struct variant *variant, const struct decl *decl)
{
	resolve_mode(variant, decl->expr);
	variant->in_race = true;
	variant_steps(variant, decl->body);
	resolve_unsupported(variant, decl->where, "races");
}

void resolve_outcomes(struct variant *variant, const struct decl *decl)
{
	struct setting setting = { .endpoint = NOBODY,
				   .channel = CHANNEL_ADDRESS,
				   .processes = true,
				   .outcomes = true,
				   .outside = true,
				   .place = "part of an outcome" };

	for (const struct outcome *outcome = decl->outcomes; outcome; outcome = outcome->next)
		resolve_expr(variant, outcome->condition, &setting);
	resolve_unsupported(variant, decl->where, "outcomes");
}

/* drain(c, chunk=1..8192, until=idle): reads until there is no more. */
bool resolve_planned_call(struct variant *variant, int endpoint, const struct expr *expr)
{
	static const char *const options[] = { "chunk", "until", NULL };
	struct setting setting = { .endpoint = endpoint,
				   .channel = CHANNEL_END,
				   .place = "argument",
				   .call = expr->bytes };
	bool good = true;

	for (const struct expr *item = expr->list; item; item = item->next) {
		struct candidates candidates = { 0 };
		bool named = item->kind == EXPR_NAMED;

		setting.words = named;
		good &= resolve_expr(variant, named ? item->left : item, &setting) != NULL;
		if (!named || list_index(options, item->bytes) >= 0)
			continue;
		candidates_add_list(&candidates, options);
		resolve_error(resolver_of(variant), item->where,
			      candidates_help(&candidates, resolver_of(variant), item->bytes, NULL),
			      "%s() has no parameter %s", expr->bytes, item->bytes);
		good = false;
	}
	resolve_unsupported(variant, expr->where,
			    resolve_text(resolver_of(variant), "%s()", expr->bytes));
	return good;
}
