// SPDX-License-Identifier: MIT
/* The growing plan of a variant: its steps, the actions that they make, and their limits. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

static void *grow(void *items, size_t *capacity, size_t count, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 32;
	items = realloc(items, *capacity * size);
	if (!items)
		abort();
	return items;
}

/* For where something is refused: the first turn or step too many says it for all. */
static bool complain_too_many(struct variant *variant, struct location where, const char *what,
			      bool in_file)
{
	if (!resolver_of(variant)->stopped)
		resolve_error(resolver_of(variant), where, "repeat less often",
			      "more than %d %s in one %s",
			      in_file ? FILE_STEPS_MAX : PLAN_STEPS_MAX, what,
			      in_file ? "file" : "scenario");
	/* All that is left would say the same. */
	resolver_of(variant)->stopped = true;
	return false;
}

struct step *variant_step(struct variant *variant, enum step_kind kind, struct location where,
			  int endpoint)
{
	struct plan *plan = variant->plan;
	bool full = plan->step_count == PLAN_STEPS_MAX;
	struct step *step;

	if (full || resolver_of(variant)->step_count == FILE_STEPS_MAX) {
		complain_too_many(variant, where, "steps", !full);
		return NULL;
	}
	variant->steps = grow(variant->steps, &variant->step_capacity, plan->step_count,
			      sizeof(*step));
	step = &variant->steps[plan->step_count++];
	resolver_of(variant)->step_count++;
	*step = (struct step){ .kind = kind, .where = where, .endpoint = endpoint, .action = -1 };
	return step;
}

bool variant_turn(struct variant *variant, struct location where)
{
	if (++resolver_of(variant)->turn_count <= FILE_STEPS_MAX)
		return true;
	return complain_too_many(variant, where, "turns", true);
}

/* One that steps which say the same share. */
struct made_action {
	struct entry entry;
	int index;
};

static bool is_same(const struct action *a, const struct action *b)
{
	return a->call == b->call && a->libc == b->libc && a->bind == b->bind &&
	       a->child == b->child && !memcmp(a->arguments, b->arguments, sizeof(a->arguments)) &&
	       !memcmp(a->bind_out, b->bind_out, sizeof(a->bind_out));
}

static uintptr_t hash_of(const struct action *action)
{
	uintptr_t hash = (uintptr_t)action->call;

	for (int i = 0; i < CALL_PARAMETERS_MAX; i++)
		hash = hash_with(hash, (uintptr_t)action->arguments[i]);
	return hash;
}

static int find(const struct variant *variant, const struct action *action, uintptr_t hash)
{
	for (struct entry *entry = table_first(&variant->made, hash); entry; entry = entry->next) {
		int index = ((struct made_action *)entry)->index;

		if (is_same(&variant->actions[index], action))
			return index;
	}
	return -1;
}

int variant_action(struct variant *variant, const struct action *action, bool shared)
{
	struct plan *plan = variant->plan;
	uintptr_t hash = hash_of(action);
	int index = shared ? find(variant, action, hash) : -1;
	struct made_action *made;

	if (index >= 0)
		return index;
	variant->actions = grow(variant->actions, &variant->action_capacity, plan->action_count,
				sizeof(*action));
	variant->actions[plan->action_count] = *action;
	if (shared) {
		made = resolve_scratch(resolver_of(variant), sizeof(*made));
		made->index = (int)plan->action_count;
		table_add(resolver_of(variant), &variant->made, &made->entry, hash);
	}
	return (int)plan->action_count++;
}
