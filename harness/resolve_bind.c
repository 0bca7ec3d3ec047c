// SPDX-License-Identifier: MIT
/*
 * Names that steps give to results: a slot each, known to the endpoint that bound it and to its
 * later children.
 */
#include <string.h>

#include "resolve.h"

/* Out-parameters that are new descriptors: keeping them is use enough. */
static bool is_descriptor(const char *out)
{
	static const char *const names[] = {
		"fd", "fds", "read", "write", "first", "second", NULL
	};

	return list_index(names, out) >= 0;
}

static int new_slot(struct variant *variant, const char *text, struct location where)
{
	struct resolver *resolver = resolver_of(variant);
	struct plan *plan = variant->plan;

	if (plan->slot_count == PLAN_SLOTS_MAX) {
		resolve_error(resolver, where, NULL, "more than %d bindings in one scenario",
			      PLAN_SLOTS_MAX);
		return -1;
	}
	if (plan->slot_count % 16 == 0) {
		const char **grown = resolve_keep(resolver,
						  (plan->slot_count + 16) * sizeof(*grown));

		for (size_t i = 0; i < plan->slot_count; i++)
			grown[i] = plan->slot_names[i];
		plan->slot_names = grown;
	}
	plan->slot_names[plan->slot_count] = text;
	return (int)plan->slot_count++;
}

/* What is inherited stays the parent's: a name that the child binds again is its own. */
static struct bound *make_bound(struct variant *variant, struct player *player, const char *text,
				struct location where)
{
	struct bound *bound = player_bound(player, text);
	int slot;

	if (bound && !bound->inherited)
		return bound;
	slot = new_slot(variant, text, where);
	if (slot < 0)
		return NULL;
	if (!bound) {
		bound = resolve_scratch(resolver_of(variant), sizeof(*bound));
		bound->next = player->bindings;
		player->bindings = bound;
		bound->state = BOUND_NEVER;
	}
	bound->text = text;
	bound->slot = slot;
	bound->inherited = false;
	return bound;
}

static int bind_name(struct variant *variant, int endpoint, const char *text, struct location where,
		     bool descriptor, bool later)
{
	struct site *site = scene_site(variant->scene, text, where);
	struct bound *bound;

	if (!site)
		return -1; /* the name means something else, which was said */
	site->descriptor |= descriptor;
	site->resolved = true;
	bound = make_bound(variant, &variant->players[endpoint], text, where);
	if (!bound)
		return -1;
	bound->site = site;
	bound->before = bound->state;
	bound->state = later ? BOUND_LATER : BOUND_NOW;
	return bound->slot;
}

/* "with fd as w" */
static bool bind_out(struct variant *variant, int endpoint, const struct binding *with, bool later,
		     struct action *action)
{
	int out = resolve_out(variant, action->call, &with->name);

	if (out < 0)
		return false;
	if (action->bind_out[out] >= 0) {
		resolve_error(resolver_of(variant), with->bind_where, NULL,
			      "%s of %s() is bound already", with->name.text, action->call->name);
		return false;
	}
	action->bind_out[out] = bind_name(variant, endpoint, with->bind, with->bind_where,
					  is_descriptor(with->name.text), later);
	return action->bind_out[out] >= 0;
}

/* A call that is expected to fail gives nothing a name could stand for. */
static bool gives_nothing(struct variant *variant, const struct statement *statement,
			  const struct want *want)
{
	const struct binding *with = statement->tail.with;

	while (with && !with->bind)
		with = with->next;
	if (!want_is_failure(want) || (!statement->bind.text && !with))
		return false;
	resolve_error(resolver_of(variant), with ? with->bind_where : statement->bind.where,
		      "leave the name out", "%s would never be bound: the call is expected to fail",
		      with ? with->bind : statement->bind.text);
	return true;
}

bool resolve_bindings(struct variant *variant, int endpoint, const struct statement *statement,
		      const struct want *want, struct action *action)
{
	bool later = want->kind == WANT_BLOCKS;
	bool good = true;

	if (gives_nothing(variant, statement, want))
		return false;
	if (statement->bind.text) {
		action->bind = bind_name(variant, endpoint, statement->bind.text,
					 statement->bind.where, action->call->result == RESULT_FD,
					 later);
		good = action->bind >= 0;
	}
	for (const struct binding *with = statement->tail.with; with; with = with->next) {
		if (with->bind)
			good &= bind_out(variant, endpoint, with, later, action);
	}
	return good;
}

void player_bind_pending(struct player *player, bool failed)
{
	for (struct bound **link = &player->bindings; *link;) {
		struct bound *bound = *link;

		if (bound->state == BOUND_LATER)
			bound->state = failed ? bound->before : BOUND_NOW;
		if (bound->state == BOUND_NEVER)
			*link = bound->next;
		else
			link = &bound->next;
	}
}

void player_lose_bindings(struct player *player)
{
	for (struct bound *bound = player->bindings; bound; bound = bound->next)
		bound->state = BOUND_LOST;
}

void player_inherit(struct variant *variant, struct player *child, const struct player *parent)
{
	child->bindings = NULL;
	child->confused |= parent->confused;
	for (const struct bound *bound = parent->bindings; bound; bound = bound->next) {
		struct bound *copy;

		if (bound->state != BOUND_NOW)
			continue;
		copy = resolve_scratch(resolver_of(variant), sizeof(*copy));
		*copy = *bound;
		copy->inherited = true;
		copy->next = child->bindings;
		child->bindings = copy;
	}
	memcpy(child->holds, parent->holds, sizeof(child->holds));
}
