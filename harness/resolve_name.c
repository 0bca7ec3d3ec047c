/* SPDX-License-Identifier: MIT */
/* Names in expressions: constants, channels, endpoints, bindings, symbols, probes. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

static const struct operand *make(struct variant *variant, struct operand operand)
{
	struct operand *kept = resolve_keep(resolver_of(variant), sizeof(*kept));

	*kept = operand;
	return kept;
}

/* What operands carry for messages while the run goes on. */
static struct value label(const char *text)
{
	return (struct value){ .kind = VALUE_WORD, .bytes = text, .length = strlen(text) };
}

static const struct operand *resolve_outcome(struct variant *variant, const struct expr *expr,
					     const struct setting *setting)
{
	static const struct value values[] = {
		{ .kind = VALUE_EOF }, { .kind = VALUE_GONE }, { .kind = VALUE_ANY },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (strcmp(expr->bytes, value_kind_text(values[i].kind)))
			continue;
		if (setting->outcomes)
			return operand_constant(variant, &values[i]);
		resolve_error(resolver_of(variant), expr->where, NULL, "%s is something that can be expected, not %s",
			      expr->bytes, setting->place);
		return NULL;
	}
	abort();
}

struct bound *player_bound(const struct player *player, const char *text)
{
	for (struct bound *bound = player->bindings; bound; bound = bound->next)
		if (!strcmp(bound->text, text))
			return bound;
	return NULL;
}

const struct operand *resolve_binding(struct variant *variant, const struct expr *expr, int endpoint, struct bound *bound)
{
	const char *owner = variant->players[endpoint].name->text;

	if (bound->site)
		bound->site->used = true;
	if (bound->state == BOUND_NOW || variant->in_race)
		return make(variant, (struct operand){ .kind = OPERAND_BINDING, .slot = bound->slot, .index = endpoint,
						       .value = label(bound->text) });
	if (bound->state == BOUND_LATER)
		resolve_error(resolver_of(variant), expr->where,
			      resolve_text(resolver_of(variant), "first say that the call returns: %s: resumes", owner),
			      "%s has no value yet: the call that gives it is still pending", bound->text);
	else
		resolve_error(resolver_of(variant), expr->where, "a new process holds nothing: open it again",
			      "%s was bound before the restart of %s", bound->text, owner);
	return NULL;
}

/* Who asks from outside may use any endpoint's binding that only one of them has. */
static const struct operand *find_any_binding(struct variant *variant, const struct expr *expr, bool *found)
{
	const struct operand *operand = NULL;

	*found = false;
	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		struct bound *bound = player_bound(&variant->players[i], expr->bytes);

		if (!bound)
			continue;
		if (*found) {
			resolve_error(resolver_of(variant), expr->where,
				      resolve_text(resolver_of(variant), "say whose: %s.%s",
						   variant->players[i].name->text, expr->bytes),
				      "several endpoints have a %s", expr->bytes);
			return NULL;
		}
		*found = true;
		operand = resolve_binding(variant, expr, i, bound);
	}
	return operand;
}

static const struct operand *find_binding(struct variant *variant, const struct expr *expr,
					  const struct setting *setting, bool *found)
{
	struct bound *bound;

	if (setting->outside)
		return find_any_binding(variant, expr, found);
	bound = setting->endpoint < 0 ? NULL : player_bound(&variant->players[setting->endpoint], expr->bytes);
	*found = bound;
	return bound ? resolve_binding(variant, expr, setting->endpoint, bound) : NULL;
}

static bool site_matches(const struct site *site, const struct expr *expr)
{
	return site && !strcmp(site->text, expr->bytes);
}

/* Nothing of this name is bound here now; but perhaps elsewhere, or later. */
static const struct site *find_site(const struct scene *scene, const struct expr *expr)
{
	for (int i = 0; i < BUCKETS; i++)
		for (const struct site *site = scene->sites[i]; site; site = site->next)
			if (site_matches(site, expr))
				return site;
	return NULL;
}

