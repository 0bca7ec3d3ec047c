/* SPDX-License-Identifier: MIT */
/* What is declared in a scenario: gathered before anything is looked up, each name once. */
#include <string.h>

#include "resolve.h"

static const char *const kind_texts[] = {
	[NAME_ENDPOINT] = "an endpoint",
	[NAME_CHANNEL] = "a channel",
	[NAME_PARAMETER] = "a parameter",
	[NAME_LET] = "a constant",
	[NAME_VARIABLE] = "the variable of a repeat",
	[NAME_FAULT] = "a fault",
	[NAME_GATE] = "a gate",
};

const char *name_kind_text(enum name_kind kind)
{
	return kind_texts[kind];
}

struct name *scene_find(const struct scene *scene, const char *text)
{
	for (struct name *name = scene->names; name; name = name->next)
		if (!strcmp(name->text, text))
			return name;
	return NULL;
}

bool scene_may_name(struct scene *scene, const char *text, struct location where)
{
	static const char *const reserved[] = { "EOF", "GONE", "ANY", NULL };
	const struct name *known = scene_find(scene, text);

	if (known)
		resolve_error(scene->resolver, where, "every name of a scenario means one thing: choose another",
			      "%s is %s already, declared on line %d", text, kind_texts[known->kind], known->where.line);
	else if (symbol_find(text) || list_index(reserved, text) >= 0)
		resolve_error(scene->resolver, where, "choose another name", "%s is a built-in name", text);
	else
		return true;
	return false;
}

static struct name *add_name(struct scene *scene, enum name_kind kind, const struct word *word, const struct decl *decl)
{
	struct name **last = &scene->names;
	struct name *name;

	if (!word->text || !scene_may_name(scene, word->text, word->where))
		return NULL;
	if (scene->name_count == NAMES_MAX) {
		resolve_error(scene->resolver, scene->scenario->where, "split it into several scenarios",
			      "more than %d names in one scenario", NAMES_MAX);
		return NULL;
	}
	scene->name_count++;
	while (*last)
		last = &(*last)->next;
	name = *last = resolve_scratch(scene->resolver, sizeof(*name));
	*name = (struct name){ .kind = kind, .text = word->text, .where = word->where, .decl = decl };
	return name;
}

static void add_endpoint(struct scene *scene, const struct word *word, const struct decl *decl)
{
	struct name *name = add_name(scene, NAME_ENDPOINT, word, decl);

	if (name && scene->endpoint_count == ENDPOINTS_MAX)
		resolve_error(scene->resolver, word->where, NULL, "a scenario has at most %d endpoints", ENDPOINTS_MAX);
	else if (name)
		name->index = scene->endpoint_count++;
}

static void add_channel(struct scene *scene, const struct decl *decl)
{
	struct name *name = add_name(scene, NAME_CHANNEL, &decl->name, decl);

	if (name && scene->channel_count == PLAN_CHANNELS_MAX)
		resolve_error(scene->resolver, decl->name.where, NULL, "a scenario has at most %d channels",
			      PLAN_CHANNELS_MAX);
	else if (name)
		name->index = scene->channel_count++;
}

/* One parameter or a channel of several mechanisms: its values tell. */
static void add_across(struct scene *scene, const struct decl *decl)
{
	bool is_channel = decl->ends.kind != ENDS_NONE;

	for (const struct expr *value = decl->expr; value; value = value->next)
		is_channel |= expr_names_mechanism(value);
	if (is_channel)
		add_channel(scene, decl);
	else
		add_name(scene, NAME_PARAMETER, &decl->name, decl);
}

