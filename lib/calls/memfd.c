// SPDX-License-Identifier: MIT
/* Files in memory, and the way to open one anew. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(memfd_create, memfd_create(AT(0), (unsigned)raw[1]))

enum { PATH_SIZE = 40 };

static void invoke_proc_path(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	char *path = invocation_room(inv, PATH_SIZE);
	int length;

	if (invocation_complained(inv))
		return;
	length = snprintf(path, PATH_SIZE, "/proc/self/fd/%d", fd);
	invocation_returned(inv, length);
	invocation_data(inv, path, (size_t)length);
}

static const struct call calls[] = {
	{
		.name = "memfd_create",
		.man = "memfd_create(2)",
		.summary = "makes a file in memory, without a path",
		.number = SYS_memfd_create,
		.libc = libc_memfd_create,
		.result = RESULT_FD,
		.parameters = { TAKES("name", PATH), MAY_TAKE("flags", INT, SYMBOL_MISC, 0) },
	},
	{
		.name = "proc_path",
		.man = "proc(5)",
		.summary = "the path by which an endpoint can open again what it has open",
		.number = -1,
		.invoke = invoke_proc_path,
		.flags = CALL_QUESTION,
		.result = RESULT_BYTES,
		.parameters = { TAKES("fd", FD) },
	},
};

CALL_FAMILY(memfd, calls);
