/* SPDX-License-Identifier: MIT */
/* Faults, races, programs, invariants: looked at as closely as the rest, and then said not to be supported yet. */
#include <signal.h>
#include <string.h>

#include "resolve.h"

static struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

/* An entry of a list of names, or a message with the nearest. */
static bool is_listed(struct variant *variant, const char *const *names, const char *name, struct location where,
		      const char *what)
{
	struct candidates candidates = { 0 };

	if (list_index(names, name) >= 0)
		return true;
	candidates_add_list(&candidates, names);
	resolve_error(resolver_of(variant), where, candidates_help(&candidates, resolver_of(variant), name, NULL),
		      "unknown %s %s", what, name);
	return false;
}

/* A channel or file("name"): what a ledger is kept of. */
bool resolve_ledger_subject(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	struct name *name = expr->kind == EXPR_NAME ? scene_find(variant->scene, expr->bytes) : NULL;

	if (expr->kind == EXPR_CALL && !strcmp(expr->bytes, "file") && expr_count(expr->list) == 1 &&
	    expr->list->kind == EXPR_STRING)
		return true;
	if (name && name->kind == NAME_CHANNEL) {
		name->used = true;
		return true;
	}
	resolve_error(resolver_of(variant), expr->where, "name a channel, or file(\"journal\")", "this is not %s",
		      setting->place);
	return false;
}

static const struct {
	const char *name;
	enum { EFFECT_ERRNO, EFFECT_NUMBER, EFFECT_TIME, EFFECT_SIGNAL, EFFECT_PLAIN, EFFECT_GATE } takes;
} effects[] = {
	{ "errno", EFFECT_ERRNO }, { "short", EFFECT_NUMBER }, { "delay", EFFECT_TIME }, { "signal", EFFECT_SIGNAL },
	{ "kill", EFFECT_SIGNAL }, { "stop", EFFECT_PLAIN }, { "hold", EFFECT_GATE },
};

static void resolve_effect_operand(struct variant *variant, const struct expr *effect, int takes)
{
	struct setting setting = { .endpoint = NOBODY, .place = resolve_text(resolver_of(variant), "what %s takes", effect->bytes) };
	static const enum value_kind kinds[] = {
		[EFFECT_ERRNO] = VALUE_ERRNO, [EFFECT_NUMBER] = VALUE_INT, [EFFECT_TIME] = VALUE_TIME,
		[EFFECT_SIGNAL] = VALUE_INT,
	};
	struct value value;

	if (takes == EFFECT_GATE && effect->list->kind == EXPR_NAME)
		return;
	if (takes == EFFECT_GATE)
		resolve_error(resolver_of(variant), effect->list->where, "for example: hold before_reply", "a gate is a name");
	else if (resolve_constant(variant, effect->list, &setting, &value) && value.kind != kinds[takes])
		resolve_error(resolver_of(variant), effect->list->where, NULL, "%s takes %s, not %s", effect->bytes,
			      value_kind_text(kinds[takes]), value_kind_text(value.kind));
}

static void resolve_effect(struct variant *variant, const struct expr *effect)
{
	struct candidates candidates = { 0 };

	for (size_t i = 0; i < sizeof(effects) / sizeof(*effects); i++) {
		bool plain = effects[i].takes == EFFECT_PLAIN;

		candidates_add(&candidates, effects[i].name);
		if (strcmp(effects[i].name, effect->bytes))
			continue;
		candidates_help(&candidates, resolver_of(variant), "", NULL);
		if (plain == !effect->list && !plain)
			resolve_effect_operand(variant, effect, (int)effects[i].takes);
		else if (plain != !effect->list)
			resolve_error(resolver_of(variant), effect->where, NULL, "%s takes %s", effect->bytes,
				      plain ? "nothing" : "one operand");
		return;
	}
	resolve_error(resolver_of(variant), effect->where,
		      candidates_help(&candidates, resolver_of(variant), effect->bytes, NULL), "unknown effect %s",
		      effect->bytes);
}

static void resolve_fault_calls(struct variant *variant, const struct decl *decl)
{
	for (const struct word *word = decl->calls; word; word = word->next) {
		struct candidates candidates = { 0 };

		if (call_find(word->text))
			continue;
		candidates_add_calls(&candidates);
		resolve_error(resolver_of(variant), word->where,
			      candidates_help(&candidates, resolver_of(variant), word->text, NULL), "unknown call %s",
			      word->text);
	}
}

