// SPDX-License-Identifier: MIT
/* Steps of an endpoint: calls, and what becomes of those that are pending. */
#include <signal.h>
#include <stdlib.h>

#include "resolve.h"

static bool start_child(struct variant *variant, int parent, const struct action *action,
			struct location where)
{
	struct player *child = &variant->players[action->child];

	if (action->child == parent || child->is_program || !child->name->by_fork ||
	    (child->life != LIFE_ABSENT && !child->confused)) {
		resolve_error(resolver_of(variant), where,
			      "a fork makes an endpoint of its own, once", "%s exists already",
			      child->name->text);
		return false;
	}
	child->life = LIFE_ALIVE;
	player_inherit(variant, child, &variant->players[parent]);
	return true;
}

static bool sends_sigcont(const struct action *action)
{
	for (int i = 0; i < CALL_PARAMETERS_MAX; i++) {
		const struct operand *argument = action->arguments[i];

		if (argument && argument->kind == OPERAND_VALUE &&
		    action->call->parameters[i].symbols == SYMBOL_SIGNAL &&
		    argument->value.number == SIGCONT)
			return true;
	}
	return false;
}

static void follow_end(struct variant *variant, const struct statement *statement, int endpoint,
		       const struct want *want)
{
	if (want->kind == WANT_NEVER)
		player_ends(variant, endpoint, statement->where, "ended");
	else if (want_may_end(want))
		variant->players[endpoint].life = LIFE_UNSURE;
}

/* What the call does to the endpoint itself, if it goes as wanted. */
static void follow_call(struct variant *variant, const struct statement *statement, int endpoint,
			const struct want *want, int index)
{
	const struct action *action = &variant->actions[index];
	struct player *player = &variant->players[endpoint];

	if (sends_sigcont(action))
		players_continue(variant);
	if (want->kind == WANT_BLOCKS) {
		player->pending = action->call;
		player->pending_where = statement->where;
		player->pending_action = index;
	} else if (action->call->result == RESULT_NEVER) {
		player_ends(variant, endpoint, statement->where, "ended");
	} else {
		follow_end(variant, statement, endpoint, want);
	}
}

static bool add_call(struct variant *variant, const struct statement *statement, int endpoint,
		     struct action *action, const struct want *want)
{
	struct step *step;

	if (action->child >= 0 && !want_is_failure(want) &&
	    !start_child(variant, endpoint, action, statement->expr->where))
		return false;
	if (!resolve_bindings(variant, endpoint, statement, want, action))
		return false;
	step = variant_step(variant, STEP_CALL, statement->where, endpoint);
	if (!step)
		return false;
	/* What it binds when it resumes may be added to one that blocks. */
	step->action = variant_action(variant, action, want->kind != WANT_BLOCKS);
	step->want = *want;
	follow_call(variant, statement, endpoint, want, step->action);
	return true;
}

static bool resolve_call_step(struct variant *variant, const struct statement *statement,
			      int endpoint, const struct expr *expr)
{
	struct action action;
	struct want want = { 0 };
	bool good = player_may_act(variant, endpoint, statement->where);

	/* Then what it holds and has bound is no news either. */
	if (!good)
		player_confuse(variant, endpoint);
	good &= resolve_call(variant, endpoint, expr, &action);
	/* The other half of the line has its own errors. */
	if (action.call)
		good &= resolve_want(variant, endpoint, &statement->tail, action.call, &want);
	if (!good || variant->rehearsing)
		return good;
	return add_call(variant, statement, endpoint, &action, &want);
}

static bool resolve_call_statement(struct variant *variant, const struct statement *statement,
				   int endpoint)
{
	bool rehearsing = variant->rehearsing;
	const struct expr *expr;
	bool happens, good;

	if (call_is_planned(statement->expr->bytes))
		return player_may_act(variant, endpoint, statement->where) &&
		       resolve_planned_call(variant, endpoint, statement->expr);
	expr = resolve_when(variant, statement->expr, &happens);
	if (!expr)
		return false;
	variant->rehearsing |= !happens;
	good = resolve_call_step(variant, statement, endpoint, expr);
	variant->rehearsing = rehearsing;
	return good;
}

