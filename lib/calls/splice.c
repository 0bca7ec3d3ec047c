// SPDX-License-Identifier: MIT
/* Bytes moved from descriptor to descriptor without passing through the process. */
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(tee, tee(raw[0], raw[1], (size_t)raw[2], (unsigned)raw[3]))
LIBC(vmsplice, vmsplice(raw[0], AT(1), (size_t)raw[2], (unsigned)raw[3]))

/* An offset that is left out is a null pointer: then the open file's own is used, and moves. */
static off_t *offset_of(struct invocation *inv, size_t argument, off_t *offset)
{
	if (!invocation_has(inv, argument))
		return NULL;
	*offset = invocation_number(inv, argument, 0);
	return offset;
}

static void report_offset(struct invocation *inv, size_t out, const off_t *offset)
{
	if (offset && inv->result->error == 0)
		invocation_out_number(inv, out, *offset);
}

enum { FROM, TO, SIZE, FROM_OFFSET, TO_OFFSET, FLAGS };
enum { OUT_FROM, OUT_TO };

/* splice() and copy_file_range() take the same arguments. */
struct transfer {
	int from, to;
	off_t from_store, to_store;
	off_t *from_offset, *to_offset;
	size_t size;
	unsigned flags;
};

static bool read_transfer(struct invocation *inv, struct transfer *transfer)
{
	transfer->from = invocation_int(inv, FROM, -1);
	transfer->to = invocation_int(inv, TO, -1);
	transfer->size = (size_t)invocation_number(inv, SIZE, 0);
	transfer->from_offset = offset_of(inv, FROM_OFFSET, &transfer->from_store);
	transfer->to_offset = offset_of(inv, TO_OFFSET, &transfer->to_store);
	transfer->flags = (unsigned)invocation_int(inv, FLAGS, 0);
	return !invocation_complained(inv);
}

static void report_transfer(struct invocation *inv, long returned, const struct transfer *transfer)
{
	invocation_returned(inv, returned);
	report_offset(inv, OUT_FROM, transfer->from_offset);
	report_offset(inv, OUT_TO, transfer->to_offset);
}

static void invoke_splice(struct invocation *inv)
{
	struct transfer t;
	long returned;

	if (!read_transfer(inv, &t))
		return;
	returned = INVOKE(inv, splice, t.from, t.from_offset, t.to, t.to_offset, t.size, t.flags);
	report_transfer(inv, returned, &t);
}

static void invoke_copy_file_range(struct invocation *inv)
{
	struct transfer t;
	long returned;

	if (!read_transfer(inv, &t))
		return;
	returned = INVOKE(inv, copy_file_range, t.from, t.from_offset, t.to, t.to_offset, t.size,
			  t.flags);
	report_transfer(inv, returned, &t);
}

static void invoke_sendfile(struct invocation *inv)
{
	int to = invocation_int(inv, 0, -1);
	int from = invocation_int(inv, 1, -1);
	size_t size = (size_t)invocation_number(inv, 2, 0);
	off_t store, *offset = offset_of(inv, 3, &store);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, sendfile, to, from, offset, size));
	report_offset(inv, OUT_FROM, offset);
}

#define TRANSFER_PARAMETERS                                                                      \
	{                                                                                        \
		[FROM] = TAKES("from", FD), [TO] = TAKES("to", FD), [SIZE] = TAKES("size", INT), \
		[FROM_OFFSET] = MAY_TAKE("from_offset", INT, SYMBOL_PLAIN, 0),                   \
		[TO_OFFSET] = MAY_TAKE("to_offset", INT, SYMBOL_PLAIN, 0),                       \
		[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0),                                \
	}
#define TRANSFER_OUTS                                              \
	{                                                          \
		[OUT_FROM] = "from_offset", [OUT_TO] = "to_offset" \
	}

static const struct call calls[] = {
	{
		.name = "splice", .man = "splice(2)",
		.summary = "moves bytes into or out of a pipe; offsets that are left out are the file's",
		.number = SYS_splice, .invoke = invoke_splice,
		.result = RESULT_NUMBER,
		.parameters = TRANSFER_PARAMETERS,
		.outs = TRANSFER_OUTS,
	},
	{
		.name = "copy_file_range", .man = "copy_file_range(2)",
		.summary = "copies bytes from file to file",
		.number = SYS_copy_file_range, .invoke = invoke_copy_file_range,
		.result = RESULT_NUMBER,
		.parameters = TRANSFER_PARAMETERS,
		.outs = TRANSFER_OUTS,
	},
	{
		.name = "tee", .man = "tee(2)",
		.summary = "copies what waits in one pipe into another",
		.number = SYS_tee, .libc = libc_tee,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("from", FD),
			TAKES("to", FD),
			TAKES("size", INT),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "vmsplice", .man = "vmsplice(2)",
		.summary = "puts memory into a pipe",
		.number = SYS_vmsplice, .libc = libc_vmsplice,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("fd", FD),
			TAKES("pieces", PIECES),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "sendfile", .man = "sendfile(2)",
		.summary = "sends bytes of a file to another descriptor",
		.number = SYS_sendfile, .invoke = invoke_sendfile,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("to", FD),
			TAKES("from", FD),
			TAKES("size", INT),
			MAY_TAKE("from_offset", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_FROM] = "from_offset" },
	},
};

CALL_FAMILY(splice, calls);
