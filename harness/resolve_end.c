/* SPDX-License-Identifier: MIT */
/* The end of a channel that an endpoint holds: c, c.read, c.write. */
#include <string.h>

#include "resolve.h"

enum { HOLDS_READ = 1 << SIDE_READ, HOLDS_WRITE = 1 << SIDE_WRITE, HOLDS_BOTH = 1 << SIDE_BOTH };

static const struct operand *make_end(struct variant *variant, const struct name *channel, enum channel_side side)
{
	struct operand *operand = resolve_keep(variant->scene->resolver, sizeof(*operand));

	*operand = (struct operand){ .kind = OPERAND_END, .index = channel->index, .side = side };
	operand->value = (struct value){ .kind = VALUE_WORD, .bytes = channel->text, .length = strlen(channel->text) };
	return operand;
}

/* Why the endpoint holds nothing of it, and what to do. */
static void complain_nothing_held(struct variant *variant, const struct expr *expr, const struct name *channel,
				  const struct player *player)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct channel *template = &variant->plan->channels[channel->index];
	const char *owner = player->name->text;
	bool named = template->mechanism && template->mechanism->forms & FORM_NAMED;
	const char *help = named ? resolve_text(resolver, "open it first and use that: %s: fd = open(%s, O_RDWR)", owner,
						channel->text) : NULL;

	if (named && !strncmp(template->mechanism->name, "unix_", strlen("unix_")))
		help = resolve_text(resolver, "make a socket first and use that: %s: s = socket(AF_UNIX, ...)", owner);
	if (player->restarted)
		resolve_error(resolver, expr->where, help, "%s holds no end of %s: it is a new process since its restart",
			      owner, channel->text);
	else if (template->form == FORM_NAMED)
		resolve_error(resolver, expr->where, help, "%s holds no end of %s: nobody does before opening it", owner,
			      channel->text);
	else
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "name it among those who hold %s, on line %d", channel->text,
					   channel->where.line),
			      "%s holds no end of %s", owner, channel->text);
}

const struct operand *resolve_end(struct variant *variant, const struct expr *expr, const struct name *channel,
				  const struct setting *setting)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct player *player;
	unsigned holds;

	if (setting->endpoint < 0) {
		resolve_error(resolver, expr->where, NULL, "%s is a channel, not %s", channel->text, setting->place);
		return NULL;
	}
	player = &variant->players[setting->endpoint];
	holds = player->holds[channel->index];
	if (!holds) {
		complain_nothing_held(variant, expr, channel, player);
		return NULL;
	}
	if ((holds & HOLDS_READ) && (holds & HOLDS_WRITE)) {
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "write %s.read or %s.write", channel->text, channel->text),
			      "%s holds both ends of %s", player->name->text, channel->text);
		return NULL;
	}
	return make_end(variant, channel, holds & HOLDS_BOTH ? SIDE_BOTH : holds & HOLDS_READ ? SIDE_READ : SIDE_WRITE);
}

/* "reader.r": a binding, asked for from outside. */
static const struct operand *resolve_foreign_binding(struct variant *variant, const struct expr *expr, int endpoint)
{
	struct bound *bound = player_bound(&variant->players[endpoint], expr->bytes);

	if (bound)
		return resolve_binding(variant, expr, endpoint, bound);
	resolve_error(variant->scene->resolver, expr->where, NULL, "%s has bound no %s", expr->left->bytes, expr->bytes);
	return NULL;
}

const struct operand *resolve_member(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	static const char *const ends[] = { [SIDE_READ] = "read", [SIDE_WRITE] = "write", NULL };
	struct resolver *resolver = variant->scene->resolver;
	struct name *name = expr->left->kind == EXPR_NAME ? scene_find(variant->scene, expr->left->bytes) : NULL;
	struct candidates candidates = { 0 };
	int side = list_index(ends, expr->bytes);

	if (name && name->kind == NAME_ENDPOINT && setting->outside) {
		name->used = true;
		return resolve_foreign_binding(variant, expr, name->index);
	}
	if (!name || name->kind != NAME_CHANNEL) {
		candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
		resolve_error(resolver, expr->left->where,
			      candidates_help(&candidates, resolver, expr->left->bytes ? expr->left->bytes : "", NULL),
			      "only a channel has ends: c.read and c.write");
		return NULL;
	}
	name->used = true;
	if (name->failed)
		return NULL;
	candidates_add_list(&candidates, ends);
	if (side < 0)
		resolve_error(resolver, expr->where, candidates_help(&candidates, resolver, expr->bytes, NULL),
			      "the ends of %s are %s.read and %s.write", name->text, name->text, name->text);
	else if (setting->channel != CHANNEL_END || setting->endpoint < 0)
		resolve_error(resolver, expr->where, NULL, "%s.%s is a descriptor, not %s", name->text, expr->bytes,
			      setting->place);
	else if (!variant->players[setting->endpoint].holds[name->index])
		complain_nothing_held(variant, expr, name, &variant->players[setting->endpoint]);
	else if (variant->players[setting->endpoint].holds[name->index] & HOLDS_BOTH)
		resolve_error(resolver, expr->where, resolve_text(resolver, "write %s", name->text),
			      "%s is held by one descriptor for both directions", name->text);
	else if (!(variant->players[setting->endpoint].holds[name->index] & 1U << side))
		resolve_error(resolver, expr->where, resolve_text(resolver, "write %s: the end that it holds", name->text),
			      "%s does not hold %s.%s", variant->players[setting->endpoint].name->text, name->text,
			      expr->bytes);
	else
		return make_end(variant, name, (enum channel_side)side);
	candidates_help(&candidates, resolver, "", NULL);
	return NULL;
}
