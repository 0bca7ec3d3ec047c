// SPDX-License-Identifier: MIT
/* A mutex of the threads library in memory that all its holders share. */
#include <errno.h>
#include <pthread.h>

#include "mechanism.h"
#include "mechanism_memory.h"

enum { OPTION_ROBUST, OPTION_TYPE, OPTION_PROTOCOL };

static const char *const type_words[] = { "normal", "errorcheck", "recursive", NULL };
static const int types[] = { PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK,
			     PTHREAD_MUTEX_RECURSIVE };

static const char *const protocol_words[] = { "none", "inherit", "protect", NULL };
static const int protocols[] = { PTHREAD_PRIO_NONE, PTHREAD_PRIO_INHERIT, PTHREAD_PRIO_PROTECT };

static const struct mechanism_option options[] = {
	[OPTION_ROBUST] = { .name = "robust",
			    .summary = "1: the next to lock it learns that its owner died" },
	[OPTION_TYPE] = { .name = "type",
			  .summary = "what a second lock or a stranger's unlock does",
			  .is_word = true,
			  .words = type_words },
	[OPTION_PROTOCOL] = { .name = "protocol",
			      .summary = "how waiters raise the owner's priority",
			      .is_word = true,
			      .words = protocol_words },
	{ .name = NULL },
};

static int set_attributes(const struct channel *channel, pthread_mutexattr_t *attributes)
{
	int error = pthread_mutexattr_setpshared(attributes, PTHREAD_PROCESS_SHARED);

	if (!error)
		error = pthread_mutexattr_settype(attributes, types[channel->options[OPTION_TYPE]]);
	if (!error)
		error = pthread_mutexattr_setprotocol(attributes,
						      protocols[channel->options[OPTION_PROTOCOL]]);
	if (!error && channel->options[OPTION_ROBUST])
		error = pthread_mutexattr_setrobust(attributes, PTHREAD_MUTEX_ROBUST);
	return error;
}

static int create(struct channel *channel)
{
	pthread_mutexattr_t attributes;
	int error = -mechanism_memory_create(channel, sizeof(pthread_mutex_t));

	if (error)
		return -error;
	error = pthread_mutexattr_init(&attributes);
	if (error)
		return mechanism_memory_made(channel, error);
	error = set_attributes(channel, &attributes);
	if (!error)
		error = pthread_mutex_init(channel->object, &attributes);
	pthread_mutexattr_destroy(&attributes);
	/* What a library cannot do is not to be blamed on the kernel. */
	return mechanism_memory_made(channel, error == ENOTSUP ? ENOSYS : error);
}

const struct mechanism mechanism_shm_mutex = {
	.name = "shm_mutex",
	.summary = "a mutex between processes",
	.man = "pthread_mutexattr_getpshared(3)",
	.forms = FORM_HELD_BY,
	.options = options,
	.create = create,
	.map = mechanism_memory_map,
	.destroy = mechanism_memory_destroy,
};
