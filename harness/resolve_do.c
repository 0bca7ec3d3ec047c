/* SPDX-License-Identifier: MIT */
/* What is done from outside, and what is waited for. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct verb {
	const char *name;
	const char *usage;
	enum step_kind kind;
	bool takes_signal;
	void (*follow)(struct variant *variant, int endpoint, const struct statement *statement);
};

static struct resolver *resolver_of(const struct variant *variant)
{
	return variant->scene->resolver;
}

static void after_kill(struct variant *variant, int endpoint, const struct statement *statement)
{
	player_ends(variant, endpoint, statement->where, "was killed");
}

static void after_stop(struct variant *variant, int endpoint, const struct statement *statement)
{
	variant->players[endpoint].stopped = true;
	variant->players[endpoint].since = statement->where;
}

static void after_cont(struct variant *variant, int endpoint, const struct statement *statement)
{
	(void)statement;
	variant->players[endpoint].stopped = false;
}

static void after_restart(struct variant *variant, int endpoint, const struct statement *statement)
{
	struct player *player = &variant->players[endpoint];

	(void)statement;
	player->life = LIFE_ALIVE;
	player->restarted = true;
	player->stopped = false;
	player->pending = NULL;
	player_bind_pending(player, true);
	player_lose_bindings(player);
	memset(player->holds, 0, sizeof(player->holds));
}

static const struct verb verbs[] = {
	{ "kill", "do kill ENDPOINT, SIGKILL", STEP_KILL, true, after_kill },
	{ "stop", "do stop ENDPOINT", STEP_STOP, false, after_stop },
	{ "cont", "do cont ENDPOINT", STEP_CONT, false, after_cont },
	{ "signal", "do signal ENDPOINT, SIGUSR1", STEP_SIGNAL, true, NULL },
	{ "restart", "do restart ENDPOINT", STEP_RESTART, false, after_restart },
	{ "start", "do start ENDPOINT", STEP_START, false, after_restart },
};

enum { VERBS = sizeof(verbs) / sizeof(*verbs) };

/* They act on faults and gates. */
static const char *const planned_verbs[] = { "arm", "disarm", "release", NULL };

static const struct verb *find_verb(struct variant *variant, const struct statement *statement)
{
	struct candidates candidates = { 0 };

	for (int i = 0; i < VERBS; i++) {
		if (!strcmp(verbs[i].name, statement->subject.text))
			return &verbs[i];
		candidates_add(&candidates, verbs[i].name);
	}
	candidates_add_list(&candidates, planned_verbs);
	resolve_error(resolver_of(variant), statement->subject.where,
		      candidates_help(&candidates, resolver_of(variant), statement->subject.text, NULL),
		      "do knows no verb %s", statement->subject.text);
	return NULL;
}

static bool read_signal(struct variant *variant, const struct expr *expr, const struct verb *verb, int64_t *number)
{
	*number = SIGKILL;
	if (!verb->takes_signal)
		return true;
	if (!expr && verb->kind == STEP_KILL)
		return true;
	return expr && resolve_number(variant, expr, "a signal", 1, SIGRTMAX, number);
}

/* restart may find it dead or alive; the others need somebody to act on. */
static bool may_be_done(struct variant *variant, const struct verb *verb, int endpoint, struct location where)
{
	const struct player *player = &variant->players[endpoint];

	if (player->is_program) {
		resolve_unsupported(variant, where, "programs");
		return true;
	}
	if (verb->kind == STEP_START) {
		resolve_error(resolver_of(variant), where, "do start is for programs; for a new process: do restart",
			      "%s is there from the beginning", player->name->text);
		return false;
	}
	if (verb->kind == STEP_RESTART && player->life == LIFE_DEAD)
		return true;
	if (!player_is_there(variant, endpoint, where))
		return false;
	if (verb->kind == STEP_CONT && !player->stopped) {
		resolve_error(resolver_of(variant), where, NULL, "%s was not stopped by do stop", player->name->text);
		return false;
	}
	if (verb->kind == STEP_STOP && player->stopped) {
		resolve_error(resolver_of(variant), where, NULL, "%s is stopped since line %d", player->name->text,
			      player->since.line);
		return false;
	}
	return true;
}

static void resolve_planned_verb(struct variant *variant, const struct statement *statement)
{
	for (const struct expr *expr = statement->arguments; expr; expr = expr->next) {
		struct name *name = expr->kind == EXPR_NAME ? scene_find(variant->scene, expr->bytes) : NULL;
		struct candidates candidates = { 0 };

		if (name && (name->kind == NAME_FAULT || name->kind == NAME_GATE)) {
			name->used = true;
			continue;
		}
		candidates_add_names(&candidates, variant->scene, 1U << NAME_FAULT | 1U << NAME_GATE);
		resolve_error(resolver_of(variant), expr->where,
			      candidates_help(&candidates, resolver_of(variant), expr->bytes ? expr->bytes : "",
					      "declare it: fault NAME on ENDPOINT: ..."),
			      "do %s takes faults or gates", statement->subject.text);
	}
	resolve_unsupported(variant, statement->where, resolve_text(resolver_of(variant), "do %s", statement->subject.text));
}

