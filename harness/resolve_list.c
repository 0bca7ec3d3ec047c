// SPDX-License-Identifier: MIT
/* Lists of operands: what a repeat says again and again is kept once. */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct kept_list {
	const struct operand *const *items;
	size_t count;
	const struct operand *operand; /* NULL: nobody has asked for it as one */
	struct kept_list *next;
};

static struct kept_list **find(struct resolver *resolver, const struct operand *const *items,
			       size_t count)
{
	uintptr_t hash = count;
	struct kept_list **link;

	for (size_t i = 0; i < count; i++)
		hash = hash * 31 + ((uintptr_t)items[i] >> 4);
	link = &resolver->lists[(hash ^ hash >> 9) % BUCKETS];
	while (*link && ((*link)->count != count ||
			 memcmp((*link)->items, items, count * sizeof(*items)) != 0))
		link = &(*link)->next;
	return link;
}

static struct kept_list *keep(struct variant *variant, const struct expr *expr,
			      const struct operand *const *items, size_t count)
{
	struct resolver *resolver = resolver_of(variant);
	struct kept_list **link = find(resolver, items, count);
	const struct operand **copy;

	if (*link)
		return *link;
	if (!resolve_may_keep(resolver, expr,
			      count * (sizeof(struct value) + sizeof(struct operand *))))
		return NULL;
	copy = resolve_keep(resolver, (count + 1) * sizeof(*items));
	if (count)
		memcpy(copy, items, count * sizeof(*items));
	*link = resolve_scratch(resolver, sizeof(**link));
	**link = (struct kept_list){ .items = copy, .count = count };
	return *link;
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
