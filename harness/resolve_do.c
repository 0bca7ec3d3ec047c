// SPDX-License-Identifier: MIT
/* What is done from outside to endpoints. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct verb {
	const char *name;
	const char *usage;
	enum step_kind kind;
	bool takes_signal;
};

static const struct verb verbs[] = {
	{ "kill", "do kill ENDPOINT, SIGKILL", STEP_KILL, true },
	{ "stop", "do stop ENDPOINT", STEP_STOP, false },
	{ "cont", "do cont ENDPOINT", STEP_CONT, false },
	{ "signal", "do signal ENDPOINT, SIGUSR1", STEP_SIGNAL, true },
	{ "restart", "do restart ENDPOINT", STEP_RESTART, false },
	{ "start", "do start ENDPOINT", STEP_START, false },
	{ "write", "do write PROGRAM, \"text\", or do write PROGRAM, EOF", STEP_WRITE, false },
};

enum { VERBS = sizeof(verbs) / sizeof(verbs[0]) };

static const struct verb *find_verb(struct variant *variant, const struct word *word)
{
	struct candidates candidates = { 0 };

	for (int i = 0; i < VERBS; i++) {
		if (!strcmp(verbs[i].name, word->text))
			return &verbs[i];
	}
	for (int i = 0; i < VERBS; i++)
		candidates_add(&candidates, verbs[i].name);
	candidates_add_fault_verbs(&candidates);
	scene_unknown(variant->scene, word->where, &candidates, "verb", word->text, NULL);
	return NULL;
}

bool resolve_is_harmless(int64_t signal)
{
	return signal == SIGCHLD || signal == SIGCONT || signal == SIGSTOP || signal == SIGTSTP ||
	       signal == SIGTTIN || signal == SIGTTOU || signal == SIGURG || signal == SIGWINCH;
}

static bool is_stopping(int64_t signal)
{
	return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

static bool read_signal(struct variant *variant, const struct expr *expr, const struct verb *verb,
			int64_t *number)
{
	*number = SIGKILL;
	if (!verb->takes_signal || !expr)
		return true;
	if (!resolve_number(variant, expr, "a signal", 1, SIGRTMAX, number))
		return false;
	if (verb->kind != STEP_KILL || !resolve_is_harmless(*number))
		return true;
	resolve_error(resolver_of(variant), expr->where, "to only send it: do signal",
		      "%s kills nobody", symbol_name(SYMBOL_SIGNAL, *number));
	return false;
}

static bool complain_stopped(struct variant *variant, const struct player *player, bool stopped,
			     struct location where)
{
	const char *name = player->name->text;

	if (player->confused)
		return true;
	if (stopped)
		resolve_error(resolver_of(variant), where,
			      resolve_text(resolver_of(variant), "first: do cont %s", name),
			      "%s is stopped since line %d", name, player->since.line);
	else
		resolve_error(resolver_of(variant), where, NULL, "%s was not stopped by do stop",
			      name);
	return false;
}

/* One that could not be read, or understood: it may stop anybody. */
static bool has_lost_fault(const struct scene *scene)
{
	const struct name *name = scene->names;

	while (name && !(name->kind == NAME_FAULT && name->failed))
		name = name->next;
	return name || scene->damaged;
}

/* By a fault, nobody knows when; and a program may stop by itself. */
static bool may_be_stopped(const struct variant *variant, int endpoint)
{
	if (has_lost_fault(variant->scene))
		return true;
	for (size_t i = 0; i < variant->plan->fault_count; i++) {
		const struct plan_fault *fault = &variant->plan->faults[i];

		/* One that is forked has the faults of whoever forks it. */
		if (fault->endpoint != endpoint && !variant->players[endpoint].name->by_fork)
			continue;
		for (size_t e = 0; e < fault->rule.effect_count; e++) {
			const struct fault *effect = fault->rule.effects[e].fault;

			if (!strcmp(effect->name, "stop") ||
			    (effect->operand == FAULT_TAKES_SIGNAL &&
			     is_stopping(fault->rule.effects[e].operand)))
				return true;
		}
	}
	return false;
}

