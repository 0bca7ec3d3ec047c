// SPDX-License-Identifier: MIT
/* What is declared in a scene: gathered before anything is looked up, each name once. */
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
	for (struct name *name = scene->names; name; name = name->next) {
		if (!strcmp(name->text, text))
			return name;
	}
	return NULL;
}

/* Complains about a name that means something already. */
static bool may_name(struct scene *scene, const char *text, struct location where)
{
	static const char *const reserved[] = { "EOF", "GONE", "ANY", NULL };
	const struct name *known = scene_find(scene, text);

	if (known)
		resolve_error(scene->resolver, where,
			      "every name of a scenario means one thing: choose another",
			      "%s is %s already, declared on line %d", text,
			      kind_texts[known->kind], known->where.line);
	else if (symbol_find(text) || list_index(reserved, text) >= 0)
		resolve_error(scene->resolver, where, "choose another name",
			      "%s is a built-in name", text);
	else
		return true;
	return false;
}

/* What is beyond a limit is not declared: whatever is said after that follows from it. */
static void complain_too_many(struct scene *scene, struct location where, int most,
			      const char *what)
{
	resolve_error(scene->resolver, where, "split it into several scenarios",
		      "a scenario has at most %d %s", most, what);
	scene->resolver->stopped = true;
}

static struct name *add_name(struct scene *scene, enum name_kind kind, const struct word *word,
			     const struct decl *decl)
{
	struct name **last = &scene->names;
	struct name *name;

	if (!word->text || !may_name(scene, word->text, word->where))
		return NULL;
	if (scene->name_count == NAMES_MAX) {
		complain_too_many(scene, word->where, NAMES_MAX, "names");
		return NULL;
	}
	scene->name_count++;
	while (*last)
		last = &(*last)->next;
	name = *last = resolve_scratch(scene->resolver, sizeof(*name));
	*name = (struct name){
		.kind = kind, .text = word->text, .where = word->where, .decl = decl
	};
	return name;
}

static void add_endpoint(struct scene *scene, const struct word *word, const struct decl *decl)
{
	struct name *name = add_name(scene, NAME_ENDPOINT, word, decl);

	if (name && scene->endpoint_count == ENDPOINTS_MAX)
		complain_too_many(scene, word->where, ENDPOINTS_MAX, "endpoints");
	else if (name)
		name->index = scene->endpoint_count++;
}

static void add_channel(struct scene *scene, const struct decl *decl)
{
	struct name *name = add_name(scene, NAME_CHANNEL, &decl->name, decl);

	if (name && scene->channel_count == PLAN_CHANNELS_MAX)
		complain_too_many(scene, decl->name.where, PLAN_CHANNELS_MAX, "channels");
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
		const struct expr *gate = effect->kind == EXPR_CALL &&
							  !strcmp(effect->bytes, "hold")
						  ? effect->list
						  : NULL;
		const struct name *known;
		struct name *gate_name;
		struct word word;

		if (!gate || gate->kind != EXPR_NAME)
			continue;
		known = scene_find(scene, gate->bytes);
		if (known && known->kind == NAME_GATE)
			continue;
		word = (struct word){ .text = gate->bytes, .where = gate->where };
		gate_name = add_name(scene, NAME_GATE, &word, NULL);
		if (gate_name)
			gate_name->index = scene->gate_count++;
	}
}

static void set_run(struct scene *scene, const struct decl *decl)
{
	if (!scene->run)
		scene->run = decl;
	else
		resolve_error(scene->resolver, decl->where, "move it into a scenario of its own",
			      "a scenario has one run or race block; the first is on line %d",
			      scene->run->where.line);
}

static bool is_variable(struct scene *scene, const struct name *variables, const char *text,
			struct location where)
{
	while (variables && strcmp(variables->text, text))
		variables = variables->next;
	if (variables)
		resolve_error(scene->resolver, where,
			      "every name of a scenario means one thing: choose another",
			      "%s is %s already, declared on line %d", text,
			      kind_texts[NAME_VARIABLE], variables->where.line);
	return variables;
}

static struct site **sites_of(struct scene *scene, const char *text)
{
	size_t hash = 0;

	for (const char *c = text; *c; c++)
		hash = hash * 31 + (unsigned char)*c;
	return &scene->sites[hash % BUCKETS];
}