/* *pending is NULL where that is no error: nothing happens here, or nobody knows. */
static bool find_pending(struct variant *variant, const struct statement *statement, int endpoint,
			 const struct call **pending)
{
	const struct player *player = &variant->players[endpoint];
	bool resumes = statement->kind == STATEMENT_RESUMES;

	*pending = NULL;
	if (!player_is_there(variant, endpoint, statement->where))
		return false;
	*pending = player->pending;
	if (player->pending && player->stopped && resumes && !player->confused) {
		resolve_error(
			resolver_of(variant), statement->where,
			resolve_text(resolver_of(variant), "first: do cont %s", player->name->text),
			"%s is stopped since line %d", player->name->text, player->since.line);
		return false;
	}
	if (player->pending || player->confused || variant->rehearsing)
		return true;
	resolve_error(resolver_of(variant), statement->where,
		      resolve_text(resolver_of(variant), "first: %s: CALL(...) blocks",
				   player->name->text),
		      "%s has no call that could %s", player->name->text,
		      resumes ? "resume" : "still be asleep");
	return false;
}

static bool resolve_resumes(struct variant *variant, const struct statement *statement,
			    int endpoint)
{
	struct player *player = &variant->players[endpoint];
	const struct call *pending;
	struct want want;
	struct step *step;

	if (!find_pending(variant, statement, endpoint, &pending))
		return false;
	if (!pending)
		return true;
	if (!resolve_want(variant, endpoint, &statement->tail, pending, &want))
		return false;
	if (want.kind == WANT_BLOCKS) {
		resolve_error(
			resolver_of(variant), statement->where,
			resolve_text(resolver_of(variant), "write %s: blocks", player->name->text),
			"a call that resumes does not block");
		return false;
	}
	if (variant->rehearsing)
		return true;
	if (!resolve_bindings(variant, endpoint, statement, &want,
			      &variant->actions[player->pending_action]))
		return false;
	step = variant_step(variant, STEP_RESUMES, statement->where, endpoint);
	if (!step)
		return false;
	step->want = want;
	player_bind_pending(player, want_is_failure(&want));
	player->pending = NULL;
	follow_end(variant, statement, endpoint, &want);
	return true;
}

static bool resolve_blocks(struct variant *variant, const struct statement *statement, int endpoint)
{
	const struct call *pending;

	if (!find_pending(variant, statement, endpoint, &pending))
		return false;
	return !pending || variant->rehearsing ||
	       variant_step(variant, STEP_BLOCKS, statement->where, endpoint);
}

/* "x: exit" and "x: exit = 3". */
static bool resolve_exit(struct variant *variant, const struct statement *statement, int endpoint)
{
	const struct tail *tail = &statement->tail;
	struct step *step;
	int64_t status = 0;

	if (!player_may_act(variant, endpoint, statement->where))
		return false;
	if (tail->kind == TAIL_BLOCKS || tail->kind == TAIL_SET || tail->with) {
		resolve_error(resolver_of(variant), tail->where, "write exit, or exit = 3",
			      "an exit has a status and nothing else");
		return false;
	}
	if (tail->value && !resolve_number(variant, tail->value, "an exit status", 0, 255, &status))
		return false;
	if (variant->rehearsing)
		return true;
	step = variant_step(variant, STEP_EXIT, statement->where, endpoint);
	if (!step)
		return false;
	step->number = status;
	player_ends(variant, endpoint, statement->where, "exited");
	return true;
}

bool resolve_action(struct variant *variant, const struct statement *statement, int endpoint)
{
	switch (statement->kind) {
	case STATEMENT_CALL: return resolve_call_statement(variant, statement, endpoint);
	case STATEMENT_RESUMES: return resolve_resumes(variant, statement, endpoint);
	case STATEMENT_BLOCKS: return resolve_blocks(variant, statement, endpoint);
	case STATEMENT_EXIT: return resolve_exit(variant, statement, endpoint);
	case STATEMENT_DO:
	case STATEMENT_AWAIT:
	case STATEMENT_CHECK:
	case STATEMENT_REPEAT:
	case STATEMENT_DAMAGED: break;
	}
	abort();
}
