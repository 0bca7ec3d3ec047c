// SPDX-License-Identifier: MIT
/* What a call gives besides its result, as steps want it: with prio=9, fd as w. */
#include <string.h>

#include "resolve.h"

#define KIND(name) (1U << VALUE_##name)

/* Out-parameters are numbers, bytes or lists of numbers. */
enum {
	OUT_KINDS = KIND(ANY) | KIND(INT) | KIND(RANGE) | KIND(BYTES) | KIND(LIST) | KIND(ERRNO) |
		    KIND(TIME),
};

/* "it gives: fd, nfds" */
static const char *outs_text(struct resolver *resolver, const struct call *call)
{
	const char *text = "it gives only its result";

	for (int i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++)
		text = resolve_text(
			resolver, "%s%s",
			i ? resolve_text(resolver, "%s, ", text) : "it gives: ", call->outs[i]);
	return text;
}

int resolve_out(struct variant *variant, const struct call *call, const struct word *word)
{
	struct candidates candidates = { 0 };

	for (int i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++) {
		if (!strcmp(call->outs[i], word->text))
			return i;
	}
	for (int i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++)
		candidates_add(&candidates, call->outs[i]);
	resolve_error(resolver_of(variant), word->where,
		      candidates_help(&candidates, resolver_of(variant), word->text,
				      outs_text(resolver_of(variant), call)),
		      "%s() does not give %s", call->name, word->text);
	return -1;
}

/* In an address, a channel stands for its own; elsewhere for the descriptor that is held. */
static const struct operand *out_value(struct variant *variant, int endpoint,
				       const struct call *call, const struct binding *with)
{
	bool address = !strcmp(with->name.text, "addr");
	struct setting setting = {
		.endpoint = endpoint,
		.channel = address ? CHANNEL_ADDRESS : CHANNEL_END,
		.processes = true,
		.outcomes = with->want->kind == EXPR_NAME && !strcmp(with->want->bytes, "ANY"),
		.place = with->name.text,
		.call = call->name,
	};
	const struct operand *operand = resolve_expr(variant, with->want, &setting);
	enum value_kind kind;

	if (!operand)
		return NULL;
	kind = operand_expects(operand);
	if (OUT_KINDS & 1U << kind)
		return operand;
	resolve_error(resolver_of(variant), with->want->where, NULL, "%s of %s() is never %s",
		      with->name.text, call->name, value_kind_text(kind));
	return NULL;
}

static bool want_out(struct variant *variant, int endpoint, const struct call *call,
		     const struct binding *with, struct want *want, struct want_out *out)
{
	int index = resolve_out(variant, call, &with->name);

	if (index < 0)
		return false;
	for (size_t i = 0; i < want->out_count; i++) {
		if (want->outs[i].out != index)
			continue;
		resolve_error(resolver_of(variant), with->name.where, NULL, "%s is given twice",
			      with->name.text);
		return false;
	}
	*out = (struct want_out){ .out = index, .where = with->name.where };
	out->value = out_value(variant, endpoint, call, with);
	want->out_count++;
	return out->value;
}

bool resolve_outs(struct variant *variant, int endpoint, const struct tail *tail,
		  const struct call *call, struct want *want)
{
	struct want_out *outs;
	size_t count = 0;
	bool good = true;

	for (const struct binding *with = tail->with; with; with = with->next)
		count += with->want != NULL;
	if (!count)
		return true;
	want->outs = outs = resolve_keep(resolver_of(variant), count * sizeof(*outs));
	for (const struct binding *with = tail->with; with; with = with->next) {
		if (with->want)
			good &= want_out(variant, endpoint, call, with, want,
					 &outs[want->out_count]);
	}
	return good;
}
