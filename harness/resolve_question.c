/* SPDX-License-Identifier: MIT */
/* What has brackets in an expression: choices, probes, facts, names of files, messages. */
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "resolve.h"

struct question {
	const char *name;
	const struct operand *(*resolve)(struct variant *variant, const struct expr *expr, const struct setting *setting);
};

size_t expr_count(const struct expr *list)
{
	size_t count = 0;

	for (; list; list = list->next)
		count++;
	return count;
}

static struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

static bool has_count(struct variant *variant, const struct expr *expr, size_t count, const char *usage)
{
	if (expr_count(expr->list) == count)
		return true;
	resolve_error(resolver_of(variant), expr->where, resolve_text(resolver_of(variant), "write %s", usage),
		      "%s() takes %zu argument%s, not %zu", expr->bytes, count, count == 1 ? "" : "s",
		      expr_count(expr->list));
	return false;
}

/* An operand without a value yet: of what cannot run, but is looked at. */
static const struct operand *placeholder(struct variant *variant)
{
	struct operand *operand = resolve_keep(resolver_of(variant), sizeof(*operand));

	operand->kind = OPERAND_FACT;
	return operand;
}

static const struct operand *resolve_choose(struct variant *variant, const struct expr *expr,
					    const struct setting *setting)
{
	struct setting condition = { .endpoint = NOBODY, .place = "the condition of choose()" };
	const struct operand *yes, *no;
	struct value value;
	bool known;

	if (!has_count(variant, expr, 3, "choose(CONDITION, IF_TRUE, IF_FALSE)"))
		return NULL;
	known = resolve_constant(variant, expr->list, &condition, &value);
	yes = resolve_expr(variant, expr->list->next, setting);
	no = resolve_expr(variant, expr->list->next->next, setting);
	return !known || !yes || !no ? NULL : value_is_true(&value) ? yes : no;
}

static const struct operand *resolve_when_misplaced(struct variant *variant, const struct expr *expr,
						    const struct setting *setting)
{
	(void)setting;
	resolve_error(resolver_of(variant), expr->where, "write ENDPOINT: when(CONDITION, CALL(...)); or choose(...) for a value",
		      "when() stands around a whole call");
	return NULL;
}

/* A file that the scenario may leave in its directory. */
static const struct operand *resolve_scratch_name(struct variant *variant, const struct expr *expr,
						  const struct setting *setting)
{
	struct setting inside = { .endpoint = NOBODY, .place = "the name for scratch()" };
	struct plan *plan = variant->plan;
	struct value value;

	(void)setting;
	if (!has_count(variant, expr, 1, "scratch(\"journal\")") ||
	    !resolve_constant(variant, expr->list, &inside, &value))
		return NULL;
	if (value.kind != VALUE_BYTES || !value.length || memchr(value.bytes, '\0', value.length) ||
	    memchr(value.bytes, '/', value.length) || value.bytes[0] == '.') {
		resolve_error(resolver_of(variant), expr->list->where, "for example: scratch(\"journal\")",
			      "scratch() takes the plain name of a file, in quotes");
		return NULL;
	}
	for (size_t i = 0; i < plan->scratch_count; i++)
		if (!strcmp(plan->scratch[i], value.bytes))
			return operand_constant(variant, &value);
	if (plan->scratch_count % 8 == 0) {
		const char **grown = resolve_keep(resolver_of(variant), (plan->scratch_count + 8) * sizeof(*grown));

		for (size_t i = 0; i < plan->scratch_count; i++)
			grown[i] = plan->scratch[i];
		plan->scratch = grown;
	}
	plan->scratch[plan->scratch_count++] = value.bytes;
	return operand_constant(variant, &value);
}

static const struct operand *resolve_msg(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	struct setting number = { .endpoint = setting->endpoint, .place = "a number of msg()" };
	const struct expr *sender = expr->list;
	bool good = true;

	if (!has_count(variant, expr, 3, "msg(SENDER, NUMBER, SIZE)"))
		return NULL;
	if (sender->kind != EXPR_NAME) {
		resolve_error(resolver_of(variant), sender->where, NULL, "the sender of msg() is an endpoint");
		good = false;
	} else {
		good = scene_endpoint(variant->scene, sender->bytes, sender->where, true) >= 0;
	}
	for (const struct expr *item = sender->next; item; item = item->next) {
		const struct operand *operand = resolve_expr(variant, item, &number);

		if (operand && operand_expects(operand) != VALUE_INT && operand_expects(operand) != VALUE_ANY)
			resolve_error(resolver_of(variant), item->where, NULL, "number and size of msg() are numbers, not %s",
				      value_kind_text(operand_expects(operand)));
		good &= operand && (operand_expects(operand) == VALUE_INT || operand_expects(operand) == VALUE_ANY);
	}
	resolve_unsupported(variant, expr->where, "msg()");
	return good ? placeholder(variant) : NULL;
}

/* How often a message was torn: a question to the ledger. */
static const struct operand *resolve_torn(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	struct setting inside = { .endpoint = NOBODY, .channel = CHANNEL_ADDRESS, .place = "the channel of torn()" };

	(void)setting;
	if (!has_count(variant, expr, 1, "torn(CHANNEL)") || !resolve_ledger_subject(variant, expr->list, &inside))
		return NULL;
	resolve_unsupported(variant, expr->where, "torn()");
	return placeholder(variant);
}

static const struct question questions[] = {
	{ "choose", resolve_choose },
	{ "when", resolve_when_misplaced },
	{ "scratch", resolve_scratch_name },
	{ "msg", resolve_msg },
	{ "torn", resolve_torn },
};

