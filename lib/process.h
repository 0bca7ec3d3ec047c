/* SPDX-License-Identifier: MIT */
/*
 * What the kernel tells about a process: how it ended, whether it is stopped, in which call it
 * sleeps.
 */
#ifndef IPCDRILL_PROCESS_H
#define IPCDRILL_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Wait status of a dead process that is not our child: from its zombie or its pidfd; -1 if nobody
 * can tell any more, or its zombie is another user's whom we may not trace.
 */
int process_exit_status(pid_t pid, int pidfd);

/* State letter of /proc/PID/stat (R, S, D, T, t, Z, X), or 0 if there is no such process. */
char process_state(pid_t pid);

/*
 * Opens /proc/PID/syscall; reading it prints "running", or number, arguments, stack and instruction
 * pointers of the call that it is asleep in ("-1 ..." outside of calls). -errno: EACCES without
 * ptrace permission, ENOENT without CONFIG_HAVE_ARCH_TRACEHOOK.
 */
int process_open_syscall(pid_t pid);

/*
 * Our own pid as /proc has it: that of the namespace that mounted it, which may be outside of our
 * own.
 */
pid_t process_outer_pid(void);

/*
 * True if /proc is there, and is that of our own pid namespace: in another our numbers are others.
 */
bool process_has_proc(void);

/* True if the process was executed with this variable of its environment being so. */
bool process_has_variable(pid_t pid, const char *name, const char *value);

/*
 * SIGKILL to all children of this thread that the kernel lists just now. -EPERM if every one of
 * them is another user's whom we may not signal; else 0.
 */
int process_kill_children(void);
/* SIGKILL to everybody below a process, whether it can still die itself or not. */
void process_kill_below(pid_t pid);
/*
 * SIGKILL to all children of this thread, orphans that come to us included, until none is left;
 * reaps them. -EPERM if those that are left may not be signalled, and do not end by themselves;
 * else 0.
 */
int process_end_children(void);

#endif
