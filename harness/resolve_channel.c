/* SPDX-License-Identifier: MIT */
/* Channels: mechanism, options, form, and who holds which end before the first step. */
#include <string.h>

#include "resolve.h"

static const struct {
	unsigned form;
	const char *written;		/* after "channel c: fifo" */
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
static const char *possible_forms(struct resolver *resolver, const struct mechanism *mechanism, const char *channel)
{
	const char *text = NULL;

	for (int i = 0; i < FORM_COUNT; i++) {
		if (!(mechanism->forms & forms[i].form))
			continue;
		text = resolve_text(resolver, "%s%schannel %s: %s%s", text ? text : "write ", text ? " or " : "", channel,
				    mechanism->name, forms[i].written);
	}
	return text;
}

static const struct mechanism *find_mechanism(struct variant *variant, const struct expr *expr)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct mechanism *mechanism;
	struct candidates candidates = { 0 };

	if (expr->kind != EXPR_NAME && expr->kind != EXPR_CALL) {
		resolve_error(resolver, expr->where, "for example: channel c: pipe(size=4096) from w to r",
			      "expected the name of a mechanism");
		return NULL;
	}
	mechanism = mechanism_find(expr->bytes);
	if (mechanism)
		return mechanism;
	candidates_add_mechanisms(&candidates);
	resolve_error(resolver, expr->where, candidates_help(&candidates, resolver, expr->bytes, NULL),
		      "unknown mechanism %s", expr->bytes);
	return NULL;
}

static int find_option(struct variant *variant, const struct mechanism *mechanism, const struct expr *expr)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct mechanism_option *options = mechanism->options;
	struct candidates candidates = { 0 };
	int i;

	for (i = 0; options && options[i].name; i++) {
		if (!strcmp(options[i].name, expr->bytes))
			return i;
		candidates_add(&candidates, options[i].name);
	}
	resolve_error(resolver, expr->where,
		      candidates_help(&candidates, resolver, expr->bytes,
				      i ? resolve_text(resolver, "it has: %s%s%s", options[0].name, i > 1 ? ", " : "",
						       i > 1 ? options[1].name : "") : "it has none"),
		      "%s has no option %s", mechanism->name, expr->bytes);
	return -1;
}

/* A text option arrives beside the numbers; its entry in the table is only its name. */
static bool is_text_option(const struct mechanism_option *option)
{
	return !strcmp(option->name, "content");
}

static void set_option(struct variant *variant, struct channel *channel, int index, const struct expr *expr)
{
	const struct mechanism_option *option = &channel->mechanism->options[index];
	struct resolver *resolver = variant->scene->resolver;
	struct setting setting = { .endpoint = NOBODY, .words = option->is_word, .place = "an option" };
	struct candidates candidates = { 0 };
	struct value value;

	if (!resolve_constant(variant, expr, &setting, &value))
		return;
	if (is_text_option(option)) {
		if (value.kind != VALUE_BYTES) {
			resolve_error(resolver, expr->where, "write it in quotes", "%s of %s is a string", option->name,
				      channel->mechanism->name);
			return;
		}
		channel->text = value.bytes;
		channel->text_length = value.length;
		return;
	}
	if (option->is_word && value.kind == VALUE_WORD && list_index(option->words, value.bytes) >= 0) {
		channel->options[index] = list_index(option->words, value.bytes);
		/* Abstract names are known to the whole network namespace. */
		variant->plan->needs_network |= !strcmp(option->name, "address") && !strcmp(value.bytes, "abstract");
	} else if (option->is_word) {
		candidates_add_list(&candidates, option->words);
		resolve_error(resolver, expr->where,
			      candidates_help(&candidates, resolver, value.kind == VALUE_WORD ? value.bytes : "",
					      resolve_text(resolver, "write %s=%s or %s=%s", option->name,
							   option->words[0], option->name, option->words[1])),
			      "%s is nothing that option %s of %s can be",
			      value.kind == VALUE_WORD ? value.bytes : value_kind_text(value.kind), option->name,
			      channel->mechanism->name);
	} else if (value.kind != VALUE_INT || value.number < 0) {
		resolve_error(resolver, expr->where, option->summary, "%s of %s is a number, not %s", option->name,
			      channel->mechanism->name,
			      value.kind == VALUE_INT ? "a negative one" : value_kind_text(value.kind));
	} else {
		channel->options[index] = value.number;
	}
}

