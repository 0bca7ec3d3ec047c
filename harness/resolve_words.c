// SPDX-License-Identifier: MIT
/*
 * The words of a scenario's text. After an error of syntax its line is not in the tree: a name
 * that stands there may have been declared or used by it, so nothing is said about that name.
 */
#include <ctype.h>
#include <string.h>

#include "resolve.h"

enum { WORD_BUCKETS = 1024 };

struct mention {
	const char *text;
	size_t length;
	size_t count;
	bool damaged; /* in a line that could not be read */
	struct mention *next;
};

struct words {
	struct mention *buckets[WORD_BUCKETS];
};

void resolver_note_damage(struct resolver *resolver)
{
	const struct source *source = &resolver->file->source;
	int last = 0;
	bool *lines;

	for (size_t i = 0; i < resolver->diag->count; i++) {
		struct location where = diag_place(resolver->diag, i, source);

		if (where.line)
			resolve_note(resolver, where);
		last = where.line > last ? where.line : last;
	}
	if (!last)
		return;
	lines = resolve_scratch(resolver, ((size_t)last + 1) * sizeof(*lines));
	for (size_t i = 0; i < resolver->diag->count; i++)
		lines[diag_place(resolver->diag, i, source).line] = true;
	lines[0] = false;
	resolver->damaged_lines = lines;
	resolver->damaged_count = last + 1;
}

bool scene_is_damaged(const struct scene *scene)
{
	const struct scenario *next = scene->scenario->next;
	const struct resolver *resolver = scene->resolver;

	for (int line = scene->scenario->where.line; line < resolver->damaged_count; line++) {
		if (next && line >= next->where.line)
			break;
		if (resolver->damaged_lines[line])
			return true;
	}
	return scene->scenario->damaged;
}

static bool is_damaged(const struct resolver *resolver, int line)
{
	return line < resolver->damaged_count && resolver->damaged_lines[line];
}

static struct mention **find(struct words *words, const char *text, size_t length)
{
	size_t hash = 0;
	struct mention **link;

	for (size_t i = 0; i < length; i++)
		hash = hash * 31 + (unsigned char)text[i];
	link = &words->buckets[hash % WORD_BUCKETS];
	while (*link && ((*link)->length != length || memcmp((*link)->text, text, length)))
		link = &(*link)->next;
	return link;
}

static void note(struct scene *scene, const char *text, size_t length, int line)
{
	struct mention **link = find(scene->words, text, length);

	if (!*link) {
		*link = resolve_scratch(scene->resolver, sizeof(**link));
		**link = (struct mention){ .text = text, .length = length };
	}
	(*link)->count++;
	(*link)->damaged |= is_damaged(scene->resolver, line);
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/*
 * What strings and comments say is no use of a name; but what is one is not known of a line with
 * errors. A string ends with its line at the latest.
 */
static const char *skip(const char *at)
{
	if (*at == '#')
		return at + strcspn(at, "\n");
	for (at++; *at && *at != '"' && *at != '\n'; at++) {
		if (*at == '\\' && at[1] && at[1] != '\n')
			at++;
	}
	return *at == '"' ? at + 1 : at;
}

static void read_line(struct scene *scene, const char *at, int line)
{
	while (*at && *at != '\n') {
		const char *word = at;

		if ((*at == '#' || *at == '"') && !is_damaged(scene->resolver, line)) {
			at = skip(at);
			continue;
		}
		while (in_word(*at))
			at++;
		if (at == word)
			at++;
		else if (!isdigit((unsigned char)*word))
			note(scene, word, (size_t)(at - word), line);
	}
}

/* From the scenario's title to the next one's; if it is damaged, what follows may be part of it. */
static void read_words(struct scene *scene)
{
	const struct scenario *next = scene->damaged ? NULL : scene->scenario->next;
	const char *at = scene->resolver->file->source.text;

	scene->words = resolve_scratch(scene->resolver, sizeof(*scene->words));
	for (int line = 1; at && (!next || line < next->where.line); line++) {
		if (line >= scene->scenario->where.line)
			read_line(scene, at, line);
		at = strchr(at, '\n');
		at = at ? at + 1 : NULL;
	}
}

static const struct mention *look_up(struct scene *scene, const char *name)
{
	if (!scene->words)
		read_words(scene);
	return *find(scene->words, name, strlen(name));
}

bool scene_may_have_lost(struct scene *scene, const char *name)
{
	const struct mention *mention = scene->damaged ? look_up(scene, name) : NULL;

	return mention && mention->damaged;
}

bool resolve_is_lost(struct variant *variant, const struct expr *expr)
{
	if (expr->kind != EXPR_NAME || scene_find(variant->scene, expr->bytes) ||
	    !scene_may_have_lost(variant->scene, expr->bytes))
		return false;
	resolve_follows(resolver_of(variant));
	return true;
}

bool scene_mentions_again(struct scene *scene, const char *name)
{
	const struct mention *mention = look_up(scene, name);

	return mention && mention->count > 1;
}
