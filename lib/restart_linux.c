// SPDX-License-Identifier: MIT
/* Reads the signal frame that a handler leaves behind on the stack of its thread. */
#include "restart.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>

#if defined(__x86_64__)
#include <cpuid.h>

enum {
	/* that the ABI lets leaf functions use, and the kernel steps over */
	RED_ZONE = 128,
	FRAME_SIZE = 440,		/* struct rt_sigframe of arch/x86/include/asm/sigframe.h */
	LINK_AT = 16,			/* in the frame; and from there: */
	AX = (48 + 13 * 8 - LINK_AT) / 8,
	SP = AX + 2,
	IP,
	WORDS,
	LEGACY_SIZE = 576,		/* FXSAVE area and XSAVE header */
	MAGIC_SIZE = 4,			/* FP_XSTATE_MAGIC2 */
	SYSCALL_LENGTH = 2,
	TILE_DATA = 18,			/* AMX: only in the frames of processes that asked for it */
};

/*
 * What of the floating point state goes into a frame: all standard-format components (Intel SDM 1,
 * 13.4.3).
 */
static unsigned saved_state_size(void)
{
	unsigned eax, ebx, ecx, edx, low, high, end = LEGACY_SIZE;

	__cpuid(1, eax, ebx, ecx, edx);
	if (!(ecx & bit_OSXSAVE))
		return LEGACY_SIZE - 64;
	__asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	for (unsigned component = 2; component < 32; component++) {
		if (!(low & 1U << component) || component == TILE_DATA)
			continue;
		__cpuid_count(0xd, component, eax, ebx, ecx, edx);
		if (ebx + eax > end)
			end = ebx + eax;
	}
	return end + MAGIC_SIZE;
}

/* As get_sigframe() of arch/x86/kernel/signal.c computes it. */
static uint64_t frame_below(uint64_t stack_pointer)
{
	static unsigned state_size;
	uint64_t at;

	if (!state_size)
		state_size = saved_state_size();
	at = (stack_pointer - RED_ZONE - state_size) & ~UINT64_C(63);
	return ((at - FRAME_SIZE) & ~UINT64_C(15)) - 8;
}

/* Its notification may reach us before it has gone to sleep over it. */
static bool find_stack(struct process_files *files, const struct hit *hit, uint64_t *stack_pointer)
{
	int err;

	while ((err = process_stack_pointer(files, hit->tid, stack_pointer)) == -EAGAIN &&
	       hit_is_valid(hit))
		sched_yield();
	return !err;
}

/*
 * uc_link, which no handler reads and sigreturn(2) ignores: should the thread have got away since,
 * into another handler whose frame this is, nothing happens to it.
 */
static enum restart mark(struct process_files *files, const struct hit *hit, uint64_t at)
{
	const uint64_t taken = 1, fresh = 0;

	process_files_write(files, hit->tid, &taken, sizeof(taken), at);
	if (hit_is_valid(hit))
		return RESTART_YES;
	process_files_write(files, hit->tid, &fresh, sizeof(fresh), at);
	return RESTART_UNSEEN;
}

enum restart restart_take(struct process_files *files, const struct hit *hit)
{
	uint64_t stack_pointer, at, frame[WORDS];

	if (hit->is_compat)
		return RESTART_UNKNOWN;
	if (!find_stack(files, hit, &stack_pointer))
		return hit_is_valid(hit) ? RESTART_NO : RESTART_UNSEEN;
	at = frame_below(stack_pointer) + LINK_AT;
	if (process_files_read(files, hit->tid, PROCESS_MEMORY, frame, sizeof(frame), at) ==
		    sizeof(frame) &&
	    !frame[0] && frame[AX] == (uint64_t)hit->number && frame[SP] == stack_pointer &&
	    frame[IP] == hit->ip - SYSCALL_LENGTH)
		return mark(files, hit, at);
	return hit_is_valid(hit) ? RESTART_NO : RESTART_UNSEEN;
}
#else
enum restart restart_take(struct process_files *files, const struct hit *hit)
{
	(void)files;
	(void)hit;
	return RESTART_UNKNOWN;
}
#endif
