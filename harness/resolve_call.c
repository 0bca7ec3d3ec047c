// SPDX-License-Identifier: MIT
/* A call and its arguments, by the table of calls: each argument finds its parameter. */
#include <string.h>

#include "call_numbers.h"
#include "resolve.h"

static const char *const planned[] = { "drain", NULL };

struct reading {
	struct variant *variant;
	int endpoint;
	const struct call *call;
	struct action *action;
	bool given[CALL_PARAMETERS_MAX];
	bool via;
};

static struct resolver *reader_of(const struct reading *reading)
{
	return reading->variant->scene->resolver;
}

/* "read(fd, size)" */
static const char *signature(struct resolver *resolver, const struct call *call)
{
	const char *text = resolve_text(resolver, "%s(", call->name);
	size_t count = call_parameter_count(call);

	for (size_t i = 0; i < count; i++) {
		const struct parameter *parameter = &call->parameters[i];

		text = resolve_text(resolver, "%s%s%s%s%s", text, i ? ", " : "",
				    parameter->optional ? "[" : "", parameter->name,
				    parameter->optional ? "]" : "");
	}
	return resolve_text(resolver, "%s)", text);
}

bool call_is_planned(const char *name)
{
	return list_index(planned, name) >= 0;
}

const struct call *resolver_call(struct resolver *resolver, const char *name)
{
	size_t bucket = (uintptr_t)name / sizeof(name) % BUCKETS;

	if (resolver->calls[bucket].name != name) {
		resolver->calls[bucket].name = name;
		resolver->calls[bucket].call = call_find(name);
	}
	return resolver->calls[bucket].call;
}

const struct call *resolve_call_name(struct variant *variant, const char *name,
				     struct location where)
{
	const struct call *call = resolver_call(variant->scene->resolver, name);
	struct candidates candidates = { 0 };

	if (call)
		return call;
	candidates_add_calls(&candidates);
	candidates_add_list(&candidates, planned);
	scene_unknown(variant->scene, where, &candidates, "call", name, NULL);
	return NULL;
}

static bool set_via(struct reading *reading, const struct expr *expr, bool libc)
{
	const struct call *call = reading->call;

	reading->action->libc = libc;
	if (!libc && call->number < 0 && call->number != CALL_NOT_HERE)
		resolve_error(reader_of(reading), expr->where, "leave it out",
			      "%s has no system call of its own, only a function", call->name);
	else if (libc && !call->libc && !call->invoke)
		resolve_error(reader_of(reading), expr->where, "leave it out",
			      "the C library has no %s", call->name);
	else
		return true;
	return false;
}

/* "via=libc": not a parameter of the call, but how it is made. */
static bool read_via(struct reading *reading, const struct expr *expr)
{
	struct setting setting = { .endpoint = NOBODY, .words = true, .place = "via" };
	bool again = reading->via;
	struct value value;

	reading->via = true;
	if (again)
		resolve_error(reader_of(reading), expr->where, NULL, "via is given twice");
	if (again || !resolve_constant(reading->variant, expr->left, &setting, &value))
		return false;
	if (value.kind == VALUE_WORD && !strcmp(value.bytes, "raw"))
		return set_via(reading, expr, false);
	if (value.kind == VALUE_WORD && !strcmp(value.bytes, "libc"))
		return set_via(reading, expr, true);
	if (!resolve_is_lost(reading->variant, expr->left))
		resolve_error(reader_of(reading), expr->left->where, NULL,
			      "write via=raw or via=libc");
	return false;
}

/* Endpoint that a fork makes: no argument of the call itself. */
static bool read_child(struct reading *reading, const struct expr *expr)
{
	if (expr->kind != EXPR_NAME) {
		resolve_error(reader_of(reading), expr->where, "for example: parent: fork(child)",
			      "%s() takes the endpoint that its child will be",
			      reading->call->name);
		return false;
	}
	reading->action->child = scene_endpoint(reading->variant->scene, expr->bytes, expr->where);
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
	}
	for (size_t i = 0; i < count; i++)
		candidates_add(&candidates, call->parameters[i].name);
	candidates_add(&candidates, "via");
	resolve_error(reader_of(reading), expr->where,
		      candidates_help(&candidates, reader_of(reading), expr->bytes,
				      signature(reader_of(reading), call)),
		      "%s() has no parameter %s", call->name, expr->bytes);
	return -1;
}

static bool complain_too_many(struct reading *reading, const struct expr *expr)
{
	resolve_error(reader_of(reading), expr->where, signature(reader_of(reading), reading->call),
		      "too many arguments for %s()", reading->call->name);
	return false;
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
	if ((size_t)index >= call_parameter_count(reading->call))
		return complain_too_many(reading, expr);
	if (reading->given[index]) {
		resolve_error(reader_of(reading), expr->where, NULL, "%s of %s() is given twice",
			      reading->call->parameters[index].name, reading->call->name);
		return false;
	}
	reading->given[index] = true;
	return read_argument(reading, (size_t)index, named ? expr->left : expr);
}

/* One that is too many, or unnamed where it must not be, speaks for those behind it. */
static bool read_all(struct reading *reading, const struct expr *list)
{
	size_t position = 0;
	bool good = true;
	bool named = false;

	for (const struct expr *item = list; item; item = item->next) {
		if (named && item->kind != EXPR_NAMED) {
			resolve_error(reader_of(reading), item->where,
				      signature(reader_of(reading), reading->call),
				      "an argument without a name cannot follow one with a name");
			return false;
		}
		named = item->kind == EXPR_NAMED;
		good &= read_one(reading, item, &position);
		if (position > call_parameter_count(reading->call))
			return false;
	}
	return good;
}

static bool is_complete(struct reading *reading, const struct expr *expr)
{
	const struct call *call = reading->call;

	for (size_t i = 0; i < call_parameter_count(call); i++) {
		if (reading->given[i] || call->parameters[i].optional)
			continue;
		resolve_error(reader_of(reading), expr->where, signature(reader_of(reading), call),
			      "%s() needs its argument %s", call->name, call->parameters[i].name);
		return false;
	}
	return true;
}

bool resolve_call(struct variant *variant, int endpoint, const struct expr *expr,
		  struct action *action)
{
	struct reading reading = { .variant = variant, .endpoint = endpoint, .action = action };

	*action = (struct action){ .bind = -1, .child = -1 };
	for (int i = 0; i < CALL_OUTS_MAX; i++)
		action->bind_out[i] = -1;
	action->call = reading.call = resolve_call_name(variant, expr->bytes, expr->where);
	if (!reading.call)
		return false;
	action->libc = reading.call->number < 0;
	return read_all(&reading, expr->list) && is_complete(&reading, expr);
}