static void set_options(struct variant *variant, struct channel *channel, const struct expr *expr)
{
	const struct mechanism_option *options = channel->mechanism->options;
	bool given[MECHANISM_OPTIONS_MAX] = { false };
	int index;

	for (int i = 0; options && options[i].name; i++)
		channel->options[i] = options[i].fallback;
	for (const struct expr *item = expr->kind == EXPR_CALL ? expr->list : NULL; item; item = item->next) {
		if (item->kind != EXPR_NAMED) {
			resolve_error(variant->scene->resolver, item->where,
				      options ? resolve_text(variant->scene->resolver, "write %s(%s=...)",
							     channel->mechanism->name, options[0].name) : NULL,
				      "an option of a mechanism is given by its name");
			continue;
		}
		index = find_option(variant, channel->mechanism, item);
		if (index < 0)
			continue;
		if (given[index])
			resolve_error(variant->scene->resolver, item->where, NULL, "option %s is given twice", item->bytes);
		given[index] = true;
		set_option(variant, channel, index, item->left);
	}
}

static bool set_form(struct variant *variant, struct channel *channel, const struct expr *expr, const struct ends *ends)
{
	struct resolver *resolver = variant->scene->resolver;
	const struct mechanism *mechanism = channel->mechanism;

	channel->form = forms[ends->kind].form;
	if (mechanism->forms & channel->form)
		return true;
	if (ends->kind == ENDS_NONE)
		resolve_error(resolver, expr->where, possible_forms(resolver, mechanism, channel->name),
			      "%s has no name to open it by, so somebody must hold it", mechanism->name);
	else
		resolve_error(resolver, ends->where, possible_forms(resolver, mechanism, channel->name),
			      "%s cannot be made%s", mechanism->name,
			      ends->kind == ENDS_FROM_TO ? " from one to another" : ends->kind == ENDS_BETWEEN ?
			      " between two that both read and write" : " held by several that all read and write");
	return false;
}

static void hold(struct variant *variant, const struct name *channel, const struct word *holders, enum channel_side side)
{
	struct scene *scene = variant->scene;

	for (const struct word *holder = holders; holder; holder = holder->next) {
		int endpoint = scene_endpoint(scene, holder->text, holder->where, true);
		struct player *player = &variant->players[endpoint < 0 ? 0 : endpoint];

		if (endpoint < 0)
			continue;
		if (player->by_fork)
			resolve_error(scene->resolver, holder->where,
				      "name its parent instead: the child holds what the parent holds at the fork",
				      "%s does not exist before its parent's fork(), so it cannot hold %s", holder->text,
				      channel->text);
		else if (player->holds[channel->index] & 1U << side)
			resolve_error(scene->resolver, holder->where, NULL, "%s is named twice for the same side of %s",
				      holder->text, channel->text);
		player->holds[channel->index] |= (uint8_t)(1U << side);
	}
}

void variant_channel(struct variant *variant, struct name *name, const struct expr *mechanism, const struct ends *ends)
{
	struct channel *channel = &variant->plan->channels[name->index];
	size_t errors = variant->scene->resolver->error_count;
	char reason[150];

	channel->name = name->text;
	channel->side_fd[SIDE_READ] = channel->side_fd[SIDE_WRITE] = channel->keeper_fd = -1;
	hold(variant, name, ends->first, ends->kind == ENDS_HELD_BY ? SIDE_BOTH :
	     ends->kind == ENDS_FROM_TO ? SIDE_WRITE : SIDE_READ);
	hold(variant, name, ends->second, ends->kind == ENDS_FROM_TO ? SIDE_READ : SIDE_WRITE);
	channel->mechanism = find_mechanism(variant, mechanism);
	if (channel->mechanism && set_form(variant, channel, mechanism, ends))
		set_options(variant, channel, mechanism);
	name->failed = variant->scene->resolver->error_count > errors;
	if (!name->failed && channel->mechanism->available && !variant->plan->skip.reason[0] &&
	    channel->mechanism->available(reason, sizeof(reason))) {
		snprintf(variant->plan->skip.reason, sizeof(variant->plan->skip.reason), "%s is not available: %s",
			 channel->mechanism->name, reason);
		variant->plan->skip.where = mechanism->where;
	}
}
