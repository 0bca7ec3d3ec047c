// SPDX-License-Identifier: MIT
/* Tests grouped by what is said about them. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "visible.h"

static char *copy(const char *text)
{
	char *copied = strdup(text);

	if (!copied)
		abort();
	return copied;
}

static struct tally_group *group_of(struct tally *tally, const char *reason)
{
	struct tally_group *groups;

	for (size_t i = 0; i < tally->count; i++) {
		if (!strcmp(tally->groups[i].reason, reason))
			return &tally->groups[i];
	}
	groups = reallocarray(tally->groups, tally->count + 1, sizeof(*groups));
	if (!groups)
		abort();
	tally->groups = groups;
	groups[tally->count] = (struct tally_group){ .reason = copy(reason) };
	return &groups[tally->count++];
}

void tally_add(struct tally *tally, const char *reason, const char *id)
{
	struct tally_group *group = group_of(tally, reason);

	if (group->count < TALLY_IDS_MAX)
		group->ids[group->count] = copy(id);
	group->count++;
}

static void print_ids(const struct tally_group *group, FILE *out)
{
	fputs("    ", out);
	for (size_t i = 0; i < group->count && i < TALLY_IDS_MAX; i++) {
		fputs(i ? ", " : "", out);
		visible_text(out, group->ids[i]);
	}
	if (group->count > TALLY_IDS_MAX)
		fprintf(out, " and %zu more", group->count - TALLY_IDS_MAX);
	fputc('\n', out);
}

void tally_print(const struct tally *tally, FILE *out, const char *what)
{
	for (size_t i = 0; i < tally->count; i++) {
		fprintf(out, "%zu %s: ", tally->groups[i].count, what);
		visible_text(out, tally->groups[i].reason);
		fputc('\n', out);
		print_ids(&tally->groups[i], out);
	}
}

void tally_clear(struct tally *tally)
{
	for (size_t i = 0; i < tally->count; i++) {
		free(tally->groups[i].reason);
		for (size_t j = 0; j < TALLY_IDS_MAX; j++)
			free(tally->groups[i].ids[j]);
	}
	free(tally->groups);
	memset(tally, 0, sizeof(*tally));
}
