// SPDX-License-Identifier: MIT
/* Channels: mechanism, options, form, and who holds which end before the first step. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static const struct {
	unsigned form;
	const char *written; /* after "channel c: fifo" */
} forms[] = {
	[ENDS_NONE] = { FORM_NAMED, "" },
	[ENDS_FROM_TO] = { FORM_FROM_TO, " from w to r" },
	[ENDS_BETWEEN] = { FORM_BETWEEN, " between a and b" },
	[ENDS_HELD_BY] = { FORM_HELD_BY, " held by a, b" },
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };

bool expr_names_mechanism(const struct expr *expr)
{
	return (expr->kind == EXPR_NAME || expr->kind == EXPR_CALL) && mechanism_find(expr->bytes);
}

/* "channel c: fifo or channel c: fifo from w to r" */
static const char *possible_forms(struct resolver *resolver, const struct mechanism *mechanism,
				  const char *channel)
{
	const char *text = NULL;

	for (int i = 0; i < FORM_COUNT; i++) {
		if (!(mechanism->forms & forms[i].form))
			continue;
		text = resolve_text(resolver, "%s%schannel %s: %s%s", text ? text : "write ",
				    text ? " or " : "", channel, mechanism->name, forms[i].written);
	}
	return text;
}

static const struct mechanism *find_mechanism(struct variant *variant, const struct expr *expr)
{
	struct resolver *resolver = resolver_of(variant);
	const struct mechanism *mechanism;
	struct candidates candidates = { 0 };

	if (expr->kind != EXPR_NAME && expr->kind != EXPR_CALL) {
		resolve_error(resolver, expr->where,
			      "for example: channel c: pipe(size=4096) from w to r",
			      "expected the name of a mechanism");
		return NULL;
	}
	mechanism = mechanism_find(expr->bytes);
	if (mechanism)
		return mechanism;
	candidates_add_mechanisms(&candidates);
	scene_unknown(variant->scene, expr->where, &candidates, "mechanism", expr->bytes, NULL);
	return NULL;
}

static const char *const impossible[] = {
	[ENDS_NONE] = "has no name to open it by, so somebody must hold it",
	[ENDS_FROM_TO] = "cannot be made from one to another",
	[ENDS_BETWEEN] = "cannot be made between two that both read and write",
	[ENDS_HELD_BY] = "cannot be held by several that all read and write",
};

static bool set_form(struct variant *variant, struct channel *channel, const struct expr *expr,
		     const struct ends *ends)
{
	const struct mechanism *mechanism = channel->mechanism;
	struct resolver *resolver = resolver_of(variant);

	channel->form = forms[ends->kind].form;
	if (mechanism->forms & channel->form)
		return true;
	resolve_error(resolver, ends->kind == ENDS_NONE ? expr->where : ends->where,
		      possible_forms(resolver, mechanism, channel->name), "%s %s", mechanism->name,
		      impossible[ends->kind]);
	return false;
}

static void hold(struct variant *variant, const struct name *channel, const struct word *holders,
		 enum channel_side side)
{
	struct scene *scene = variant->scene;

	for (const struct word *holder = holders; holder; holder = holder->next) {
		int endpoint = scene_endpoint(scene, holder->text, holder->where);
		struct player *player = &variant->players[endpoint < 0 ? 0 : endpoint];

		if (endpoint < 0)
			continue;
		if (player->name->by_fork)
			resolve_error(scene->resolver, holder->where,
				      "name its parent instead: the child holds what the parent "
				      "holds at the fork",
				      "%s does not exist before its parent's fork(), so it cannot "
				      "hold %s",
				      holder->text, channel->text);
		else if (player->holds[channel->index] & 1U << side)
			resolve_error(scene->resolver, holder->where, NULL,
				      "%s is named twice for the same side of %s", holder->text,
				      channel->text);
		player->holds[channel->index] |= (uint8_t)(1U << side);
	}
}

struct availability {
	const struct mechanism *mechanism;
	char reason[150]; /* "": it is there */
	struct availability *next;
};

/* Asked once a process, as probes are. */
static const char *why_unavailable(const struct mechanism *mechanism)
{
	static struct availability *known;
	struct availability *found = known;

	while (found && found->mechanism != mechanism)
		found = found->next;
	if (found)
		return found->reason;
	found = calloc(1, sizeof(*found));
	if (!found)
		abort();
	found->mechanism = mechanism;
	found->next = known;
	known = found;
	if (!mechanism->available || !mechanism->available(found->reason, sizeof(found->reason)))
		found->reason[0] = '\0';
	return found->reason;
}

/* A mechanism that this machine does not have: the scenario is skipped. */
static void check_available(struct variant *variant, const struct mechanism *mechanism,
			    struct location where)
{
	struct obstacle *skip = &variant->plan->skip;
	const char *reason = why_unavailable(mechanism);

	if (skip->reason[0] || !*reason)
		return;
	snprintf(skip->reason, sizeof(skip->reason), "%s is not available: %s", mechanism->name,
		 reason);
	skip->where = where;
}

void variant_channel(struct variant *variant, struct name *name, const struct expr *mechanism,
		     const struct ends *ends)
{
	struct channel *channel = &variant->plan->channels[name->index];
	size_t errors = resolver_of(variant)->error_count;

	channel->name = name->text;
	channel->side_fd[SIDE_READ] = channel->side_fd[SIDE_WRITE] = channel->keeper_fd = -1;
	hold(variant, name, ends->first,
	     ends->kind == ENDS_HELD_BY   ? SIDE_BOTH
	     : ends->kind == ENDS_FROM_TO ? SIDE_WRITE
					  : SIDE_READ);
	hold(variant, name, ends->second, ends->kind == ENDS_FROM_TO ? SIDE_READ : SIDE_WRITE);
	channel->mechanism = find_mechanism(variant, mechanism);
	if (channel->mechanism && set_form(variant, channel, mechanism, ends))
		variant_options(variant, channel, mechanism);
	if (channel->mechanism)
		variant->plan->needs_network |= channel->mechanism->network;
	name->failed = resolver_of(variant)->error_count > errors;
	if (!name->failed)
		check_available(variant, channel->mechanism, mechanism->where);
}