enum { QUESTION_COUNT = sizeof(questions) / sizeof(questions[0]) };

static const struct operand *resolve_fact(struct variant *variant, const struct expr *expr, const struct fact *fact,
					  const struct setting *setting)
{
	struct setting inside = { .endpoint = NOBODY, .outside = true, .channel = CHANNEL_ADDRESS, .processes = true };
	struct operand *operand = resolve_keep(resolver_of(variant), sizeof(*operand));
	const struct operand **items = resolve_keep(resolver_of(variant), (fact->arguments + 1) * sizeof(*items));
	size_t i = 0;

	inside.place = resolve_text(resolver_of(variant), "what %s() can look at", fact->name);
	if (!setting->outside) {
		resolve_error(resolver_of(variant), expr->where, resolve_text(resolver_of(variant), "check %s(...) == 1", fact->name),
			      "%s() looks from outside: it belongs into a check", fact->name);
		return NULL;
	}
	if (!has_count(variant, expr, fact->arguments, resolve_text(resolver_of(variant), "%s(CHANNEL) or %s(\"path\")",
								   fact->name, fact->name)))
		return NULL;
	for (const struct expr *item = expr->list; item; item = item->next) {
		const struct operand *argument = resolve_expr(variant, item, &inside);
		enum value_kind kind = argument ? operand_expects(argument) : VALUE_NONE;

		if (!argument)
			return NULL;
		if (kind != VALUE_BYTES && kind != VALUE_ANY) {
			resolve_error(resolver_of(variant), item->where, NULL, "%s() takes a channel or a path, not %s",
				      fact->name, value_kind_text(kind));
			return NULL;
		}
		items[i++] = argument;
	}
	*operand = (struct operand){ .kind = OPERAND_FACT, .fact = fact, .items = items, .count = i };
	return operand;
}

/* A probe's argument is a string, or a bare name that is one here. */
static bool probe_argument(struct variant *variant, const struct expr *expr, const struct probe *probe,
			   const char **argument)
{
	struct setting inside = { .endpoint = NOBODY, .words = true, .place = "a probe's argument" };
	struct value value;

	*argument = NULL;
	if (expr->kind == EXPR_NAME && !probe->argument)
		return true;
	if (!probe->argument) {
		resolve_error(resolver_of(variant), expr->where, resolve_text(resolver_of(variant), "write %s", probe->name),
			      "%s takes no argument", probe->name);
		return false;
	}
	if (expr->kind == EXPR_NAME || expr_count(expr->list) != 1) {
		resolve_error(resolver_of(variant), expr->where,
			      resolve_text(resolver_of(variant), "write %s(\"...\")", probe->name), "%s takes %s", probe->name,
			      probe->argument);
		return false;
	}
	if (!resolve_constant(variant, expr->list, &inside, &value))
		return false;
	if (value.kind == VALUE_BYTES || value.kind == VALUE_WORD)
		*argument = value.bytes;
	else
		resolve_error(resolver_of(variant), expr->list->where, NULL, "%s takes %s, not %s", probe->name,
			      probe->argument, value_kind_text(value.kind));
	return *argument;
}

bool resolve_probe(struct variant *variant, const struct expr *expr, struct value *value)
{
	const struct probe *probe = probe_find(expr->bytes);
	struct obstacle *skip = &variant->plan->skip;
	const struct finding *finding;
	const char *argument;

	if (!probe_argument(variant, expr, probe, &argument))
		return false;
	finding = finding_of(probe, argument);
	variant->finding = finding->reason;
	*value = finding->value;
	if (value->kind != VALUE_NONE)
		return true;
	/* Without the value there is no scenario; any number will do to look at the rest of it. */
	*value = value_int(1);
	if (!skip->reason[0] && !variant->rehearsing) {
		snprintf(skip->reason, sizeof(skip->reason), "%s", finding->reason);
		skip->where = expr->where;
	}
	return true;
}

static const struct operand *unknown_question(struct variant *variant, const struct expr *expr)
{
	struct candidates candidates = { 0 };
	size_t count;
	const struct fact *facts = fact_all(&count);

	if (call_find(expr->bytes) || call_is_planned(expr->bytes)) {
		resolve_error(resolver_of(variant), expr->where,
			      resolve_text(resolver_of(variant), "make it a step and bind what it gives: x: value = %s(...)", expr->bytes),
			      "%s() is a call, which only an endpoint can make", expr->bytes);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		candidates_add(&candidates, facts[i].name);
	for (size_t i = 0; i < QUESTION_COUNT; i++)
		candidates_add(&candidates, questions[i].name);
	candidates_add_probes(&candidates);
	resolve_error(resolver_of(variant), expr->where, candidates_help(&candidates, resolver_of(variant), expr->bytes, NULL),
		      "unknown function %s", expr->bytes);
	return NULL;
}

const struct operand *resolve_question(struct variant *variant, const struct expr *expr, const struct setting *setting)
{
	const struct fact *fact = fact_find(expr->bytes);
	struct value value;

	for (size_t i = 0; i < QUESTION_COUNT; i++)
		if (!strcmp(questions[i].name, expr->bytes))
			return questions[i].resolve(variant, expr, setting);
	if (fact)
		return resolve_fact(variant, expr, fact, setting);
	if (probe_find(expr->bytes))
		return resolve_probe(variant, expr, &value) ? operand_constant(variant, &value) : NULL;
	return unknown_question(variant, expr);
}
