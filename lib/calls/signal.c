// SPDX-License-Identifier: MIT
/* Calls that send signals, hold them back and wait for them. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(kill, kill(raw[0], raw[1]))
LIBC(tgkill, tgkill(raw[0], raw[1], raw[2]))
LIBC(raise, raise(raw[0]))
LIBC(pause, pause())
LIBC(sigsuspend, sigsuspend(AT(0)))

enum { KERNEL_SET_SIZE = 8 };

static void invoke_sigqueue(struct invocation *inv)
{
	pid_t pid = invocation_int(inv, 0, 0);
	int sig = invocation_int(inv, 1, 0);
	union sigval value = { .sival_ptr = (void *)invocation_number(inv, 2, 0) };
	int code = invocation_int(inv, 3, SI_QUEUE);
	siginfo_t info;

	if (inv->libc && invocation_has(inv, 3))
		invocation_complain(inv, "sigqueue: the C library lets nobody choose the code");
	if (invocation_complained(inv))
		return;
	memset(&info, 0, sizeof(info));
	info.si_signo = sig;
	info.si_code = code;
	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = value;
	invocation_returned(inv, inv->libc ? sigqueue(pid, sig, value)
					   : syscall(SYS_rt_sigqueueinfo, pid, sig, &info));
}

enum { OUT_OLD };

static void invoke_sigprocmask(struct invocation *inv)
{
	int how = invocation_int(inv, 0, 0);
	sigset_t *set = invocation_signals(inv, 1);
	sigset_t *old = invocation_room(inv, sizeof(*old));
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? sigprocmask(how, set, old) :
		   syscall(SYS_rt_sigprocmask, how, set, old, KERNEL_SET_SIZE);
	invocation_returned(inv, returned);
	if (returned >= 0)
		invocation_out_signals(inv, OUT_OLD, old);
}

enum { OUT_PENDING };

static void invoke_sigpending(struct invocation *inv)
{
	sigset_t *pending = invocation_room(inv, sizeof(*pending));
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? sigpending(pending)
			     : syscall(SYS_rt_sigpending, pending, KERNEL_SET_SIZE);
	invocation_returned(inv, returned);
	if (returned >= 0)
		invocation_out_signals(inv, OUT_PENDING, pending);
}

enum { OUT_CODE, OUT_PID, OUT_UID, OUT_VALUE, OUT_FD, OUT_STATUS };
#define INFO_OUTS { \
	[OUT_CODE] = "code", [OUT_PID] = "pid", [OUT_UID] = "uid", [OUT_VALUE] = "value", \
	[OUT_FD] = "fd", \
	[OUT_STATUS] = "status", \
}

/*
 * Which of the fields mean something depends on the code; the others are what the bytes happen to
 * be.
 */
static void report_info(struct invocation *inv, long returned, const siginfo_t *info)
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_CODE, info->si_code);
	invocation_out_number(inv, OUT_PID, info->si_pid);
	invocation_out_number(inv, OUT_UID, (int64_t)info->si_uid);
	invocation_out_number(inv, OUT_VALUE, info->si_value.sival_int);
	invocation_out_number(inv, OUT_FD, info->si_fd);
	invocation_out_number(inv, OUT_STATUS, info->si_status);
}

static void invoke_sigtimedwait(struct invocation *inv)
{
	sigset_t *set = invocation_signals(inv, 0);
	struct timespec *timeout = invocation_time(inv, 1);
	siginfo_t info;

	if (invocation_complained(inv))
		return;
	memset(&info, 0, sizeof(info));
	report_info(inv, inv->libc ? sigtimedwait(set, &info, timeout) :
			 syscall(SYS_rt_sigtimedwait, set, &info, timeout, KERNEL_SET_SIZE), &info);
}

