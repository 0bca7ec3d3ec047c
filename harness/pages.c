// SPDX-License-Identifier: MIT
/*
 * One region, given out from its beginning to its end. Blocks that came back are given out again
 * whole: they are chunks of obstacks, most of one size.
 */
#include "pages.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Addresses only: no page of it exists before it is written to. */
static const size_t region_size = sizeof(void *) > 4 ? (size_t)1 << 28 : (size_t)1 << 26;

struct block {
	alignas(max_align_t) size_t size; /* of what follows */
	struct block *next; /* of those that came back */
};

static struct {
	bool tried;
	char *start; /* NULL: none */
	size_t used;
	struct block *returned;
} region;

static void open_region(void)
{
	void *start = mmap(NULL, region_size, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	region.tried = true;
	if (start != MAP_FAILED)
		region.start = start;
}

static bool is_ours(const void *memory)
{
	uintptr_t address = (uintptr_t)memory, start = (uintptr_t)region.start;

	return region.start && address >= start && address - start < region_size;
}

static struct block *take_returned(size_t size)
{
	for (struct block **at = &region.returned; *at; at = &(*at)->next) {
		struct block *found = *at;

		if (found->size < size)
			continue;
		*at = found->next;
		return found;
	}
	return NULL;
}

static struct block *take_new(size_t size)
{
	struct block *block = (struct block *)(void *)(region.start + region.used);

	if (!region.start || sizeof(*block) + size > region_size - region.used)
		return NULL;
	region.used += sizeof(*block) + size;
	block->size = size;
	return block;
}

void *pages_alloc(size_t size)
{
	const size_t alignment = alignof(max_align_t);
	struct block *block;

	if (!region.tried)
		open_region();
	if (size > region_size)
		return malloc(size);
	size = (size + alignment - 1) / alignment * alignment;
	block = take_returned(size);
	if (!block)
		block = take_new(size);
	return block ? block + 1 : malloc(size);
}

void pages_free(void *memory)
{
	struct block *block;

	if (!is_ours(memory)) {
		free(memory);
		return;
	}
	block = (struct block *)memory - 1;
	block->next = region.returned;
	region.returned = block;
}

void pages_seal(void)
{
	if (region.start)
		mprotect(region.start, region_size, PROT_READ);
}

void pages_unseal(void)
{
	if (region.start)
		mprotect(region.start, region_size, PROT_READ | PROT_WRITE);
}
