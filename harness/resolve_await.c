// SPDX-License-Identifier: MIT
/* What is waited for: the end of an endpoint, or that it is asleep in a call. */
#include <regex.h>
#include <signal.h>
#include <string.h>

#include "resolve.h"

static const char *const states[] = { "exited", "killed_by", "blocked_in", NULL };
enum { STATE_EXITED, STATE_KILLED, STATE_BLOCKED };

static int find_state(struct variant *variant, const struct expr *expr)
{
	struct resolver *resolver = resolver_of(variant);
	bool named = expr->kind == EXPR_CALL || expr->kind == EXPR_NAME;
	int state = expr->kind == EXPR_CALL ? list_index(states, expr->bytes) : -1;
	struct candidates candidates = { 0 };

	if (state >= 0)
		return state;
	candidates_add_list(&candidates, states);
	resolve_error(resolver, expr->where,
		      candidates_help(&candidates, resolver, named ? expr->bytes : NULL,
				      "write exited(0), killed_by(SIGPIPE), "
				      "blocked_in(read(c)) or output ~ \"ready\""),
		      "this is no state to wait for");
	return -1;
}

static bool await_end(struct variant *variant, const struct statement *statement, int endpoint,
		      bool exited)
{
	const struct expr *argument = statement->expr->list;
	const struct player *player = &variant->players[endpoint];
	struct step *step;
	int64_t number;

	if (!argument || argument->next) {
		resolve_error(resolver_of(variant), statement->expr->where,
			      "write exited(0) or killed_by(SIGPIPE)", "%s() takes one number",
			      statement->expr->bytes);
		return false;
	}
	if (!resolve_number(variant, argument, exited ? "an exit status" : "a signal",
			    exited ? 0 : 1, exited ? 255 : SIGRTMAX, &number))
		return false;
	/* That it is dead already is what is asked for. */
	if (player->life != LIFE_DEAD && !player_is_there(variant, endpoint, statement->where))
		return false;
	if (variant->rehearsing)
		return true;
	step = variant_step(variant, exited ? STEP_AWAIT_EXITED : STEP_AWAIT_KILLED,
			    statement->where, endpoint);
	if (!step)
		return false;
	step->number = number;
	if (player->life != LIFE_DEAD)
		player_ends(variant, endpoint, statement->where, exited ? "exited" : "was killed");
	return true;
}

/* The arguments are for the reader; but a name that nothing is called is a slip of the pen. */
static bool look_at_argument(struct variant *variant, const struct expr *expr, int endpoint)
{
	const struct expr *value = expr->kind == EXPR_NAMED ? expr->left : expr;
	struct setting setting = { .endpoint = endpoint,
				   .channel = CHANNEL_END,
				   .processes = true,
				   .words = true,
				   .place = "an argument of the call" };
	struct name *name;

	if (value->kind != EXPR_NAME)
		return resolve_expr(variant, value, &setting);
	name = scene_find(variant->scene, value->bytes);
	if (name) {
		name->used = true;
		return true;
	}
	setting.words = false;
	return resolve_expr(variant, value, &setting);
}

/* It is the one that it has said to block. */
static bool is_asleep_in(struct variant *variant, const struct statement *statement, int endpoint,
			 const struct call *call)
{
	const struct player *player = &variant->players[endpoint];
	struct resolver *resolver = resolver_of(variant);

	if (!player_is_there(variant, endpoint, statement->where))
		return false;
	if (player->confused || variant->rehearsing || player->pending == call)
		return true;
	if (player->pending)
		resolve_error(resolver, statement->expr->where, NULL,
			      "%s is asleep in %s(), since line %d", player->name->text,
			      player->pending->name, player->pending_where.line);
	else
		resolve_error(resolver, statement->expr->where,
			      resolve_text(resolver, "first: %s: %s(...) blocks",
					   player->name->text, call->name),
			      "%s has no call that could be asleep", player->name->text);
	return false;
}

/* The channel that the call is about; for programs, which have no names for their descriptors. */
static bool find_channel(struct variant *variant, const struct expr *expr, int *channel)
{
	const struct expr *first = expr->list;
	struct candidates candidates = { 0 };
	struct name *name;

	*channel = -1;
	if (!first)
		return true;
	name = first->kind == EXPR_NAME ? scene_find(variant->scene, first->bytes) : NULL;
	if (name && name->kind == NAME_CHANNEL && !first->next) {
		name->used = true;
		*channel = name->index;
		return !name->failed;
	}
	if (resolve_is_lost(variant, first))
		return false;
	candidates_add_names(&candidates, variant->scene, 1U << NAME_CHANNEL);
	resolve_error(
		resolver_of(variant), first->where,
		candidates_help(&candidates, resolver_of(variant),
				first->kind == EXPR_NAME ? first->bytes : NULL,
				resolve_text(resolver_of(variant), "write %s(c), or %s() for any",
					     expr->bytes, expr->bytes)),
		"a call of a program is about one channel, or any");
	return false;
}

