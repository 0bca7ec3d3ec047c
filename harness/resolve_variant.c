// SPDX-License-Identifier: MIT
/* One choice of the parameters: declarations in their order, then the steps, into a plan. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

enum { TIMEOUT_DEFAULT_S = 10 };

static void make_plan(struct variant *variant)
{
	struct scene *scene = variant->scene;
	struct plan *plan = resolve_keep(scene->resolver, sizeof(*plan));
	size_t endpoints = (size_t)scene->endpoint_count, channels = (size_t)scene->channel_count;

	plan->file = scene->resolver->file;
	plan->scenario = scene->scenario;
	plan->endpoint_count = endpoints;
	plan->channel_count = channels;
	plan->endpoint_names = resolve_keep(scene->resolver,
					    (endpoints + 1) * sizeof(*plan->endpoint_names));
	plan->started_by_hand = resolve_keep(scene->resolver,
					     (endpoints + 1) * sizeof(*plan->started_by_hand));
	plan->channels = resolve_keep(scene->resolver, (channels + 1) * sizeof(*plan->channels));
	plan->held = resolve_keep(scene->resolver, endpoints * channels + 1);
	variant->plan = plan;
	for (struct name *name = scene->names; name; name = name->next) {
		name->value = (struct value){ 0 };
		name->failed = false;
		if (name->kind != NAME_ENDPOINT)
			continue;
		plan->endpoint_names[name->index] = name->text;
		variant->players[name->index].name = name;
		variant->players[name->index].is_program = name->decl->kind == DECL_PROGRAM;
	}
}

static void resolve_let(struct variant *variant, const struct decl *decl)
{
	struct setting setting = { .endpoint = NOBODY, .probes = true, .place = "a constant" };
	struct name *name = scene_find(variant->scene, decl->name.text);

	if (!name || name->decl != decl)
		return;
	if (!resolve_constant(variant, decl->expr, &setting, &name->value))
		name->failed = true;
}

/* The probe's own reason, where there was one. */
static void resolve_requires(struct variant *variant, const struct decl *decl)
{
	struct setting setting = {
		.endpoint = NOBODY, .probes = true, .choices = true, .place = "a requirement"
	};
	struct obstacle *skip = &variant->plan->skip;

	for (const struct expr *expr = decl->expr; expr; expr = expr->next) {
		bool holds;

		variant->finding = NULL;
		if (!resolve_condition(variant, expr, &setting, &holds) || holds || skip->reason[0])
			continue;
		snprintf(skip->reason, sizeof(skip->reason), "needs %s%s%s",
			 expr_label(resolver_of(variant), expr),
			 variant->finding && *variant->finding ? ": " : "",
			 variant->finding ? variant->finding : "");
		skip->where = expr->where;
	}
}

static void resolve_deviates(struct variant *variant, const struct decl *decl)
{
	struct setting setting = { .endpoint = NOBODY,
				   .probes = true,
				   .choices = true,
				   .place = "the condition of deviates" };
	bool holds;

	if (resolve_condition(variant, decl->expr, &setting, &holds) && holds &&
	    !variant->plan->deviation)
		variant->plan->deviation = decl->text;
}

static void resolve_timeout(struct variant *variant, const struct decl *decl)
{
	if (variant->plan->timeout_ns)
		resolve_error(resolver_of(variant), decl->where, NULL,
			      "the timeout is given twice");
	else if (decl->expr->number <= 0)
		resolve_error(resolver_of(variant), decl->expr->where, "for example: timeout 2s",
			      "a timeout is longer than nothing");
	else
		variant->plan->timeout_ns = decl->expr->number;
}

static void resolve_channel(struct variant *variant, const struct decl *decl)
{
	struct name *name = scene_find(variant->scene, decl->name.text);

	if (name && name->decl == decl)
		variant_channel(variant, name, decl->expr, &decl->ends);
}

/* In their order: each may use what stands above it. */
static void resolve_decl(struct variant *variant, const struct decl *decl)
{
	switch (decl->kind) {
	case DECL_REQUIRES: resolve_requires(variant, decl); return;
	case DECL_TIMEOUT: resolve_timeout(variant, decl); return;
	case DECL_ACROSS: variant_across(variant, decl); return;
	case DECL_CHANNEL: resolve_channel(variant, decl); return;
	case DECL_LET: resolve_let(variant, decl); return;
	case DECL_DEVIATES: resolve_deviates(variant, decl); return;
	case DECL_FAULT:
	case DECL_PROGRAM:
	case DECL_ENDPOINTS:
	case DECL_RUN:
	case DECL_RACE:
	case DECL_INVARIANT:
	case DECL_OUTCOME: return;
	}
	abort();
}

