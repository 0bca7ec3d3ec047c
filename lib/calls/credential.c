// SPDX-License-Identifier: MIT
/*
 * Who a process is: users, groups, capabilities. By number and through the library alike: there is
 * one thread.
 */
#include <grp.h>
#include <linux/capability.h>
#include <string.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(getuid, getuid())
LIBC(getgid, getgid())
LIBC(geteuid, geteuid())
LIBC(getegid, getegid())
LIBC(setuid, setuid(raw[0]))
LIBC(setgid, setgid(raw[0]))
LIBC(setresuid, setresuid(raw[0], raw[1], raw[2]))
LIBC(setresgid, setresgid(raw[0], raw[1], raw[2]))
LIBC(seteuid, seteuid(raw[0]))
LIBC(setegid, setegid(raw[0]))

enum { OUT_REAL, OUT_EFFECTIVE, OUT_SAVED };
#define IDS_OUTS { [OUT_REAL] = "real", [OUT_EFFECTIVE] = "effective", [OUT_SAVED] = "saved" }

static void report_ids(struct invocation *inv, long returned, const unsigned ids[3])
{
	invocation_returned(inv, returned);
	for (size_t i = 0; i < 3 && returned >= 0; i++)
		invocation_out_number(inv, OUT_REAL + i, ids[i]);
}

static void invoke_getresuid(struct invocation *inv)
{
	uid_t ids[3] = { 0 };

	report_ids(inv, INVOKE(inv, getresuid, &ids[0], &ids[1], &ids[2]), ids);
}

static void invoke_getresgid(struct invocation *inv)
{
	gid_t ids[3] = { 0 };

	report_ids(inv, INVOKE(inv, getresgid, &ids[0], &ids[1], &ids[2]), ids);
}

static void invoke_setgroups(struct invocation *inv)
{
	size_t count;
	const gid_t *groups = (const gid_t *)invocation_ints(inv, 0, &count);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, INVOKE(inv, setgroups, count, groups));
}

enum { OUT_GROUPS };

static void invoke_getgroups(struct invocation *inv)
{
	const size_t most = 65536 / sizeof(gid_t);
	gid_t *groups = invocation_room(inv, most * sizeof(*groups));
	int64_t *numbers;
	long returned;

	if (!groups)
		return;
	returned = inv->libc ? getgroups((int)most, groups) : syscall(SYS_getgroups, most, groups);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	numbers = invocation_room(inv, (size_t)returned * sizeof(*numbers));
	for (long i = 0; numbers && i < returned; i++)
		numbers[i] = groups[i];
	if (numbers)
		invocation_out_numbers(inv, OUT_GROUPS, numbers, (size_t)returned);
}

static uint64_t capability_set(struct invocation *inv, size_t argument, uint64_t otherwise)
{
	size_t count;
	const int *numbers = invocation_ints(inv, argument, &count);
	uint64_t set = 0;

	if (!invocation_has(inv, argument))
		return otherwise;
	for (size_t i = 0; numbers && i < count; i++) {
		if (numbers[i] < 0 || numbers[i] > 63)
			invocation_refuse(inv, argument, "a list of capabilities");
		else
			set |= UINT64_C(1) << numbers[i];
	}
	return set;
}

enum { EFFECTIVE, PERMITTED };

/* What is left out stays as it is; nothing is ever inheritable. */
static void invoke_capset(struct invocation *inv)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct halves[2] = { 0 };
	uint64_t effective, permitted;

	if (syscall(SYS_capget, &header, halves)) {
		invocation_returned(inv, -1);
		return;
	}
	effective = capability_set(inv, EFFECTIVE,
				   halves[0].effective | (uint64_t)halves[1].effective << 32);
	permitted = capability_set(inv, PERMITTED,
				   halves[0].permitted | (uint64_t)halves[1].permitted << 32);
	if (invocation_complained(inv))
		return;
	for (int i = 0; i < 2; i++)
		halves[i] = (struct __user_cap_data_struct){
			.effective = (uint32_t)(effective >> 32 * i),
			.permitted = (uint32_t)(permitted >> 32 * i),
		};
	invocation_returned(inv, syscall(SYS_capset, &header, halves));
}

#define THREE_IDS { TAKES("real", INT), TAKES("effective", INT), TAKES("saved", INT) }

static const struct call calls[] = {
	{
		.name = "getuid", .man = "getuid(2)", .summary = "its real user id",
		.number = SYS_getuid, .libc = libc_getuid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "getgid", .man = "getgid(2)", .summary = "its real group id",
		.number = SYS_getgid, .libc = libc_getgid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "geteuid", .man = "getuid(2)", .summary = "its effective user id",
		.number = SYS_geteuid, .libc = libc_geteuid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "getegid", .man = "getgid(2)", .summary = "its effective group id",
		.number = SYS_getegid, .libc = libc_getegid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "setuid", .man = "setuid(2)", .summary = "sets its user id",
		.number = SYS_setuid, .libc = libc_setuid,
		.flags = CALL_CHANGES_USER,
		.parameters = { TAKES("uid", INT) },
	},
	{
		.name = "setgid", .man = "setgid(2)", .summary = "sets its group id",
		.number = SYS_setgid, .libc = libc_setgid,
		.parameters = { TAKES("gid", INT) },
	},
	{
		.name = "seteuid", .man = "seteuid(2)", .summary = "sets its effective user id",
		.number = -1, .libc = libc_seteuid,
		.parameters = { TAKES("uid", INT) },
	},
	{
		.name = "setegid", .man = "seteuid(2)", .summary = "sets its effective group id",
		.number = -1, .libc = libc_setegid,
		.parameters = { TAKES("gid", INT) },
	},
	{
		.name = "setresuid", .man = "setresuid(2)", .summary = "sets its user ids; -1: not this one",
		.number = SYS_setresuid, .libc = libc_setresuid,
		.flags = CALL_CHANGES_USER,
		.parameters = THREE_IDS,
	},
	{
		.name = "setresgid", .man = "setresuid(2)", .summary = "sets its group ids; -1: not this one",
		.number = SYS_setresgid, .libc = libc_setresgid,
		.parameters = THREE_IDS,
	},
	{
		.name = "getresuid", .man = "getresuid(2)", .summary = "its user ids",
		.number = SYS_getresuid, .invoke = invoke_getresuid,
		.outs = IDS_OUTS,
	},
	{
		.name = "getresgid", .man = "getresuid(2)", .summary = "its group ids",
		.number = SYS_getresgid, .invoke = invoke_getresgid,
		.outs = IDS_OUTS,
	},
	{
		.name = "setgroups", .man = "setgroups(2)", .summary = "sets its supplementary groups",
		.number = SYS_setgroups, .invoke = invoke_setgroups,
		.parameters = { TAKES("groups", INT) },
	},
	{
		.name = "getgroups", .man = "getgroups(2)", .summary = "its supplementary groups",
		.number = SYS_getgroups, .invoke = invoke_getgroups,
		.result = RESULT_NUMBER,
		.outs = { [OUT_GROUPS] = "groups" },
	},
	{
		.name = "capset", .man = "capset(2)",
		.summary = "sets its capabilities; a set left out stays as it is",
		.number = SYS_capset, .invoke = invoke_capset,
		.parameters = {
			[EFFECTIVE] = MAY_TAKE("effective", INT, SYMBOL_PLAIN, 0),
			[PERMITTED] = MAY_TAKE("permitted", INT, SYMBOL_PLAIN, 0),
		},
	},
};

CALL_FAMILY(credential, calls);
