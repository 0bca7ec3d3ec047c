// SPDX-License-Identifier: MIT
/* What has brackets in an expression: choices, probes, facts, names of files, messages. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct question {
	const char *name;
	const struct operand *(*resolve)(struct variant *variant, const struct expr *expr,
					 const struct setting *setting);
};

size_t expr_count(const struct expr *list)
{
	size_t count = 0;

	for (; list; list = list->next)
		count++;
	return count;
}

bool has_count(struct variant *variant, const struct expr *expr, size_t count, const char *usage)
{
	if (expr_count(expr->list) == count)
		return true;
	resolve_error(resolver_of(variant), expr->where,
		      resolve_text(resolver_of(variant), "write %s", usage),
		      "%s() takes %zu argument%s, not %zu", expr->bytes, count,
		      count == 1 ? "" : "s", expr_count(expr->list));
	return false;
}

static const struct operand *resolve_choose(struct variant *variant, const struct expr *expr,
					    const struct setting *setting)
{
	struct setting condition = { .endpoint = NOBODY,
				     .choices = true,
				     .place = "the condition of choose()" };
	const struct operand *yes, *no;
	bool known, holds;

	if (!has_count(variant, expr, 3, "choose(CONDITION, IF_TRUE, IF_FALSE)"))
		return NULL;
	known = resolve_condition(variant, expr->list, &condition, &holds);
	yes = resolve_expr(variant, expr->list->next, setting);
	no = resolve_expr(variant, expr->list->next->next, setting);
	return !known || !yes || !no ? NULL : holds ? yes : no;
}

static const struct operand *resolve_when_misplaced(struct variant *variant,
						    const struct expr *expr,
						    const struct setting *setting)
{
	(void)setting;
	resolve_error(resolver_of(variant), expr->where,
		      "write ENDPOINT: when(CONDITION, CALL(...)); or choose(...) for a value",
		      "when() stands around a whole call");
	return NULL;
}

/* A file that the scenario may leave in its directory. */
static const struct operand *resolve_scratch_name(struct variant *variant, const struct expr *expr,
						  const struct setting *setting)
{
	struct setting inside = { .endpoint = NOBODY, .place = "the name for scratch()" };
	struct value value;

	(void)setting;
	if (!has_count(variant, expr, 1, "scratch(\"journal\")") ||
	    !resolve_constant(variant, expr->list, &inside, &value))
		return NULL;
	if (value.kind != VALUE_BYTES || !value.length || memchr(value.bytes, '\0', value.length) ||
	    memchr(value.bytes, '/', value.length) || value.bytes[0] == '.') {
		resolve_error(resolver_of(variant), expr->list->where,
			      "for example: scratch(\"journal\")",
			      "scratch() takes the plain name of a file, in quotes");
		return NULL;
	}
	plan_add_scratch(variant, value.bytes);
	return operand_constant(variant, &value);
}

static bool is_number_of_msg(struct variant *variant, const struct expr *expr, int endpoint)
{
	struct setting setting = { .endpoint = endpoint, .place = "a number of msg()" };
	const struct operand *operand = resolve_expr(variant, expr, &setting);
	enum value_kind kind = operand ? operand_expects(operand) : VALUE_NONE;

	if (kind == VALUE_INT || kind == VALUE_ANY)
		return true;
	if (operand)
		resolve_error(resolver_of(variant), expr->where, NULL,
			      "number and size of msg() are numbers, not %s",
			      value_kind_text(kind));
	return false;
}

static const struct operand *resolve_msg(struct variant *variant, const struct expr *expr,
					 const struct setting *setting)
{
	const struct expr *sender = expr->list;
	bool good;

	if (!has_count(variant, expr, 3, "msg(SENDER, NUMBER, SIZE)"))
		return NULL;
	if (sender->kind != EXPR_NAME) {
		resolve_error(resolver_of(variant), sender->where, NULL,
			      "the sender of msg() is an endpoint");
		return NULL;
	}
	good = scene_endpoint(variant->scene, sender->bytes, sender->where) >= 0;
	good &= is_number_of_msg(variant, sender->next, setting->endpoint);
	good &= is_number_of_msg(variant, sender->next->next, setting->endpoint);
	resolve_unsupported(variant, expr->where, "msg()");
	return good ? operand_placeholder(variant) : NULL;
}

