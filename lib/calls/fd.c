// SPDX-License-Identifier: MIT
/* Calls that make, use and give up descriptors of any kind. */
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

enum { MODE_FALLBACK = 0644 };

LIBC(open, open(AT(0), raw[1], (mode_t)raw[2]))
LIBC(openat, openat(raw[0], AT(1), raw[2], (mode_t)raw[3]))
LIBC(creat, creat(AT(0), raw[1]))
LIBC(close, close(raw[0]))
LIBC(close_range, close_range(raw[0], raw[1], raw[2]))
LIBC(read, read(raw[0], AT(1), raw[2]))
LIBC(write, write(raw[0], AT(1), raw[2]))
LIBC(readv, readv(raw[0], AT(1), raw[2]))
LIBC(writev, writev(raw[0], AT(1), raw[2]))
LIBC(pread, pread(raw[0], AT(1), raw[2], raw[3]))
LIBC(pwrite, pwrite(raw[0], AT(1), raw[2], raw[3]))
LIBC(lseek, lseek(raw[0], raw[1], raw[2]))
LIBC(ftruncate, ftruncate(raw[0], raw[1]))
LIBC(fsync, fsync(raw[0]))
LIBC(dup, dup(raw[0]))
LIBC(dup2, dup2(raw[0], raw[1]))
LIBC(dup3, dup3(raw[0], raw[1], raw[2]))

enum { OUT_READ, OUT_WRITE };

static void report_pair(struct invocation *inv, long returned, const int pair[2])
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_READ, pair[0]);
	invocation_out_number(inv, OUT_WRITE, pair[1]);
}

static void invoke_pipe(struct invocation *inv)
{
	int pair[2];

	report_pair(inv, INVOKE(inv, pipe, pair), pair);
}

static void invoke_pipe2(struct invocation *inv)
{
	int pair[2], flags = invocation_int(inv, 0, 0);

	if (invocation_complained(inv))
		return;
	report_pair(inv, INVOKE(inv, pipe2, pair, flags), pair);
}

static const struct call calls[] = {
	{
		.name = "open", .man = "open(2)",
		.summary = "opens a file, FIFO or device by its path",
		.number = SYS_open, .family = FAMILY(SYS_openat), .libc = libc_open,
		.result = RESULT_FD,
		.parameters = {
			TAKES("path", PATH),
			TAKES("flags", INT, SYMBOL_OPEN),
			MAY_TAKE("mode", INT, SYMBOL_MODE, MODE_FALLBACK),
		},
	},
	{
		.name = "openat", .man = "openat(2)",
		.summary = "opens a path relative to a directory",
		.number = SYS_openat, .libc = libc_openat,
		.result = RESULT_FD,
		.parameters = {
			TAKES("dirfd", FD),
			TAKES("path", PATH),
			TAKES("flags", INT, SYMBOL_OPEN),
			MAY_TAKE("mode", INT, SYMBOL_MODE, MODE_FALLBACK),
		},
	},
	{
		.name = "creat", .man = "creat(2)",
		.summary = "makes or empties a file and opens it for writing",
		.number = SYS_creat, .family = FAMILY(SYS_openat, SYS_open), .libc = libc_creat,
		.result = RESULT_FD,
		.parameters = {
			TAKES("path", PATH),
			MAY_TAKE("mode", INT, SYMBOL_MODE, MODE_FALLBACK),
		},
	},
	{
		.name = "close", .man = "close(2)", .summary = "gives a descriptor up",
		.number = SYS_close, .libc = libc_close,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "close_range", .man = "close_range(2)",
		.summary = "gives up all descriptors of a range",
		.number = SYS_close_range, .libc = libc_close_range,
		.parameters = {
			TAKES("first", FD),
			TAKES("last", INT),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "read", .man = "read(2)", .summary = "reads up to `size` bytes",
		.number = SYS_read, .libc = libc_read,
		.result = RESULT_BYTES,
		.parameters = { TAKES("fd", FD), TAKES("size", ROOM) },
	},
	{
		.name = "write", .man = "write(2)", .summary = "writes bytes",
		.number = SYS_write, .libc = libc_write,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD), TAKES("data", DATA) },
	},
	{
		.name = "readv", .man = "readv(2)",
		.summary = "reads into several buffers, one after the other",
		.number = SYS_readv, .libc = libc_readv,
		.result = RESULT_BYTES,
		.parameters = { TAKES("fd", FD), TAKES("sizes", ROOMS) },
	},
	{
		.name = "writev", .man = "writev(2)", .summary = "writes several pieces as one",
		.number = SYS_writev, .libc = libc_writev,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD), TAKES("pieces", PIECES) },
	},
	{
		.name = "pread", .man = "pread(2)",
		.summary = "reads at an offset, which it does not move",
		.number = SYS_pread64, .libc = libc_pread,
		.result = RESULT_BYTES,
		.parameters = { TAKES("fd", FD), TAKES("size", ROOM), TAKES("offset", INT) },
	},
	{
		.name = "pwrite", .man = "pwrite(2)",
		.summary = "writes at an offset, which it does not move",
		.number = SYS_pwrite64, .libc = libc_pwrite,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD), TAKES("data", DATA), TAKES("offset", INT) },
	},
	{
		.name = "lseek", .man = "lseek(2)",
		.summary = "moves the offset of an open file description",
		.number = SYS_lseek, .libc = libc_lseek,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("fd", FD),
			TAKES("offset", INT),
			MAY_TAKE("whence", INT, SYMBOL_WHENCE, SEEK_SET),
		},
	},
	{
		.name = "ftruncate", .man = "ftruncate(2)",
		.summary = "sets the length of an open file",
		.number = SYS_ftruncate, .libc = libc_ftruncate,
		.parameters = { TAKES("fd", FD), TAKES("length", INT) },
	},
	{
		.name = "fsync", .man = "fsync(2)",
		.summary = "waits until a file's data has reached its device",
		.number = SYS_fsync, .libc = libc_fsync,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "dup", .man = "dup(2)",
		.summary = "makes a second descriptor of the same open file description",
		.number = SYS_dup, .libc = libc_dup,
		.result = RESULT_FD,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "dup2", .man = "dup2(2)",
		.summary = "the same, with the number of the new descriptor",
		.number = SYS_dup2, .libc = libc_dup2,
		.result = RESULT_FD,
		.parameters = { TAKES("fd", FD), TAKES("newfd", FD) },
	},
	{
		.name = "dup3", .man = "dup3(2)",
		.summary = "the same, with flags for the new descriptor",
		.number = SYS_dup3, .libc = libc_dup3,
		.result = RESULT_FD,
		.parameters = {
			TAKES("fd", FD),
			TAKES("newfd", FD),
			TAKES("flags", INT, SYMBOL_OPEN),
		},
	},
	{
		.name = "pipe", .man = "pipe(2)", .summary = "makes a pipe",
		.number = SYS_pipe, .invoke = invoke_pipe,
		.outs = { "read", "write" },
	},
	{
		.name = "pipe2", .man = "pipe2(2)", .summary = "makes a pipe with flags",
		.number = SYS_pipe2, .invoke = invoke_pipe2,
		.parameters = { TAKES("flags", INT, SYMBOL_OPEN) },
		.outs = { "read", "write" },
	},
};

CALL_FAMILY(fd, calls);