static void add_site(struct scene *scene, const struct name *variables, const char *text,
		     struct location where)
{
	struct site **bucket = sites_of(scene, text);
	struct site *site;

	if (!may_name(scene, text, where) || is_variable(scene, variables, text, where))
		return;
	site = resolve_scratch(scene->resolver, sizeof(*site));
	*site = (struct site){ .text = text, .where = where, .next = *bucket };
	*bucket = site;
}

/* The endpoint that a fork makes does not exist before it. */
static void mark_child(struct scene *scene, const struct statement *statement)
{
	const struct expr *made = expr_unwrapped(statement->expr);
	const struct call *call = made ? resolver_call(scene->resolver, made->bytes) : NULL;
	struct name *name;

	if (!call || !(call->flags & CALL_FORKS) || !made->list || made->list->kind != EXPR_NAME)
		return;
	name = scene_find(scene, made->list->bytes);
	if (name && name->kind == NAME_ENDPOINT && strcmp(name->text, statement->subject.text))
		name->by_fork = true;
}

/* `variables`: those of the repeats around. */
static void gather_steps(struct scene *scene, const struct statement *statement,
			 const struct name *variables)
{
	for (; statement; statement = statement->next) {
		const struct word *subject = &statement->subject;

		if (statement->kind == STATEMENT_CALL)
			mark_child(scene, statement);
		if (statement->bind.text)
			add_site(scene, variables, statement->bind.text, statement->bind.where);
		for (const struct binding *with = statement->tail.with; with; with = with->next) {
			if (with->bind)
				add_site(scene, variables, with->bind, with->bind_where);
		}
		if (statement->kind == STATEMENT_REPEAT && subject->text) {
			struct name variable = { .text = subject->text,
						 .where = subject->where,
						 .next = (struct name *)variables };

			if (may_name(scene, subject->text, subject->where))
				is_variable(scene, variables, subject->text, subject->where);
			gather_steps(scene, statement->body, &variable);
		}
	}
}

struct site *scene_site(struct scene *scene, const char *text, struct location where)
{
	struct site *site = *sites_of(scene, text);

	while (site && (site->where.line != where.line || site->where.column != where.column))
		site = site->next;
	return site;
}

struct site *scene_any_site(struct scene *scene, const char *text)
{
	struct site *site = *sites_of(scene, text);

	while (site && strcmp(site->text, text))
		site = site->next;
	return site;
}

static void gather(struct scene *scene, const struct decl *decl)
{
	switch (decl->kind) {
	case DECL_ACROSS: add_across(scene, decl); return;
	case DECL_CHANNEL: add_channel(scene, decl); return;
	case DECL_ENDPOINTS:
		for (const struct word *word = decl->words; word && !scene->resolver->stopped;
		     word = word->next)
			add_endpoint(scene, word, decl);
		return;
	case DECL_PROGRAM: add_endpoint(scene, &decl->name, decl); return;
	case DECL_LET: add_name(scene, NAME_LET, &decl->name, decl); return;
	case DECL_FAULT: add_fault(scene, decl); return;
	case DECL_RUN:
	case DECL_RACE: set_run(scene, decl); return;
	case DECL_REQUIRES:
	case DECL_TIMEOUT:
	case DECL_DEVIATES:
	case DECL_INVARIANT:
	case DECL_OUTCOME: return;
	}
}

void scene_gather(struct scene *scene)
{
	const struct decl *decl = scene->scenario->decls;

	/* Each name is looked for among those before. */
	for (; decl && !scene->resolver->stopped; decl = decl->next)
		gather(scene, decl);
	if (scene->run)
		gather_steps(scene, scene->run->body, NULL);
}

int scene_endpoint(struct scene *scene, const char *text, struct location where)
{
	struct name *name = scene_find(scene, text);
	struct candidates candidates = { 0 };

	if (name && name->kind == NAME_ENDPOINT) {
		name->used = true;
		return name->index;
	}
	candidates_add_names(&candidates, scene, 1U << NAME_ENDPOINT);
	if (!name)
		scene_unknown(scene, where, &candidates, "endpoint", text,
			      "declare it: endpoint NAME");
	else
		resolve_error(scene->resolver, where,
			      candidates_help(&candidates, scene->resolver, text, NULL),
			      "%s is %s, not an endpoint", text, kind_texts[name->kind]);
	return -1;
}
