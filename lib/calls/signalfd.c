// SPDX-License-Identifier: MIT
/* Signals taken by reading from a descriptor. */
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { KERNEL_SET_SIZE = 8, COUNT_MAX = 1000 };

static void invoke_signalfd(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	sigset_t *mask = invocation_signals(inv, 1);
	int flags = invocation_int(inv, 2, 0);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv,
			    inv->libc ? signalfd(fd, mask, flags)
				      : syscall(SYS_signalfd4, fd, mask, KERNEL_SET_SIZE, flags));
}

enum { OUT_SIGNAL, OUT_CODE, OUT_PID, OUT_UID, OUT_VALUE, OUT_FD, OUT_STATUS, OUT_COUNT };

static int64_t field_of(const struct signalfd_siginfo *info, int out)
{
	const int64_t fields[OUT_COUNT] = {
		[OUT_SIGNAL] = info->ssi_signo,  [OUT_CODE] = info->ssi_code,
		[OUT_PID] = info->ssi_pid,       [OUT_UID] = info->ssi_uid,
		[OUT_VALUE] = info->ssi_int,     [OUT_FD] = info->ssi_fd,
		[OUT_STATUS] = info->ssi_status,
	};

	return fields[out];
}

/* One signal gives numbers, room for several gives lists. */
static void report(struct invocation *inv, const struct signalfd_siginfo *infos, size_t count)
{
	const bool list = invocation_has(inv, 1);
	int64_t *numbers = invocation_room(inv, OUT_COUNT * (count + 1) * sizeof(*numbers));

	for (int out = 0; numbers && out < OUT_COUNT; out++, numbers += count) {
		for (size_t i = 0; i < count; i++)
			numbers[i] = field_of(&infos[i], out);
		invocation_out_one_or_list(inv, (size_t)out, numbers, count, list);
	}
}

static void invoke_read_signal(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	int count = invocation_int(inv, 1, 1);
	struct signalfd_siginfo *infos;
	size_t size;
	long returned;

	if (count < 1 || count > COUNT_MAX)
		invocation_refuse(inv, 1, "a number of signals");
	if (invocation_complained(inv))
		return;
	size = (size_t)count * sizeof(*infos);
	infos = invocation_room(inv, size);
	if (!infos)
		return;
	returned = INVOKE(inv, read, fd, infos, size);
	invocation_returned(inv, returned);
	if (returned >= 0)
		report(inv, infos, (size_t)returned / sizeof(*infos));
}

static const struct call calls[] = {
	{
		.name = "signalfd", .man = "signalfd(2)",
		.summary = "makes a descriptor for signals (fd: -1), or changes which",
		.number = SYS_signalfd4, .invoke = invoke_signalfd,
		.result = RESULT_FD,
		.parameters = {
			TAKES("fd", FD),
			TAKES("mask", SIGNALS, SYMBOL_SIGNAL),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "read_signal", .man = "signalfd(2)",
		.summary = "reads one pending signal, 128 bytes; with a count, up to so many as lists",
		.number = SYS_read, .invoke = invoke_read_signal,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD), MAY_TAKE("count", INT, SYMBOL_PLAIN, 1) },
		.outs = {
			[OUT_SIGNAL] = "signal", [OUT_CODE] = "code",
			[OUT_PID] = "pid", [OUT_UID] = "uid",
			[OUT_VALUE] = "value", [OUT_FD] = "fd",
			[OUT_STATUS] = "status",
		},
	},
};

CALL_FAMILY(signalfd, calls);
