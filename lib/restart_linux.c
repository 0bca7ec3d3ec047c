// SPDX-License-Identifier: MIT
/* Reads the signal frame that a handler leaves behind on the stack of its thread. */
#include "restart.h"

#include <stddef.h>
#include <sys/uio.h>

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

bool restart_take(pid_t tid, uint64_t stack_pointer, uint64_t instruction_pointer, int number)
{
	struct saved_registers saved;
	struct iovec ours = { &saved, sizeof(saved) };
	/* An address of theirs. NOLINTNEXTLINE(performance-no-int-to-ptr) */
	struct iovec theirs = { (void *)(frame_below(stack_pointer) + REGISTERS_AT), sizeof(saved) };
	uint64_t none = 0;

	if (process_vm_readv(tid, &ours, 1, &theirs, 1, 0) != sizeof(saved))
		return false;
	if (saved.sp != stack_pointer || saved.ip != instruction_pointer - SYSCALL_LENGTH ||
	    saved.ax != (uint64_t)number)
		return false;
	ours = (struct iovec){ &none, sizeof(none) };
	theirs.iov_base = (char *)theirs.iov_base + offsetof(struct saved_registers, ip);
	theirs.iov_len = sizeof(none);
	process_vm_writev(tid, &ours, 1, &theirs, 1, 0);
	return true;
}
#else
bool restart_take(pid_t tid, uint64_t stack_pointer, uint64_t instruction_pointer, int number)
{
	(void)tid;
	(void)stack_pointer;
	(void)instruction_pointer;
	(void)number;
	return false;
}
#endif
