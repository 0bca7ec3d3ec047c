// SPDX-License-Identifier: MIT
/* Lists of operands: what a repeat says again and again is kept once. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct kept_list {
	struct entry entry;
	const struct operand *const *items;
	size_t count;
	const struct operand *operand; /* NULL: nobody has asked for it as one */
};

static struct kept_list *find(const struct resolver *resolver, uintptr_t hash,
			      const struct operand *const *items, size_t count)
{
	for (struct entry *entry = table_first(&resolver->lists, hash); entry;
	     entry = entry->next) {
		struct kept_list *kept = (struct kept_list *)entry;

		if (kept->count == count && !memcmp(kept->items, items, count * sizeof(*items)))
			return kept;
	}
	return NULL;
}

static struct kept_list *keep(struct variant *variant, const struct expr *expr,
			      const struct operand *const *items, size_t count)
{
	struct resolver *resolver = resolver_of(variant);
	uintptr_t hash = count;
	struct kept_list *kept;
	const struct operand **copy;

	for (size_t i = 0; i < count; i++)
		hash = hash_with(hash, (uintptr_t)items[i]);
	kept = find(resolver, hash, items, count);
	if (kept)
		return kept;
	if (!resolve_may_keep(resolver, expr,
			      count * (sizeof(struct value) + sizeof(struct operand *))))
		return NULL;
	copy = resolve_keep(resolver, (count + 1) * sizeof(*items));
	if (count)
		memcpy(copy, items, count * sizeof(*items));
	kept = resolve_scratch(resolver, sizeof(*kept));
	kept->items = copy;
	kept->count = count;
	table_add(resolver, &resolver->lists, &kept->entry, hash);
	return kept;
}

const struct operand *const *operands_keep(struct variant *variant, const struct expr *expr,
					   const struct operand *const *items, size_t count)
{
	const struct kept_list *kept = keep(variant, expr, items, count);

	return kept ? kept->items : NULL;
}

/* A list of values is a value itself. */
static const struct operand *list_value(struct variant *variant, const struct kept_list *kept)
{
	struct value *values = resolve_keep(resolver_of(variant),
					    (kept->count + 1) * sizeof(*values));
	struct value list = value_list(values, kept->count);

	for (size_t i = 0; i < kept->count; i++)
		values[i] = kept->items[i]->value;
	return operand_constant(variant, &list);
}

const struct operand *operand_list(struct variant *variant, const struct expr *expr,
				   const struct operand *const *items, size_t count)
{
	struct kept_list *kept = keep(variant, expr, items, count);
	bool known = true;

	if (!kept)
		return NULL;
	for (size_t i = 0; i < count; i++)
		known &= items[i]->kind == OPERAND_VALUE;
	if (!kept->operand && known)
		kept->operand = list_value(variant, kept);
	else if (!kept->operand)
		kept->operand = operand_keep(variant, &(struct operand){ .kind = OPERAND_LIST,
									 .items = kept->items,
									 .count = count });
	return kept->operand;
}
