// SPDX-License-Identifier: MIT
/*
 * Signal handlers: nothing in them but stores and system calls, as they run between any two
 * instructions.
 */
#include "call_sighting.h"

#include <errno.h>
#include <unistd.h>

static struct sighting sightings[NSIG];
static struct errand *_Atomic errand;

const struct sighting *sighting_of(int sig)
{
	return &sightings[sig];
}

void sighting_send_on(struct errand *new_errand)
{
	atomic_store(&errand, new_errand);
}

static bool is_on_alternate_stack(void)
{
	stack_t stack = { 0 };

	return !sigaltstack(NULL, &stack) && stack.ss_flags & SS_ONSTACK;
}

static void run_errand(struct errand *mine)
{
	if (mine->stack) {
		mine->returned = sigaltstack(mine->stack, NULL);
		mine->error = errno;
	}
	if (mine->escapes)
		siglongjmp(mine->escape, 1);
}

void sighting_remember(int sig, siginfo_t *info, void *context)
{
	struct sighting *sighting = &sightings[sig];
	struct errand *mine = atomic_load(&errand);
	int error = errno;

	(void)context;
	atomic_store(&sighting->code, info->si_code);
	atomic_store(&sighting->pid, info->si_pid);
	atomic_store(&sighting->uid, info->si_uid);
	atomic_store(&sighting->value, info->si_value.sival_int);
	atomic_store(&sighting->fd, info->si_fd);
	atomic_store(&sighting->status, info->si_status);
	atomic_store(&sighting->tid, gettid());
	atomic_store(&sighting->onstack, is_on_alternate_stack());
	atomic_fetch_add(&sighting->count, 1);
	if (mine)
		run_errand(mine);
	errno = error;
}

void sighting_remember_and_pause(int sig, siginfo_t *info, void *context)
{
	bool first = !atomic_load(&sightings[sig].count);
	int error = errno;

	sighting_remember(sig, info, context);
	if (first)
		pause();
	errno = error;
}
