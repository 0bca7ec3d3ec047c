// SPDX-License-Identifier: MIT
/* What a fault does to the calls that it hits. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

/* By enum fault_operand: the kind of value, and what a scenario would call it. */
static const struct {
	enum value_kind kind;
	const char *what;
} operands[] = {
	[FAULT_TAKES_NOTHING] = { VALUE_NONE, "nothing" },
	[FAULT_TAKES_ERRNO] = { VALUE_ERRNO, "an error such as ENOSPC" },
	[FAULT_TAKES_BYTES] = { VALUE_INT, "a number of bytes, at least 1" },
	[FAULT_TAKES_TIME] = { VALUE_TIME, "a duration such as 20ms" },
	[FAULT_TAKES_SIGNAL] = { VALUE_INT, "a signal" },
	[FAULT_TAKES_GATE] = { VALUE_WORD, "the name of a gate" },
};

static bool complain(struct variant *variant, const struct fault *fault, struct location where,
		     const char *instead)
{
	resolve_error(resolver_of(variant), where, NULL, "%s takes %s%s%s", fault->name,
		      operands[fault->operand].what, instead ? ", not " : "",
		      instead ? instead : "");
	return false;
}

static bool resolve_gate(struct variant *variant, const struct fault *fault,
			 const struct expr *expr, int64_t *gate)
{
	struct name *name = expr->kind == EXPR_NAME ? scene_find(variant->scene, expr->bytes)
						    : NULL;

	if (!name || name->kind != NAME_GATE)
		return complain(variant, fault, expr->where, NULL);
	if (name->index >= FAULT_GATES_MAX) {
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "a scenario has at most %d gates", FAULT_GATES_MAX);
		return false;
	}
	*gate = name->index;
	return true;
}

static const char *value_text(struct variant *variant, const struct value *value)
{
	char text[100];
	FILE *out = fmemopen(text, sizeof(text), "w");

	if (!out)
		abort();
	value_print(out, value, SYMBOL_PLAIN);
	fclose(out);
	text[sizeof(text) - 1] = '\0';
	return resolve_text(resolver_of(variant), "%s", text);
}

/* What stands there instead of what an effect takes: SIGKILL, a signal; 1.5; a string. */
static const char *stranger_text(struct variant *variant, const struct expr *expr,
				 const struct value *value)
{
	const struct symbol *symbol = expr->kind == EXPR_NAME ? symbol_find(expr->bytes) : NULL;
	const bool is_signal = symbol && symbol->class == SYMBOL_SIGNAL;

	/* Only probes of the machine have versions. */
	if (value->kind == VALUE_VERSION)
		return value_text(variant, value);
	if (!symbol)
		return value_kind_text(value->kind);
	return resolve_text(resolver_of(variant), "%s, %s", symbol->name,
			    is_signal ? "a signal" : value_kind_text(value->kind));
}

static bool resolve_operand(struct variant *variant, const struct fault *fault,
			    const struct expr *expr, int64_t *operand)
{
	struct setting setting = { .endpoint = NOBODY,
				   .place = resolve_text(resolver_of(variant), "what %s takes",
							 fault->name) };
	struct value value;

	if (fault->operand == FAULT_TAKES_GATE)
		return resolve_gate(variant, fault, expr, operand);
	if (!resolve_constant(variant, expr, &setting, &value))
		return false;
	if (value.kind != operands[fault->operand].kind)
		return complain(variant, fault, expr->where,
				stranger_text(variant, expr, &value));
	*operand = value.number;
	if (!fault_accepts(fault, value.number))
		return complain(variant, fault, expr->where, value_text(variant, &value));
	if (strcmp(fault->name, "kill") != 0 || !resolve_is_harmless(value.number))
		return true;
	resolve_error(resolver_of(variant), expr->where,
		      "to only send it: signal, at the entry of a call", "%s kills nobody",
		      symbol_name(SYMBOL_SIGNAL, value.number));
	return false;
}

/*
 * What comes of the call. The first in the order of the text counts, so a second one is of no use.
 */
static bool decides(const struct fault *fault)
{
	return fault->operand == FAULT_TAKES_ERRNO || fault->operand == FAULT_TAKES_BYTES;
}

static bool is_decided(const struct inject_rule *rule)
{
	for (size_t i = 0; i < rule->effect_count; i++) {
		if (decides(rule->effects[i].fault))
			return true;
	}
	return false;
}

/* Who is killed in a call neither learns what came of it nor stops in it. NULL: all can be seen. */
static const struct fault *find_vain(const struct inject_rule *rule)
{
	const struct fault *vain = NULL;
	bool is_deadly = false;

	for (size_t i = 0; i < rule->effect_count; i++) {
		const struct inject_effect *effect = &rule->effects[i];

		if (!strcmp(effect->fault->name, "kill"))
			is_deadly |= effect->operand == SIGKILL;
		else if (decides(effect->fault) || !strcmp(effect->fault->name, "stop"))
			vain = effect->fault;
	}
	return is_deadly ? vain : NULL;
}

static const struct fault *find_fault(struct variant *variant, const struct expr *expr)
{
	const struct fault *fault = fault_find(expr->bytes);
	struct candidates candidates = { 0 };

	if (fault)
		return fault;
	for (size_t i = 0; faults[i]; i++)
		candidates_add(&candidates, faults[i]->name);
	scene_unknown(variant->scene, expr->where, &candidates, "effect", expr->bytes, NULL);
	return NULL;
}

bool resolve_effect(struct variant *variant, const struct expr *expr, struct inject_rule *rule)
{
	const struct fault *fault = find_fault(variant, expr);
	struct inject_effect *effect = &rule->effects[rule->effect_count];
	size_t count = expr_count(expr->list);
	const struct fault *vain;

	if (!fault)
		return false;
	if (rule->effect_count == INJECT_EFFECTS_MAX) {
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "a fault has at most %d effects", INJECT_EFFECTS_MAX);
		return false;
	}
	if (decides(fault) && is_decided(rule)) {
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "a call fails, or is cut short, only once");
		return false;
	}
	*effect = (struct inject_effect){ fault, fault->fallback };
	if (count > 1 || (count && fault->operand == FAULT_TAKES_NOTHING) ||
	    (!count && fault->operand != FAULT_TAKES_NOTHING && !fault->fallback))
		return complain(variant, fault, expr->where, NULL);
	if (!(fault->points & 1U << rule->point)) {
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "%s is possible at the %s of a call only", fault->name,
			      rule->point == HIT_EXIT ? "entry" : "exit");
		return false;
	}
	if (count && !resolve_operand(variant, fault, expr->list, &effect->operand))
		return false;
	rule->effect_count++;
	vain = find_vain(rule);
	if (!vain)
		return true;
	rule->effect_count--;
	resolve_error(resolver_of(variant), expr->where, "write a rule for each",
		      "nothing comes of %s where the caller is killed", vain->name);
	return false;
}
