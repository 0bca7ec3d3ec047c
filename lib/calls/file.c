// SPDX-License-Identifier: MIT
/* Calls on names: files, directories, FIFOs and what is known about them. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(truncate, truncate(AT(0), raw[1]))
LIBC(rename, rename(AT(0), AT(1)))
LIBC(renameat2, renameat2(raw[0], AT(1), raw[2], AT(3), raw[4]))
LIBC(link, link(AT(0), AT(1)))
LIBC(linkat, linkat(raw[0], AT(1), raw[2], AT(3), raw[4]))
LIBC(unlink, unlink(AT(0)))
LIBC(symlink, symlink(AT(0), AT(1)))
LIBC(mkfifo, mkfifo(AT(0), raw[1]))
LIBC(mknod, mknod(AT(0), raw[1], raw[2]))
LIBC(mkdir, mkdir(AT(0), raw[1]))
LIBC(rmdir, rmdir(AT(0)))
LIBC(chmod, chmod(AT(0), raw[1]))
LIBC(fchmod, fchmod(raw[0], raw[1]))
LIBC(umask, umask(raw[0]))
LIBC(access, access(AT(0), raw[1]))

enum { OUT_SIZE, OUT_MODE, OUT_TYPE, OUT_NLINK, OUT_INO, OUT_DEV, OUT_UID, OUT_GID };

#define STAT_OUTS { \
	[OUT_SIZE] = "size", [OUT_MODE] = "mode", [OUT_TYPE] = "type", [OUT_NLINK] = "nlink", \
	[OUT_INO] = "ino", \
	[OUT_DEV] = "dev", [OUT_UID] = "uid", [OUT_GID] = "gid", \
}

static void report_stat(struct invocation *inv, long returned, const struct stat *stat)
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_SIZE, stat->st_size);
	invocation_out_number(inv, OUT_MODE, stat->st_mode & ~(mode_t)S_IFMT);
	invocation_out_number(inv, OUT_TYPE, stat->st_mode & S_IFMT);
	invocation_out_number(inv, OUT_NLINK, (int64_t)stat->st_nlink);
	invocation_out_number(inv, OUT_INO, (int64_t)stat->st_ino);
	invocation_out_number(inv, OUT_DEV, (int64_t)stat->st_dev);
	invocation_out_number(inv, OUT_UID, stat->st_uid);
	invocation_out_number(inv, OUT_GID, stat->st_gid);
}

/* The kernel's struct is the library's wherever there are 64 bits. */
static void invoke_stat(struct invocation *inv)
{
	const char *path = invocation_path(inv, 0);
	struct stat got = { 0 };

	if (path)
		report_stat(inv, INVOKE(inv, stat, path, &got), &got);
}

static void invoke_lstat(struct invocation *inv)
{
	const char *path = invocation_path(inv, 0);
	struct stat got = { 0 };

	if (path)
		report_stat(inv, INVOKE(inv, lstat, path, &got), &got);
}

static void invoke_fstat(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	struct stat got = { 0 };

	if (!invocation_complained(inv))
		report_stat(inv, INVOKE(inv, fstat, fd, &got), &got);
}