/* restart may find it dead or alive; the others need somebody to act on. */
static bool may_be_done(struct variant *variant, const struct verb *verb, int endpoint,
			int64_t signal, struct location where)
{
	const struct player *player = &variant->players[endpoint];

	if (player->is_program && (verb->kind == STEP_START || verb->kind == STEP_RESTART))
		return program_may_start(variant, endpoint, verb->kind == STEP_RESTART, where);
	if (verb->kind == STEP_WRITE && !player->is_program) {
		resolve_error(resolver_of(variant), where, NULL,
			      "%s is no program: nobody writes to it", player->name->text);
		return false;
	}
	if (verb->kind == STEP_START) {
		resolve_error(resolver_of(variant), where,
			      "do start is for programs; for a new process: do restart",
			      player->name->by_fork ? "%s is started by a fork()"
						    : "%s is there from the beginning",
			      player->name->text);
		return false;
	}
	if (verb->kind == STEP_RESTART && player->life == LIFE_DEAD)
		return true;
	if (!player_is_there(variant, endpoint, where))
		return false;
	if (verb->kind == STEP_CONT && !player->stopped && !player->is_program &&
	    !may_be_stopped(variant, endpoint))
		return complain_stopped(variant, player, false, where);
	/* One that is stopped dies of SIGKILL only, of others when it goes on. */
	if (player->stopped &&
	    (verb->kind == STEP_STOP || (verb->kind == STEP_KILL && signal != SIGKILL)))
		return complain_stopped(variant, player, true, where);
	return true;
}

static void follow(struct variant *variant, const struct step *step)
{
	struct player *player = &variant->players[step->endpoint];

	if (step->kind == STEP_KILL) {
		player_ends(variant, step->endpoint, step->where, "was killed");
	} else if (step->kind == STEP_STOP) {
		player->stopped = true;
		player->since = step->where;
	} else if (step->kind == STEP_CONT ||
		   (step->kind == STEP_SIGNAL && step->number == SIGCONT)) {
		player->stopped = false;
	} else if (step->kind == STEP_RESTART || step->kind == STEP_START) {
		player_restarts(player);
		player->since = step->where;
	}
}

/* "do kill w" and "do kill w, SIGKILL", but "do stop w" alone. */
static bool has_its_arguments(const struct verb *verb, const struct expr *whom)
{
	if (!whom || whom->kind != EXPR_NAME)
		return false;
	if (!whom->next)
		return verb->kind != STEP_SIGNAL && verb->kind != STEP_WRITE;
	return (verb->takes_signal || verb->kind == STEP_WRITE) && !whom->next->next;
}

/* "text", or EOF, which is NULL then. */
static bool read_text(struct variant *variant, const struct expr *expr, int endpoint,
		      const struct operand **text)
{
	struct setting setting = { .endpoint = NOBODY,
				   .outcomes = true,
				   .place = "what is written" };
	struct program *program = variant->plan->programs ? variant->plan->programs[endpoint]
							  : NULL;
	const struct operand *operand = resolve_expr(variant, expr, &setting);
	enum value_kind kind = operand ? operand_expects(operand) : VALUE_NONE;

	if (program)
		program->is_written_to = true;
	*text = kind == VALUE_EOF ? NULL : operand;
	if (!operand || kind == VALUE_BYTES || kind == VALUE_EOF || kind == VALUE_ANY)
		return operand;
	resolve_error(resolver_of(variant), expr->where,
		      "for example: do write s, \"text\\n\", or do write s, EOF",
		      "a program is written text, not %s", value_kind_text(kind));
	return false;
}

bool resolve_do(struct variant *variant, const struct statement *statement)
{
	const struct expr *whom = statement->arguments;
	struct resolver *resolver = resolver_of(variant);
	const struct operand *text = NULL;
	const struct verb *verb;
	struct step *step;
	int64_t number;
	int endpoint;

	if (is_fault_verb(statement->subject.text))
		return resolve_fault_verb(variant, statement);
	verb = find_verb(variant, &statement->subject);
	if (!verb)
		return false;
	if (!has_its_arguments(verb, whom)) {
		resolve_error(resolver, statement->where,
			      resolve_text(resolver, "write %s", verb->usage),
			      "do %s does not take this", verb->name);
		return false;
	}
	endpoint = scene_endpoint(variant->scene, whom->bytes, whom->where);
	if (endpoint < 0 || !read_signal(variant, whom->next, verb, &number) ||
	    !may_be_done(variant, verb, endpoint, number, statement->where))
		return false;
	if (verb->kind == STEP_WRITE && !read_text(variant, whom->next, endpoint, &text))
		return false;
	if (variant->rehearsing)
		return true;
	step = variant_step(variant, verb->kind, statement->where, endpoint);
	if (!step)
		return false;
	step->number = number;
	step->condition = text;
	follow(variant, step);
	return true;
}