/* Programs make any call that there is; and whom they forked may live on. */
static bool await_sleep(struct variant *variant, const struct statement *statement, int endpoint,
			const struct expr *expr)
{
	struct plan_sleep sleep = { .name = expr->bytes };
	struct plan_sleep *kept;
	struct step *step;
	struct word word = { .text = expr->bytes, .where = expr->where };

	sleep.number_count = inject_calls(word.text, sleep.numbers, INJECT_CALLS_MAX);
	if (!sleep.number_count && resolve_call_name(variant, word.text, word.where))
		resolve_error(resolver_of(variant), word.where, "name a system call",
			      "%s() is no system call, so no program sleeps in it", word.text);
	if (!sleep.number_count || !find_channel(variant, expr, &sleep.channel) ||
	    (variant->players[endpoint].life != LIFE_DEAD &&
	     !player_is_there(variant, endpoint, statement->where)))
		return false;
	if (variant->rehearsing)
		return true;
	step = variant_step(variant, STEP_AWAIT_BLOCKED, statement->where, endpoint);
	if (!step)
		return false;
	kept = resolve_keep(resolver_of(variant), sizeof(*kept));
	*kept = sleep;
	step->sleep = kept;
	return true;
}

static bool await_blocked(struct variant *variant, const struct statement *statement, int endpoint)
{
	const struct expr *expr = statement->expr->list;
	const struct call *call;
	struct step *step;
	bool good = true;

	if (!expr || expr->kind != EXPR_CALL || expr->next) {
		resolve_error(resolver_of(variant), expr ? expr->where : statement->expr->where,
			      "for example: await x blocked_in(read(c))",
			      "blocked_in() takes a call");
		return false;
	}
	if (variant->players[endpoint].is_program)
		return await_sleep(variant, statement, endpoint, expr);
	for (const struct expr *item = expr->list; item; item = item->next)
		good &= look_at_argument(variant, item, endpoint);
	call = resolve_call_name(variant, expr->bytes, expr->where);
	if (!call || !is_asleep_in(variant, statement, endpoint, call) || !good)
		return false;
	if (variant->rehearsing)
		return true;
	step = variant_step(variant, STEP_AWAIT_BLOCKED, statement->where, endpoint);
	if (step)
		step->awaited = call;
	return step;
}

static bool is_output(const struct expr *expr)
{
	return expr->kind == EXPR_BINARY && expr->op == OPERATOR_MATCHES &&
	       expr->left->kind == EXPR_NAME && !strcmp(expr->left->bytes, "output");
}

static bool is_regular(struct variant *variant, const struct expr *expr, const char *pattern)
{
	char reason[100];
	regex_t regex;
	int err = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB | REG_NEWLINE);

	if (!err) {
		regfree(&regex);
		return true;
	}
	regerror(err, &regex, reason, sizeof(reason));
	resolve_error(resolver_of(variant), expr->where, "see regex(7), extended",
		      "no regular expression: %s", reason);
	return false;
}

static bool await_output(struct variant *variant, const struct statement *statement, int endpoint)
{
	struct setting setting = { .endpoint = NOBODY, .place = "what output is compared with" };
	const struct player *player = &variant->players[endpoint];
	struct value value;
	struct step *step;

	if (!player->is_program) {
		resolve_error(resolver_of(variant), statement->expr->where, NULL,
			      "%s is no program: it has no output", player->name->text);
		return false;
	}
	if (player->life != LIFE_DEAD && !player_is_there(variant, endpoint, statement->where))
		return false;
	if (!resolve_constant(variant, statement->expr->right, &setting, &value))
		return false;
	if (value.kind != VALUE_BYTES || memchr(value.bytes, '\0', value.length)) {
		resolve_error(resolver_of(variant), statement->expr->right->where,
			      "for example: output ~ \"^ready\"",
			      "output is compared with a regular expression, in quotes");
		return false;
	}
	if (!is_regular(variant, statement->expr->right, value.bytes))
		return false;
	if (variant->rehearsing)
		return true;
	step = variant_step(variant, STEP_AWAIT_OUTPUT, statement->where, endpoint);
	if (step)
		step->pattern = value.bytes;
	return step;
}

bool resolve_await(struct variant *variant, const struct statement *statement)
{
	int endpoint = scene_endpoint(variant->scene, statement->subject.text,
				      statement->subject.where);
	int state;

	if (endpoint < 0)
		return false;
	if (is_output(statement->expr))
		return await_output(variant, statement, endpoint);
	state = find_state(variant, statement->expr);
	if (state < 0)
		return false;
	if (state == STATE_BLOCKED)
		return await_blocked(variant, statement, endpoint);
	return await_end(variant, statement, endpoint, state == STATE_EXITED);
}