static const struct call calls[] = {
	{
		.name = "truncate", .man = "truncate(2)", .summary = "sets the length of a file",
		.number = SYS_truncate, .libc = libc_truncate,
		.parameters = { TAKES("path", PATH), TAKES("length", INT) },
	},
	{
		.name = "rename", .man = "rename(2)", .summary = "moves a name, replacing another",
		.number = SYS_rename, .libc = libc_rename,
		.parameters = { TAKES("from", PATH), TAKES("to", PATH) },
	},
	{
		.name = "renameat2", .man = "renameat2(2)",
		.summary = "moves a name with flags: exchange, no replacing",
		.number = SYS_renameat2, .libc = libc_renameat2,
		.parameters = {
			TAKES("from_dirfd", FD), TAKES("from", PATH),
			TAKES("to_dirfd", FD), TAKES("to", PATH),
			MAY_TAKE("flags", INT, SYMBOL_RENAME, 0),
		},
	},
	{
		.name = "link", .man = "link(2)", .summary = "gives a file a second name",
		.number = SYS_link, .libc = libc_link,
		.parameters = { TAKES("from", PATH), TAKES("to", PATH) },
	},
	{
		.name = "linkat", .man = "linkat(2)",
		.summary = "the same, relative to directories",
		.number = SYS_linkat, .libc = libc_linkat,
		.parameters = {
			TAKES("from_dirfd", FD), TAKES("from", PATH),
			TAKES("to_dirfd", FD), TAKES("to", PATH),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "unlink", .man = "unlink(2)", .summary = "removes a name",
		.number = SYS_unlink, .libc = libc_unlink,
		.parameters = { TAKES("path", PATH) },
	},
	{
		.name = "symlink", .man = "symlink(2)",
		.summary = "makes a name that stands for another",
		.number = SYS_symlink, .libc = libc_symlink,
		.parameters = { TAKES("target", PATH), TAKES("path", PATH) },
	},
	{
		.name = "mkfifo", .man = "mkfifo(3)", .summary = "makes a FIFO",
		.number = -1, .libc = libc_mkfifo,
		.parameters = { TAKES("path", PATH), MAY_TAKE("mode", INT, SYMBOL_MODE, 0644) },
	},
	{
		.name = "mknod", .man = "mknod(2)",
		.summary = "makes a FIFO, socket name, file or device",
		.number = SYS_mknod, .libc = libc_mknod,
		.parameters = {
			TAKES("path", PATH),
			TAKES("mode", INT, SYMBOL_MODE),
			MAY_TAKE("dev", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "mkdir", .man = "mkdir(2)", .summary = "makes a directory",
		.number = SYS_mkdir, .libc = libc_mkdir,
		.parameters = { TAKES("path", PATH), MAY_TAKE("mode", INT, SYMBOL_MODE, 0755) },
	},
	{
		.name = "rmdir", .man = "rmdir(2)", .summary = "removes an empty directory",
		.number = SYS_rmdir, .libc = libc_rmdir,
		.parameters = { TAKES("path", PATH) },
	},
	{
		.name = "chmod", .man = "chmod(2)", .summary = "sets the permissions of a name",
		.number = SYS_chmod, .libc = libc_chmod,
		.parameters = { TAKES("path", PATH), TAKES("mode", INT, SYMBOL_MODE) },
	},
	{
		.name = "fchmod", .man = "fchmod(2)",
		.summary = "sets the permissions of an open file",
		.number = SYS_fchmod, .libc = libc_fchmod,
		.parameters = { TAKES("fd", FD), TAKES("mode", INT, SYMBOL_MODE) },
	},
	{
		.name = "umask", .man = "umask(2)",
		.summary = "sets the permissions that new names do not get",
		.number = SYS_umask, .libc = libc_umask,
		.result = RESULT_NUMBER, .result_symbols = SYMBOL_MODE,
		.parameters = { TAKES("mask", INT, SYMBOL_MODE) },
	},
	{
		.name = "access", .man = "access(2)",
		.summary = "asks whether the real user may use a name",
		.number = SYS_access, .libc = libc_access,
		.parameters = { TAKES("path", PATH), TAKES("mode", INT, SYMBOL_MISC) },
	},
	{
		.name = "stat", .man = "stat(2)", .summary = "tells about a file",
		.number = SYS_stat, .invoke = invoke_stat,
		.parameters = { TAKES("path", PATH) },
		.outs = STAT_OUTS,
	},
	{
		.name = "lstat", .man = "lstat(2)",
		.summary = "tells about a name, and does not follow symbolic links",
		.number = SYS_lstat, .invoke = invoke_lstat,
		.parameters = { TAKES("path", PATH) },
		.outs = STAT_OUTS,
	},
	{
		.name = "fstat", .man = "fstat(2)", .summary = "tells about an open file",
		.number = SYS_fstat, .invoke = invoke_fstat,
		.parameters = { TAKES("fd", FD) },
		.outs = STAT_OUTS,
	},
};

CALL_FAMILY(file, calls);
