// SPDX-License-Identifier: MIT
/*
 * A rule without a scenario around it: it has no channels, no gates, and nobody knows the program's
 * steps.
 */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free  free

enum { NUMBERS_MAX = 1024 }; /* of system calls, with room for those to come */

static void add_system_calls(struct resolver *resolver, struct candidates *candidates)
{
	for (int number = 0; number < NUMBERS_MAX; number++) {
		const char *name = inject_call_name(number);

		if (name)
			candidates_add(candidates, resolve_text(resolver, "%s", name));
	}
}

/* Scenarios make some calls, programs make any. */
static bool has_known_calls(struct variant *variant, const struct decl *decl)
{
	bool good = true;

	for (const struct word *word = decl->calls; word; word = word->next) {
		struct candidates candidates = { 0 };
		int number;

		if (inject_calls(word->text, &number, 1))
			continue;
		good = false;
		add_system_calls(resolver_of(variant), &candidates);
		resolve_error(resolver_of(variant), word->where,
			      candidates_help(&candidates, resolver_of(variant), word->text, NULL),
			      "there is no system call %s", word->text);
	}
	return good;
}

static bool has_no_channels(struct variant *variant, const struct decl *decl)
{
	const struct expr *expr = decl->arguments;

	while (expr && (expr->kind != EXPR_NAME || !strcmp(expr->bytes, "any")))
		expr = expr->next;
	if (expr)
		resolve_error(resolver_of(variant), expr->where,
			      "write path ~ \"*.log\", kind == fifo or size > 4096, or nothing "
			      "between the brackets",
			      "there is no channel %s here: channels are declared in scenarios",
			      expr->bytes);
	return !expr;
}

static bool has_no_gates(struct variant *variant, const struct decl *decl)
{
	const struct expr *effect = decl->effects;

	while (effect && strcmp(effect->bytes, "hold") != 0)
		effect = effect->next;
	if (effect)
		resolve_error(resolver_of(variant), effect->where,
			      "delay 20ms lets a call wait for a while",
			      "nobody would open the gate: hold is for scenarios");
	return !effect;
}

static bool can_choose(struct variant *variant, const struct decl *decl, struct plan_fault *fault)
{
	if (!fault->is_any)
		return true;
	if (!fault->within) {
		resolve_error(resolver_of(variant), decl->nth->where, "write nth any(SEED, CALLS)",
			      "nobody knows how many calls the program makes: say among how many "
			      "to choose");
		return false;
	}
	fault->rule.trigger.first = fault->rule.trigger.last = trigger_any(fault->seed,
									   fault->within);
	return true;
}

static bool can_be_done(struct variant *variant, const struct decl *decl,
			const struct plan_fault *fault)
{
	const char *why = inject_refusal(&fault->rule, 0);

	if (why)
		resolve_error(resolver_of(variant), decl->where, NULL,
			      "this cannot be carried out: %s", why);
	return !why;
}

bool resolve_alone(struct suite *suite, const struct scenario_file *file, const struct decl *decl,
		   struct inject_rule *rule, struct diag *diag)
{
	struct resolver resolver = { .suite = suite, .file = file, .diag = diag };
	struct scene scene = { .resolver = &resolver };
	struct variant *variant;
	struct plan_fault fault = { .endpoint = NOBODY };
	bool good;

	if (!suite->has_memory) {
		obstack_init(&suite->memory);
		suite->has_memory = true;
	}
	obstack_init(&resolver.scratch);
	variant = resolve_scratch(&resolver, sizeof(*variant));
	*variant = (struct variant){ .scene = &scene };
	good = has_known_calls(variant, decl);
	good &= has_no_channels(variant, decl);
	/* What has its message already gets no second one, but for gates. */
	good = has_no_gates(variant, decl) && resolve_rule(variant, decl, &fault) && good;
	good = good && can_choose(variant, decl, &fault) && can_be_done(variant, decl, &fault);
	*rule = fault.rule;
	obstack_free(&resolver.scratch, NULL);
	return good;
}
