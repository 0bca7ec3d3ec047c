// SPDX-License-Identifier: MIT
/* Counting calls. */
#include "inject_profile.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inject_tree.h"
#include "inject_words.h"
#include "json_write.h"

static struct call_profile *find_call(struct inject_profile *profile, int number)
{
	for (size_t i = 0; i < profile->count; i++) {
		if (profile->calls[i].number == number)
			return &profile->calls[i];
	}
	if (profile->count == profile->capacity) {
		profile->capacity = profile->capacity ? 2 * profile->capacity : 64;
		profile->calls = realloc(profile->calls,
					 profile->capacity * sizeof(*profile->calls));
		if (!profile->calls)
			abort();
	}
	profile->calls[profile->count] = (struct call_profile){ .number = number };
	return &profile->calls[profile->count++];
}

static void count_kind(struct call_profile *call, const char *name)
{
	struct kind_count *kind = call->kinds;

	while (kind < call->kinds + call->kind_count &&
	       strncmp(kind->name, name, KIND_NAME_MAX - 1) != 0)
		kind++;
	/* The last place is for all that have none of their own. */
	if (kind == call->kinds + call->kind_count) {
		if (call->kind_count == KINDS_MAX)
			kind = &call->kinds[KINDS_MAX - 1];
		else
			call->kind_count++;
		snprintf(kind->name, sizeof(kind->name), "%s",
			 kind == &call->kinds[KINDS_MAX - 1] ? "other" : name);
	}
	kind->count++;
}

void inject_profile_called(void *context, const struct hit *hit)
{
	struct inject_tree *tree = context;
	struct call_profile *call = find_call(tree->context, hit->number);
	const char *kind = inject_words_kind(hit);

	call->count++;
	if (*kind)
		count_kind(call, kind);
}

uint64_t inject_profile_count(const struct inject_profile *profile, const int *numbers,
			      size_t count)
{
	uint64_t total = 0;

	for (size_t i = 0; i < profile->count; i++) {
		for (size_t n = 0; n < count; n++)
			total += profile->calls[i].number == numbers[n] ? profile->calls[i].count
									: 0;
	}
	return total;
}

static int by_count(const void *left, const void *right)
{
	const struct call_profile *const *a = left, *const *b = right;

	if ((*a)->count != (*b)->count)
		return (*a)->count < (*b)->count ? 1 : -1;
	return (*a)->number - (*b)->number;
}

/* The caller frees it. */
static const struct call_profile **sort(const struct inject_profile *profile)
{
	const struct call_profile **sorted = calloc(profile->count + 1, sizeof(*sorted));

	if (!sorted)
		abort();
	for (size_t i = 0; i < profile->count; i++)
		sorted[i] = &profile->calls[i];
	qsort(sorted, profile->count, sizeof(*sorted), by_count);
	return sorted;
}

void inject_profile_print(const struct inject_profile *profile, FILE *out)
{
	const struct call_profile **sorted = sort(profile);
	uint64_t total = 0;

	fprintf(out, "%8s  %-20s  %s\n", "times", "call", "on");
	for (size_t i = 0; i < profile->count; i++) {
		const struct call_profile *call = sorted[i];

		fprintf(out, "%8" PRIu64 "  ", call->count);
		if (!call->kind_count)
			fputs(inject_call_text(call->number), out);
		else
			fprintf(out, "%-20s  ", inject_call_text(call->number));
		for (size_t k = 0; k < call->kind_count; k++)
			fprintf(out, "%s%s %" PRIu64, k ? ", " : "", call->kinds[k].name,
				call->kinds[k].count);
		fputc('\n', out);
		total += call->count;
	}
	fprintf(out, "%8" PRIu64 "  in all\n", total);
	free(sorted);
}

static struct json_object *call_object(const struct call_profile *call)
{
	struct json_object *object = json_object_new_object(), *kinds = json_object_new_object();

	for (size_t k = 0; k < call->kind_count; k++)
		json_add_number(kinds, call->kinds[k].name, call->kinds[k].count);
	json_add_text(object, "call", inject_call_text(call->number));
	json_add_number(object, "times", call->count);
	json_add(object, "kinds", kinds);
	return object;
}

void inject_profile_print_json(const struct inject_profile *profile, FILE *out)
{
	const struct call_profile **sorted = sort(profile);
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < profile->count; i++)
		json_object_array_add(list, call_object(sorted[i]));
	json_write_pretty(out, list);
	free(sorted);
}

bool inject_profile_is_same(const struct inject_profile *a, const struct inject_profile *b)
{
	for (size_t i = 0; i < a->count; i++) {
		if (inject_profile_count(b, &a->calls[i].number, 1) != a->calls[i].count)
			return false;
	}
	return a->count == b->count;
}

void inject_profile_free(struct inject_profile *profile)
{
	free(profile->calls);
	*profile = (struct inject_profile){ 0 };
}
