// SPDX-License-Identifier: MIT
/* Reads the signal frame that a handler leaves behind on the stack of its thread. */
#include "restart.h"

#include <errno.h>
#include <sched.h>
#include <stddef.h>

#if defined(__x86_64__)
#include <cpuid.h>

enum {
	RED_ZONE = 128,			/* that the ABI lets leaf functions use, and the kernel steps over */
	FRAME_SIZE = 440,		/* struct rt_sigframe of arch/x86/include/asm/sigframe.h */
	REGISTERS_AT = 48 + 13 * 8,	/* in the frame: ax, cx, sp, ip */
	LEGACY_SIZE = 576,		/* FXSAVE area and XSAVE header */
	MAGIC_SIZE = 4,			/* FP_XSTATE_MAGIC2 */
	SYSCALL_LENGTH = 2,
	TILE_DATA = 18,			/* AMX: only in the frames of processes that asked for it */
};

struct saved_registers {
	uint64_t ax, cx, sp, ip;
};

/* What of the floating point state goes into a frame: all standard-format components (Intel SDM 1, 13.4.3). */
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

	while ((err = process_stack_pointer(files, hit->tid, stack_pointer)) == -EAGAIN && hit_is_valid(hit))
		sched_yield();
	return !err;
}

bool restart_take(struct process_files *files, const struct hit *hit)
{
	const uint64_t none = 0;
	struct saved_registers saved;
	uint64_t stack_pointer, at;

	if (!find_stack(files, hit, &stack_pointer))
		return false;
	at = frame_below(stack_pointer) + REGISTERS_AT;
	if (process_files_read(files, hit->tid, PROCESS_MEMORY, &saved, sizeof(saved), at) != sizeof(saved))
		return false;
	if (saved.sp != stack_pointer || saved.ip != hit->ip - SYSCALL_LENGTH || saved.ax != (uint64_t)hit->number)
		return false;
	process_files_write(files, hit->tid, &none, sizeof(none), at + offsetof(struct saved_registers, ip));
	return true;
}
#else
bool restart_take(struct process_files *files, const struct hit *hit)
{
	(void)files;
	(void)hit;
	return false;
}
#endif