static void invoke_sigwaitinfo(struct invocation *inv)
{
	sigset_t *set = invocation_signals(inv, 0);
	siginfo_t info;

	if (invocation_complained(inv))
		return;
	memset(&info, 0, sizeof(info));
	report_info(inv, inv->libc ? sigwaitinfo(set, &info) :
			 syscall(SYS_rt_sigtimedwait, set, &info, NULL, KERNEL_SET_SIZE), &info);
}

static const struct call calls[] = {
	{
		.name = "kill", .man = "kill(2)",
		.summary = "sends a signal to a process, or a group of them",
		.number = SYS_kill, .libc = libc_kill,
		.flags = CALL_SIGNALS,
		.parameters = { TAKES("pid", PROCESS), TAKES("signal", INT, SYMBOL_SIGNAL) },
	},
	{
		.name = "tgkill", .man = "tgkill(2)", .summary = "sends a signal to one thread",
		.number = SYS_tgkill, .libc = libc_tgkill,
		.flags = CALL_SIGNALS,
		.parameters = {
			TAKES("pid", PROCESS),
			TAKES("tid", PROCESS),
			TAKES("signal", INT, SYMBOL_SIGNAL),
		},
	},
	{
		.name = "raise", .man = "raise(3)", .summary = "sends a signal to itself",
		.number = -1, .libc = libc_raise,
		.parameters = { TAKES("signal", INT, SYMBOL_SIGNAL) },
	},
	{
		.name = "sigqueue", .man = "sigqueue(3)", .summary = "sends a signal with a value",
		.number = SYS_rt_sigqueueinfo, .invoke = invoke_sigqueue,
		.flags = CALL_SIGNALS,
		.parameters = {
			TAKES("pid", PROCESS),
			TAKES("signal", INT, SYMBOL_SIGNAL),
			MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
			MAY_TAKE("code", INT, SYMBOL_SI, SI_QUEUE),
		},
	},
	{
		.name = "sigprocmask", .man = "sigprocmask(2)",
		.summary = "changes which signals are blocked",
		.number = SYS_rt_sigprocmask, .invoke = invoke_sigprocmask,
		.parameters = {
			TAKES("how", INT, SYMBOL_SIGMASK),
			MAY_TAKE("set", SIGNALS, SYMBOL_SIGNAL, 0),
		},
		.outs = { [OUT_OLD] = "old" },
	},
	{
		.name = "sigpending", .man = "sigpending(2)",
		.summary = "which blocked signals wait to be delivered",
		.number = SYS_rt_sigpending, .invoke = invoke_sigpending,
		.outs = { [OUT_PENDING] = "signals" },
	},
	{
		.name = "sigtimedwait", .man = "sigtimedwait(2)",
		.summary = "takes a pending signal, or waits for one",
		.number = SYS_rt_sigtimedwait, .invoke = invoke_sigtimedwait,
		.result = RESULT_NUMBER, .result_symbols = SYMBOL_SIGNAL,
		.parameters = {
			TAKES("set", SIGNALS, SYMBOL_SIGNAL),
			MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
		},
		.outs = INFO_OUTS,
	},
	{
		.name = "sigwaitinfo", .man = "sigwaitinfo(2)",
		.summary = "the same without a limit",
		.number = SYS_rt_sigtimedwait, .invoke = invoke_sigwaitinfo,
		.result = RESULT_NUMBER, .result_symbols = SYMBOL_SIGNAL,
		.parameters = { TAKES("set", SIGNALS, SYMBOL_SIGNAL) },
		.outs = INFO_OUTS,
	},
	{
		.name = "sigsuspend", .man = "sigsuspend(2)",
		.summary = "waits for a handler to run, with another mask",
		.number = SYS_rt_sigsuspend, .libc = libc_sigsuspend,
		.parameters = { TAKES("mask", SIGNALS, SYMBOL_SIGNAL) },
	},
	{
		.name = "pause", .man = "pause(2)", .summary = "waits for a handler to run",
		.number = SYS_pause, .family = FAMILY(SYS_ppoll), .libc = libc_pause,
	},
};

CALL_FAMILY(signal, calls);