void resolve_do(struct variant *variant, const struct statement *statement)
{
	const struct expr *whom = statement->arguments;
	const struct verb *verb;
	struct step *step;
	int64_t number;
	int endpoint;

	if (list_index(planned_verbs, statement->subject.text) >= 0) {
		resolve_planned_verb(variant, statement);
		return;
	}
	verb = find_verb(variant, statement);
	if (!verb)
		return;
	if (!whom || whom->kind != EXPR_NAME || (whom->next && (!verb->takes_signal || whom->next->next)) ||
	    (!whom->next && verb->kind == STEP_SIGNAL)) {
		resolve_error(resolver_of(variant), statement->where, resolve_text(resolver_of(variant), "write %s", verb->usage),
			      "do %s does not take this", verb->name);
		return;
	}
	endpoint = scene_endpoint(variant->scene, whom->bytes, whom->where, true);
	if (endpoint < 0 || !read_signal(variant, whom->next, verb, &number) ||
	    !may_be_done(variant, verb, endpoint, statement->where) || variant->rehearsing)
		return;
	step = variant_step(variant, verb->kind, statement->where, endpoint);
	if (!step)
		return;
	step->number = number;
	if (verb->follow)
		verb->follow(variant, endpoint, statement);
}

/* "blocked_in(open(c))": which call is what is looked at; its arguments are for the reader. */
static bool read_awaited(struct variant *variant, const struct expr *expr, const struct call **call)
{
	struct candidates candidates = { 0 };

	if (!expr || expr->kind != EXPR_CALL || expr->next) {
		resolve_error(resolver_of(variant), expr ? expr->where : (struct location){ 0 },
			      "for example: await x blocked_in(read(c))", "blocked_in() takes a call");
		return false;
	}
	for (const struct expr *item = expr->list; item; item = item->next) {
		struct name *name = item->kind == EXPR_NAME ? scene_find(variant->scene, item->bytes) : NULL;

		if (name)
			name->used = true;
	}
	*call = call_find(expr->bytes);
	if (*call)
		return true;
	candidates_add_calls(&candidates);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), expr->bytes, NULL), "unknown call %s", expr->bytes);
	return false;
}

static const char *const states[] = { "exited", "killed_by", "blocked_in", NULL };
enum { STATE_EXITED, STATE_KILLED, STATE_BLOCKED };

static int find_state(struct variant *variant, const struct expr *expr)
{
	struct candidates candidates = { 0 };
	int state = expr->kind == EXPR_CALL ? list_index(states, expr->bytes) : -1;

	if (state >= 0)
		return state;
	candidates_add_list(&candidates, states);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), expr->bytes ? expr->bytes : "",
				      "write exited(0), killed_by(SIGPIPE), blocked_in(read(c)) or output ~ \"ready\""),
		      "this is no state to wait for");
	return -1;
}

static void resolve_await_end(struct variant *variant, const struct statement *statement, int endpoint, int state)
{
	const struct expr *argument = statement->expr->list;
	bool exited = state == STATE_EXITED;
	struct step *step;
	int64_t number;

	if (!argument || argument->next) {
		resolve_error(resolver_of(variant), statement->expr->where, "write exited(0) or killed_by(SIGPIPE)",
			      "%s() takes one number", states[state]);
		return;
	}
	if (!resolve_number(variant, argument, exited ? "an exit status" : "a signal", exited ? 0 : 1,
			    exited ? 255 : SIGRTMAX, &number) || variant->rehearsing)
		return;
	step = variant_step(variant, exited ? STEP_AWAIT_EXITED : STEP_AWAIT_KILLED, statement->where, endpoint);
	if (!step)
		return;
	step->number = number;
	if (variant->players[endpoint].life != LIFE_DEAD)
		player_ends(variant, endpoint, statement->where, exited ? "exited" : "was killed");
}

static void resolve_await_blocked(struct variant *variant, const struct statement *statement, int endpoint)
{
	const struct call *call;
	struct step *step;

	if (!read_awaited(variant, statement->expr->list, &call) || variant->rehearsing)
		return;
	step = variant_step(variant, STEP_AWAIT_BLOCKED, statement->where, endpoint);
	if (step)
		step->awaited = call;
}

static bool is_output(const struct expr *expr)
{
	return expr->kind == EXPR_BINARY && expr->op == OPERATOR_MATCHES && expr->left->kind == EXPR_NAME &&
	       !strcmp(expr->left->bytes, "output");
}

void resolve_await(struct variant *variant, const struct statement *statement)
{
	int endpoint = scene_endpoint(variant->scene, statement->subject.text, statement->subject.where, true);
	int state;

	if (endpoint < 0)
		return;
	if (is_output(statement->expr)) {
		if (!variant->players[endpoint].is_program)
			resolve_error(resolver_of(variant), statement->expr->where, NULL,
				      "%s is no program: it has no output", variant->players[endpoint].name->text);
		resolve_unsupported(variant, statement->where, "programs");
		return;
	}
	state = find_state(variant, statement->expr);
	if (state == STATE_BLOCKED)
		resolve_await_blocked(variant, statement, endpoint);
	else if (state >= 0)
		resolve_await_end(variant, statement, endpoint, state);
}
