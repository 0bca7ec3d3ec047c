// SPDX-License-Identifier: MIT
/* Parameters: every choice of their values is a variant of the scenario, with an id of its own. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

/* After so many with errors the others have the same ones. */
enum { FAILED_VARIANTS_MAX = 100, ID_MAX = 1000 };

/* One value of a parameter: an expression, or a number of a range. */
struct choice {
	const struct expr *expr;
	const char *label;
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
static bool is_literal_range(const struct expr *expr)
{
	return expr->kind == EXPR_RANGE && expr->left->kind == EXPR_INT &&
	       expr->right->kind == EXPR_INT;
}

/* How many choices an expression is; one without end counts as one, after a message. */
static size_t count_of(struct scene *scene, const struct expr *expr)
{
	int64_t from, to;

	if (!is_literal_range(expr))
		return 1;
	from = expr->left->number;
	to = expr->right->number;
	if (from <= to && to - from < VARIANTS_MAX)
		return (size_t)(to - from) + 1;
	resolve_error(scene->resolver, expr->where,
		      from > to ? "write the smaller number first" : NULL,
		      "this range has %s values", from > to ? "no" : "too many");
	return 1;
}

static void add_choices(struct scene *scene, struct axis *axis, const struct expr *expr)
{
	size_t count = count_of(scene, expr);

	for (size_t i = 0; i < count; i++) {
		struct choice *choice = &axis->choices[axis->count++];

		*choice = (struct choice){ .expr = expr };
		if (is_literal_range(expr)) {
			choice->in_range = true;
			choice->number = expr->left->number + (int64_t)i;
			choice->label = resolve_text(scene->resolver, "%" PRId64, choice->number);
		} else {
			choice->label = expr_label(scene->resolver, expr);
		}
	}
}

static int by_label(const void *left, const void *right)
{
	const struct choice *const *a = left, *const *b = right;
	int order = strcmp((*a)->label, (*b)->label);

	return order ? order : (*a > *b) - (*a < *b);
}

/* History hangs on ids, and ids are made of labels. */
static void check_labels(struct scene *scene, struct axis *axis)
{
	const struct choice **sorted = resolve_scratch(scene->resolver,
						       axis->count * sizeof(const struct choice *));

	for (size_t i = 0; i < axis->count; i++)
		sorted[i] = &axis->choices[i];
	qsort(sorted, axis->count, sizeof(const struct choice *), by_label);
	for (size_t i = 1; i < axis->count; i++) {
		if (!strcmp(sorted[i - 1]->label, sorted[i]->label))
			resolve_error(scene->resolver, sorted[i]->expr->where, NULL,
				      "%s is %s twice: both tests would have the same id",
				      axis->name->text, sorted[i]->label);
	}
}

/* What an id would grow beyond helps nobody to find a test again. */
static void check_length(struct scene *scene)
{
	size_t length = strlen(scene->resolver->id_base) + strlen(scene->scenario->title);

	for (const struct axis *axis = scene->axes; axis; axis = axis->next) {
		size_t longest = 0;

		for (size_t i = 0; i < axis->count; i++) {
			size_t label = strlen(axis->choices[i].label);

			longest = label > longest ? label : longest;
		}
		length += strlen(axis->name->text) + longest + 2;
	}
	if (length <= ID_MAX)
		return;
	resolve_error(scene->resolver, scene->scenario->where,
		      "shorten the title, or give long values a name: let long = ...",
		      "the ids of its tests would have more than %d bytes", ID_MAX);
	/* One test shows the other errors. */
	for (struct axis *axis = scene->axes; axis; axis = axis->next)
		axis->count = 1;
}

static struct axis *make_axis(struct scene *scene, const struct decl *decl, struct name *name)
{
	struct axis *axis = resolve_scratch(scene->resolver, sizeof(*axis));
	size_t count = 0;

	/* Those beyond the limit of all combinations are refused there. */
	for (const struct expr *expr = decl->expr; expr && count <= VARIANTS_MAX; expr = expr->next)
		count += count_of(scene, expr);
	*axis = (struct axis){ .decl = decl, .name = name };
	axis->choices = resolve_scratch(scene->resolver, count * sizeof(*axis->choices));
	for (const struct expr *expr = decl->expr; expr && axis->count < count; expr = expr->next)
		add_choices(scene, axis, expr);
	check_labels(scene, axis);
	return axis;
}

static void make_axes(struct scene *scene)
{
	struct axis **last = &scene->axes;
	size_t variants = 1;

	for (const struct decl *decl = scene->scenario->decls; decl; decl = decl->next) {
		struct name *name = decl->kind == DECL_ACROSS ? scene_find(scene, decl->name.text)
							      : NULL;
		struct axis *axis;

		if (!name || name->decl != decl || !decl->expr)
			continue;
		axis = *last = make_axis(scene, decl, name);
		last = &axis->next;
		if (axis->count > VARIANTS_MAX / variants) {
			resolve_error(scene->resolver, decl->where, NULL,
				      "the parameters have more than %d combinations",
				      VARIANTS_MAX);
			axis->count = 1;
		}
		variants *= axis->count;
	}
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

void variant_across(struct variant *variant, const struct decl *decl)
{
	struct setting setting = { .endpoint = NOBODY,
				   .words = true,
				   .place = "a parameter's value" };
	const struct choice *choice;
	struct axis *axis = variant->scene->axes;

	while (axis && axis->decl != decl)
		axis = axis->next;
	if (!axis)
		return;
	choice = &axis->choices[axis->at];
	if (axis->name->kind == NAME_CHANNEL)
		variant_channel(variant, axis->name, choice->expr, &decl->ends);
	else if (choice->in_range)
		axis->name->value = value_int(choice->number);
	else
		axis->name->failed = !resolve_constant(variant, choice->expr, &setting,
						       &axis->name->value);
}

bool scene_has_choice(const struct scene *scene, const char *word)
{
	for (const struct axis *axis = scene->axes; axis; axis = axis->next) {
		for (size_t i = 0; i < axis->count; i++) {
			if (axis->choices[i].expr->kind == EXPR_NAME &&
			    !strcmp(axis->choices[i].expr->bytes, word))
				return true;
		}
	}
	return false;
}

const char *scene_id(struct scene *scene)
{
	struct resolver *resolver = scene->resolver;
	const char *id = resolver->id_base;

	if (resolver->file->scenarios->next)
		id = resolve_text(resolver, "%s/%s", id,
				  resolve_slug(resolver, scene->scenario->title));
	for (const struct axis *axis = scene->axes; axis; axis = axis->next)
		id = resolve_text(resolver, "%s%s%s=%s", id, axis == scene->axes ? "[" : ",",
				  axis->name->text, axis->choices[axis->at].label);
	return scene->axes ? resolve_text(resolver, "%s]", id) : id;
}

void scene_resolve(struct scene *scene)
{
	int failed = 0;

	make_axes(scene);
	check_length(scene);
	do
		failed += !variant_resolve(scene);
	while (advance(scene->axes) && failed < FAILED_VARIANTS_MAX && !scene->resolver->stopped);
}
