// SPDX-License-Identifier: MIT
/* A hash table that grows: what was made before is found again, however long a repeat is. */
#include "resolve.h"

enum { BUCKETS_AT_FIRST = 64 };

/* The pointers of a struct differ in their middle bits. */
uintptr_t hash_with(uintptr_t hash, uintptr_t more)
{
	hash = (hash ^ more >> 4 ^ more << 20) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

struct entry *table_first(const struct table *table, uintptr_t hash)
{
	return table->bucket_count ? table->buckets[hash % table->bucket_count] : NULL;
}

static void grow(struct resolver *resolver, struct table *table)
{
	size_t count = table->bucket_count ? table->bucket_count * 2 : BUCKETS_AT_FIRST;
	struct entry **buckets = resolve_scratch(resolver, count * sizeof(struct entry *));

	for (size_t i = 0; i < table->bucket_count; i++) {
		struct entry *entry = table->buckets[i];

		while (entry) {
			struct entry *next = entry->next;

			entry->next = buckets[entry->hash % count];
			buckets[entry->hash % count] = entry;
			entry = next;
		}
	}
	table->buckets = buckets;
	table->bucket_count = count;
}

void table_add(struct resolver *resolver, struct table *table, struct entry *entry, uintptr_t hash)
{
	if (table->count == table->bucket_count)
		grow(resolver, table);
	entry->hash = hash;
	entry->next = table->buckets[hash % table->bucket_count];
	table->buckets[hash % table->bucket_count] = entry;
	table->count++;
}
