// SPDX-License-Identifier: MIT
/* Options of mechanisms: pipe(size=4096), unix_stream(address=abstract). */
#include <inttypes.h>
#include <string.h>

#include "resolve.h"

/* "it has: size, packet" */
static const char *options_text(struct resolver *resolver, const struct mechanism *mechanism)
{
	const struct mechanism_option *option = mechanism->options;
	const char *text = NULL;

	for (; option && option->name; option++)
		text = resolve_text(
			resolver, "%s%s",
			text ? resolve_text(resolver, "%s, ", text) : "it has: ", option->name);
	return text ? text : "it has none";
}

static int find_option(struct variant *variant, const struct mechanism *mechanism,
		       const struct expr *expr)
{
	struct resolver *resolver = resolver_of(variant);
	const struct mechanism_option *options = mechanism->options;
	struct candidates candidates = { 0 };

	for (int i = 0; options && options[i].name; i++) {
		if (!strcmp(options[i].name, expr->bytes))
			return i;
	}
	for (int i = 0; options && options[i].name; i++)
		candidates_add(&candidates, options[i].name);
	resolve_error(resolver, expr->where,
		      candidates_help(&candidates, resolver, expr->bytes,
				      options_text(resolver, mechanism)),
		      "%s has no option %s", mechanism->name, expr->bytes);
	return -1;
}

/* A text option arrives beside the numbers; its entry in the table is only its name. */
static bool is_text_option(const struct mechanism_option *option)
{
	return !strcmp(option->name, "content");
}

static void set_text(struct variant *variant, struct channel *channel,
		     const struct mechanism_option *option, const struct expr *expr,
		     const struct value *value)
{
	channel->text = value->bytes;
	channel->text_length = value->length;
	if (value->kind != VALUE_BYTES)
		resolve_error(resolver_of(variant), expr->where, "write it in quotes",
			      "%s of %s is a string, not %s", option->name,
			      channel->mechanism->name, value_kind_text(value->kind));
}

/* "write address=pathname or address=abstract" */
static const char *words_text(struct resolver *resolver, const struct mechanism_option *option)
{
	const char *text = NULL;

	for (const char *const *word = option->words; *word; word++)
		text = resolve_text(resolver, "%s%s%s=%s", text ? text : "write ",
				    text ? " or " : "", option->name, *word);
	return text;
}

static void set_word(struct variant *variant, struct channel *channel,
		     const struct mechanism_option *option, const struct expr *expr,
		     const struct value *value)
{
	struct resolver *resolver = resolver_of(variant);
	int word = value->kind == VALUE_WORD ? list_index(option->words, value->bytes) : -1;
	struct candidates candidates = { 0 };

	if (word >= 0) {
		channel->options[option - channel->mechanism->options] = word;
		/* Abstract names are known to the whole network namespace. */
		variant->plan->needs_network |= !strcmp(value->bytes, "abstract");
		return;
	}
	if (resolve_is_lost(variant, expr))
		return;
	candidates_add_list(&candidates, option->words);
	resolve_error(resolver, expr->where,
		      candidates_help(&candidates, resolver,
				      value->kind == VALUE_WORD ? value->bytes : NULL,
				      words_text(resolver, option)),
		      "%s of %s cannot be %s", option->name, channel->mechanism->name,
		      value->kind == VALUE_WORD ? value->bytes : value_kind_text(value->kind));
}

static void set_number(struct variant *variant, struct channel *channel,
		       const struct mechanism_option *option, const struct expr *expr,
		       const struct value *value)
{
	channel->options[option - channel->mechanism->options] = value->number;
	if (value->kind != VALUE_INT || value->number < 0)
		resolve_error(
			resolver_of(variant), expr->where, option->summary,
			"%s of %s is a number, not %s", option->name, channel->mechanism->name,
			value->kind == VALUE_INT ? "a negative one" : value_kind_text(value->kind));
	else if (option->fits && !option->fits(value->number))
		resolve_error(resolver_of(variant), expr->where, option->summary,
			      "%s of %s cannot be %" PRId64, option->name, channel->mechanism->name,
			      value->number);
}

static void set_option(struct variant *variant, struct channel *channel,
		       const struct mechanism_option *option, const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY,
				   .words = option->is_word,
				   .place = "an option" };
	struct value value;

	if (!resolve_constant(variant, expr, &setting, &value))
		return;
	if (is_text_option(option))
		set_text(variant, channel, option, expr, &value);
	else if (option->is_word)
		set_word(variant, channel, option, expr, &value);
	else
		set_number(variant, channel, option, expr, &value);
}

void variant_options(struct variant *variant, struct channel *channel, const struct expr *expr)
{
	const struct mechanism_option *options = channel->mechanism->options;
	struct resolver *resolver = resolver_of(variant);
	bool given[MECHANISM_OPTIONS_MAX] = { false };

	for (int i = 0; options && options[i].name; i++)
		channel->options[i] = options[i].fallback;
	for (const struct expr *item = expr->kind == EXPR_CALL ? expr->list : NULL; item;
	     item = item->next) {
		int index;

		if (item->kind != EXPR_NAMED) {
			resolve_error(resolver, item->where,
				      options ? resolve_text(resolver, "write %s(%s=...)",
							     channel->mechanism->name,
							     options[0].name)
					      : NULL,
				      "an option of a mechanism is given by its name");
			continue;
		}
		index = find_option(variant, channel->mechanism, item);
		if (index < 0)
			continue;
		if (given[index])
			resolve_error(resolver, item->where, NULL, "option %s is given twice",
				      item->bytes);
		given[index] = true;
		set_option(variant, channel, &options[index], item->left);
	}
}
