// SPDX-License-Identifier: MIT
/*
 * Counters that are descriptors. Their value is read and written as a number; read() and write() do
 * as well, with bytes.
 */
#include <sys/eventfd.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(eventfd, eventfd((unsigned)raw[0], raw[1]))

static void invoke_read(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	uint64_t value = 0;
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? eventfd_read(fd, &value)
			     : syscall(SYS_read, fd, &value, sizeof(value));
	invocation_returned(inv, returned);
	if (returned >= 0)
		inv->result->number = (int64_t)value;
}

/* 0 in both forms, though the system call says 8. */
static void invoke_write(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	uint64_t value = (uint64_t)invocation_number(inv, 1, 0);
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? eventfd_write(fd, value)
			     : syscall(SYS_write, fd, &value, sizeof(value));
	invocation_returned(inv, returned < 0 ? returned : 0);
}

static const struct call calls[] = {
	{
		.name = "eventfd", .man = "eventfd(2)", .summary = "makes a counter",
		.number = SYS_eventfd2, .libc = libc_eventfd,
		.result = RESULT_FD,
		.parameters = {
			MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "eventfd_read", .man = "eventfd(3)",
		.summary = "reads a counter's eight bytes: its value",
		.number = SYS_read, .invoke = invoke_read,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "eventfd_write", .man = "eventfd(3)",
		.summary = "writes eight bytes: what to add to a counter",
		.number = SYS_write, .invoke = invoke_write,
		.parameters = { TAKES("fd", FD), TAKES("value", INT) },
	},
};

CALL_FAMILY(eventfd, calls);
