// SPDX-License-Identifier: MIT
/* Names that steps have bound: whose they are, and whether they stand for anything now. */
#include <string.h>

#include "resolve.h"

struct bound *player_bound(const struct player *player, const char *text)
{
	struct bound *bound = player->bindings;

	while (bound && strcmp(bound->text, text))
		bound = bound->next;
	return bound;
}

const struct operand *resolve_binding(struct variant *variant, const struct expr *expr,
				      int endpoint, struct bound *bound)
{
	const struct player *player = &variant->players[endpoint];
	struct resolver *resolver = resolver_of(variant);

	bound->site->used = true;
	if (bound->state == BOUND_NOW || variant->in_race || variant->rehearsing)
		return operand_named(variant,
				     (struct operand){ .kind = OPERAND_BINDING,
						       .slot = bound->slot,
						       .index = endpoint },
				     bound->text);
	if (player->confused)
		resolve_follows(resolver);
	else if (bound->state == BOUND_LATER)
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "first say that the call returns: %s: resumes",
					   player->name->text),
			      "%s has no value yet: the call that gives it is still pending",
			      bound->text);
	else
		resolve_error(resolver, expr->where, "a new process holds nothing: open it again",
			      "%s was bound before the restart of %s", bound->text,
			      player->name->text);
	return NULL;
}

/* Who asks from outside may use any endpoint's binding that only one of them has. */
static const struct operand *find_anybodys(struct variant *variant, const struct expr *expr,
					   bool *found)
{
	struct bound *only = NULL;
	int owner = NOBODY;

	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		struct bound *bound = player_bound(&variant->players[i], expr->bytes);

		if (!bound)
			continue;
		*found = true;
		if (only) {
			resolve_error(resolver_of(variant), expr->where,
				      resolve_text(resolver_of(variant), "say whose: %s.%s",
						   variant->players[i].name->text, expr->bytes),
				      "several endpoints have bound %s", expr->bytes);
			return NULL;
		}
		only = bound;
		owner = i;
	}
	return only ? resolve_binding(variant, expr, owner, only) : NULL;
}

const struct operand *find_binding(struct variant *variant, const struct expr *expr,
				   const struct setting *setting, bool *found)
{
	struct bound *bound = NULL;

	*found = false;
	if (setting->outside)
		return find_anybodys(variant, expr, found);
	if (setting->endpoint >= 0)
		bound = player_bound(&variant->players[setting->endpoint], expr->bytes);
	*found = bound;
	return bound ? resolve_binding(variant, expr, setting->endpoint, bound) : NULL;
}

static const char *find_owner(const struct variant *variant, const char *text)
{
	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		if (player_bound(&variant->players[i], text))
			return variant->players[i].name->text;
	}
	return NULL;
}

bool explain_unbound(struct variant *variant, const struct expr *expr,
		     const struct setting *setting, const struct operand **operand)
{
	struct resolver *resolver = resolver_of(variant);
	const struct player *player = setting->endpoint < 0 ? NULL
							    : &variant->players[setting->endpoint];
	struct site *site = scene_any_site(variant->scene, expr->bytes);
	const char *owner = player ? find_owner(variant, expr->bytes) : NULL;

	if (!site)
		return false;
	site->used = true;
	/* What does not happen here binds nothing either. */
	if (variant->rehearsing)
		*operand = operand_placeholder(variant);
	else if (!player && !setting->outside)
		resolve_error(resolver, expr->where, NULL,
			      "%s is bound by a step, on line %d: it is not known before the run",
			      expr->bytes, site->where.line);
	else if (player ? player->confused || player->life == LIFE_ABSENT : variant->confused)
		resolve_follows(resolver);
	else if (owner)
		resolve_error(resolver, expr->where,
			      "bindings belong to the process that made them",
			      "%s is bound by %s, which %s knows nothing of", expr->bytes, owner,
			      player->name->text);
	else
		resolve_error(resolver, expr->where, NULL,
			      "%s is bound on line %d, not before that%s%s", expr->bytes,
			      site->where.line, player ? " and not for " : "",
			      player ? player->name->text : "");
	return true;
}
