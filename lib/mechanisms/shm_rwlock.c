// SPDX-License-Identifier: MIT
/* A read-write lock of the threads library in memory that all its holders share. */
#include <errno.h>
#include <pthread.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_PREFER };
enum { PREFER_READER, PREFER_WRITER, PREFER_WRITER_NONRECURSIVE };

static const char *const prefer_words[] = { [PREFER_READER] = "reader",
					    [PREFER_WRITER] = "writer",
					    [PREFER_WRITER_NONRECURSIVE] = "writer_nonrecursive",
					    NULL };

static const struct mechanism_option options[] = {
	[OPTION_PREFER] = { .name = "prefer",
			    .summary = "who goes first if both wait",
			    .is_word = true,
			    .words = prefer_words,
			    .fallback = PREFER_READER },
	{ .name = NULL },
};

/* A choice that only the GNU library has. */
#ifdef __GLIBC__
static int set_preference(pthread_rwlockattr_t *attributes, int64_t choice)
{
	static const int kinds[] = {
		[PREFER_READER] = PTHREAD_RWLOCK_PREFER_READER_NP,
		[PREFER_WRITER] = PTHREAD_RWLOCK_PREFER_WRITER_NP,
		[PREFER_WRITER_NONRECURSIVE] = PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP,
	};

	return pthread_rwlockattr_setkind_np(attributes, kinds[choice]);
}
#else
static int set_preference(pthread_rwlockattr_t *attributes, int64_t choice)
{
	(void)attributes;
	return choice == PREFER_READER ? 0 : ENOSYS;
}
#endif

static int create(struct channel *channel)
{
	pthread_rwlockattr_t attributes;
	int error = -mechanism_memory_create(channel, sizeof(pthread_rwlock_t));

	if (error)
		return -error;
	error = pthread_rwlockattr_init(&attributes);
	if (error)
		return mechanism_memory_made(channel, error);
	error = pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	if (!error)
		error = set_preference(&attributes, channel->options[OPTION_PREFER]);
	if (!error)
		error = pthread_rwlock_init(channel->object, &attributes);
	pthread_rwlockattr_destroy(&attributes);
	return mechanism_memory_made(channel, error);
}

const struct mechanism mechanism_shm_rwlock = {
	.name = "shm_rwlock",
	.summary = "a read-write lock between processes",
	.man = "pthread_rwlockattr_setkind_np(3)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
