/* SPDX-License-Identifier: MIT */
/* A parsed file to plans: each scenario's own words first, then each choice of its parameters. */
#include <stdlib.h>
#include <string.h>

#include "catalogue.h"
#include "resolve.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free free

static const char *const cite_kinds[] = { "man", "posix", "doc", "commit", NULL };

static void check_cites(struct scene *scene)
{
	const struct scenario *scenario = scene->scenario;
	struct candidates candidates = { 0 };

	if (!scenario->cites && !scenario->damaged)
		resolve_error(scene->resolver, scenario->where, "for example: cite man \"pipe(7)\" \"PIPE_BUF\"",
			      "the scenario does not say where this behaviour is documented");
	for (const struct cite *cite = scenario->cites; cite; cite = cite->next) {
		if (list_index(cite_kinds, cite->kind) >= 0)
			continue;
		candidates_add_list(&candidates, cite_kinds);
		resolve_error(scene->resolver, cite->where,
			      candidates_help(&candidates, scene->resolver, cite->kind, "write man, posix, doc or commit"),
			      "%s is no kind of citation", cite->kind);
	}
}

static void check_covers(struct scene *scene)
{
	for (const struct word *id = scene->scenario->covers; id; id = id->next) {
		struct candidates candidates = { 0 };

		for (const struct word *other = scene->scenario->covers; other != id; other = other->next) {
			if (!strcmp(other->text, id->text))
				resolve_error(scene->resolver, id->where, NULL, "%s is covered twice", id->text);
		}
		if (catalogue_find(id->text))
			continue;
		for (const struct catalogue_entry *entry = catalogue_entries; entry->id; entry++)
			candidates_add(&candidates, entry->id);
		resolve_error(scene->resolver, id->where,
			      candidates_help(&candidates, scene->resolver, id->text, "the ids are in scenarios/catalogue/"),
			      "the catalogue has no behaviour %s", id->text);
	}
}

/* Two titles must not give one id. */
static void check_titles(struct resolver *resolver)
{
	for (const struct scenario *scenario = resolver->file->scenarios; scenario; scenario = scenario->next) {
		const char *slug = resolve_slug(resolver, scenario->title);

		if (!*slug)
			resolve_error(resolver, scenario->where, NULL, "the title has no letter and no digit");
		for (const struct scenario *other = resolver->file->scenarios; other != scenario; other = other->next) {
			if (!strcmp(slug, resolve_slug(resolver, other->title)))
				resolve_error(resolver, scenario->where, "choose another title",
					      "the scenario on line %d has the same id, %s", other->where.line, slug);
		}
	}
}

static void check_blocks(struct scene *scene)
{
	const struct scenario *scenario = scene->scenario;

	if (scenario->damaged)
		return;
	if (!scene->run)
		resolve_error(scene->resolver, scenario->where, "add a block: run { ... }", "the scenario has no steps");
	else if (!scene->run->body)
		resolve_error(scene->resolver, scene->run->where, NULL, "the block is empty");
	else if (!scene_has_checks(scene))
		resolve_error(scene->resolver, scenario->where,
			      "say what a call must give (= 5, = EAGAIN, blocks), or add a check",
			      "the scenario checks nothing: it could not fail");
}

static void resolve_scenario(struct resolver *resolver, const struct scenario *scenario)
{
	struct scene scene = { .resolver = resolver, .scenario = scenario };

	check_cites(&scene);
	check_covers(&scene);
	scene_gather(&scene);
	check_blocks(&scene);
	scene_resolve(&scene);
	if (!scenario->damaged)
		scene_report_unused(&scene);
}

void resolve_file(struct suite *suite, const struct scenario_file *file, const char *id_base, struct diag *diag)
{
	struct resolver *resolver = calloc(1, sizeof(*resolver));

	if (!resolver)
		abort();
	if (!suite->has_memory) {
		obstack_init(&suite->memory);
		suite->has_memory = true;
	}
	*resolver = (struct resolver){ .suite = suite, .file = file, .id_base = id_base, .diag = diag };
	obstack_init(&resolver->scratch);
	check_titles(resolver);
	for (const struct scenario *scenario = file->scenarios; scenario; scenario = scenario->next)
		resolve_scenario(resolver, scenario);
	obstack_free(&resolver->scratch, NULL);
	free(resolver);
}
