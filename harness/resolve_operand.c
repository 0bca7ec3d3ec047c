// SPDX-License-Identifier: MIT
/*
 * Operands, of which steps, repeats and variants share those that say the same: most of what a
 * suite would otherwise take.
 */
#include <stdlib.h>
#include <string.h>

#include "resolve.h"

struct kept_operand {
	struct entry entry;
	struct operand operand;
};

static const char *const kind_texts[] = {
	[VALUE_NONE] = "nothing",   [VALUE_INT] = "a number",    [VALUE_BYTES] = "a string",
	[VALUE_ERRNO] = "an error", [VALUE_TIME] = "a duration", [VALUE_VERSION] = "a version",
	[VALUE_WORD] = "a word",    [VALUE_RANGE] = "a range",   [VALUE_LIST] = "a list",
	[VALUE_EOF] = "EOF",        [VALUE_GONE] = "GONE",       [VALUE_ANY] = "ANY",
};

const char *value_kind_text(enum value_kind kind)
{
	return kind_texts[kind];
}

/* Contents that are equal but lie elsewhere count as others: no harm done. */
static bool is_same_value(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->number == b->number && a->upper == b->upper &&
	       a->bytes == b->bytes && a->length == b->length && a->items == b->items;
}

static bool has_same_parts(const struct operand *a, const struct operand *b)
{
	switch (a->kind) {
	case OPERAND_LIST:
	case OPERAND_FACT:
		return a->items == b->items && a->count == b->count && a->fact == b->fact;
	case OPERAND_UNARY:
	case OPERAND_BINARY: return a->left == b->left && a->right == b->right;
	case OPERAND_VALUE:
	case OPERAND_BINDING:
	case OPERAND_END:
	case OPERAND_ADDRESS:
	case OPERAND_OBJECT:
	case OPERAND_ID:
	case OPERAND_KEY:
	case OPERAND_PORT:
	case OPERAND_PROCESS: return true;
	}
	abort();
}

static bool is_same(const struct operand *a, const struct operand *b)
{
	return a->kind == b->kind && is_same_value(&a->value, &b->value) && a->slot == b->slot &&
	       a->index == b->index && a->side == b->side && a->op == b->op && has_same_parts(a, b);
}

static uintptr_t hash_of(const struct operand *operand)
{
	uintptr_t hash = (uintptr_t)operand->kind;

	hash = hash_with(hash, (uintptr_t)operand->value.number);
	hash = hash_with(hash, (uintptr_t)operand->value.bytes);
	hash = hash_with(hash, (uintptr_t)operand->slot << 16 | (uintptr_t)operand->index);
	if (operand->kind == OPERAND_UNARY || operand->kind == OPERAND_BINARY)
		hash = hash_with(hash_with(hash, (uintptr_t)operand->left),
				 (uintptr_t)operand->right);
	else if (operand->kind == OPERAND_LIST || operand->kind == OPERAND_FACT)
		hash = hash_with(hash, (uintptr_t)operand->items);
	return hash;
}

const struct operand *operand_keep(struct variant *variant, const struct operand *operand)
{
	struct resolver *resolver = resolver_of(variant);
	uintptr_t hash = hash_of(operand);
	struct kept_operand *kept;

	for (struct entry *entry = table_first(&resolver->operands, hash); entry;
	     entry = entry->next) {
		kept = (struct kept_operand *)entry;
		if (entry->hash == hash && is_same(&kept->operand, operand))
			return &kept->operand;
	}
	kept = resolve_keep(resolver, sizeof(*kept));
	kept->operand = *operand;
	table_add(resolver, &resolver->operands, &kept->entry, hash);
	return &kept->operand;
}

const struct operand *operand_constant(struct variant *variant, const struct value *value)
{
	return operand_keep(variant, &(struct operand){ .kind = OPERAND_VALUE, .value = *value });
}

const struct operand *operand_named(struct variant *variant, struct operand operand,
				    const char *name)
{
	operand.value = (struct value){ .kind = VALUE_WORD, .bytes = name, .length = strlen(name) };
	return operand_keep(variant, &operand);
}

const struct operand *operand_placeholder(struct variant *variant)
{
	return operand_keep(variant, &(struct operand){ .kind = OPERAND_FACT, .fact = NULL });
}

enum value_kind operand_expects(const struct operand *operand)
{
	switch (operand->kind) {
	case OPERAND_VALUE: return operand->value.kind;
	case OPERAND_END:
	case OPERAND_OBJECT:
	case OPERAND_ID:
	case OPERAND_KEY:
	case OPERAND_PORT:
	case OPERAND_PROCESS: return VALUE_INT;
	case OPERAND_ADDRESS: return VALUE_BYTES;
	case OPERAND_LIST: return VALUE_LIST;
	case OPERAND_BINDING:
	case OPERAND_UNARY:
	case OPERAND_BINARY:
	case OPERAND_FACT: return VALUE_ANY;
	}
	abort();
}