/* How often a message was torn: a question to the ledger. */
static const struct operand *resolve_torn(struct variant *variant, const struct expr *expr,
					  const struct setting *setting)
{
	(void)setting;
	if (!has_count(variant, expr, 1, "torn(CHANNEL)") ||
	    !resolve_ledger_subject(variant, expr->list,
				    "something that torn() can be asked about"))
		return NULL;
	resolve_unsupported(variant, expr->where, "torn()");
	return operand_placeholder(variant);
}

static const struct question questions[] = {
	{ "choose", resolve_choose },
	{ "when", resolve_when_misplaced },
	{ "scratch", resolve_scratch_name },
	{ "msg", resolve_msg },
	{ "torn", resolve_torn },
};

enum { QUESTION_COUNT = sizeof(questions) / sizeof(questions[0]) };

static const struct operand *resolve_subject(struct variant *variant, const struct fact *fact,
					     const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY,
				   .outside = true,
				   .channel = CHANNEL_ADDRESS,
				   .processes = true,
				   .place = "subject",
				   .call = fact->name };
	const struct operand *operand = resolve_expr(variant, expr, &setting);
	enum value_kind kind = operand ? operand_expects(operand) : VALUE_NONE;

	if (!operand || kind == VALUE_BYTES || kind == VALUE_ANY)
		return operand;
	resolve_error(resolver_of(variant), expr->where, NULL,
		      "%s() takes a channel or a path, not %s", fact->name, value_kind_text(kind));
	return NULL;
}

static const struct operand *resolve_fact(struct variant *variant, const struct expr *expr,
					  const struct fact *fact, const struct setting *setting)
{
	struct resolver *resolver = resolver_of(variant);
	const struct operand **items;
	size_t i = 0;

	if (!setting->outside) {
		resolve_error(resolver, expr->where,
			      resolve_text(resolver, "check %s(...) == 1", fact->name),
			      "%s() looks from outside: it belongs into a check", fact->name);
		return NULL;
	}
	if (!has_count(
		    variant, expr, fact->arguments,
		    resolve_text(resolver, "%s(CHANNEL) or %s(\"path\")", fact->name, fact->name)))
		return NULL;
	items = resolve_keep(resolver, (fact->arguments + 1) * sizeof(*items));
	for (const struct expr *item = expr->list; item; item = item->next) {
		items[i] = resolve_subject(variant, fact, item);
		if (!items[i++])
			return NULL;
	}
	return operand_keep(
		variant, &(struct operand){
				 .kind = OPERAND_FACT, .fact = fact, .items = items, .count = i });
}

static const struct operand *unknown_question(struct variant *variant, const struct expr *expr)
{
	struct candidates candidates = { 0 };
	size_t count;
	const struct fact *facts = fact_all(&count);

	if (call_find(expr->bytes) || call_is_planned(expr->bytes)) {
		resolve_error(
			resolver_of(variant), expr->where,
			resolve_text(resolver_of(variant),
				     "make it a step and bind what it gives: x: value = %s(...)",
				     expr->bytes),
			"%s() is a call, which only an endpoint can make", expr->bytes);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		candidates_add(&candidates, facts[i].name);
	for (size_t i = 0; i < QUESTION_COUNT; i++)
		candidates_add(&candidates, questions[i].name);
	candidates_add_probes(&candidates);
	scene_unknown(variant->scene, expr->where, &candidates, "function", expr->bytes, NULL);
	return NULL;
}

const struct operand *resolve_question(struct variant *variant, const struct expr *expr,
				       const struct setting *setting)
{
	const struct fact *fact = fact_find(expr->bytes);

	for (size_t i = 0; i < QUESTION_COUNT; i++)
		if (!strcmp(questions[i].name, expr->bytes))
			return questions[i].resolve(variant, expr, setting);
	if (fact)
		return resolve_fact(variant, expr, fact, setting);
	if (probe_find(expr->bytes))
		return resolve_probe(variant, expr, setting);
	return unknown_question(variant, expr);
}
