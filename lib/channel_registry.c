// SPDX-License-Identifier: MIT
/* A table of channels in shared memory; an entry counts once its mechanism is there. */
#include "channel_registry.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "control.h"

struct entry {
	_Atomic(const struct mechanism *) mechanism;	/* NULL: free */
	struct channel channel;
};

static struct entry *entries;

int channel_registry_open(void)
{
	void *table = mmap(NULL, CHANNELS_MAX * sizeof(*entries), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (table == MAP_FAILED)
		return -errno;
	entries = table;
	return 0;
}

void channel_registry_hide(void)
{
	if (entries)
		madvise(entries, CHANNELS_MAX * sizeof(*entries), MADV_DONTFORK);
}

void channel_registry_add(const struct channel *channel)
{
	for (int i = 0; entries && i < CHANNELS_MAX; i++) {
		if (atomic_load(&entries[i].mechanism))
			continue;
		entries[i].channel = *channel;
		atomic_store(&entries[i].mechanism, channel->mechanism);
		return;
	}
}

void channel_registry_remove(const struct channel *channel)
{
	for (int i = 0; entries && i < CHANNELS_MAX; i++) {
		if (atomic_load(&entries[i].mechanism) == channel->mechanism &&
		    entries[i].channel.serial == channel->serial)
			atomic_store(&entries[i].mechanism, NULL);
	}
}

void channel_registry_clear(void)
{
	for (int i = 0; entries && i < CHANNELS_MAX; i++) {
		if (atomic_load(&entries[i].mechanism))
			channel_destroy(&entries[i].channel);
	}
}
