// SPDX-License-Identifier: MIT
/* Which tests to run, and in which order. */
#include "selection.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "glob.h"
#include "option.h"
#include "suite.h"

static void append(const char ***list, size_t *count, const char *text)
{
	const char **grown = reallocarray(*list, *count + 1, sizeof(*grown));

	if (!grown)
		abort();
	grown[(*count)++] = text;
	*list = grown;
}

void selection_add_pattern(struct selection *selection, const char *pattern)
{
	append(&selection->patterns, &selection->pattern_count, pattern);
}

void selection_add_tag(struct selection *selection, const char *tag)
{
	append(&selection->tags, &selection->tag_count, tag);
}

bool selection_shuffle(struct selection *selection, const char *seed)
{
	uint32_t any = 1;
	char *end;

	selection->shuffle = true;
	if (!seed) {
		/*
		 * Short enough to be typed; which one it is does not matter if there is no
		 * randomness.
		 */
		if (getrandom(&any, sizeof(any), 0) < 0)
			any = 1;
		selection->seed = any;
		return true;
	}
	errno = 0;
	selection->seed = strtoull(seed, &end, 10);
	return isdigit((unsigned char)seed[0]) && !*end && !errno;
}

static bool is_pattern_met(const struct plan *plan, const char *pattern)
{
	return glob_matches(pattern, plan->id);
}

typedef bool criterion(const struct plan *plan, const char *text);

static bool meets_any(const struct plan *plan, criterion *met, const char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (met(plan, texts[i]))
			return true;
	}
	return !count;
}

static bool any_meets(const struct suite *suite, criterion *met, const char *text)
{
	for (size_t i = 0; i < suite->plan_count; i++) {
		if (met(suite->plans[i], text))
			return true;
	}
	return false;
}

struct tag_walk {
	const struct suite *suite;
	size_t plan;
	const struct word *word;
};

static const char *next_tag(void *context)
{
	struct tag_walk *walk = context;
	const struct word *word;

	while (!walk->word && walk->plan < walk->suite->plan_count)
		walk->word = walk->suite->plans[walk->plan++]->scenario->tags;
	word = walk->word;
	if (word)
		walk->word = word->next;
	return word ? word->text : NULL;
}

/*
 * Whoever leaves the parameters off an id is told how to say that; NULL: nothing is like it. To be
 * freed.
 */
static char *suggest_pattern(const struct suite *suite, const char *pattern)
{
	const char *nearest;
	char *longer = NULL;

	if (asprintf(&longer, "%s*", pattern) < 0)
		abort();
	if (any_meets(suite, is_pattern_met, longer))
		return longer;
	free(longer);
	nearest = suite_nearest_id(suite, pattern);
	return nearest ? strdup(nearest) : NULL;
}

/* A word that nothing answers to is a mistake even when others find something. */
static bool all_are_met(const struct selection *selection, const struct suite *suite,
			const char *command)
{
	bool good = true;

	for (size_t i = 0; i < selection->pattern_count; i++) {
		const char *pattern = selection->patterns[i];
		char *nearest;

		if (any_meets(suite, is_pattern_met, pattern))
			continue;
		nearest = suggest_pattern(suite, pattern);
		complain(command, "--only '%s' matches none of %zu tests%s%s%s", pattern,
			 suite->plan_count, nearest ? "; did you mean '" : "",
			 nearest ? nearest : "", nearest ? "'?" : "");
		free(nearest);
		good = false;
	}
	for (size_t i = 0; i < selection->tag_count; i++) {
		struct tag_walk walk = { .suite = suite };
		const char *tag = selection->tags[i], *nearest;

		if (any_meets(suite, plan_has_tag, tag))
			continue;
		nearest = diag_nearest(tag, next_tag, &walk);
		complain(command, "--tag '%s': none of %zu tests has it%s%s%s", tag,
			 suite->plan_count, nearest ? "; did you mean '" : "",
			 nearest ? nearest : "", nearest ? "'?" : "");
		good = false;
	}
	return good;
}

/* splitmix64: the same order for a seed on every machine. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static void shuffle(struct selection *selection)
{
	uint64_t state = selection->seed;

	for (size_t left = selection->count; left > 1; left--) {
		size_t other = (size_t)(next_random(&state) % left);
		size_t held = selection->order[left - 1];

		selection->order[left - 1] = selection->order[other];
		selection->order[other] = held;
	}
}

enum exit_status selection_apply(struct selection *selection, const struct suite *suite,
				 const char *command)
{
	if (!all_are_met(selection, suite, command))
		return EXIT_USAGE;
	selection->count = 0;
	selection->order = calloc(suite->plan_count + 1, sizeof(*selection->order));
	if (!selection->order)
		abort();
	for (size_t i = 0; i < suite->plan_count; i++) {
		const struct plan *plan = suite->plans[i];

		if (meets_any(plan, is_pattern_met, selection->patterns,
			      selection->pattern_count) &&
		    meets_any(plan, plan_has_tag, selection->tags, selection->tag_count))
			selection->order[selection->count++] = i;
	}
	if (!selection->count) {
		complain(command, "no test is left: none matches both --only and --tag");
		return EXIT_USAGE;
	}
	if (selection->shuffle)
		shuffle(selection);
	return EXIT_PASSED;
}

void selection_close(struct selection *selection)
{
	free(selection->patterns);
	free(selection->tags);
	free(selection->order);
	memset(selection, 0, sizeof(*selection));
}
