// SPDX-License-Identifier: MIT
/* Channels that are no descriptors: objects in memory, and System V's, which have ids and keys. */
#include "resolve.h"

static const struct operand *complain_not(struct variant *variant, const struct expr *expr,
					  const struct name *channel, const char *lack)
{
	const struct mechanism *mechanism = variant->plan->channels[channel->index].mechanism;

	resolve_error(resolver_of(variant), expr->where, NULL, "%s is a %s, which %s",
		      channel->text, mechanism->name, lack);
	return NULL;
}

static const struct operand *make(struct variant *variant, const struct name *channel,
				  enum operand_kind kind)
{
	return operand_named(variant, (struct operand){ .kind = kind, .index = channel->index },
			     channel->text);
}

/* Why it is not in the endpoint's memory, and what to do. */
static const struct operand *not_there(struct variant *variant, const struct expr *expr,
				       const struct name *channel, const struct player *player)
{
	struct resolver *resolver = resolver_of(variant);
	const struct channel *template = &variant->plan->channels[channel->index];
	const char *owner = player->name->text;

	if (variant->rehearsing)
		return make(variant, channel, OPERAND_OBJECT);
	if (player_may_hold_more(variant, player))
		resolve_follows(resolver);
	else if (player->restarted)
		resolve_error(resolver, expr->where, NULL,
			      "%s does not have %s in its memory: it is a new process since its "
			      "restart",
			      owner, channel->text);
	else if (template->form == FORM_NAMED)
		resolve_error(resolver, expr->where,
			      "open, attach or map it first, and use the address that this gives",
			      "%s does not have %s in its memory: nobody does before that", owner,
			      channel->text);
	else
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "name it among those who hold %s, on line %d",
					   channel->text, channel->where.line),
			      "%s does not have %s in its memory", owner, channel->text);
	return NULL;
}

static const struct operand *resolve_place(struct variant *variant, const struct expr *expr,
					   const struct name *channel,
					   const struct setting *setting)
{
	const struct player *player;

	if (!variant->plan->channels[channel->index].mechanism->map)
		return complain_not(variant, expr, channel, "is no object in memory");
	if (setting->endpoint < 0) {
		resolve_error(resolver_of(variant), expr->where, NULL, "%s is a channel, not %s",
			      channel->text, setting_place(resolver_of(variant), setting));
		return NULL;
	}
	player = &variant->players[setting->endpoint];
	if (!player->holds[channel->index])
		return not_there(variant, expr, channel, player);
	return make(variant, channel, OPERAND_OBJECT);
}

const struct operand *resolve_object(struct variant *variant, const struct expr *expr,
				     const struct name *channel, const struct setting *setting)
{
	const struct mechanism *mechanism = variant->plan->channels[channel->index].mechanism;

	if (setting->channel == CHANNEL_OBJECT)
		return resolve_place(variant, expr, channel, setting);
	if (setting->channel == CHANNEL_END)
		return complain_not(variant, expr, channel, "has no descriptor");
	if (!mechanism->system_v)
		return complain_not(variant, expr, channel, "is no System V object");
	return make(variant, channel, setting->channel == CHANNEL_ID ? OPERAND_ID : OPERAND_KEY);
}
