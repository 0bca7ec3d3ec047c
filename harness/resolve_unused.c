// SPDX-License-Identifier: MIT
/* What is declared and never used, and scenarios that check nothing: mistakes, not style. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static bool is_same_call(const struct call *made, const struct call *meant)
{
	return made == meant || (meant->number >= 0 && call_may_sleep_in(made, meant->number)) ||
	       (made->number >= 0 && call_may_sleep_in(meant, made->number));
}

static bool is_meant(const struct decl *fault, const struct expr *expr)
{
	const struct call *made = expr ? call_find(expr->bytes) : NULL;

	for (const struct word *word = fault->calls; word; word = word->next) {
		const struct call *meant = call_find(word->text);

		/* What is not known, or not made by a step alone, may be anything. */
		if (!made || !meant || is_same_call(made, meant))
			return true;
	}
	return false;
}

/* A fault counts in the whole tree of its endpoint, so the steps of any child may be meant. */
static bool some_step_is_meant(const struct scene *scene, const struct decl *fault,
			       const struct statement *statement)
{
	for (; statement; statement = statement->next) {
		const struct name *who = statement->kind == STATEMENT_CALL
						 ? scene_find(scene, statement->subject.text)
						 : NULL;
		const struct expr *call = who ? expr_unwrapped(statement->expr) : NULL;
		const struct call *made = call ? call_find(call->bytes) : NULL;

		if (made && made->flags & CALL_FORKS && !strcmp(who->text, fault->endpoint.text))
			return true;
		/* Which system calls a function of the C library makes, only it knows. */
		if (made && made->number < 0 && !(made->flags & CALL_QUESTION) &&
		    !strcmp(who->text, fault->endpoint.text))
			return true;
		if (who && !strcmp(who->text, fault->endpoint.text) && is_meant(fault, call))
			return true;
		if (some_step_is_meant(scene, fault, statement->body))
			return true;
	}
	return false;
}

/* A fault acts by itself; it is of no use where nobody ever makes the call that it waits for. */
static void report_fault(struct scene *scene, const struct name *name)
{
	const struct decl *fault = name->decl;
	const struct name *who = scene_find(scene, fault->endpoint.text);

	if (!who || !who->decl || who->decl->kind == DECL_PROGRAM || !scene->run ||
	    some_step_is_meant(scene, fault, scene->run->body))
		return;
	resolve_error(scene->resolver, name->where, "every fault must fire",
		      "fault %s can never fire: %s makes no %s()%s", name->text, who->text,
		      fault->calls->text, fault->calls->next ? ", nor any other of its calls" : "");
}

/*
 * After other errors, what seems unused may only not have been understood: then it is unused if
 * the text never says its name again.
 */
static bool is_unused(struct scene *scene, bool clean, bool used, const char *text)
{
	return !used && (clean || !scene_mentions_again(scene, text));
}

static void report_name(struct scene *scene, bool clean, const struct name *name)
{
	const char *kind = strchr(name_kind_text(name->kind), ' ') + 1;

	if (is_unused(scene, clean, name->used, name->text))
		resolve_error(scene->resolver, name->where,
			      name->kind == NAME_ENDPOINT  ? "give it a step, or leave it out"
			      : name->kind == NAME_CHANNEL ? "use it in a step, or leave it out"
							   : "use it, or leave it out",
			      "%s %s is never used", kind, name->text);
}

static void report_site(struct scene *scene, bool clean, const struct site *site)
{
	if (site->descriptor || (!clean && !site->resolved))
		return;
	if (is_unused(scene, clean, site->used, site->text))
		resolve_error(scene->resolver, site->where, "leave the name out",
			      "%s is bound and never used", site->text);
}

void scene_report_unused(struct scene *scene)
{
	bool clean = scene->resolver->error_count == scene->errors_before && !scene->damaged;

	/* Without steps nothing is used: that is said of the scenario. */
	if (!scene->run || !scene->run->body)
		return;
	for (const struct name *name = scene->names; name; name = name->next) {
		/* A gate is of use without a release: its endpoint may be killed there. */
		if (name->kind == NAME_GATE)
			continue;
		if (name->kind != NAME_FAULT)
			report_name(scene, clean, name);
		else if (clean)
			report_fault(scene, name);
	}
	for (int i = 0; i < BUCKETS; i++) {
		for (const struct site *site = scene->sites[i]; site; site = site->next)
			report_site(scene, clean, site);
	}
}

/* How a program ends is judged, whether anybody waits for it or not. */
static bool starts_program(const struct scene *scene, const struct statement *statement)
{
	static const char *const verbs[] = { "start", "restart", NULL };
	const struct expr *whom = statement->arguments;
	const struct name *name = whom && whom->kind == EXPR_NAME ? scene_find(scene, whom->bytes)
								  : NULL;

	return list_index(verbs, statement->subject.text) >= 0 && name && name->decl &&
	       name->decl->kind == DECL_PROGRAM;
}

static bool statement_checks(const struct scene *scene, const struct statement *statement)
{
	switch (statement->kind) {
	case STATEMENT_CALL: return statement->tail.kind != TAIL_NONE;
	case STATEMENT_RESUMES:
	case STATEMENT_BLOCKS:
	case STATEMENT_AWAIT:
	case STATEMENT_CHECK:
	case STATEMENT_DAMAGED: return true;
	case STATEMENT_REPEAT:
		for (const struct statement *s = statement->body; s; s = s->next) {
			if (statement_checks(scene, s))
				return true;
		}
		return false;
	case STATEMENT_DO: return starts_program(scene, statement);
	case STATEMENT_EXIT: return false;
	}
	abort();
}

bool scene_has_checks(const struct scene *scene)
{
	for (const struct decl *decl = scene->scenario->decls; decl; decl = decl->next) {
		if (decl->kind == DECL_INVARIANT || decl->kind == DECL_OUTCOME)
			return true;
	}
	for (const struct statement *s = scene->run->body; s; s = s->next) {
		if (statement_checks(scene, s))
			return true;
	}
	return false;
}
