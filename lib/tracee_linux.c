// SPDX-License-Identifier: MIT
/* The requests of ptrace(2), and the few registers and frames that have to be known by machine. */
#include "tracee.h"

#include <elf.h>
#include <errno.h>
#include <linux/audit.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process_memory.h"
#include "process_paths.h"
#include "tracee_wake.h"

/* By value: glibc and the kernel's headers do not get along here. Linux 5.3. */
#define GET_SYSCALL_INFO ((enum __ptrace_request)0x420e)
enum { INFO_ENTRY = 1, INFO_EXIT = 2, EVENT_EXEC = 4, EVENT_STOP = 128 };

struct syscall_info {
	uint8_t op;
	uint32_t arch;
	uint64_t instruction_pointer;
	uint64_t stack_pointer;
	union {
		struct {
			uint64_t nr;
			uint64_t args[6];
		} entry;
		struct {
			int64_t rval;
			uint8_t is_error;
		} exit;
	};
};

int tracee_seize(pid_t tid)
{
	int err = tracee_wake_open();

	if (err)
		return err;
	if (!ptrace(PTRACE_SEIZE, tid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC))
		return 0;
	err = -errno;
	tracee_wake_close();
	return err;
}

pid_t tracee_tracer(pid_t tid)
{
	return (pid_t)process_status_number(tid, "\nTracerPid:", 10);
}

void tracee_interrupt(pid_t tid)
{
	ptrace(PTRACE_INTERRUPT, tid, NULL, NULL);
}

/*
 * Dead, or only running? The driver may have taken the news of a stop, but never that of a death.
 */
static enum tracee_event look_at_unstopped(pid_t tid)
{
	siginfo_t news = { .si_pid = 0 };

	if (waitid(P_PID, (id_t)tid, &news, WEXITED | WSTOPPED | WNOHANG | WNOWAIT | __WALL))
		return errno == ECHILD ? TRACEE_GONE : TRACEE_RUNS;
	if (news.si_pid && news.si_code != CLD_TRAPPED && news.si_code != CLD_STOPPED)
		return TRACEE_DEAD;
	return TRACEE_RUNS;
}

static enum tracee_event event_of(const siginfo_t *why)
{
	const int event = why->si_code >> 8;

	if (why->si_code > 0 && event == EVENT_STOP)
		return (why->si_code & 0xff) == SIGTRAP ? TRACEE_STANDS : TRACEE_PAUSES;
	if (why->si_signo == SIGTRAP && why->si_code == SIGTRAP)
		return TRACEE_HANDLES;
	if (why->si_signo == SIGTRAP && event == EVENT_EXEC)
		return TRACEE_STANDS;
	return TRACEE_SIGNALLED;
}

struct tracee_look tracee_look(pid_t tid)
{
	struct tracee_look look = { .event = TRACEE_RUNS };
	struct syscall_info info = { 0 };
	siginfo_t why = { 0 };

	if (ptrace(GET_SYSCALL_INFO, tid, sizeof(info), &info) < 0 ||
	    (info.op != INFO_ENTRY && info.op != INFO_EXIT &&
	     ptrace(PTRACE_GETSIGINFO, tid, NULL, &why))) {
		look.event = look_at_unstopped(tid);
		return look;
	}
	look.arch = info.arch;
	look.ip = info.instruction_pointer;
	look.stack_pointer = info.stack_pointer;
	look.signal = why.si_signo;
	if (info.op == INFO_ENTRY) {
		look.event = TRACEE_ENTERS;
	} else if (info.op == INFO_EXIT) {
		look.event = TRACEE_LEAVES;
		look.result = info.exit.rval;
	} else {
		look.event = event_of(&why);
	}
	return look;
}

