// SPDX-License-Identifier: MIT
/* Mappings: made, moved, protected, written back, advised about, locked. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "table.h"

LIBC(mmap, (long)mmap(AT(0), (size_t)raw[1], (int)raw[2], (int)raw[3], (int)raw[4], raw[5]))
LIBC(munmap, munmap(AT(0), (size_t)raw[1]))
LIBC(mprotect, mprotect(AT(0), (size_t)raw[1], (int)raw[2]))
LIBC(msync, msync(AT(0), (size_t)raw[1], (int)raw[2]))
LIBC(mremap, (long)mremap(AT(0), (size_t)raw[1], (size_t)raw[2], (int)raw[3], AT(4)))
LIBC(madvise, madvise(AT(0), (size_t)raw[1], (int)raw[2]))
LIBC(mlock, mlock(AT(0), (size_t)raw[1]))
LIBC(munlock, munlock(AT(0), (size_t)raw[1]))

static const struct call calls[] = {
	{
		.name = "mmap", .man = "mmap(2)",
		.summary = "maps a file or fresh memory; its address",
		.number = SYS_mmap, .libc = libc_mmap,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("addr", OBJECT),
			TAKES("length", INT),
			TAKES("prot", INT, SYMBOL_MISC),
			TAKES("flags", INT, SYMBOL_MISC),
			MAY_TAKE("fd", FD, SYMBOL_PLAIN, -1),
			MAY_TAKE("offset", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "munmap", .man = "munmap(2)", .summary = "removes what is mapped there",
		.number = SYS_munmap, .libc = libc_munmap,
		.parameters = { TAKES("addr", OBJECT), TAKES("length", INT) },
	},
	{
		.name = "mprotect", .man = "mprotect(2)",
		.summary = "sets what may be done with memory",
		.number = SYS_mprotect, .libc = libc_mprotect,
		.parameters = {
			TAKES("addr", OBJECT),
			TAKES("length", INT),
			TAKES("prot", INT, SYMBOL_MISC),
		},
	},
	{
		.name = "msync", .man = "msync(2)", .summary = "writes a mapping back to its file",
		.number = SYS_msync, .libc = libc_msync,
		.parameters = {
			TAKES("addr", OBJECT),
			TAKES("length", INT),
			TAKES("flags", INT, SYMBOL_MISC),
		},
	},
	{
		.name = "mremap", .man = "mremap(2)",
		.summary = "resizes or moves a mapping; its new address",
		.number = SYS_mremap, .libc = libc_mremap,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("addr", OBJECT),
			TAKES("old_size", INT),
			TAKES("new_size", INT),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
			MAY_TAKE("new_addr", OBJECT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "madvise", .man = "madvise(2)",
		.summary = "says how memory will be used, or what a fork does with it",
		.number = SYS_madvise, .libc = libc_madvise,
		.parameters = {
			TAKES("addr", OBJECT),
			TAKES("length", INT),
			TAKES("advice", INT, SYMBOL_MISC),
		},
	},
	{
		.name = "mlock", .man = "mlock(2)", .summary = "keeps memory from being swapped out",
		.number = SYS_mlock, .libc = libc_mlock,
		.parameters = { TAKES("addr", OBJECT), TAKES("length", INT) },
	},
	{
		.name = "munlock", .man = "mlock(2)", .summary = "takes mlock back",
		.number = SYS_munlock, .libc = libc_munlock,
		.parameters = { TAKES("addr", OBJECT), TAKES("length", INT) },
	},
};

CALL_FAMILY(mmap, calls);
