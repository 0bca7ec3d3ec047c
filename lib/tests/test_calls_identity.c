// SPDX-License-Identifier: MIT
/*
 * Who a process is, how it is scheduled, which namespaces it is in, and what outlives its program.
 */
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "checks.h"
#include "deadline.h"
#include "process.h"
#include "trial.h"

START_TEST(test_ids)
{
	int64_t uid = getuid(), gid = getgid();

	RETURNS(0, "getresuid");
	GAVE("getresuid", "real", uid);
	GAVE("getresuid", "effective", geteuid());
	RETURNS(0, "getresgid");
	GAVE("getresgid", "saved", gid);
	RETURNS(geteuid(), "geteuid");
	RETURNS(getegid(), "getegid");
	RETURNS(0, "setresuid", INT(-1), INT(-1), INT(-1));
	RETURNS(0, "setresgid", INT(gid), INT(-1), INT(-1));
	RETURNS(getgroups(0, NULL), "getgroups");
	if (uid)
		return;
	RETURNS(0, "setgroups", LIST(INT(7), INT(8)));
	RETURNS(2, "getgroups");
	GAVE_LIST("getgroups", "groups", 7, 8);
	RETURNS(0, "setgroups", EMPTY_LIST);
	RETURNS(0, "setegid", INT(9));
	RETURNS(0, "setresuid", INT(1), INT(2), INT(0));
	RETURNS(2, "geteuid");
	RETURNS(0, "seteuid", INT(1));
	RETURNS(0, "getresuid");
	GAVE("getresuid", "effective", 1);
	GAVE("getresuid", "saved", 0);
	FAILS(EPERM, "setresuid", INT(3), INT(-1), INT(-1));
	RETURNS(0, "seteuid", INT(0)); /* which a leak checker needs to look at us at the end */
	prctl(PR_SET_DUMPABLE, 1);
}
END_TEST

START_TEST(test_capabilities)
{
	RETURNS(0, "capset", EMPTY_LIST, EMPTY_LIST);
	RETURNS(0, "capset");
	FAILS(EPERM, "capset", LEFT_OUT, INT(CAP_KILL));
	FAILS(EPERM, "capset", INT(CAP_SYS_ADMIN));
	COMPLAINS("a list of capabilities", "capset", LIST(INT(64)));
	FAILS(EPERM, "setgroups", LIST(INT(7)));
}
END_TEST

/* The kernel's own form has no negative results. */
START_TEST(test_scheduling)
{
	const int before = getpriority(PRIO_PROCESS, 0);

	RETURNS(SCHED_OTHER, "sched_getscheduler");
	RETURNS(0, "sched_setscheduler", INT(SCHED_BATCH));
	RETURNS(SCHED_BATCH, "sched_getscheduler", INT(getpid()));
	RETURNS(0, "sched_getparam");
	GAVE("sched_getparam", "priority", 0);
	FAILS(EINVAL, "sched_setscheduler", INT(SCHED_OTHER), INT(1));
	RETURNS(_i ? before : 20 - before, "getpriority", INT(PRIO_PROCESS), INT(0));
	RETURNS(before + 1, "nice", INT(1));
	RETURNS(0, "setpriority", INT(PRIO_PROCESS), INT(0), INT(before + 2));
	RETURNS(_i ? before + 2 : 18 - before, "getpriority", INT(PRIO_PROCESS), INT(getpid()));
	FAILS(ESRCH, "sched_getscheduler", INT(-1 & 0x7fffffff));
}
END_TEST

