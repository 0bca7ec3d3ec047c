/* SPDX-License-Identifier: MIT */
/* Steps in the order of the text, repeats unrolled. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

static void *grow(void *items, size_t *capacity, size_t count, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 32;
	items = realloc(items, *capacity * size);
	if (!items)
		abort();
	return items;
}

struct step *variant_step(struct variant *variant, enum step_kind kind, struct location where, int endpoint)
{
	struct plan *plan = variant->plan;
	struct step *step;

	if (plan->step_count == PLAN_STEPS_MAX || resolver_of(variant)->step_count == FILE_STEPS_MAX) {
		resolve_error(resolver_of(variant), where, "repeat less often", "more than %d steps in one %s",
			      plan->step_count == PLAN_STEPS_MAX ? PLAN_STEPS_MAX : FILE_STEPS_MAX,
			      plan->step_count == PLAN_STEPS_MAX ? "scenario" : "file");
		return NULL;
	}
	variant->steps = grow(variant->steps, &variant->step_capacity, plan->step_count, sizeof(*step));
	step = &variant->steps[plan->step_count++];
	resolver_of(variant)->step_count++;
	*step = (struct step){ .kind = kind, .where = where, .endpoint = endpoint, .action = -1 };
	return step;
}

static int add_action(struct variant *variant, const struct action *action)
{
	struct plan *plan = variant->plan;

	variant->actions = grow(variant->actions, &variant->action_capacity, plan->action_count, sizeof(*action));
	variant->actions[plan->action_count] = *action;
	return (int)plan->action_count++;
}

static bool start_child(struct variant *variant, int parent, const struct action *action, struct location where)
{
	struct player *child = &variant->players[action->child];

	if (action->child == parent || child->is_program || !child->by_fork || child->life != LIFE_ABSENT) {
		resolve_error(resolver_of(variant), where, "a fork makes an endpoint of its own, once",
			      "%s exists already", child->name->text);
		return false;
	}
	child->life = LIFE_ALIVE;
	player_inherit(variant, child, &variant->players[parent]);
	return true;
}

/* What the call does to the endpoint itself, if it goes as wanted. */
static void follow_call(struct variant *variant, int endpoint, const struct statement *statement,
			const struct want *want, const struct action *action, int index)
{
	struct player *player = &variant->players[endpoint];

	if (want->kind == WANT_BLOCKS) {
		player->pending = action->call;
		player->pending_where = statement->where;
		player->pending_action = index;
	} else if (want->kind == WANT_NEVER || action->call->result == RESULT_NEVER) {
		player_ends(variant, endpoint, statement->where, "ended");
	} else if (want_may_end(want)) {
		player->life = LIFE_UNSURE;
	}
}

static void resolve_call_step(struct variant *variant, const struct statement *statement, int endpoint,
			      const struct expr *expr)
{
	struct action action;
	struct want want;
	struct step *step;
	int index;

	if (!player_may_act(variant, endpoint, statement->where) ||
	    !resolve_call(variant, endpoint, expr, &action) ||
	    !resolve_want(variant, endpoint, &statement->tail, action.call, &want))
		return;
	if (variant->rehearsing)
		return;
	if (action.child >= 0 && !want_is_failure(&want) && !start_child(variant, endpoint, &action, expr->where))
		return;
	if (!resolve_bindings(variant, endpoint, statement, &want, &action))
		return;
	index = add_action(variant, &action);
	step = variant_step(variant, STEP_CALL, statement->where, endpoint);
	if (!step)
		return;
	step->action = index;
	step->want = want;
	follow_call(variant, endpoint, statement, &want, &action, index);
}

static void resolve_call_statement(struct variant *variant, const struct statement *statement, int endpoint)
{
	bool rehearsing = variant->rehearsing;
	bool happens;
	const struct expr *expr;

	if (call_is_planned(statement->expr->bytes)) {
		resolve_planned_call(variant, endpoint, statement->expr);
		return;
	}
	expr = resolve_when(variant, statement->expr, &happens);
	if (!expr)
		return;
	variant->rehearsing |= !happens;
	resolve_call_step(variant, statement, endpoint, expr);
	variant->rehearsing = rehearsing;
}

static bool is_pending(struct variant *variant, const struct statement *statement, int endpoint)
{
	const struct player *player = &variant->players[endpoint];

	if (!player_is_there(variant, endpoint, statement->where))
		return false;
	if (player->pending || player->confused)
		return player->pending;
	resolve_error(resolver_of(variant), statement->where,
		      resolve_text(resolver_of(variant), "first: %s: CALL(...) blocks", player->name->text),
		      "%s has no call that could %s", player->name->text,
		      statement->kind == STATEMENT_BLOCKS ? "still be asleep" : "resume");
	return false;
}

