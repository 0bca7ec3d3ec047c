// SPDX-License-Identifier: MIT
/* Names in expressions: constants, channels, endpoints, bindings, symbols, probes. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static const struct operand *resolve_outcome(struct variant *variant, const struct expr *expr,
					     const struct setting *setting)
{
	static const struct value values[] = {
		{ .kind = VALUE_EOF },
		{ .kind = VALUE_GONE },
		{ .kind = VALUE_ANY },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (strcmp(expr->bytes, value_kind_text(values[i].kind)))
			continue;
		if (setting->outcomes)
			return operand_constant(variant, &values[i]);
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "%s is something that can be expected, not %s", expr->bytes,
			      setting_place(resolver_of(variant), setting));
		return NULL;
	}
	abort();
}

static const struct operand *unknown(struct variant *variant, const struct expr *expr,
				     const struct setting *setting)
{
	const struct operand *operand = NULL;
	struct candidates candidates = { 0 };

	if (explain_unbound(variant, expr, setting, &operand))
		return operand;
	if (resolve_is_lost(variant, expr))
		return NULL;
	if (probe_find(expr->bytes))
		return resolve_probe(variant, expr, setting);
	candidates_add_values(&candidates, variant, setting);
	scene_unknown(variant->scene, expr->where, &candidates, "name", expr->bytes, NULL);
	return NULL;
}

/* Its declaration has an error: what follows from that is no news. */
static const struct operand *use_failed(struct variant *variant)
{
	resolve_follows(resolver_of(variant));
	return NULL;
}

/* Wanted for something else than a descriptor or an address; or it has none of these. */
static bool is_object(const struct mechanism *mechanism, enum channel_meaning meaning)
{
	return meaning > CHANNEL_ADDRESS ||
	       (meaning == CHANNEL_END &&
		(mechanism->system_v || !mechanism_has_descriptor(mechanism)));
}

static const struct operand *use_channel(struct variant *variant, const struct expr *expr,
					 const struct name *name, const struct setting *setting)
{
	const struct channel *channel = &variant->plan->channels[name->index];
	struct setting found_by = *setting;

	if (name->failed)
		return use_failed(variant);
	if (setting->channel == CHANNEL_WORD) {
		found_by.channel = channel->mechanism && channel->mechanism->system_v
					   ? CHANNEL_KEY
					   : CHANNEL_ADDRESS;
		setting = &found_by;
	}
	if (channel->mechanism && is_object(channel->mechanism, setting->channel))
		return resolve_object(variant, expr, name, setting);
	if (setting->channel == CHANNEL_END)
		return resolve_end(variant, expr, name, setting);
	if (setting->channel == CHANNEL_NONE)
		resolve_error(resolver_of(variant), expr->where, NULL, "%s is a channel, not %s",
			      name->text, setting_place(resolver_of(variant), setting));
	else if (!channel->mechanism)
		resolve_error(resolver_of(variant), expr->where, "move its declaration up",
			      "%s is declared further down, on line %d", name->text,
			      name->where.line);
	else if (!(channel->mechanism->forms & FORM_NAMED) || channel->mechanism->system_v)
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "%s is a %s, which has no path or address", name->text,
			      channel->mechanism->name);
	else
		return operand_named(
			variant, (struct operand){ .kind = OPERAND_ADDRESS, .index = name->index },
			name->text);
	return NULL;
}

static const struct operand *use_constant(struct variant *variant, const struct expr *expr,
					  const struct name *name, const struct setting *setting)
{
	struct resolver *resolver = resolver_of(variant);

	if (name->failed)
		return use_failed(variant);
	if (name->value.kind == VALUE_NONE)
		resolve_error(resolver, expr->where,
			      "a name has a value below the line of its declaration",
			      "%s has no value yet: it is declared on line %d", name->text,
			      name->where.line);
	else if (name->value.kind == VALUE_WORD && !setting->words && !setting->choices)
		resolve_error(resolver, expr->where, NULL, "%s is the plain word %s, not %s",
			      name->text, name->value.bytes, setting_place(resolver, setting));
	else
		return operand_constant(variant, &name->value);
	return NULL;
}

static const struct operand *use_declared(struct variant *variant, const struct expr *expr,
					  struct name *name, const struct setting *setting)
{
	name->used = true;
	switch (name->kind) {
	case NAME_CHANNEL: return use_channel(variant, expr, name, setting);
	case NAME_PARAMETER:
	case NAME_LET:
	case NAME_VARIABLE: return use_constant(variant, expr, name, setting);
	case NAME_ENDPOINT:
		if (setting->processes)
			return operand_named(
				variant,
				(struct operand){ .kind = OPERAND_PROCESS, .index = name->index },
				name->text);
		break;
	case NAME_FAULT:
	case NAME_GATE: break;
	}
	resolve_error(resolver_of(variant), expr->where, NULL, "%s is %s, not %s", name->text,
		      name_kind_text(name->kind), setting_place(resolver_of(variant), setting));
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

const struct operand *resolve_name(struct variant *variant, const struct expr *expr,
				   const struct setting *setting)
{
	struct name *name = find_declared(variant, expr->bytes);
	const struct symbol *symbol;
	const struct operand *operand;
	struct value value;
	bool found;

	if (!strcmp(expr->bytes, "EOF") || !strcmp(expr->bytes, "GONE") ||
	    !strcmp(expr->bytes, "ANY"))
		return resolve_outcome(variant, expr, setting);
	if (name)
		return use_declared(variant, expr, name, setting);
	operand = find_binding(variant, expr, setting, &found);
	if (found)
		return operand;
	symbol = symbol_find(expr->bytes);
	if (symbol)
		return use_symbol(variant, symbol);
	if (setting->probes && probe_find(expr->bytes))
		return resolve_probe(variant, expr, setting);
	if (!setting->words && !(setting->choices && scene_has_choice(variant->scene, expr->bytes)))
		return unknown(variant, expr, setting);
	value = (struct value){ .kind = VALUE_WORD, .bytes = expr->bytes, .length = expr->length };
	return operand_constant(variant, &value);
}