/* "hold GATE" declares the gate; several faults may share one. */
static void add_fault(struct scene *scene, const struct decl *decl)
{
	add_name(scene, NAME_FAULT, &decl->name, decl);
	for (const struct expr *effect = decl->effects; effect; effect = effect->next) {
		const struct expr *gate = effect->kind == EXPR_CALL && !strcmp(effect->bytes, "hold") ? effect->list : NULL;
		const struct name *known = gate && gate->kind == EXPR_NAME ? scene_find(scene, gate->bytes) : NULL;
		struct word word;

		if (!gate || gate->kind != EXPR_NAME || (known && known->kind == NAME_GATE))
			continue;
		word = (struct word){ .text = gate->bytes, .where = gate->where };
		add_name(scene, NAME_GATE, &word, NULL);
	}
}

static void set_run(struct scene *scene, const struct decl *decl)
{
	if (!scene->run)
		scene->run = decl;
	else
		resolve_error(scene->resolver, decl->where, "move it into a scenario of its own",
			      "a scenario has one run or race block; the first is on line %d", scene->run->where.line);
}

static void add_site(struct scene *scene, const char *text, struct location where)
{
	struct site **bucket = &scene->sites[where.line % BUCKETS];
	struct site *site;

	if (!scene_may_name(scene, text, where))
		return;
	site = resolve_scratch(scene->resolver, sizeof(*site));
	*site = (struct site){ .text = text, .where = where, .next = *bucket };
	*bucket = site;
}

static void gather_sites(struct scene *scene, const struct statement *statements)
{
	for (const struct statement *statement = statements; statement; statement = statement->next) {
		if (statement->bind.text)
			add_site(scene, statement->bind.text, statement->bind.where);
		for (const struct binding *with = statement->tail.with; with; with = with->next)
			if (with->bind)
				add_site(scene, with->bind, with->bind_where);
		if (statement->kind == STATEMENT_REPEAT) {
			if (statement->subject.text)
				scene_may_name(scene, statement->subject.text, statement->subject.where);
			gather_sites(scene, statement->body);
		}
	}
}

struct site *scene_site(struct scene *scene, struct location where)
{
	for (struct site *site = scene->sites[where.line % BUCKETS]; site; site = site->next)
		if (site->where.line == where.line && site->where.column == where.column)
			return site;
	return NULL;
}

void scene_gather(struct scene *scene)
{
	for (const struct decl *decl = scene->scenario->decls; decl; decl = decl->next) {
		switch (decl->kind) {
		case DECL_ACROSS:
			add_across(scene, decl);
			break;
		case DECL_CHANNEL:
			add_channel(scene, decl);
			break;
		case DECL_ENDPOINTS:
			for (const struct word *word = decl->words; word; word = word->next)
				add_endpoint(scene, word, decl);
			break;
		case DECL_PROGRAM:
			add_endpoint(scene, &decl->name, decl);
			break;
		case DECL_LET:
			add_name(scene, NAME_LET, &decl->name, decl);
			break;
		case DECL_FAULT:
			add_fault(scene, decl);
			break;
		case DECL_RUN:
		case DECL_RACE:
			set_run(scene, decl);
			break;
		case DECL_REQUIRES:
		case DECL_TIMEOUT:
		case DECL_DEVIATES:
		case DECL_INVARIANT:
		case DECL_OUTCOME:
			break;
		}
	}
	if (scene->run)
		gather_sites(scene, scene->run->body);
}

int scene_endpoint(struct scene *scene, const char *text, struct location where, bool use)
{
	struct name *name = scene_find(scene, text);
	struct candidates candidates = { 0 };

	if (name && name->kind == NAME_ENDPOINT) {
		name->used |= use;
		return name->index;
	}
	candidates_add_names(&candidates, scene, 1U << NAME_ENDPOINT);
	if (name)
		resolve_error(scene->resolver, where, candidates_help(&candidates, scene->resolver, text, NULL),
			      "%s is %s, not an endpoint", text, kind_texts[name->kind]);
	else
		resolve_error(scene->resolver, where,
			      candidates_help(&candidates, scene->resolver, text, "declare it: endpoint NAME"),
			      "unknown endpoint %s", text);
	return -1;
}