static void resolve_resumes(struct variant *variant, const struct statement *statement, int endpoint)
{
	struct player *player = &variant->players[endpoint];
	struct want want;
	struct step *step;

	if (!is_pending(variant, statement, endpoint) ||
	    !resolve_want(variant, endpoint, &statement->tail, player->pending, &want))
		return;
	if (want.kind == WANT_BLOCKS) {
		resolve_error(resolver_of(variant), statement->where,
			      resolve_text(resolver_of(variant), "write %s: blocks", player->name->text),
			      "a call that resumes does not block");
		return;
	}
	if (!resolve_bindings(variant, endpoint, statement, &want, &variant->actions[player->pending_action]))
		return;
	step = variant_step(variant, STEP_RESUMES, statement->where, endpoint);
	if (!step)
		return;
	step->want = want;
	player_bind_pending(player, want_is_failure(&want));
	player->pending = NULL;
	if (want.kind == WANT_NEVER)
		player_ends(variant, endpoint, statement->where, "ended");
	else if (want_may_end(&want))
		player->life = LIFE_UNSURE;
}

static void resolve_blocks(struct variant *variant, const struct statement *statement, int endpoint)
{
	if (is_pending(variant, statement, endpoint))
		variant_step(variant, STEP_BLOCKS, statement->where, endpoint);
}

/* "x: exit" and "x: exit = 3". */
static void resolve_exit(struct variant *variant, const struct statement *statement, int endpoint)
{
	struct step *step;
	int64_t status = 0;

	if (!player_may_act(variant, endpoint, statement->where))
		return;
	if (statement->tail.kind == TAIL_BLOCKS || statement->tail.kind == TAIL_SET || statement->tail.with) {
		resolve_error(resolver_of(variant), statement->tail.where, "write exit, or exit = 3",
			      "an exit has a status and nothing else");
		return;
	}
	if (statement->tail.value &&
	    !resolve_number(variant, statement->tail.value, "an exit status", 0, 255, &status))
		return;
	step = variant_step(variant, STEP_EXIT, statement->where, endpoint);
	if (!step)
		return;
	step->number = status;
	player_ends(variant, endpoint, statement->where, "exited");
}

static void resolve_check(struct variant *variant, const struct statement *statement)
{
	struct setting setting = { .endpoint = NOBODY, .channel = CHANNEL_ADDRESS, .processes = true, .outcomes = true,
				   .outside = true, .place = "part of a check" };
	const struct operand *condition = resolve_expr(variant, statement->expr, &setting);
	struct step *step = condition && !variant->rehearsing ?
		variant_step(variant, STEP_CHECK, statement->where, NOBODY) : NULL;

	if (step)
		step->condition = condition;
}

static void resolve_repeat(struct variant *variant, const struct statement *statement)
{
	struct name variable = { .kind = NAME_VARIABLE, .text = statement->subject.text,
				 .where = statement->subject.where, .next = variant->variables };
	bool rehearsing = variant->rehearsing;
	size_t errors = resolver_of(variant)->error_count;
	int64_t count = 0;

	if (!resolve_number(variant, statement->expr, "how often to repeat", 0, PLAN_STEPS_MAX, &count))
		return;
	if (!statement->body) {
		resolve_error(resolver_of(variant), statement->where, NULL, "the block is empty");
		return;
	}
	variant->variables = &variable;
	/* One that never happens is looked at all the same: its mistakes are mistakes. */
	variant->rehearsing |= !count;
	for (int64_t i = 0; i < (count ? count : 1) && resolver_of(variant)->error_count == errors; i++) {
		variable.value = value_int(i);
		if (++variant->turns > PLAN_STEPS_MAX) {
			resolve_error(resolver_of(variant), statement->where, "repeat less often",
				      "more than %d turns in one scenario", PLAN_STEPS_MAX);
			break;
		}
		variant_steps(variant, statement->body);
	}
	variant->rehearsing = rehearsing;
	variant->variables = variable.next;
}

static void resolve_of_endpoint(struct variant *variant, const struct statement *statement)
{
	int endpoint = scene_endpoint(variant->scene, statement->subject.text, statement->subject.where, true);
	size_t errors = resolver_of(variant)->error_count;

	if (endpoint < 0)
		return;
	switch (statement->kind) {
	case STATEMENT_CALL: resolve_call_statement(variant, statement, endpoint); break;
	case STATEMENT_RESUMES: resolve_resumes(variant, statement, endpoint); break;
	case STATEMENT_BLOCKS: resolve_blocks(variant, statement, endpoint); break;
	case STATEMENT_EXIT: resolve_exit(variant, statement, endpoint); break;
	default: abort();
	}
	variant->players[endpoint].confused |= resolver_of(variant)->error_count > errors;
}

void variant_steps(struct variant *variant, const struct statement *body)
{
	for (const struct statement *statement = body; statement; statement = statement->next) {
		switch (statement->kind) {
		case STATEMENT_CALL:
		case STATEMENT_RESUMES:
		case STATEMENT_BLOCKS:
		case STATEMENT_EXIT:
			resolve_of_endpoint(variant, statement);
			break;
		case STATEMENT_DO: resolve_do(variant, statement); break;
		case STATEMENT_AWAIT: resolve_await(variant, statement); break;
		case STATEMENT_CHECK: resolve_check(variant, statement); break;
		case STATEMENT_REPEAT: resolve_repeat(variant, statement); break;
		case STATEMENT_DAMAGED: break;
		}
	}
}
