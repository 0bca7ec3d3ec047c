// SPDX-License-Identifier: MIT
/* What is done from outside to faults and gates. */
#include <string.h>

#include "resolve.h"

static const struct fault_verb {
	const char *name;
	enum name_kind takes;
	enum step_kind kind;
} fault_verbs[] = {
	{ "arm", NAME_FAULT, STEP_ARM },
	{ "disarm", NAME_FAULT, STEP_DISARM },
	{ "release", NAME_GATE, STEP_RELEASE },
};

enum { FAULT_VERBS = sizeof(fault_verbs) / sizeof(fault_verbs[0]) };

static const struct fault_verb *find_verb(const char *name)
{
	for (int i = 0; i < FAULT_VERBS; i++) {
		if (!strcmp(fault_verbs[i].name, name))
			return &fault_verbs[i];
	}
	return NULL;
}

bool is_fault_verb(const char *name)
{
	return find_verb(name);
}

void candidates_add_fault_verbs(struct candidates *candidates)
{
	for (int i = 0; i < FAULT_VERBS; i++)
		candidates_add(candidates, fault_verbs[i].name);
}

/* NULL after a message. */
static struct name *find_subject(struct variant *variant, const struct fault_verb *verb,
				 const struct expr *expr)
{
	const char *text = expr->kind == EXPR_NAME ? expr->bytes : NULL;
	struct name *name = text ? scene_find(variant->scene, text) : NULL;
	struct candidates candidates = { 0 };

	if (name && name->kind == verb->takes) {
		name->used = true;
		return name;
	}
	if (resolve_is_lost(variant, expr))
		return NULL;
	candidates_add_names(&candidates, variant->scene, 1U << verb->takes);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), text,
				      verb->takes == NAME_FAULT
					      ? "declare it: fault NAME on ENDPOINT: ..."
					      : "a fault with the effect hold declares it"),
		      "do %s takes %s", verb->name, name_kind_text(verb->takes));
	return NULL;
}

bool resolve_fault_verb(struct variant *variant, const struct statement *statement)
{
	const struct fault_verb *verb = find_verb(statement->subject.text);
	bool good = statement->arguments;

	if (!good)
		resolve_error(resolver_of(variant), statement->where,
			      resolve_text(resolver_of(variant), "write do %s %s", verb->name,
					   verb->takes == NAME_FAULT ? "FAULT" : "GATE"),
			      "do %s needs something to act on", verb->name);
	for (const struct expr *expr = statement->arguments; expr; expr = expr->next) {
		const struct name *name = find_subject(variant, verb, expr);
		struct step *step;

		good &= name != NULL;
		if (!name || variant->rehearsing)
			continue;
		step = variant_step(variant, verb->kind, statement->where, NOBODY);
		if (!step)
			return false;
		step->number = name->index;
	}
	return good;
}
