// SPDX-License-Identifier: MIT
/* Endpoints that are programs: where they are looked for, their environment and directory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>

#include "resolve.h"

struct list {
	const char **names; /* ends with NULL */
	size_t count;
};

/* Only those that are there: the worker has another working directory, so by its whole path. */
static void add_directory(struct resolver *resolver, struct list *list, const char *path)
{
	struct stat status;
	char *whole = realpath(path, NULL);

	if (whole && !stat(whole, &status) && S_ISDIR(status.st_mode))
		list->names[list->count++] = resolve_keep_text(resolver, whole, strlen(whole));
	free(whole);
}

static const char *const own_places[] = { "programs", "../programs", "../libexec/ipcdrill" };

enum { OWN_COUNT = sizeof(own_places) / sizeof(own_places[0]) };

/* What stands beside this binary, in a build tree or installed. */
static void add_own(struct resolver *resolver, struct list *list)
{
	const char *started_as = (const char *)getauxval(AT_EXECFN);
	char *binary = started_as ? realpath(started_as, NULL) : NULL;

	if (!binary)
		return;
	*strrchr(binary, '/') = '\0';
	for (size_t i = 0; i < OWN_COUNT; i++)
		add_directory(resolver, list,
			      resolve_text(resolver, "%s/%s", binary, own_places[i]));
	free(binary);
}

/* Next to the scenario first, then where IPCDRILL_PROGRAMS says, then our own. */
static const char *const *list_directories(struct resolver *resolver)
{
	const char *file = resolver->file->source.path;
	const char *slash = strrchr(file, '/');
	const char *named = getenv("IPCDRILL_PROGRAMS");
	struct list list = { 0 };
	size_t most = 2 + OWN_COUNT;

	for (const char *at = named; at && *at; at++)
		most += *at == ':';
	list.names = resolve_keep(resolver, (most + 1) * sizeof(*list.names));
	add_directory(resolver, &list,
		      slash ? resolve_text(resolver, "%.*s/", (int)(slash - file), file) : ".");
	while (named && *named) {
		size_t length = strcspn(named, ":");

		if (length)
			add_directory(resolver, &list,
				      resolve_text(resolver, "%.*s", (int)length, named));
		named += length + (named[length] == ':');
	}
	add_own(resolver, &list);
	return list.names;
}

static const struct operand *resolve_text_option(struct variant *variant, const struct expr *expr,
						 const char *place)
{
	struct setting setting = { .endpoint = NOBODY, .channel = CHANNEL_ADDRESS, .place = place };
	const struct operand *operand = resolve_expr(variant, expr, &setting);

	if (!operand || operand_expects(operand) == VALUE_BYTES ||
	    operand_expects(operand) == VALUE_ANY)
		return operand;
	resolve_error(resolver_of(variant), expr->where, NULL, "%s is a string, not %s", place,
		      value_kind_text(operand_expects(operand)));
	return NULL;
}

/* env={"A=1", "B"}: B is taken away. */
static bool resolve_environment(struct variant *variant, const struct expr *expr,
				struct program *program)
{
	const struct expr *first = expr->kind == EXPR_SET ? expr->list : expr;
	size_t count = expr->kind == EXPR_SET ? expr_count(expr->list) : 1;
	const struct operand **items = resolve_keep(resolver_of(variant),
						    (count + 1) * sizeof(*items));

	for (const struct expr *item = first; item && program->environment_count < count;
	     item = item->next) {
		const struct operand *operand =
			resolve_text_option(variant, item, "a variable of the environment");

		if (!operand)
			return false;
		if (operand->kind == OPERAND_VALUE &&
		    (!operand->value.length || operand->value.bytes[0] == '=')) {
			resolve_error(resolver_of(variant), item->where,
				      "for example: env={\"LANG=C\"}",
				      "a variable of the environment has a name");
			return false;
		}
		items[program->environment_count++] = operand;
	}
	program->environment = items;
	return true;
}

/* Relative: below the scenario's directory, made for it and left behind by nobody. */
static bool resolve_cwd(struct variant *variant, const struct expr *expr, struct program *program)
{
	const char *path;

	program->cwd = resolve_text_option(variant, expr, "the directory of a program");
	if (!program->cwd)
		return false;
	path = program->cwd->kind == OPERAND_VALUE ? program->cwd->value.bytes : "";
	if (*path && *path != '/' && !strchr(path, '/') && strcmp(path, ".") != 0 &&
	    strcmp(path, "..") != 0)
		plan_add_scratch(variant, path);
	if (*path && (*path == '/' || !strchr(path, '/')))
		return true;
	resolve_error(resolver_of(variant), expr->where,
		      "for example: cwd=\"sub\", or cwd=\"/tmp\"",
		      "the directory of a program is a plain name, made for it, or a whole path");
	return false;
}

static bool resolve_option(struct variant *variant, const struct expr *expr,
			   struct program *program)
{
	static const char *const options[] = { "env", "cwd", NULL };
	struct candidates candidates = { 0 };

	switch (list_index(options, expr->bytes)) {
	case 0: return resolve_environment(variant, expr->left, program);
	case 1: return resolve_cwd(variant, expr->left, program);
	default: break;
	}
	candidates_add_list(&candidates, options);
	resolve_error(resolver_of(variant), expr->where,
		      candidates_help(&candidates, resolver_of(variant), expr->bytes, NULL),
		      "program() has no parameter %s", expr->bytes);
	return false;
}

/* The first argument: what is executed. */
static bool resolve_executable(struct variant *variant, const struct expr *expr,
			       struct program *program)
{
	struct setting setting = { .endpoint = NOBODY,
				   .choices = true,
				   .place = "the name of a program" };
	struct value value;

	if (!resolve_constant(variant, expr, &setting, &value))
		return false;
	if ((value.kind == VALUE_BYTES || value.kind == VALUE_WORD) && value.length &&
	    !memchr(value.bytes, '\0', value.length)) {
		program->name = value.bytes;
		return true;
	}
	resolve_error(resolver_of(variant), expr->where, "for example: program(\"./server\", c)",
		      "the first argument of program() names it, in quotes");
	return false;
}

void resolve_program(struct variant *variant, const struct decl *decl)
{
	struct resolver *resolver = resolver_of(variant);
	struct plan *plan = variant->plan;
	const struct expr *expr = decl->expr;
	struct name *name = scene_find(variant->scene, decl->name.text);
	struct program_argument *arguments;
	struct program *program;
	bool good;

	if (expr->kind != EXPR_CALL || strcmp(expr->bytes, "program") != 0 || !expr->list) {
		resolve_error(resolver, expr->where,
			      "for example: endpoint s = program(\"./server\", c)",
			      "an endpoint is a process of its own, or a program");
		return;
	}
	if (!name || name->decl != decl)
		return;
	program = resolve_keep(resolver, sizeof(*program));
	arguments = resolve_keep(resolver, (expr_count(expr->list) + 1) * sizeof(*arguments));
	good = resolve_executable(variant, expr->list, program);
	for (const struct expr *item = expr->list->next; item; item = item->next) {
		if (item->kind == EXPR_NAMED)
			good &= resolve_option(variant, item, program);
		else
			good &= resolve_program_argument(variant, name->index, item,
							 &arguments[program->argument_count++]);
	}
	if (!good)
		return;
	program->arguments = arguments;
	program->directories = list_directories(resolver);
	if (!plan->programs)
		plan->programs = resolve_keep(resolver,
					      (plan->endpoint_count + 1) * sizeof(*plan->programs));
	plan->programs[name->index] = program;
}
