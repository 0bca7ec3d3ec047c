// SPDX-License-Identifier: MIT
/* Faults: which call of whom they hit, how often, and what they do to it. Not injected yet. */
#include <inttypes.h>
#include <signal.h>
#include <string.h>

#include "resolve.h"

/* What effects take: one value of this kind, a gate, or nothing. */
static const struct effect {
	const char *name;
	enum value_kind takes; /* VALUE_NONE: nothing, VALUE_WORD: the name of a gate */
	int64_t least, most;
	const char *what;
} effects[] = {
	{ "errno", VALUE_ERRNO, 1, INT64_MAX, "an error such as ENOSPC" },
	{ "short", VALUE_INT, 0, INT64_MAX, "a number of bytes" },
	{ "delay", VALUE_TIME, 1, INT64_MAX, "a duration such as 20ms" },
	{ "signal", VALUE_INT, 1, 64, "a signal" },
	{ "kill", VALUE_INT, 1, 64, "a signal" },
	{ "stop", VALUE_NONE, 0, 0, "nothing" },
	{ "hold", VALUE_WORD, 0, 0, "the name of a gate" },
};

enum { EFFECT_COUNT = sizeof(effects) / sizeof(effects[0]) };

static void complain_effect(struct variant *variant, const struct effect *effect,
			    struct location where, const char *instead)
{
	resolve_error(resolver_of(variant), where, NULL, "%s takes %s%s%s", effect->name,
		      effect->what, instead ? ", not " : "", instead ? instead : "");
}

static void resolve_effect_operand(struct variant *variant, const struct effect *effect,
				   const struct expr *operand)
{
	struct setting setting = { .endpoint = NOBODY,
				   .place = resolve_text(resolver_of(variant), "what %s takes",
							 effect->name) };
	struct value value;

	if (effect->takes == VALUE_WORD) {
		const struct name *gate = operand->kind == EXPR_NAME
						  ? scene_find(variant->scene, operand->bytes)
						  : NULL;

		if (!gate || gate->kind != NAME_GATE)
			complain_effect(variant, effect, operand->where, NULL);
		return;
	}
	if (!resolve_constant(variant, operand, &setting, &value))
		return;
	if (value.kind != effect->takes)
		complain_effect(variant, effect, operand->where, value_kind_text(value.kind));
	else if (value.number < effect->least || value.number > effect->most)
		complain_effect(variant, effect, operand->where,
				resolve_text(resolver_of(variant), "%" PRId64, value.number));
}

static void resolve_effect(struct variant *variant, const struct expr *expr)
{
	struct candidates candidates = { 0 };
	const struct effect *effect = effects;

	while (effect < effects + EFFECT_COUNT && strcmp(effect->name, expr->bytes))
		effect++;
	if (effect < effects + EFFECT_COUNT) {
		if (expr_count(expr->list) != (effect->takes != VALUE_NONE))
			complain_effect(variant, effect, expr->where, NULL);
		else if (expr->list)
			resolve_effect_operand(variant, effect, expr->list);
		return;
	}
	for (int i = 0; i < EFFECT_COUNT; i++)
		candidates_add(&candidates, effects[i].name);
	scene_unknown(variant->scene, expr->where, &candidates, "effect", expr->bytes, NULL);
}

/* A channel; or a condition on path or size, whose words are its own. */
static void resolve_pattern(struct variant *variant, const struct expr *expr)
{
	static const char *const words[] = { "path", "size", "any", NULL };
	struct setting setting = { .endpoint = NOBODY, .place = "part of a fault's pattern" };
	const char *word = expr->kind == EXPR_NAME ? expr->bytes : NULL;
	struct name *name = word ? scene_find(variant->scene, word) : NULL;
	struct candidates candidates = { 0 };

	if (expr->kind == EXPR_BINARY && expr->left->kind == EXPR_NAME &&
	    list_index(words, expr->left->bytes) >= 0) {
		resolve_expr(variant, expr->right, &setting);
		return;
	}
	if (name && name->kind == NAME_CHANNEL) {
		name->used = true;
		return;
	}
	if (word && list_index(words, word) >= 0)
		return;
	candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
	candidates_add_list(&candidates, words);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), word,
				      "name a channel, or write path ~ \"*.sock\" or size > 4096"),
		      "a fault cannot match this");
}

static void resolve_count(struct variant *variant, const struct expr *nth)
{
	struct setting setting = { .endpoint = NOBODY, .place = "which call is meant" };
	struct value value;

	if (nth->kind == EXPR_CALL && !strcmp(nth->bytes, "any")) {
		if (has_count(variant, nth, 1, "nth any(SEED)"))
			resolve_expr(variant, nth->list, &setting);
		return;
	}
	if (resolve_constant(variant, nth, &setting, &value) &&
	    ((value.kind != VALUE_INT && value.kind != VALUE_RANGE) || value.number < 1))
		resolve_error(resolver_of(variant), nth->where,
			      "calls count from 1: nth 1, nth 2..4, nth any(seed)",
			      "this is no number of a call");
}

void resolve_fault(struct variant *variant, const struct decl *decl)
{
	scene_endpoint(variant->scene, decl->endpoint.text, decl->endpoint.where);
	for (const struct word *word = decl->calls; word; word = word->next) {
		if (!call_is_planned(word->text))
			resolve_call_name(variant, word->text, word->where);
	}
	for (const struct expr *expr = decl->arguments; expr; expr = expr->next)
		resolve_pattern(variant, expr);
	if (decl->nth)
		resolve_count(variant, decl->nth);
	for (const struct expr *effect = decl->effects; effect; effect = effect->next)
		resolve_effect(variant, effect);
	resolve_unsupported(variant, decl->where, "faults");
}
