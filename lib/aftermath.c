// SPDX-License-Identifier: MIT
/* Orders for the time after a call. */
#include "aftermath.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "control.h"
#include "deadline.h"
#include "hit.h"

void gates_open(struct gates *gates, uint64_t which)
{
	atomic_fetch_or(&gates->open, which);
	atomic_fetch_add(&gates->changes, 1);
	futex_wake(&gates->changes);
}

void gates_close_all(struct gates *gates)
{
	atomic_store(&gates->open, 0);
}

void aftermath_order(struct aftermath *aftermath, uint32_t command, const struct hit *hit)
{
	const struct hit_orders *orders = &hit->orders[HIT_EXIT];

	/*
	 * What a step calls through the C library may be several system calls: their orders add up.
	 */
	if (aftermath->command != command) {
		aftermath->error = aftermath->kill = 0;
		aftermath->stop = 0;
		aftermath->until_ns = 0;
		aftermath->gates = 0;
	}
	if (!aftermath->error)
		aftermath->error = hit->error_after;
	if (aftermath->kill != SIGKILL && orders->kill)
		aftermath->kill = orders->kill;
	aftermath->stop |= orders->stop;
	if (orders->until_ns > aftermath->until_ns)
		aftermath->until_ns = orders->until_ns;
	aftermath->gates |= orders->gates;
	aftermath->command = command;
}

static void wait_at_gates(struct aftermath *aftermath, struct gates *gates)
{
	uint32_t changes = atomic_load(&gates->changes);

	atomic_store(&aftermath->state, AFTERMATH_AT_GATE);
	while (aftermath->gates & ~atomic_load(&gates->open)) {
		futex_wait(&gates->changes, changes, -1);
		changes = atomic_load(&gates->changes);
	}
	atomic_store(&aftermath->state, AFTERMATH_NONE);
}

static void wait_until(int64_t until_ns)
{
	struct deadline deadline = { until_ns };
	_Atomic uint32_t nobody = 0;

	while (!deadline_passed(&deadline))
		futex_wait(&nobody, 0, deadline_left_ns(&deadline));
}

/* By number: the C library's raise() blocks signals around it. */
static void signal_self(int signal)
{
	syscall(SYS_tgkill, getpid(), gettid(), signal);
}

void aftermath_obey(struct aftermath *aftermath, uint32_t command, struct gates *gates,
		    struct result *result)
{
	if (aftermath->command != command)
		return;
	aftermath->command = 0;
	if (aftermath->gates)
		wait_at_gates(aftermath, gates);
	if (aftermath->until_ns)
		wait_until(aftermath->until_ns);
	if (aftermath->stop) {
		atomic_store(&aftermath->state, AFTERMATH_STOPPING);
		signal_self(SIGSTOP);
		atomic_store(&aftermath->state, AFTERMATH_NONE);
	}
	if (aftermath->kill)
		signal_self(aftermath->kill);
	if (aftermath->error)
		*result = (struct result){ .number = -1, .error = aftermath->error };
}