static const struct operand *unknown(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	struct resolver *resolver = resolver_of(variant);
	const struct site *site = find_site(variant->scene, expr);
	const char *owner = setting->endpoint < 0 ? NULL : variant->players[setting->endpoint].name->text;
	struct candidates candidates = { 0 };

	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		struct player *player = &variant->players[i];

		if (owner && i != setting->endpoint && player_bound(player, expr->bytes)) {
			resolve_error(resolver, expr->where, "bindings belong to the process that made them",
				      "%s is bound by %s, which %s knows nothing of", expr->bytes, player->name->text, owner);
			return NULL;
		}
	}
	if (site && owner && variant->players[setting->endpoint].confused) {
		resolver->error_count++;
		return NULL;
	}
	if (site) {
		resolve_error(resolver, expr->where, NULL, "%s is bound on line %d, not before that%s%s", expr->bytes,
			      site->where.line, owner ? " and not for " : "", owner ? owner : "");
		return NULL;
	}
	candidates_add_values(&candidates, variant, setting);
	resolve_error(resolver, expr->where, candidates_help(&candidates, resolver, expr->bytes, NULL),
		      "unknown name %s", expr->bytes);
	return NULL;
}

static const struct operand *use_channel(struct variant *variant, const struct expr *expr, const struct name *name,
					 const struct setting *setting)
{
	const struct channel *channel = &variant->plan->channels[name->index];

	if (name->failed)
		return NULL;
	if (setting->channel == CHANNEL_END)
		return resolve_end(variant, expr, name, setting);
	if (setting->channel == CHANNEL_NONE) {
		resolve_error(resolver_of(variant), expr->where, NULL, "%s is a channel, not %s", name->text,
			      setting->place);
		return NULL;
	}
	if (!(channel->mechanism->forms & FORM_NAMED)) {
		resolve_error(resolver_of(variant), expr->where, NULL, "%s is a %s, which has no path or address",
			      name->text, channel->mechanism->name);
		return NULL;
	}
	return make(variant, (struct operand){ .kind = OPERAND_ADDRESS, .index = name->index,
					       .value = label(name->text) });
}

static const struct operand *use_constant(struct variant *variant, const struct expr *expr, const struct name *name,
					  const struct setting *setting)
{
	if (name->failed)
		return NULL;
	if (name->value.kind == VALUE_NONE)
		resolve_error(resolver_of(variant), expr->where, "move its declaration up",
			      "%s is declared further down, on line %d", name->text, name->where.line);
	else if (name->value.kind == VALUE_WORD && !setting->words)
		resolve_error(resolver_of(variant), expr->where, NULL, "%s is the plain word %s, not %s", name->text,
			      name->value.bytes, setting->place);
	else
		return operand_constant(variant, &name->value);
	return NULL;
}

static const struct operand *use_declared(struct variant *variant, const struct expr *expr, struct name *name,
					  const struct setting *setting)
{
	name->used = true;
	switch (name->kind) {
	case NAME_CHANNEL:
		return use_channel(variant, expr, name, setting);
	case NAME_PARAMETER:
	case NAME_LET:
	case NAME_VARIABLE:
		return use_constant(variant, expr, name, setting);
	case NAME_ENDPOINT:
		if (setting->processes)
			return make(variant, (struct operand){ .kind = OPERAND_PROCESS, .index = name->index,
							       .value = label(name->text) });
		break;
	case NAME_FAULT:
	case NAME_GATE:
		break;
	}
	resolve_error(resolver_of(variant), expr->where, NULL, "%s is %s, not %s", name->text,
		      name_kind_text(name->kind), setting->place);
	return NULL;
}

static struct name *find_declared(const struct variant *variant, const char *text)
{
	for (struct name *variable = variant->variables; variable; variable = variable->next)
		if (!strcmp(variable->text, text))
			return variable;
	return scene_find(variant->scene, text);
}

static const struct operand *use_symbol(struct variant *variant, const struct symbol *symbol)
{
	struct value value = value_int(symbol->number);

	if (symbol->class == SYMBOL_ERRNO)
		value.kind = VALUE_ERRNO;
	return operand_constant(variant, &value);
}

const struct operand *resolve_name(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	struct name *name = find_declared(variant, expr->bytes);
	const struct symbol *symbol = symbol_find(expr->bytes);
	const struct operand *operand;
	struct value value;
	bool found;

	if (!strcmp(expr->bytes, "EOF") || !strcmp(expr->bytes, "GONE") || !strcmp(expr->bytes, "ANY"))
		return resolve_outcome(variant, expr, setting);
	if (name)
		return use_declared(variant, expr, name, setting);
	operand = find_binding(variant, expr, setting, &found);
	if (found)
		return operand;
	if (symbol)
		return use_symbol(variant, symbol);
	if (setting->probes && probe_find(expr->bytes))
		return resolve_probe(variant, expr, &value) ? operand_constant(variant, &value) : NULL;
	if (!setting->words)
		return unknown(variant, expr, setting);
	value = label(resolve_keep_text(resolver_of(variant), expr->bytes, expr->length));
	return operand_constant(variant, &value);
}
