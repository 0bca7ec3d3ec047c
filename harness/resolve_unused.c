/* SPDX-License-Identifier: MIT */
/* What is declared and never used, and scenarios that check nothing: mistakes, not style. */
#include "resolve.h"

/* One that was never used in any variant. */
static void report_name(struct scene *scene, const struct name *name)
{
	static const char *const help[] = {
		[NAME_ENDPOINT] = "give it a step, or leave it out",
		[NAME_CHANNEL] = "use it in a step, or leave it out",
	};

	if (name->used || name->kind == NAME_FAULT || name->kind == NAME_GATE)
		return;
	resolve_error(scene->resolver, name->where,
		      name->kind <= NAME_CHANNEL ? help[name->kind] : "use it, or leave it out", "%s %s is never used",
		      name_kind_text(name->kind), name->text);
}

void scene_report_unused(struct scene *scene)
{
	/* After other errors, what seems unused may only not have been understood. */
	if (scene->resolver->error_count)
		return;
	for (const struct name *name = scene->names; name; name = name->next)
		report_name(scene, name);
	for (int i = 0; i < BUCKETS; i++) {
		for (const struct site *site = scene->sites[i]; site; site = site->next) {
			if (!site->used && !site->descriptor)
				resolve_error(scene->resolver, site->where, "leave the name out",
					      "%s is bound and never used", site->text);
		}
	}
}

static bool statement_checks(const struct statement *statement)
{
	switch (statement->kind) {
	case STATEMENT_CALL:
		return statement->tail.kind != TAIL_NONE || statement->tail.with;
	case STATEMENT_RESUMES:
	case STATEMENT_BLOCKS:
	case STATEMENT_AWAIT:
	case STATEMENT_CHECK:
	case STATEMENT_DAMAGED:
		return true;
	case STATEMENT_REPEAT:
		for (const struct statement *inner = statement->body; inner; inner = inner->next) {
			if (statement_checks(inner))
				return true;
		}
		return false;
	case STATEMENT_EXIT:
	case STATEMENT_DO:
		return false;
	}
	return false;
}

bool scene_has_checks(const struct scene *scene)
{
	for (const struct decl *decl = scene->scenario->decls; decl; decl = decl->next) {
		if (decl->kind == DECL_INVARIANT || decl->kind == DECL_OUTCOME)
			return true;
	}
	for (const struct statement *statement = scene->run->body; statement; statement = statement->next) {
		if (statement_checks(statement))
			return true;
	}
	return false;
}
