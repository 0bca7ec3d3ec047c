// SPDX-License-Identifier: MIT
/*
 * Memory of other processes. What place() puts down lies in an endpoint and, at the same address,
 * in the children that it forks.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

/*
 * The bytes end where memory ends: the page behind them cannot be touched. Kept until the endpoint
 * dies.
 */
static void invoke_place(struct invocation *inv)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t length, size;
	const char *bytes = invocation_bytes(inv, 0, &length);
	char *memory;

	if (invocation_complained(inv))
		return;
	size = (length + page - 1) / page * page;
	memory = mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		      0);
	if (memory == MAP_FAILED || mprotect(memory + size, page, PROT_NONE)) {
		invocation_returned(inv, -1);
		return;
	}
	memcpy(memory + size - length, bytes, length);
	invocation_returned(inv, (long)(memory + size - length));
}

enum { PID, LOCAL, ADDRESSES, LENGTHS, FLAGS };

/* As many addresses as lengths, in the order in which they are gone through. */
static struct iovec *remote_pieces(struct invocation *inv, size_t *count)
{
	size_t lengths_count;
	const struct value *addresses = invocation_items(inv, ADDRESSES, count);
	const struct value *lengths = invocation_items(inv, LENGTHS, &lengths_count);
	struct iovec *pieces = invocation_room(inv, *count * sizeof(*pieces));

	if (*count != lengths_count)
		invocation_complain(inv, "%s: as many lengths as addresses, please",
				    inv->call->name);
	for (size_t i = 0; pieces && !invocation_complained(inv) && i < *count; i++) {
		if (addresses[i].kind != VALUE_INT || lengths[i].kind != VALUE_INT)
			invocation_refuse(inv, ADDRESSES, "numbers, as the lengths are");
		pieces[i].iov_base = (void *)addresses[i].number;
		pieces[i].iov_len = (size_t)lengths[i].number;
	}
	return pieces;
}

static long call_transfer(struct invocation *inv, const struct iovec *local, size_t local_count)
{
	pid_t pid = invocation_int(inv, PID, 0);
	unsigned long flags = (unsigned long)invocation_number(inv, FLAGS, 0);
	size_t count;
	struct iovec *remote = remote_pieces(inv, &count);

	if (invocation_complained(inv))
		return -1;
	if (!inv->libc)
		return syscall(inv->call->number, pid, local, local_count, remote, count, flags);
	return inv->call->number == SYS_process_vm_readv
		       ? process_vm_readv(pid, local, local_count, remote, count, flags)
		       : process_vm_writev(pid, local, local_count, remote, count, flags);
}

static void invoke_readv(struct invocation *inv)
{
	size_t count;
	struct iovec *rooms = invocation_rooms(inv, LOCAL, &count);
	long returned = rooms ? call_transfer(inv, rooms, count) : -1;

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, returned);
	if (returned >= 0)
		invocation_data(inv, rooms[0].iov_base, (size_t)returned);
}

static void invoke_writev(struct invocation *inv)
{
	size_t count;
	struct iovec *pieces = invocation_pieces(inv, LOCAL, &count);
	long returned = pieces ? call_transfer(inv, pieces, count) : -1;

	if (!invocation_complained(inv))
		invocation_returned(inv, returned);
}

static const struct call calls[] = {
	{
		.name = "process_vm_readv", .man = "process_vm_readv(2)",
		.summary = "reads another process's memory",
		.number = SYS_process_vm_readv, .invoke = invoke_readv,
		.result = RESULT_BYTES,
		.parameters = {
			[PID] = TAKES("pid", PROCESS),
			[LOCAL] = TAKES("sizes", ROOMS),
			[ADDRESSES] = TAKES("addresses", INT),
			[LENGTHS] = TAKES("lengths", INT),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "process_vm_writev", .man = "process_vm_writev(2)",
		.summary = "writes into another process's memory",
		.number = SYS_process_vm_writev, .invoke = invoke_writev,
		.result = RESULT_NUMBER,
		.parameters = {
			[PID] = TAKES("pid", PROCESS),
			[LOCAL] = TAKES("pieces", PIECES),
			[ADDRESSES] = TAKES("addresses", INT),
			[LENGTHS] = TAKES("lengths", INT),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "place", .man = "mmap(2)",
		.summary = "puts bytes into memory, right before a page that cannot be touched: where",
		.number = -1, .invoke = invoke_place,
		.flags = CALL_QUESTION,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("bytes", DATA) },
	},
};

CALL_FAMILY(process_vm, calls);