START_TEST(test_namespaces)
{
	int fd = open("/proc/self/ns/ipc", O_RDONLY);
	struct stat before, after;

	ck_assert_int_eq(stat("/proc/self/ns/ipc", &before), 0);
	FAILS(EBADF, "setns", INT(-1));
	FAILS(EINVAL, "setns", INT(fd), INT(CLONE_NEWPID));
	FAILS(EINVAL, "unshare", INT(CLONE_NEWIPC | 1));
	FAILS(geteuid() ? EPERM : EINVAL, "clone", INT(CLONE_NEWIPC | CLONE_SYSVSEM));
	COMPLAINS("not offered", "clone", INT(CLONE_VM));
	ck_assert_int_gt(OPENS("clone", INT(0)), 0);
	ck_assert_int_gt(wait(NULL), 0);
	ck_assert_int_ne(
		MAKE("mount", BYTES("none"), BYTES("/no such place"), BYTES("tmpfs"))->error, 0);
	ck_assert_int_lt(trial_make(_i, "umount2",
				    (struct value[CALL_PARAMETERS_MAX]){ BYTES("/no such place") })
				 ->number,
			 0);
	if (MAKE("unshare", INT(CLONE_NEWUSER | CLONE_NEWIPC))->error)
		return; /* not everyone may */
	ck_assert_int_eq(stat("/proc/self/ns/ipc", &after), 0);
	ck_assert_uint_ne(before.st_ino, after.st_ino);
	fd = open("/proc/self/ns/ipc", O_RDONLY);
	RETURNS(0, "setns", INT(fd));
}
END_TEST

/* In a process that ends without ado: nobody can be forked where the first one has died. */
static _Noreturn void see_outer_pid(int fd)
{
	pid_t pids[2] = { 0 };

	if (unshare(CLONE_NEWUSER | CLONE_NEWPID))
		_exit(2);
	pids[0] = fork();
	if (pids[0])
		_exit(write(fd, &pids[0], sizeof(pid_t)) != sizeof(pid_t) ||
		      waitpid(pids[0], NULL, 0) < 0);
	pids[1] = process_outer_pid();
	_exit(getpid() != 1 || write(fd, &pids[1], sizeof(pid_t)) != sizeof(pid_t));
}

/* Its number to others, while it is the first of its own namespace to itself. */
START_TEST(test_outer_pid)
{
	pid_t outer[2] = { 0 }, pid;
	int seen[2], status;

	ck_assert_int_eq(process_outer_pid(), getpid());
	ck_assert_int_eq(pipe(seen), 0);
	pid = fork();
	if (!pid)
		see_outer_pid(seen[1]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (WEXITSTATUS(status) == 2)
		return;		/* not everyone may */
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(read(seen[0], outer, sizeof(outer)), sizeof(outer));
	ck_assert_int_gt(outer[0], 1);
	ck_assert_int_eq(outer[0], outer[1]);
}
END_TEST

/* It sleeps as what the exec made of it, and dies of a signal like anybody. */
START_TEST(test_exec)
{
	struct deadline deadline = deadline_in(INT64_C(10000000000));
	const struct call *call = call_find("execve");
	pid_t pid = fork();
	long number = -1;
	int fd, status;

	if (!pid) {
		signal(SIGALRM, SIG_DFL);
		MAKE("execve");
		_exit(1);
	}
	fd = process_open_syscall(pid);
	ck_assert_int_ge(fd, 0);
	while (number < 0 && !deadline_passed(&deadline)) {
		char text[200] = "";

		if (pread(fd, text, sizeof(text) - 1, 0) > 0 && text[0] >= '0' && text[0] <= '9' &&
		    call_may_sleep_in(call, atol(text)))
			number = atol(text);
		sched_yield();
	}
	close(fd);
	kill(pid, SIGTERM);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	ck_assert_int_ge(number, 0);
	FAILS(ENOENT, "execve", BYTES("/no such program"));
}
END_TEST

START_TEST(test_exec_hands_on)
{
	int from[2], to[2];
	char text[16] = "";
	pid_t pid;

	ck_assert_int_eq(pipe(from), 0);
	ck_assert_int_eq(pipe(to), 0);
	pid = fork();
	if (!pid) {
		MAKE("execve", LEFT_OUT, INT(from[0]), INT(to[1]));
		_exit(1);
	}
	ck_assert_int_eq(write(from[1], "over exec", 9), 9);
	ck_assert_int_eq(read(to[0], text, sizeof(text)), 9);
	ck_assert_str_eq(text, "over exec");
	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_ids, 0, 2);
	tcase_add_loop_test(tcase, test_capabilities, 0, 2);
	tcase_add_loop_test(tcase, test_scheduling, 0, 2);
	tcase_add_loop_test(tcase, test_namespaces, 0, 2);
	tcase_add_test(tcase, test_outer_pid);
	tcase_add_loop_test(tcase, test_exec, 0, 2);
	tcase_add_loop_test(tcase, test_exec_hands_on, 0, 2);
}

int main(void)
{
	return checks_run_case("identity", fill);
}
