// SPDX-License-Identifier: MIT
/* "did you mean ...?": the names that could stand in a place. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct told {
	const char *what;
	const char *name;
	struct told *next;
};

void candidates_add(struct candidates *candidates, const char *name)
{
	if (candidates->count == candidates->capacity) {
		candidates->capacity = candidates->capacity ? candidates->capacity * 2 : 64;
		candidates->names = realloc(candidates->names,
					    candidates->capacity * sizeof(*candidates->names));
		if (!candidates->names)
			abort();
	}
	candidates->names[candidates->count++] = name;
}

static const char *next_candidate(void *context)
{
	struct candidates *candidates = context;

	return candidates->next < candidates->count ? candidates->names[candidates->next++] : NULL;
}

static const char *nearest_of(struct candidates *candidates, const char *name)
{
	const char *nearest = name ? diag_nearest(name, next_candidate, candidates) : NULL;

	free(candidates->names);
	*candidates = (struct candidates){ 0 };
	return nearest;
}

const char *candidates_help(struct candidates *candidates, struct resolver *resolver,
			    const char *name, const char *otherwise)
{
	const char *nearest = nearest_of(candidates, name);

	return nearest ? resolve_text(resolver, "did you mean %s?", nearest) : otherwise;
}

/* Notes that it is told now; true if it was before. */
static bool is_told(struct scene *scene, const char *what, const char *name)
{
	struct told *told = scene->told;

	while (told && (strcmp(told->what, what) || strcmp(told->name, name)))
		told = told->next;
	if (told)
		return true;
	told = resolve_scratch(scene->resolver, sizeof(*told));
	*told = (struct told){ what, name, scene->told };
	scene->told = told;
	return false;
}

void scene_unknown(struct scene *scene, struct location where, struct candidates *candidates,
		   const char *what, const char *name, const char *otherwise)
{
	struct resolver *resolver = scene->resolver;
	bool silent = resolve_is_told(resolver, where) || scene_may_have_lost(scene, name);
	const char *nearest = nearest_of(candidates, silent ? NULL : name);
	struct name *meant = nearest ? scene_find(scene, nearest) : NULL;
	/* Is the declaration missing, or is it there that the name is misspelt? */
	bool once = !nearest || (meant && !scene_mentions_again(scene, nearest));

	if (meant)
		meant->used = true;
	if (silent || (once && is_told(scene, what, name)))
		resolve_follows(resolver);
	else
		resolve_error(resolver, where,
			      nearest ? resolve_text(resolver, "did you mean %s?", nearest)
				      : otherwise,
			      "unknown %s %s", what, name);
}

void candidates_add_list(struct candidates *candidates, const char *const *names)
{
	while (*names)
		candidates_add(candidates, *names++);
}

void candidates_add_calls(struct candidates *candidates)
{
	for (const struct call_family *const *family = call_families; *family; family++)
		for (size_t i = 0; i < (*family)->count; i++)
			candidates_add(candidates, (*family)->calls[i].name);
}

int list_index(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

void candidates_add_mechanisms(struct candidates *candidates)
{
	for (const struct mechanism *const *mechanism = mechanisms; *mechanism; mechanism++)
		candidates_add(candidates, (*mechanism)->name);
}

void candidates_add_names(struct candidates *candidates, const struct scene *scene, unsigned kinds)
{
	for (const struct name *name = scene->names; name; name = name->next)
		if (kinds & 1U << name->kind)
			candidates_add(candidates, name->text);
}

static void add_bindings(struct candidates *candidates, const struct variant *variant,
			 const struct setting *setting)
{
	for (int i = 0; i < variant->scene->endpoint_count; i++) {
		if (i != setting->endpoint && !setting->outside)
			continue;
		for (const struct bound *bound = variant->players[i].bindings; bound;
		     bound = bound->next)
			if (bound->state == BOUND_NOW)
				candidates_add(candidates, bound->text);
	}
}

void candidates_add_values(struct candidates *candidates, const struct variant *variant,
			   const struct setting *setting)
{
	unsigned kinds = 1U << NAME_PARAMETER | 1U << NAME_LET;
	size_t count;
	const struct symbol *symbols = symbol_all(&count);

	if (setting->channel != CHANNEL_NONE)
		kinds |= 1U << NAME_CHANNEL;
	if (setting->processes)
		kinds |= 1U << NAME_ENDPOINT;
	add_bindings(candidates, variant, setting);
	for (const struct name *variable = variant->variables; variable; variable = variable->next)
		candidates_add(candidates, variable->text);
	candidates_add_names(candidates, variant->scene, kinds);
	/*
	 * Of two that are as near, the first is proposed: here cap_kill is likelier than CAP_KILL.
	 */
	if (setting->probes)
		candidates_add_probes(candidates);
	for (size_t i = 0; i < count; i++)
		candidates_add(candidates, symbols[i].name);
	if (setting->outcomes) {
		candidates_add(candidates, "EOF");
		candidates_add(candidates, "GONE");
		candidates_add(candidates, "ANY");
	}
}

void candidates_add_probes(struct candidates *candidates)
{
	size_t count;
	const struct probe *probes = probe_all(&count);

	for (size_t i = 0; i < count; i++)
		candidates_add(candidates, probes[i].name);
}
