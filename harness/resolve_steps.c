// SPDX-License-Identifier: MIT
/* Steps in the order of the text, repeats unrolled. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static void resolve_check(struct variant *variant, const struct statement *statement)
{
	struct setting setting = { .endpoint = NOBODY,
				   .channel = CHANNEL_ADDRESS,
				   .processes = true,
				   .outcomes = true,
				   .outside = true,
				   .place = "part of a check" };
	const struct operand *condition = resolve_expr(variant, statement->expr, &setting);
	struct step *step;

	if (!condition || variant->rehearsing)
		return;
	/* A choose() may be what makes it one in this variant. */
	if (condition->kind == OPERAND_VALUE && statement->expr->kind != EXPR_CALL) {
		resolve_error(resolver_of(variant), statement->expr->where,
			      "ask for what was found out, as in: check holders(c) == 0",
			      "this check asks nothing: its answer is known before the run");
		return;
	}
	step = variant_step(variant, STEP_CHECK, statement->where, NOBODY);
	if (step)
		step->condition = condition;
}

static void resolve_turns(struct variant *variant, const struct statement *statement,
			  struct name *variable, int64_t count)
{
	size_t errors = resolver_of(variant)->error_count;

	for (int64_t i = 0; i < count && resolver_of(variant)->error_count == errors; i++) {
		variable->value = value_int(i);
		if (!variant_turn(variant, statement->where))
			return;
		variant_steps(variant, statement->body);
	}
}

static void resolve_repeat(struct variant *variant, const struct statement *statement)
{
	struct name variable = { .kind = NAME_VARIABLE,
				 .text = statement->subject.text,
				 .where = statement->subject.where,
				 .next = variant->variables };
	bool rehearsing = variant->rehearsing;
	int64_t count = 0;

	/* One that never happens is looked at all the same: its mistakes are mistakes. */
	if (!resolve_number(variant, statement->expr, "how often to repeat", 0, PLAN_STEPS_MAX,
			    &count))
		count = 0;
	if (!statement->body) {
		resolve_error(resolver_of(variant), statement->where, NULL, "the block is empty");
		return;
	}
	variant->variables = &variable;
	variant->rehearsing |= !count;
	resolve_turns(variant, statement, &variable, count ? count : 1);
	variant->rehearsing = rehearsing;
	variant->variables = variable.next;
}

static void resolve_of_endpoint(struct variant *variant, const struct statement *statement)
{
	int endpoint = scene_endpoint(variant->scene, statement->subject.text,
				      statement->subject.where);
	const struct expr *call = statement->kind == STATEMENT_CALL
					  ? expr_unwrapped(statement->expr)
					  : NULL;

	if (endpoint >= 0 && resolve_action(variant, statement, endpoint))
		return;
	player_confuse(variant, endpoint);
	/* The endpoint that a fork was to make. */
	for (const struct expr *expr = call ? call->list : NULL; expr; expr = expr->next) {
		const struct name *name = expr->kind == EXPR_NAME
						  ? scene_find(variant->scene, expr->bytes)
						  : NULL;

		if (name && name->kind == NAME_ENDPOINT)
			player_confuse(variant, name->index);
	}
}

/* Nobody knows what it would have done to those that it names. */
static void confuse_named(struct variant *variant, const struct statement *statement)
{
	const struct name *subject = statement->kind == STATEMENT_AWAIT
					     ? scene_find(variant->scene, statement->subject.text)
					     : NULL;
	const struct expr *whom = statement->arguments;

	if (!subject && whom && whom->kind == EXPR_NAME)
		subject = scene_find(variant->scene, whom->bytes);
	player_confuse(variant,
		       subject && subject->kind == NAME_ENDPOINT ? subject->index : NOBODY);
}

/* A block whose head could not be read: what stands in it has errors of its own. */
static void resolve_damaged(struct variant *variant, const struct statement *statement)
{
	bool rehearsing = variant->rehearsing;

	player_confuse(variant, NOBODY);
	variant->rehearsing = true;
	variant_steps(variant, statement->body);
	variant->rehearsing = rehearsing;
}

static void resolve_statement(struct variant *variant, const struct statement *statement)
{
	switch (statement->kind) {
	case STATEMENT_CALL:
	case STATEMENT_RESUMES:
	case STATEMENT_BLOCKS:
	case STATEMENT_EXIT: resolve_of_endpoint(variant, statement); return;
	case STATEMENT_DO:
		if (!resolve_do(variant, statement))
			confuse_named(variant, statement);
		return;
	case STATEMENT_AWAIT:
		if (!resolve_await(variant, statement))
			confuse_named(variant, statement);
		return;
	case STATEMENT_CHECK: resolve_check(variant, statement); return;
	case STATEMENT_REPEAT: resolve_repeat(variant, statement); return;
	case STATEMENT_DAMAGED: resolve_damaged(variant, statement); return;
	}
	abort();
}

void variant_steps(struct variant *variant, const struct statement *body)
{
	for (const struct statement *s = body; s && !resolver_of(variant)->stopped; s = s->next)
		resolve_statement(variant, s);
}
