// SPDX-License-Identifier: MIT
/* A parsed file to plans: each scenario's own words first, then each choice of its parameters. */
#include <stdlib.h>
#include <string.h>

#include "catalogue.h"
#include "pages.h"
#include "resolve.h"

#define obstack_chunk_alloc pages_alloc
#define obstack_chunk_free  pages_free

static const char *const cite_kinds[] = { "man", "posix", "doc", "commit", NULL };

static void check_cites(struct scene *scene)
{
	const struct scenario *scenario = scene->scenario;
	struct candidates candidates = { 0 };

	if (!scenario->cites && !scene->damaged)
		resolve_error(scene->resolver, scenario->where,
			      "for example: cite man \"pipe(7)\" \"PIPE_BUF\"",
			      "the scenario does not say where this behaviour is documented");
	for (const struct cite *cite = scenario->cites; cite; cite = cite->next) {
		if (list_index(cite_kinds, cite->kind) >= 0)
			continue;
		candidates_add_list(&candidates, cite_kinds);
		resolve_error(scene->resolver, cite->where,
			      candidates_help(&candidates, scene->resolver, cite->kind,
					      "write man, posix, doc or commit"),
			      "%s is no kind of citation", cite->kind);
	}
}

static void check_id(struct scene *scene, const struct word *id)
{
	struct candidates candidates = { 0 };

	if (catalogue_find(id->text))
		return;
	for (const struct catalogue_entry *entry = catalogue_entries; entry->id; entry++)
		candidates_add(&candidates, entry->id);
	resolve_error(scene->resolver, id->where,
		      candidates_help(&candidates, scene->resolver, id->text,
				      "the ids are in scenarios/catalogue/"),
		      "the catalogue has no behaviour %s", id->text);
}

static int by_text(const void *left, const void *right)
{
	const struct word *const *a = left, *const *b = right;
	int order = strcmp((*a)->text, (*b)->text);

	if (!order)
		order = (*a)->where.line - (*b)->where.line;
	return order ? order : (*a)->where.column - (*b)->where.column;
}

static size_t word_count(const struct word *word)
{
	size_t count = 0;

	for (; word; word = word->next)
		count++;
	return count;
}

/* Calls complain() for each word that stands in the list before. */
static void find_twins(struct resolver *resolver, const struct word *words,
		       void (*complain)(struct resolver *resolver, const struct word *word,
					const struct word *before))
{
	size_t count = word_count(words), i = 0;
	const struct word **sorted = resolve_scratch(resolver, (count + 1) * sizeof(words));

	for (const struct word *word = words; word; word = word->next)
		sorted[i++] = word;
	qsort(sorted, count, sizeof(words), by_text);
	for (i = 1; i < count; i++) {
		if (!strcmp(sorted[i - 1]->text, sorted[i]->text))
			complain(resolver, sorted[i], sorted[i - 1]);
	}
}

static void complain_cover(struct resolver *resolver, const struct word *id,
			   const struct word *before)
{
	(void)before;
	resolve_error(resolver, id->where, NULL, "%s is covered twice", id->text);
}

static void check_covers(struct scene *scene)
{
	find_twins(scene->resolver, scene->scenario->covers, complain_cover);
	for (const struct word *id = scene->scenario->covers; id && !scene->resolver->stopped;
	     id = id->next)
		check_id(scene, id);
}

static void complain_title(struct resolver *resolver, const struct word *slug,
			   const struct word *before)
{
	resolve_error(resolver, slug->where, "choose another title",
		      "the scenario on line %d has the same id, %s", before->where.line,
		      slug->text);
}

/* Two titles must not give one id. */
static void check_titles(struct resolver *resolver)
{
	struct word *slugs = NULL;

	for (const struct scenario *s = resolver->file->scenarios; s; s = s->next) {
		struct word *slug = resolve_scratch(resolver, sizeof(*slug));

		/* A title that could not be read has its error. */
		*slug = (struct word){ s->title ? resolve_slug(resolver, s->title) : "", s->where,
				       slugs };
		if (*slug->text)
			slugs = slug;
		else if (!s->damaged)
			resolve_error(resolver, s->where, NULL,
				      "the title has no letter and no digit");
	}
	find_twins(resolver, slugs, complain_title);
}

static void check_blocks(struct scene *scene)
{
	const struct scenario *scenario = scene->scenario;

	if (scene->damaged)
		return;
	if (!scene->run)
		resolve_error(scene->resolver, scenario->where, "add a block: run { ... }",
			      "the scenario has no steps");
	else if (!scene->run->body)
		resolve_error(scene->resolver, scene->run->where, NULL, "the block is empty");
	else if (!scene_has_checks(scene))
		resolve_error(scene->resolver, scenario->where,
			      "say what a call must give (= 5, = EAGAIN, blocks), or add a check",
			      "the scenario checks nothing: it could not fail");
}

static void resolve_scenario(struct resolver *resolver, const struct scenario *scenario)
{
	struct scene scene = { .resolver = resolver,
			       .scenario = scenario,
			       .errors_before = resolver->error_count };
	size_t plans = resolver->suite->plan_count;

	scene.damaged = scene_is_damaged(&scene);
	check_cites(&scene);
	check_covers(&scene);
	scene_gather(&scene);
	check_blocks(&scene);
	scene_resolve(&scene);
	scene_report_unused(&scene);
	/*
	 * A test must not vanish in silence, whatever mistake of ours it is that nobody told an
	 * error.
	 */
	if (resolver->error_count > scene.errors_before && !resolver->diag->count)
		resolve_error(resolver, scenario->where, "please report this file as a bug",
			      "something is wrong with this scenario, and ipcdrill does not know what");
	/* Variants that are well do not run either if something else in their scenario is wrong. */
	if (resolver->error_count > scene.errors_before)
		resolver->suite->plan_count = plans;
}

void resolve_file(struct suite *suite, const struct scenario_file *file, const char *id_base,
		  struct diag *diag)
{
	struct resolver resolver = {
		.suite = suite, .file = file, .id_base = id_base, .diag = diag
	};

	if (!suite->has_memory) {
		obstack_init(&suite->memory);
		suite->has_memory = true;
	}
	obstack_init(&resolver.scratch);
	resolver_note_damage(&resolver);
	check_titles(&resolver);
	for (const struct scenario *s = file->scenarios; s && !resolver.stopped; s = s->next)
		resolve_scenario(&resolver, s);
	obstack_free(&resolver.scratch, NULL);
}
