// SPDX-License-Identifier: MIT
/* A count of those who are making something, and a list of ids. */
#include "makings.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "control.h"
#include "deadline.h"
#include "leak_sysv.h"

enum { IDS_MAX = 4096 };

/* Who is held by a fault, or stopped, does not end in time. */
#define FREEZE_NS INT64_C(1000000000)
#define LOOK_NS   (1000 * 1000)

struct makings {
	_Atomic uint32_t making; /* futex: how many have begun and not ended */
	_Atomic uint32_t is_frozen;
	_Atomic uint32_t ids_count;
	_Atomic uint32_t count;
	/* Kind in the upper half, id + 1 in the lower; 0: not written yet. */
	_Atomic uint64_t ids[IDS_MAX];
};

static struct makings *makings;

int makings_open(void)
{
	void *memory = mmap(NULL, sizeof(*makings), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return -errno;
	makings = memory;
	return 0;
}

static uint32_t id_count(void)
{
	uint32_t count = atomic_load(&makings->count);

	return count < IDS_MAX ? count : IDS_MAX;
}

void makings_reset(bool ids_count)
{
	if (!makings)
		return;
	atomic_store(&makings->making, 0);
	atomic_store(&makings->ids_count, ids_count);
	for (uint32_t i = id_count(); i; i--)
		atomic_store(&makings->ids[i - 1], 0);
	atomic_store(&makings->count, 0);
}

void makings_begin(void)
{
	if (!makings)
		return;
	atomic_fetch_add(&makings->making, 1);
	if (!atomic_load(&makings->is_frozen))
		return;
	makings_end();
	for (;;)
		pause();
}

void makings_end(void)
{
	if (!makings)
		return;
	atomic_fetch_sub(&makings->making, 1);
	if (atomic_load(&makings->is_frozen))
		futex_wake(&makings->making);
}

void makings_note(const char *maker, int id)
{
	int kind = leak_sysv_kind(maker);
	uint32_t at;

	if (!makings || kind < 0 || id < 0 || !atomic_load(&makings->ids_count))
		return;
	at = atomic_fetch_add(&makings->count, 1);
	/* The newest are kept: most scenarios that make so many remove them as well. */
	atomic_store(&makings->ids[at % IDS_MAX], (uint64_t)kind << 32 | ((uint32_t)id + 1));
}

void makings_freeze(void)
{
	struct deadline deadline = deadline_in(FREEZE_NS);
	uint32_t making;

	if (!makings)
		return;
	atomic_store(&makings->is_frozen, 1);
	while ((making = atomic_load(&makings->making)) && !deadline_passed(&deadline))
		futex_wait(&makings->making, making, LOOK_NS);
}

void makings_clear(struct leak_account *account)
{
	const uint32_t count = makings ? id_count() : 0;

	for (uint32_t i = 0; i < count; i++) {
		uint64_t id = atomic_load(&makings->ids[i]);

		if (id)
			leak_sysv_clear_private((int)(id >> 32), (int)((uint32_t)id - 1), account);
	}
}
