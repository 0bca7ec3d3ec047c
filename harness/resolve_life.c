/* SPDX-License-Identifier: MIT */
/* What the steps so far say about an endpoint: alive, dead, stopped, asleep in a call. */
#include <string.h>

#include "resolve.h"

static void mark_child(struct variant *variant, const struct expr *expr)
{
	const struct call *call = expr && expr->kind == EXPR_CALL ? call_find(expr->bytes) : NULL;
	const struct name *name;

	if (!call || !(call->flags & CALL_FORKS) || !expr->list || expr->list->kind != EXPR_NAME)
		return;
	name = scene_find(variant->scene, expr->list->bytes);
	if (name && name->kind == NAME_ENDPOINT)
		variant->players[name->index].by_fork = true;
}

static void mark_children(struct variant *variant, const struct statement *body)
{
	for (const struct statement *statement = body; statement; statement = statement->next) {
		if (statement->kind == STATEMENT_CALL)
			mark_child(variant, statement->expr);
		else if (statement->kind == STATEMENT_REPEAT)
			mark_children(variant, statement->body);
	}
}

void players_begin(struct variant *variant, const struct statement *body)
{
	mark_children(variant, body);
	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		struct player *player = &variant->players[i];

		player->life = player->by_fork || player->is_program ? LIFE_ABSENT : LIFE_ALIVE;
	}
}

/* A fork() that was not understood may have made any child. */
static bool somebody_is_confused(const struct variant *variant)
{
	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		if (variant->players[i].confused)
			return true;
	}
	return false;
}

bool player_is_there(struct variant *variant, int endpoint, struct location where)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct player *player = &variant->players[endpoint];
	const char *name = player->name->text;

	if (player->is_program || player->confused)
		return true;
	if (player->life == LIFE_ABSENT) {
		if (somebody_is_confused(variant))
			return true;
		resolve_error(resolver, where, resolve_text(resolver, "first: PARENT: fork(%s)", name),
			      "%s does not exist yet", name);
		return false;
	}
	if (player->life == LIFE_DEAD) {
		resolve_error(resolver, where, resolve_text(resolver, "first: do restart %s", name), "%s %s on line %d",
			      name, player->ending, player->since.line);
		return false;
	}
	return true;
}

bool player_may_act(struct variant *variant, int endpoint, struct location where)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct player *player = &variant->players[endpoint];

	if (player->is_program) {
		resolve_error(resolver, where, "it does what its own code says; act on it with do and await",
			      "%s is a program: it takes no steps", player->name->text);
		return false;
	}
	if (!player_is_there(variant, endpoint, where))
		return false;
	if (!player->pending || player->confused)
		return true;
	resolve_error(resolver, where, resolve_text(resolver, "first: %s: resumes", player->name->text),
		      "%s is still asleep in %s(), since line %d", player->name->text, player->pending->name,
		      player->pending_where.line);
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
