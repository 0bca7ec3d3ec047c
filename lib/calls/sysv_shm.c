// SPDX-License-Identifier: MIT
/* System V shared memory: get, attach, detach, and all that shmctl() does. */
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_permissions.h"
#include "call_result.h"
#include "table.h"

LIBC(shmget, shmget((key_t)raw[0], (size_t)raw[1], (int)raw[2]))
LIBC(shmat, (long)shmat((int)raw[0], AT(1), (int)raw[2]))
LIBC(shmdt, shmdt(AT(0)))

enum { ID, COMMAND, PERMISSIONS };
enum {
	OUT_SIZE, OUT_NATTCH, OUT_CPID, OUT_LPID, OUT_ATIME, OUT_DTIME, OUT_CTIME, OUT_PERMISSIONS,
	OUT_USED = OUT_PERMISSIONS + CALL_PERMISSION_OUT_COUNT, OUT_MAX, OUT_ALL,
};

static void tell_status(struct invocation *inv, const struct shmid_ds *status)
{
	invocation_out_number(inv, OUT_SIZE, (int64_t)status->shm_segsz);
	invocation_out_number(inv, OUT_NATTCH, (int64_t)status->shm_nattch);
	invocation_out_number(inv, OUT_CPID, status->shm_cpid);
	invocation_out_number(inv, OUT_LPID, status->shm_lpid);
	invocation_out_number(inv, OUT_ATIME, status->shm_atime);
	invocation_out_number(inv, OUT_DTIME, status->shm_dtime);
	invocation_out_number(inv, OUT_CTIME, status->shm_ctime);
	invocation_out_permissions(inv, OUT_PERMISSIONS, &status->shm_perm);
}

/* What one command or another fills in. */
union answer {
	struct shmid_ds status;
	struct shminfo limits;
	struct shm_info usage;
};

static long control(const struct invocation *inv, int id, int command, union answer *answer)
{
	/* The library declares one kind of answer only. */
	return inv->libc ? shmctl(id, command, &answer->status)
			 : syscall(SYS_shmctl, id, command, answer);
}

/* Limits may be more than a number of a scenario can be. */
static int64_t bounded(unsigned long number)
{
	return number > INT64_MAX ? INT64_MAX : (int64_t)number;
}

static void tell(struct invocation *inv, int command, const union answer *answer)
{
	switch (command) {
	case IPC_STAT:
	case SHM_STAT:
	case SHM_STAT_ANY: tell_status(inv, &answer->status); return;
	case SHM_INFO: invocation_out_number(inv, OUT_USED, answer->usage.used_ids); return;
	case IPC_INFO:
		invocation_out_number(inv, OUT_MAX, bounded(answer->limits.shmmax));
		invocation_out_number(inv, OUT_ALL, bounded(answer->limits.shmall));
		return;
	default: return;
	}
}

/* What IPC_SET is not told to change stays, as far as it may be read. */
static void prepare(struct invocation *inv, int id, int command, union answer *answer)
{
	struct ipc_perm *wanted = &answer->status.shm_perm;

	if (command == IPC_SET && shmctl(id, IPC_STAT, &answer->status)) {
		wanted->uid = geteuid();
		wanted->gid = getegid();
	}
	invocation_permissions(inv, PERMISSIONS, wanted);
}

static void invoke_shmctl(struct invocation *inv)
{
	int id = invocation_int(inv, ID, 0);
	int command = invocation_int(inv, COMMAND, 0);
	union answer answer = { 0 };
	long returned;

	prepare(inv, id, command, &answer);
	if (invocation_complained(inv))
		return;
	returned = control(inv, id, command, &answer);
	invocation_returned(inv, returned);
	if (returned >= 0)
		tell(inv, command, &answer);
}

static const struct call calls[] = {
	{
		.name = "shmget", .man = "shmget(2)", .summary = "finds or makes a segment; its id",
		.number = SYS_shmget, .libc = libc_shmget,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("key", KEY),
			TAKES("size", INT),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "shmat", .man = "shmop(2)", .summary = "attaches a segment; where it lies",
		.number = SYS_shmat, .libc = libc_shmat,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("id", ID),
			MAY_TAKE("addr", OBJECT, SYMBOL_PLAIN, 0),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "shmdt", .man = "shmop(2)", .summary = "detaches what was attached there",
		.number = SYS_shmdt, .libc = libc_shmdt,
		.parameters = { TAKES("addr", OBJECT) },
	},
	{
		.name = "shmctl", .man = "shmctl(2)",
		.summary = "asks about a segment, changes, locks or removes it",
		.number = SYS_shmctl, .invoke = invoke_shmctl,
		.result = RESULT_NUMBER,
		.parameters = {
			[ID] = TAKES("id", ID),
			[COMMAND] = TAKES("command", INT, SYMBOL_MISC),
			[PERMISSIONS] = CALL_PERMISSION_PARAMETERS,
		},
		.outs = {
			[OUT_SIZE] = "size", [OUT_NATTCH] = "nattch",
			[OUT_CPID] = "cpid", [OUT_LPID] = "lpid", [OUT_ATIME] = "atime",
			[OUT_DTIME] = "dtime", [OUT_CTIME] = "ctime",
			[OUT_PERMISSIONS] = CALL_PERMISSION_OUTS,
			[OUT_USED] = "used", [OUT_MAX] = "shmmax", [OUT_ALL] = "shmall",
		},
	},
};

CALL_FAMILY(sysv_shm, calls);
