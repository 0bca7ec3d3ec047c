// SPDX-License-Identifier: MIT
/*
 * Processes by descriptors. The C library gained functions for them late, so what programs use is
 * its syscall().
 */
#include <unistd.h>

#include "call_arguments.h"
#include "table.h"

LIBC(pidfd_open, syscall(SYS_pidfd_open, raw[0], raw[1]))
LIBC(pidfd_send_signal, syscall(SYS_pidfd_send_signal, raw[0], raw[1], AT(2), raw[3]))
LIBC(pidfd_getfd, syscall(SYS_pidfd_getfd, raw[0], raw[1], raw[2]))

static const struct call calls[] = {
	{
		.name = "pidfd_open", .man = "pidfd_open(2)",
		.summary = "makes a descriptor that stands for a process",
		.number = SYS_pidfd_open, .libc = libc_pidfd_open,
		.result = RESULT_FD,
		.parameters = {
			TAKES("pid", PROCESS),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "pidfd_send_signal", .man = "pidfd_send_signal(2)",
		.summary = "sends a signal to the process behind a descriptor",
		.number = SYS_pidfd_send_signal, .libc = libc_pidfd_send_signal,
		.flags = CALL_SIGNALS,
		.parameters = {
			TAKES("pidfd", FD),
			TAKES("signal", INT, SYMBOL_SIGNAL),
			MAY_TAKE("info", INT, SYMBOL_PLAIN, 0),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "pidfd_getfd", .man = "pidfd_getfd(2)",
		.summary = "duplicates a descriptor of the process behind a descriptor",
		.number = SYS_pidfd_getfd, .libc = libc_pidfd_getfd,
		.result = RESULT_FD,
		.parameters = {
			TAKES("pidfd", FD),
			TAKES("targetfd", INT),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
};

CALL_FAMILY(pidfd, calls);
