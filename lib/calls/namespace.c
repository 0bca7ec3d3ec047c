// SPDX-License-Identifier: MIT
/* Namespaces: leaving them, joining them, and what is mounted in them. */
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(unshare, unshare(raw[0]))
LIBC(setns, setns(raw[0], raw[1]))
LIBC(umount2, umount2(AT(0), raw[1]))

/*
 * A child that ends at once: what clone(2) allows and refuses is seen by its result alone. Flags
 * that share memory, or that make a thread, would let the child run into the endpoint's own doings.
 */
static void invoke_clone(struct invocation *inv)
{
	const int64_t refused = CLONE_VM | CLONE_VFORK | CLONE_THREAD | CLONE_SIGHAND |
				CLONE_SETTLS | CLONE_PARENT;
	int64_t flags = invocation_number(inv, 0, 0);
	long returned;

	if (flags & refused)
		invocation_complain(inv, "clone: a child that shares so much is not offered");
	if (invocation_complained(inv))
		return;
	returned = syscall(SYS_clone, (unsigned long)flags | SIGCHLD, NULL, NULL, NULL, NULL);
	if (!returned)
		_exit(0);
	invocation_returned(inv, returned);
}

enum { SOURCE, TARGET, TYPE, FLAGS, DATA };

static void invoke_mount(struct invocation *inv)
{
	const char *source = invocation_path(inv, SOURCE);
	const char *target = invocation_path(inv, TARGET);
	const char *type = invocation_path(inv, TYPE);
	unsigned long flags = (unsigned long)invocation_number(inv, FLAGS, 0);
	const char *data = invocation_path(inv, DATA);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, mount, source, target, type, flags, data));
}

static const struct call calls[] = {
	{
		.name = "unshare", .man = "unshare(2)",
		.summary = "leaves namespaces for new ones of its own",
		.number = SYS_unshare, .libc = libc_unshare,
		.parameters = { TAKES("flags", INT, SYMBOL_MISC) },
	},
	{
		.name = "setns", .man = "setns(2)",
		.summary = "joins a namespace, or those of a process by its pidfd",
		.number = SYS_setns, .libc = libc_setns,
		.parameters = { TAKES("fd", FD), MAY_TAKE("type", INT, SYMBOL_MISC, 0) },
	},
	{
		.name = "clone", .man = "clone(2)",
		.summary = "makes a child that ends at once, to see what flags are taken",
		.number = SYS_clone, .invoke = invoke_clone,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("flags", INT, SYMBOL_MISC) },
	},
	{
		.name = "mount", .man = "mount(2)", .summary = "mounts a file system",
		.number = SYS_mount, .invoke = invoke_mount,
		.parameters = {
			[SOURCE] = TAKES("source", PATH),
			[TARGET] = TAKES("target", PATH),
			[TYPE] = MAY_TAKE("type", PATH, SYMBOL_PLAIN, 0),
			[FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
			[DATA] = MAY_TAKE("data", PATH, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "umount2", .man = "umount(2)", .summary = "unmounts a file system",
		.number = SYS_umount2, .libc = libc_umount2,
		.parameters = {
			TAKES("target", PATH),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
};

CALL_FAMILY(namespace, calls);