int tracee_go_on(pid_t tid, enum tracee_way way, int signal)
{
	static const enum __ptrace_request requests[] = {
		[TRACEE_TO_NEXT_STOP] = PTRACE_SYSCALL,
		[TRACEE_INTO_HANDLER] = PTRACE_SINGLESTEP,
		[TRACEE_PAUSED] = PTRACE_LISTEN,
		[TRACEE_FREE] = PTRACE_DETACH,
	};

	if (ptrace(requests[way], tid, NULL, (void *)(intptr_t)signal))
		return -errno;
	if (way == TRACEE_FREE)
		tracee_wake_close();
	return 0;
}

#if defined(__x86_64__)
int tracee_set_result(pid_t tid, int64_t result)
{
	return ptrace(PTRACE_POKEUSER, tid, offsetof(struct user, regs.rax),
		      (void *)(intptr_t)result)
		       ? -errno
		       : 0;
}
#elif defined(__aarch64__)
int tracee_set_result(pid_t tid, int64_t result)
{
	struct user_regs_struct registers;
	struct iovec all = { &registers, sizeof(registers) };

	if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &all))
		return -errno;
	registers.regs[0] = (uint64_t)result;
	return ptrace(PTRACE_SETREGSET, tid, (void *)NT_PRSTATUS, &all) ? -errno : 0;
}
#else
int tracee_set_result(pid_t tid, int64_t result)
{
	(void)tid;
	(void)result;
	return -ENOSYS;
}
#endif

/*
 * Above the stack pointer with which a handler begins: arch/.../signal.c and asm/sigcontext.h of
 * the kernel.
 */
static const struct frame_layout {
	uint32_t arch;
	unsigned result_at;
	unsigned ip_at;
	unsigned size;		/* of a register */
	unsigned call_length;	/* of the instruction that makes calls */
} layouts[] = {
	{ AUDIT_ARCH_X86_64, 152, 176, 8, 2 },
	{ AUDIT_ARCH_I386, 208, 220, 4, 2 },	/* SA_SIGINFO */
	{ AUDIT_ARCH_I386, 52, 64, 4, 2 },
	{ AUDIT_ARCH_AARCH64, 312, 568, 8, 4 },
};

static ssize_t move_word(bool to_them, pid_t tid, uint64_t address, void *word, size_t size)
{
	/* An address of theirs. NOLINTNEXTLINE(performance-no-int-to-ptr) */
	struct iovec theirs = { (void *)(uintptr_t)address, size };

	return process_copy(tid, to_them, word, size, &theirs, 1);
}

bool tracee_read_frame(pid_t tid, const struct tracee_look *look, uint64_t call_ip,
		       struct tracee_frame *frame)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
		const struct frame_layout *layout = &layouts[i];
		const uint64_t at = look->stack_pointer + layout->result_at;
		uint64_t ip = 0, result = 0;

		if (layout->arch != look->arch ||
		    move_word(false, tid, look->stack_pointer + layout->ip_at, &ip, layout->size) <
			    0 ||
		    move_word(false, tid, at, &result, layout->size) < 0)
			continue;
		if (ip != call_ip && ip != call_ip - layout->call_length)
			continue;
		*frame = (struct tracee_frame){
			.result_address = at,
			.result_size = layout->size,
			.result = layout->size == 4 ? (int32_t)result : (int64_t)result,
			.restarts = ip != call_ip,
		};
		return true;
	}
	return false;
}

int tracee_write_frame(pid_t tid, const struct tracee_frame *frame, int64_t result)
{
	return move_word(true, tid, frame->result_address, &result, frame->result_size) < 0 ? -errno
											    : 0;
}

bool tracee_catches(pid_t tid, int signal)
{
	return (uint64_t)process_status_number(tid, "\nSigCgt:", 16) >> (signal - 1) & 1;
}

/*
 * The death of a thread that is traced is told to the tracer first. The leader of one of our own
 * children is left for whoever waits for that child; all others have to be taken off, or their
 * process would never be seen to end.
 */
void tracee_release(pid_t tid)
{
	const bool is_child = process_of_thread(tid) == tid &&
			      process_status_number(tid, "\nPPid:", 10) == getpid();

	if (!is_child)
		waitpid(tid, NULL, WNOHANG | __WALL);
	tracee_wake_close();
}
