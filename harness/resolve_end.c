// SPDX-License-Identifier: MIT
/* The end of a channel that an endpoint holds: c, c.read, c.write. */
#include <string.h>

#include "resolve.h"

enum { HOLDS_READ = 1 << SIDE_READ, HOLDS_WRITE = 1 << SIDE_WRITE, HOLDS_BOTH = 1 << SIDE_BOTH };

static const struct operand *make_end(struct variant *variant, const struct name *channel,
				      enum channel_side side)
{
	return operand_named(
		variant,
		(struct operand){ .kind = OPERAND_END, .index = channel->index, .side = side },
		channel->text);
}

/* How to come to an end of one that can be opened by its name; else NULL. */
static const char *opening_help(struct resolver *resolver, const struct channel *template,
				const char *owner)
{
	if (!template->mechanism || !(template->mechanism->forms & FORM_NAMED))
		return NULL;
	if (!strncmp(template->mechanism->name, "unix_", strlen("unix_")))
		return resolve_text(
			resolver, "make a socket first and use that: %s: s = socket(AF_UNIX, ...)",
			owner);
	return resolve_text(resolver, "open it first and use that: %s: fd = open(%s, O_RDWR)",
			    owner, template->name);
}

/* Why the endpoint holds nothing of it, and what to do. */
static const struct operand *nothing_held(struct variant *variant, const struct expr *expr,
					  const struct name *channel, const struct player *player)
{
	struct resolver *resolver = resolver_of(variant);
	const struct channel *template = &variant->plan->channels[channel->index];
	const char *owner = player->name->text;
	const char *help = player->is_program ? NULL : opening_help(resolver, template, owner);

	/* What does not happen here may be about ends that are not there either. */
	if (variant->rehearsing)
		return make_end(variant, channel, SIDE_BOTH);
	if (player_may_hold_more(variant, player))
		resolve_follows(resolver);
	else if (player->restarted)
		resolve_error(resolver, expr->where, help,
			      "%s holds no end of %s: it is a new process since its restart", owner,
			      channel->text);
	else if (template->form == FORM_NAMED)
		resolve_error(resolver, expr->where, help,
			      "%s holds no end of %s: nobody does before opening it", owner,
			      channel->text);
	else
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "name it among those who hold %s, on line %d",
					   channel->text, channel->where.line),
			      "%s holds no end of %s", owner, channel->text);
	return NULL;
}

const struct operand *resolve_end(struct variant *variant, const struct expr *expr,
				  const struct name *channel, const struct setting *setting)
{
	struct resolver *resolver = resolver_of(variant);
	const struct player *player;
	unsigned holds;

	if (setting->endpoint < 0) {
		resolve_error(resolver, expr->where, NULL, "%s is a channel, not %s", channel->text,
			      setting_place(resolver, setting));
		return NULL;
	}
	player = &variant->players[setting->endpoint];
	holds = player->holds[channel->index];
	if (!holds)
		return nothing_held(variant, expr, channel, player);
	if ((holds & HOLDS_READ) && (holds & HOLDS_WRITE)) {
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "write %s.read or %s.write", channel->text,
					   channel->text),
			      "%s holds both ends of %s", player->name->text, channel->text);
		return NULL;
	}
	return make_end(variant, channel,
			holds & HOLDS_BOTH   ? SIDE_BOTH
			: holds & HOLDS_READ ? SIDE_READ
					     : SIDE_WRITE);
}

/* "reader.r": a binding, asked for from outside. */
static const struct operand *resolve_foreign_binding(struct variant *variant,
						     const struct expr *expr, int endpoint)
{
	struct bound *bound = player_bound(&variant->players[endpoint], expr->bytes);

	if (bound)
		return resolve_binding(variant, expr, endpoint, bound);
	if (variant->players[endpoint].confused)
		resolve_follows(resolver_of(variant));
	else
		resolve_error(resolver_of(variant), expr->where, NULL, "%s has bound no %s",
			      expr->left->bytes, expr->bytes);
	return NULL;
}

/* c.read, by somebody who has something of c. */
static const struct operand *resolve_side(struct variant *variant, const struct expr *expr,
					  const struct name *channel, int side,
					  const struct setting *setting)
{
	struct resolver *resolver = resolver_of(variant);
	const struct player *player;
	unsigned holds;

	if (setting->channel != CHANNEL_END || setting->endpoint < 0) {
		resolve_error(resolver, expr->where, NULL, "%s.%s is a descriptor, not %s",
			      channel->text, expr->bytes, setting_place(resolver, setting));
		return NULL;
	}
	player = &variant->players[setting->endpoint];
	holds = player->holds[channel->index];
	if (!holds)
		return nothing_held(variant, expr, channel, player);
	if (holds & 1U << side)
		return make_end(variant, channel, (enum channel_side)side);
	if (holds & HOLDS_BOTH)
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "write %s", channel->text),
			      "%s is held by one descriptor for both directions", channel->text);
	else
		resolve_error(
			resolver, expr->where,
			resolve_text(resolver, "write %s: the end that it holds", channel->text),
			"%s does not hold %s.%s", player->name->text, channel->text, expr->bytes);
	return NULL;
}

static void complain_no_channel(struct variant *variant, const struct expr *expr)
{
	struct candidates candidates = { 0 };

	if (resolve_is_lost(variant, expr))
		return;
	candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant),
				      expr->kind == EXPR_NAME ? expr->bytes : NULL, NULL),
		      "only a channel has ends, such as c.read and c.write");
}

const struct operand *resolve_member(struct variant *variant, const struct expr *expr,
				     const struct setting *setting)
{
	static const char *const ends[] = { [SIDE_READ] = "read", [SIDE_WRITE] = "write", NULL };
	struct resolver *resolver = resolver_of(variant);
	struct name *name = expr->left->kind == EXPR_NAME
				    ? scene_find(variant->scene, expr->left->bytes)
				    : NULL;
	struct candidates candidates = { 0 };
	int side = list_index(ends, expr->bytes);

	if (name && name->kind == NAME_ENDPOINT && setting->outside) {
		name->used = true;
		return resolve_foreign_binding(variant, expr, name->index);
	}
	if (!name || name->kind != NAME_CHANNEL) {
		complain_no_channel(variant, expr->left);
		return NULL;
	}
	name->used = true;
	if (side >= 0 && !name->failed)
		return resolve_side(variant, expr, name, side, setting);
	if (name->failed) {
		resolve_follows(resolver);
		return NULL;
	}
	candidates_add_list(&candidates, ends);
	resolve_error(
		resolver, expr->where, candidates_help(&candidates, resolver, expr->bytes, NULL),
		"the ends of %s are %s.read and %s.write", name->text, name->text, name->text);
	return NULL;
}
