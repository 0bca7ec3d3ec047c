/* SPDX-License-Identifier: MIT */
/* A call and its arguments, by the table of calls: each argument finds its parameter. */
#include <string.h>

#include "resolve.h"

struct reading {
	struct variant *variant;
	int endpoint;
	const struct call *call;
	struct action *action;
	struct location given[CALL_PARAMETERS_MAX];	/* line 0: not given */
	struct location via;
};

static struct resolver *resolver_of(const struct reading *reading)
{
	return reading->variant->scene->resolver;
}

const char *call_signature(struct resolver *resolver, const struct call *call)
{
	const char *text = resolve_text(resolver, "%s(", call->name);
	size_t count = call_parameter_count(call);

	for (size_t i = 0; i < count; i++) {
		const struct parameter *parameter = &call->parameters[i];

		text = resolve_text(resolver, "%s%s%s%s%s", text, i ? ", " : "", parameter->optional ? "[" : "",
				    parameter->name, parameter->optional ? "]" : "");
	}
	return resolve_text(resolver, "%s)", text);
}

static const struct call *find_call(struct variant *variant, const struct expr *expr)
{
	const struct call *call = call_find(expr->bytes);
	struct resolver *resolver = variant->scene->resolver;
	struct candidates candidates = { 0 };

	if (call)
		return call;
	candidates_add_calls(&candidates);
	resolve_error(resolver, expr->where, candidates_help(&candidates, resolver, expr->bytes, NULL),
		      "unknown call %s", expr->bytes);
	return NULL;
}

/* "via=libc": not a parameter of the call, but how it is made. */
static bool read_via(struct reading *reading, const struct expr *expr)
{
	static const char *const ways[] = { "raw", "libc", NULL };
	struct setting setting = { .endpoint = NOBODY, .words = true, .place = "via" };
	const struct call *call = reading->call;
	struct value value;
	int way;

	if (reading->via.line) {
		resolve_error(resolver_of(reading), expr->where, NULL, "via is given twice");
		return false;
	}
	reading->via = expr->where;
	if (!resolve_constant(reading->variant, expr->left, &setting, &value))
		return false;
	way = value.kind == VALUE_WORD ? list_index(ways, value.bytes) : -1;
	if (way < 0)
		resolve_error(resolver_of(reading), expr->left->where, NULL, "write via=raw or via=libc");
	else if (!way && call->number < 0)
		resolve_error(resolver_of(reading), expr->where, "leave it out", "%s has no system call of its own, only a function",
			      call->name);
	else if (way && !call->libc && !call->invoke)
		resolve_error(resolver_of(reading), expr->where, "leave it out", "the C library has no %s", call->name);
	else
		reading->action->libc = way || call->number < 0;
	return way >= 0;
}

/* Endpoint that a fork makes: no argument of the call itself. */
static bool read_child(struct reading *reading, const struct expr *expr)
{
	if (expr->kind != EXPR_NAME) {
		resolve_error(resolver_of(reading), expr->where, "for example: parent: fork(child)",
			      "%s() takes the endpoint that its child will be", reading->call->name);
		return false;
	}
	reading->action->child = scene_endpoint(reading->variant->scene, expr->bytes, expr->where, true);
	return reading->action->child >= 0;
}

static bool read_argument(struct reading *reading, size_t index, const struct expr *expr)
{
	const struct operand *operand;

	if (!index && reading->call->flags & CALL_FORKS)
		return read_child(reading, expr);
	operand = resolve_argument(reading->variant, reading->endpoint, reading->call, index, expr);
	reading->action->arguments[index] = operand;
	return operand;
}

static int find_parameter(struct reading *reading, const struct expr *expr)
{
	const struct call *call = reading->call;
	size_t count = call_parameter_count(call);
	struct candidates candidates = { 0 };

	for (size_t i = 0; i < count; i++) {
		if (!strcmp(call->parameters[i].name, expr->bytes))
			return (int)i;
		candidates_add(&candidates, call->parameters[i].name);
	}
	candidates_add(&candidates, "via");
	resolve_error(resolver_of(reading), expr->where,
		      candidates_help(&candidates, resolver_of(reading), expr->bytes, call_signature(resolver_of(reading), call)),
		      "%s() has no parameter %s", call->name, expr->bytes);
	return -1;
}

/* False: has an error. The place of a positional argument is *position, which moves on. */
static bool read_one(struct reading *reading, const struct expr *expr, size_t *position)
{
	bool named = expr->kind == EXPR_NAMED;
	int index;

	if (named && !strcmp(expr->bytes, "via"))
		return read_via(reading, expr);
	index = named ? find_parameter(reading, expr) : (int)(*position)++;
	if (index < 0)
		return false;
	if ((size_t)index >= call_parameter_count(reading->call)) {
		/* The first too many says it for all. */
		if ((size_t)index == call_parameter_count(reading->call))
			resolve_error(resolver_of(reading), expr->where, call_signature(resolver_of(reading), reading->call),
				      "too many arguments for %s()", reading->call->name);
		return false;
	}
	if (reading->given[index].line) {
		resolve_error(resolver_of(reading), expr->where, NULL, "%s of %s() is given twice",
			      reading->call->parameters[index].name, reading->call->name);
		return false;
	}
	reading->given[index] = expr->where;
	return read_argument(reading, (size_t)index, named ? expr->left : expr);
}

static bool is_complete(struct reading *reading, const struct expr *expr)
{
	for (size_t i = 0; i < call_parameter_count(reading->call); i++) {
		if (reading->given[i].line || reading->call->parameters[i].optional)
			continue;
		resolve_error(resolver_of(reading), expr->where, call_signature(resolver_of(reading), reading->call),
			      "%s() needs its argument %s", reading->call->name, reading->call->parameters[i].name);
		return false;
	}
	return true;
}

bool resolve_call(struct variant *variant, int endpoint, const struct expr *expr, struct action *action)
{
	struct reading reading = { .variant = variant, .endpoint = endpoint, .action = action };
	size_t position = 0;
	bool good = true;
	bool named = false;

	*action = (struct action){ .bind = -1, .child = -1 };
	for (int i = 0; i < CALL_OUTS_MAX; i++)
		action->bind_out[i] = -1;
	action->call = reading.call = find_call(variant, expr);
	if (!reading.call)
		return false;
	action->libc = reading.call->number < 0;
	for (const struct expr *item = expr->list; item; item = item->next) {
		if (named && item->kind != EXPR_NAMED) {
			resolve_error(resolver_of(&reading), item->where, call_signature(resolver_of(&reading), reading.call),
				      "an argument without a name cannot follow one with a name");
			return false;
		}
		named = item->kind == EXPR_NAMED;
		good &= read_one(&reading, item, &position);
	}
	return good && is_complete(&reading, expr);
}

const struct expr *resolve_when(struct variant *variant, const struct expr *expr, bool *happens)
{
	struct setting setting = { .endpoint = NOBODY, .place = "the condition of when()" };
	struct value value;

	*happens = true;
	if (strcmp(expr->bytes, "when"))
		return expr;
	if (expr_count(expr->list) != 2 || expr->list->next->kind != EXPR_CALL) {
		resolve_error(variant->scene->resolver, expr->where, NULL, "write when(CONDITION, CALL(...))");
		return NULL;
	}
	if (!resolve_constant(variant, expr->list, &setting, &value))
		return NULL;
	if (strcmp(expr->list->next->bytes, "when")) {
		*happens = value_is_true(&value);
		return expr->list->next;
	}
	resolve_error(variant->scene->resolver, expr->list->next->where, "join the conditions: when(A && B, ...)",
		      "when() inside of when()");
	return NULL;
}