/* These use channels and constants, wherever they stand. */
static void resolve_users(struct variant *variant)
{
	for (const struct decl *decl = variant->scene->scenario->decls; decl; decl = decl->next) {
		if (decl->kind == DECL_FAULT)
			resolve_fault(variant, decl);
		else if (decl->kind == DECL_PROGRAM)
			resolve_program(variant, decl);
	}
}

/* After the steps: these speak about what the steps bound. */
static void resolve_conclusions(struct variant *variant)
{
	for (const struct decl *decl = variant->scene->scenario->decls; decl; decl = decl->next) {
		if (decl->kind == DECL_INVARIANT)
			resolve_invariants(variant, decl);
		else if (decl->kind == DECL_OUTCOME)
			resolve_outcomes(variant, decl);
	}
}

bool variant_holds_ends(const struct variant *variant, int endpoint)
{
	const struct plan *plan = variant->plan;
	const uint8_t *held = plan->held + (size_t)endpoint * plan->channel_count;

	for (size_t i = 0; i < plan->channel_count; i++) {
		if (held[i])
			return true;
	}
	return false;
}

static void note_holders(struct variant *variant)
{
	struct plan *plan = variant->plan;

	for (size_t i = 0; i < plan->endpoint_count; i++) {
		memcpy(plan->held + i * plan->channel_count, variant->players[i].holds,
		       plan->channel_count);
		/* A program that holds ends waits with them from the beginning. */
		plan->started_by_hand[i] = variant->players[i].name->by_fork ||
					   (variant->players[i].is_program &&
					    !variant_holds_ends(variant, (int)i));
	}
}

static void append_plan(struct suite *suite, struct plan *plan)
{
	struct plan **grown = realloc(suite->plans, (suite->plan_count + 1) * sizeof(*grown));

	if (!grown)
		abort();
	suite->plans = grown;
	suite->plans[suite->plan_count++] = plan;
}

static void finish(struct variant *variant)
{
	struct resolver *resolver = resolver_of(variant);
	struct plan *plan = variant->plan;
	const char *id = scene_id(variant->scene);

	plan->id = (char *)resolve_keep_text(resolver, id, strlen(id));
	if (!plan->timeout_ns)
		plan->timeout_ns = TIMEOUT_DEFAULT_S * INT64_C(1000000000);
	plan->steps = resolve_keep(resolver, (plan->step_count + 1) * sizeof(*plan->steps));
	if (plan->step_count)
		memcpy(plan->steps, variant->steps, plan->step_count * sizeof(*plan->steps));
	plan->actions = resolve_keep(resolver, (plan->action_count + 1) * sizeof(*plan->actions));
	if (plan->action_count)
		memcpy(plan->actions, variant->actions,
		       plan->action_count * sizeof(*plan->actions));
	append_plan(resolver->suite, plan);
}

static void resolve_parts(struct variant *variant)
{
	const struct scene *scene = variant->scene;
	const struct decl *decl = scene->scenario->decls;

	for (; decl && !scene->resolver->stopped; decl = decl->next)
		resolve_decl(variant, decl);
	resolve_users(variant);
	note_holders(variant);
	if (scene->run && scene->run->kind == DECL_RACE)
		resolve_race(variant, scene->run);
	else if (scene->run)
		variant_steps(variant, scene->run->body);
	variant_filters(variant);
	resolve_conclusions(variant);
}

bool variant_resolve(struct scene *scene)
{
	struct variant *variant = calloc(1, sizeof(*variant));
	size_t errors = scene->resolver->error_count;
	bool good;

	if (!variant)
		abort();
	variant->scene = scene;
	make_plan(variant);
	players_begin(variant);
	resolve_parts(variant);
	good = scene->resolver->error_count == errors;
	if (good && !scene->damaged)
		finish(variant);
	free(variant->steps);
	free(variant->actions);
	free(variant);
	return good;
}
