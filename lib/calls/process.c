// SPDX-License-Identifier: MIT
/* Calls about the process itself: its number, its children, its groups, its end. */
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(getpid, getpid())
LIBC(getppid, getppid())
LIBC(gettid, gettid())
LIBC(getpgid, getpgid(raw[0]))
LIBC(setpgid, setpgid(raw[0], raw[1]))
LIBC(setsid, setsid())
LIBC(sched_yield, sched_yield())
LIBC(sysconf, sysconf((int)raw[0]))

enum { CHILD, SHARED };

/*
 * The library's: the child goes on inside the library, whose idea of the process must be right.
 * Where the child is to share something, fork() has no word for it, and that idea is wrong only
 * about the number of the child's thread.
 */
static void invoke_fork(struct invocation *inv)
{
	const int64_t offered = CLONE_FILES | CLONE_FS | CLONE_SYSVSEM;
	int64_t shared = invocation_number(inv, SHARED, 0);

	if (shared & ~offered)
		invocation_refuse(inv, SHARED, "of CLONE_FILES, CLONE_FS and CLONE_SYSVSEM");
	if (invocation_complained(inv))
		return;
	if (!shared)
		invocation_returned(inv, fork());
	else
		invocation_returned(inv, syscall(SYS_clone, shared | SIGCHLD, 0, 0, 0, 0));
}

/* The driver may have no other way to learn how that child ended. */
static void note_reaped(struct invocation *inv, pid_t pid, int status)
{
	if (!WIFEXITED(status) && !WIFSIGNALED(status))
		return;
	inv->result->reaped = pid;
	inv->result->reaped_status = status;
}

enum { OUT_STATUS, OUT_EXITED, OUT_KILLED_BY, OUT_STOPPED_BY, OUT_CONTINUED };

static void invoke_waitpid(struct invocation *inv)
{
	pid_t pid = invocation_int(inv, 0, 0);
	int options = invocation_int(inv, 1, 0);
	int status = 0;
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? waitpid(pid, &status, options)
			     : syscall(SYS_wait4, pid, &status, options, NULL);
	invocation_returned(inv, returned);
	if (returned <= 0)
		return;
	note_reaped(inv, (pid_t)returned, status);
	invocation_out_number(inv, OUT_STATUS, status);
	if (WIFEXITED(status))
		invocation_out_number(inv, OUT_EXITED, WEXITSTATUS(status));
	if (WIFSIGNALED(status))
		invocation_out_number(inv, OUT_KILLED_BY, WTERMSIG(status));
	if (WIFSTOPPED(status))
		invocation_out_number(inv, OUT_STOPPED_BY, WSTOPSIG(status));
	if (WIFCONTINUED(status))
		invocation_out_number(inv, OUT_CONTINUED, 1);
}

enum { OUT_PID, OUT_UID, OUT_CHILD_STATUS, OUT_CODE };

static void invoke_waitid(struct invocation *inv)
{
	int type = invocation_int(inv, 0, 0);
	id_t id = (id_t)invocation_int(inv, 1, 0);
	int options = invocation_int(inv, 2, 0);
	siginfo_t info = { .si_signo = 0 };
	long returned;

	if (invocation_complained(inv))
		return;
	returned = inv->libc ? waitid((idtype_t)type, id, &info, options) :
		   syscall(SYS_waitid, type, id, &info, options, NULL);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	if (info.si_code == CLD_EXITED)
		note_reaped(inv, info.si_pid, W_EXITCODE(info.si_status, 0));
	else if (info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED)
		note_reaped(inv, info.si_pid, W_EXITCODE(0, info.si_status));
	invocation_out_number(inv, OUT_PID, info.si_pid);
	invocation_out_number(inv, OUT_UID, (int64_t)info.si_uid);
	invocation_out_number(inv, OUT_CHILD_STATUS, info.si_status);
	invocation_out_number(inv, OUT_CODE, info.si_code);
}

static const struct call calls[] = {
	{
		.name = "getpid", .man = "getpid(2)", .summary = "its process id",
		.number = SYS_getpid, .libc = libc_getpid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "getppid", .man = "getppid(2)", .summary = "its parent's process id",
		.number = SYS_getppid, .libc = libc_getppid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "gettid", .man = "gettid(2)", .summary = "its thread id",
		.number = SYS_gettid, .libc = libc_gettid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "getpgid", .man = "getpgid(2)", .summary = "a process's group",
		.number = SYS_getpgid, .libc = libc_getpgid,
		.result = RESULT_NUMBER,
		.parameters = { MAY_TAKE("pid", PROCESS, SYMBOL_PLAIN, 0) },
	},
	{
		.name = "setpgid", .man = "setpgid(2)",
		.summary = "moves a process to a group; left out: itself, its own",
		.number = SYS_setpgid, .libc = libc_setpgid,
		.parameters = {
			MAY_TAKE("pid", PROCESS, SYMBOL_PLAIN, 0),
			MAY_TAKE("pgid", PROCESS, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "setsid", .man = "setsid(2)", .summary = "makes a session of its own",
		.number = SYS_setsid, .libc = libc_setsid,
		.result = RESULT_NUMBER,
	},
	{
		.name = "sched_yield", .man = "sched_yield(2)", .summary = "lets others run first",
		.number = SYS_sched_yield, .libc = libc_sched_yield,
	},
	{
		.name = "sysconf", .man = "sysconf(3)", .summary = "a limit, as the library knows it",
		.number = -1, .libc = libc_sysconf,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("name", INT, SYMBOL_MISC) },
	},
	{
		.name = "fork", .man = "fork(2)",
		.summary = "makes an endpoint that inherits everything; `shared`: and keeps that in common",
		.number = SYS_clone, .invoke = invoke_fork,
		.flags = CALL_FORKS | CALL_LEADS_ON,
		.result = RESULT_NUMBER,
		.parameters = {
			[CHILD] = TAKES("child", PROCESS),
			[SHARED] = MAY_TAKE("shared", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "exit", .man = "_exit(2)", .summary = "ends the process",
		.number = SYS_exit_group,
		.result = RESULT_NEVER,
		.parameters = { MAY_TAKE("status", INT, SYMBOL_PLAIN, 0) },
	},
	{
		.name = "waitpid", .man = "waitpid(2)",
		.summary = "waits for a child to change its state",
		.number = SYS_wait4, .invoke = invoke_waitpid,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("pid", PROCESS), MAY_TAKE("options", INT, SYMBOL_WAIT, 0) },
		.outs = {
			[OUT_STATUS] = "status", [OUT_EXITED] = "exited",
			[OUT_KILLED_BY] = "killed_by",
			[OUT_STOPPED_BY] = "stopped_by", [OUT_CONTINUED] = "continued",
		},
	},
	{
		.name = "waitid", .man = "waitid(2)",
		.summary = "the same with the choice of which changes",
		.number = SYS_waitid, .invoke = invoke_waitid,
		.parameters = {
			TAKES("type", INT, SYMBOL_MISC),
			TAKES("id", PROCESS),
			TAKES("options", INT, SYMBOL_WAIT),
		},
		.outs = {
			[OUT_PID] = "pid",
			[OUT_UID] = "uid",
			[OUT_CHILD_STATUS] = "status",
			[OUT_CODE] = "code",
		},
	},
};

CALL_FAMILY(process, calls);
