// SPDX-License-Identifier: MIT
/* What the steps so far say about an endpoint: alive, dead, stopped, asleep in a call. */
#include <string.h>

#include "resolve.h"

void players_begin(struct variant *variant)
{
	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		struct player *player = &variant->players[i];

		player->life = player->name->by_fork || player->is_program ? LIFE_ABSENT
									   : LIFE_ALIVE;
	}
}

void player_confuse(struct variant *variant, int endpoint)
{
	variant->confused = true;
	for (int i = 0; i < variant->scene->endpoint_count; i++)
		variant->players[i].confused |= endpoint == NOBODY || endpoint == i;
}

void players_continue(struct variant *variant)
{
	for (int i = 0; i < variant->scene->endpoint_count; i++)
		variant->players[i].stopped = false;
}

bool player_may_hold_more(const struct variant *variant, const struct player *player)
{
	return variant->scene->damaged || (player->life == LIFE_ABSENT && !player->is_program) ||
	       (player->name->by_fork && player->confused);
}

bool player_is_there(struct variant *variant, int endpoint, struct location where)
{
	struct resolver *resolver = resolver_of(variant);
	const struct player *player = &variant->players[endpoint];
	const char *name = player->name->text;

	if (player->confused || variant->rehearsing)
		return true;
	if (player->is_program && player->life == LIFE_ABSENT) {
		resolve_error(resolver, where, resolve_text(resolver, "first: do start %s", name),
			      "%s was not started yet", name);
		return false;
	}
	/* A parent whose steps are not understood may have made any child. */
	if (player->life == LIFE_ABSENT && variant->confused)
		return true;
	if (player->life == LIFE_ABSENT)
		resolve_error(resolver, where,
			      resolve_text(resolver, "first: PARENT: fork(%s)", name),
			      "%s does not exist yet", name);
	else if (player->life == LIFE_DEAD)
		resolve_error(resolver, where, resolve_text(resolver, "first: do restart %s", name),
			      "%s %s on line %d", name, player->ending, player->since.line);
	else
		return true;
	return false;
}

bool program_may_start(struct variant *variant, int endpoint, bool again, struct location where)
{
	struct resolver *resolver = resolver_of(variant);
	const struct player *player = &variant->players[endpoint];
	const char *name = player->name->text;

	if (player->confused || variant->rehearsing)
		return true;
	if (again && player->life == LIFE_ABSENT)
		resolve_error(resolver, where, resolve_text(resolver, "first: do start %s", name),
			      "%s was not started yet", name);
	else if (!again && player->life != LIFE_ABSENT)
		resolve_error(resolver, where,
			      resolve_text(resolver, "to run it again: do restart %s", name),
			      "%s was started before", name);
	else if (again && variant_holds_ends(variant, endpoint))
		resolve_error(
			resolver, where,
			resolve_text(resolver,
				     "give it a channel with a path, or declare another program"),
			"%s cannot be restarted: the ends that it held are gone with its first process",
			name);
	else
		return true;
	return false;
}

bool player_may_act(struct variant *variant, int endpoint, struct location where)
{
	struct resolver *resolver = resolver_of(variant);
	const struct player *player = &variant->players[endpoint];
	const char *name = player->name->text;

	if (player->is_program) {
		resolve_error(resolver, where,
			      "it does what its own code says; act on it with do and await",
			      "%s is a program: it takes no steps", name);
		return false;
	}
	if (!player_is_there(variant, endpoint, where))
		return false;
	if (player->confused || variant->rehearsing)
		return true;
	if (player->pending)
		resolve_error(resolver, where, resolve_text(resolver, "first: %s: resumes", name),
			      "%s is still asleep in %s(), since line %d", name,
			      player->pending->name, player->pending_where.line);
	else if (player->stopped)
		resolve_error(resolver, where, resolve_text(resolver, "first: do cont %s", name),
			      "%s is stopped since line %d", name, player->since.line);
	else
		return true;
	return false;
}

void player_ends(struct variant *variant, int endpoint, struct location where, const char *ending)
{
	struct player *player = &variant->players[endpoint];

	player->life = LIFE_DEAD;
	player->ending = ending;
	player->since = where;
	player->pending = NULL;
	player->stopped = false;
	player_bind_pending(player, true);
}

void player_restarts(struct player *player)
{
	player->life = LIFE_ALIVE;
	player->restarted = true;
	player->stopped = false;
	player->pending = NULL;
	player_bind_pending(player, true);
	player_lose_bindings(player);
	memset(player->holds, 0, sizeof(player->holds));
}
