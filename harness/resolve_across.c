/* SPDX-License-Identifier: MIT */
/* Parameters: every choice of their values is a variant of the scenario, with an id of its own. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "resolve.h"

/* One value of a parameter: an expression, or a number of a range. */
struct choice {
	const struct expr *expr;
	bool in_range;
	int64_t number;
};

struct axis {
	const struct decl *decl;
	struct name *name;
	struct choice *choices;
	size_t count;
	size_t at;
	struct axis *next;
};

char *resolve_slug(struct resolver *resolver, const char *title)
{
	char *slug = resolve_scratch(resolver, strlen(title) + 1);
	size_t length = 0;

	for (const unsigned char *c = (const unsigned char *)title; *c; c++) {
		if (isalnum(*c))
			slug[length++] = (char)tolower(*c);
		else if (length && slug[length - 1] != '-')
			slug[length++] = '-';
	}
	while (length && slug[length - 1] == '-')
		length--;
	slug[length] = '\0';
	return slug;
}

/* "1..12" is twelve values; its ends are written down as numbers. */
static bool literal_range(const struct expr *expr, int64_t *from, int64_t *to)
{
	if (expr->kind != EXPR_RANGE || expr->left->kind != EXPR_INT || expr->right->kind != EXPR_INT)
		return false;
	*from = expr->left->number;
	*to = expr->right->number;
	return true;
}

static size_t count_choices(struct scene *scene, const struct decl *decl)
{
	size_t count = 0;

	for (const struct expr *expr = decl->expr; expr; expr = expr->next) {
		int64_t from, to;

		if (!literal_range(expr, &from, &to)) {
			count++;
		} else if (from > to || to - from >= VARIANTS_MAX) {
			resolve_error(scene->resolver, expr->where, NULL, "this range has %s values",
				      from > to ? "no" : "too many");
			return 0;
		} else {
			count += (size_t)(to - from) + 1;
		}
	}
	return count;
}

static void fill_choices(struct axis *axis)
{
	size_t at = 0;

	for (const struct expr *expr = axis->decl->expr; expr; expr = expr->next) {
		int64_t from, to;

		if (!literal_range(expr, &from, &to)) {
			axis->choices[at++] = (struct choice){ .expr = expr };
			continue;
		}
		for (int64_t number = from; number <= to; number++)
			axis->choices[at++] = (struct choice){ .expr = expr, .in_range = true, .number = number };
	}
}

/* False: errors. */
static bool make_axes(struct scene *scene)
{
	struct axis **last = &scene->axes;
	size_t variants = 1;

	for (const struct decl *decl = scene->scenario->decls; decl; decl = decl->next) {
		struct name *name = decl->kind == DECL_ACROSS ? scene_find(scene, decl->name.text) : NULL;
		struct axis *axis;

		if (!name || name->decl != decl)
			continue;
		axis = *last = resolve_scratch(scene->resolver, sizeof(*axis));
		*axis = (struct axis){ .decl = decl, .name = name, .count = count_choices(scene, decl) };
		last = &axis->next;
		if (!axis->count)
			return false;
		if (axis->count > VARIANTS_MAX / variants) {
			resolve_error(scene->resolver, decl->where, NULL, "the parameters have more than %d combinations",
				      VARIANTS_MAX);
			return false;
		}
		variants *= axis->count;
		axis->choices = resolve_scratch(scene->resolver, axis->count * sizeof(*axis->choices));
		fill_choices(axis);
	}
	return true;
}

/* To the next combination, the last parameter first; false after the last. */
static bool advance(struct axis *axis)
{
	if (!axis)
		return false;
	if (advance(axis->next))
		return true;
	axis->at = (axis->at + 1) % axis->count;
	return axis->at != 0;
}

bool axes_apply(struct variant *variant)
{
	struct setting setting = { .endpoint = NOBODY, .words = true, .place = "a parameter's value" };
	bool good = true;

	for (struct axis *axis = variant->scene->axes; axis; axis = axis->next) {
		const struct choice *choice = &axis->choices[axis->at];

		axis->name->failed = false;
		if (axis->name->kind == NAME_CHANNEL) {
			variant_channel(variant, axis->name, choice->expr, &axis->decl->ends);
			good &= !axis->name->failed;
		} else if (choice->in_range) {
			axis->name->value = value_int(choice->number);
		} else if (!resolve_constant(variant, choice->expr, &setting, &axis->name->value)) {
			axis->name->failed = true;
			good = false;
		}
	}
	return good;
}

static const char *choice_label(struct scene *scene, const struct choice *choice)
{
	return choice->in_range ? resolve_text(scene->resolver, "%" PRId64, choice->number) :
				  expr_label(scene->resolver, choice->expr);
}

const char *scene_id(struct scene *scene)
{
	struct resolver *resolver = scene->resolver;
	const char *id = resolver->id_base;

	if (resolver->file->scenarios->next)
		id = resolve_text(resolver, "%s/%s", id, resolve_slug(resolver, scene->scenario->title));
	for (const struct axis *axis = scene->axes; axis; axis = axis->next)
		id = resolve_text(resolver, "%s%s%s=%s", id, axis == scene->axes ? "[" : ",", axis->name->text,
				  choice_label(scene, &axis->choices[axis->at]));
	return scene->axes ? resolve_text(resolver, "%s]", id) : id;
}

void scene_resolve(struct scene *scene)
{
	if (!make_axes(scene))
		return;
	do
		variant_resolve(scene);
	while (advance(scene->axes));
}