/* A channel; or a condition on path or size, whose words are its own. */
static void resolve_fault_pattern(struct variant *variant, const struct expr *expr)
{
	static const char *const words[] = { "path", "size", "any", NULL };
	struct name *name = expr->kind == EXPR_NAME ? scene_find(variant->scene, expr->bytes) : NULL;
	struct candidates candidates = { 0 };

	if (expr->kind == EXPR_BINARY && expr->left->kind == EXPR_NAME && list_index(words, expr->left->bytes) >= 0)
		return;
	if (name && name->kind == NAME_CHANNEL) {
		name->used = true;
		return;
	}
	if (expr->kind == EXPR_NAME && list_index(words, expr->bytes) >= 0)
		return;
	candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
	candidates_add_list(&candidates, words);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), expr->kind == EXPR_NAME ? expr->bytes : "",
				      "name a channel, or write path ~ \"*.sock\" or size > 4096"),
		      "a fault cannot match this");
}

static void resolve_fault_count(struct variant *variant, const struct expr *nth)
{
	struct setting setting = { .endpoint = NOBODY, .place = "which call is meant" };
	struct value value;

	if (!nth || (nth->kind == EXPR_CALL && !strcmp(nth->bytes, "any")))
		return;
	if (resolve_constant(variant, nth, &setting, &value) &&
	    ((value.kind != VALUE_INT && value.kind != VALUE_RANGE) || value.number < 1))
		resolve_error(resolver_of(variant), nth->where, "calls count from 1: nth 1, nth 2..4, nth any(seed)",
			      "this is no number of a call");
}

void resolve_fault(struct variant *variant, const struct decl *decl)
{
	scene_endpoint(variant->scene, decl->endpoint.text, decl->endpoint.where, true);
	resolve_fault_calls(variant, decl);
	for (const struct expr *expr = decl->arguments; expr; expr = expr->next)
		resolve_fault_pattern(variant, expr);
	resolve_fault_count(variant, decl->nth);
	for (const struct expr *effect = decl->effects; effect; effect = effect->next)
		resolve_effect(variant, effect);
	resolve_unsupported(variant, decl->where, "faults");
}

void resolve_race(struct variant *variant, const struct decl *decl)
{
	static const char *const modes[] = { "all", "pct", "random", "stress", NULL };
	const struct expr *mode = decl->expr;

	if (mode->kind != EXPR_NAME && mode->kind != EXPR_CALL)
		resolve_error(resolver_of(variant), mode->where, "for example: race all(limit=20000) { ... }",
			      "expected a mode");
	else
		is_listed(variant, modes, mode->bytes, mode->where, "mode of races");
	variant->in_race = true;
	variant_steps(variant, decl->body);
	resolve_unsupported(variant, decl->where, "races");
}

void resolve_invariants(struct variant *variant, const struct decl *decl)
{
	static const char *const invariants[] = { "no_loss", "no_dup", "order_per_sender", "total_order", "atomic", NULL };
	struct setting setting = { .endpoint = NOBODY, .place = "something an invariant can be about" };

	for (const struct expr *expr = decl->expr; expr; expr = expr->next) {
		if (expr->kind != EXPR_CALL || expr_count(expr->list) != 1)
			resolve_error(resolver_of(variant), expr->where, "for example: invariant no_loss(c)",
				      "an invariant is about one channel");
		else if (is_listed(variant, invariants, expr->bytes, expr->where, "invariant"))
			resolve_ledger_subject(variant, expr->list, &setting);
	}
	resolve_unsupported(variant, decl->where, "invariants");
}

void resolve_outcomes(struct variant *variant, const struct decl *decl)
{
	struct setting setting = { .endpoint = NOBODY, .channel = CHANNEL_ADDRESS, .processes = true, .outcomes = true,
				   .outside = true, .place = "part of an outcome" };

	for (const struct outcome *outcome = decl->outcomes; outcome; outcome = outcome->next)
		resolve_expr(variant, outcome->condition, &setting);
	resolve_unsupported(variant, decl->where, "outcomes");
}

void resolve_program(struct variant *variant, const struct decl *decl)
{
	struct setting setting = { .endpoint = NOBODY, .channel = CHANNEL_ADDRESS, .place = "an argument of a program" };
	const struct expr *expr = decl->expr;

	if (expr->kind != EXPR_CALL || strcmp(expr->bytes, "program") || !expr->list) {
		resolve_error(resolver_of(variant), expr->where, "for example: endpoint s = program(\"./server\", c)",
			      "an endpoint is a process of its own, or a program");
		return;
	}
	for (const struct expr *item = expr->list; item; item = item->next)
		resolve_expr(variant, item, &setting);
	resolve_unsupported(variant, decl->where, "programs");
}

/* drain(c, chunk=1..8192, until=idle): reads until there is no more. */
void resolve_planned_call(struct variant *variant, int endpoint, const struct expr *expr)
{
	struct setting setting = { .endpoint = endpoint, .channel = CHANNEL_END, .words = true, .place = "an argument of drain()" };

	for (const struct expr *item = expr->list; item; item = item->next)
		resolve_expr(variant, item->kind == EXPR_NAMED ? item->left : item, &setting);
	resolve_unsupported(variant, expr->where, resolve_text(resolver_of(variant), "%s()", expr->bytes));
}
