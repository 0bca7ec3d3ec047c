// SPDX-License-Identifier: MIT
/* Probes of the ways to get at calls of other processes, each done in a child to a grandchild. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform_probes.h"
#include "process_memory.h"

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)	/* Linux 5.19 */
#endif

enum {
	/* A call that nothing else here makes, so that only the one meant is hit. */
	HIT_CALL = SYS_getpgid,
	ANSWER = 4242,		/* no process group that getpgid() would give */
};

/* Lets everything through but HIT_CALL. A listener's descriptor or 0; negative: -errno. */
static int filter_install(unsigned action, unsigned long flags)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, HIT_CALL, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof(code) / sizeof(code[0]), .filter = code };
	long result;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -errno;
	result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
	return result < 0 ? -errno : (int)result;
}

static void answer_with_error(struct attempt *attempt)
{
	int err = filter_install(SECCOMP_RET_ERRNO | EXDEV, 0);

	if (err < 0)
		attempt_fail(attempt, "seccomp filter", -err);
	else if (syscall(HIT_CALL, 0) != -1 || errno != EXDEV)
		attempt_fail(attempt, "the filter does not decide", EINVAL);
}

/* Answers one call. Room for the structures of kernels that know more than our headers. */
static _Noreturn void supervise(int listener)
{
	union {
		struct seccomp_notif request;
		struct seccomp_notif_resp response;
		char room[1024];
	} asked = { .room = "" }, answer = { .room = "" };

	if (!ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked)) {
		answer.response.id = asked.request.id;
		answer.response.val = ANSWER;
		ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
	}
	attempt_end();
}

static void be_supervised(struct attempt *attempt, unsigned long flags)
{
	int listener = filter_install(SECCOMP_RET_USER_NOTIF,
				      SECCOMP_FILTER_FLAG_NEW_LISTENER | flags);
	long got;

	if (listener < 0) {
		attempt_fail(attempt, "seccomp listener", -listener);
		return;
	}
	if (!attempt_fork())
		supervise(listener);
	/* So that the call fails instead of waiting, should the supervisor die. */
	close(listener);
	got = syscall(HIT_CALL, 0);
	if (got < 0)
		attempt_fail(attempt, "a call handed to a supervisor", errno);
	else if (got != ANSWER)
		attempt_fail(attempt, "the supervisor's answer does not arrive", EINVAL);
}

static void notify(struct attempt *attempt)
{
	be_supervised(attempt, 0);
}

static void notify_killable(struct attempt *attempt)
{
	be_supervised(attempt, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
}

static _Noreturn void wait_to_be_killed(void)
{
	for (;;)
		pause();
}

static void trace_child(struct attempt *attempt)
{
	pid_t pid = attempt_fork();
	int status = 0;

	if (!pid)
		wait_to_be_killed();
	if (pid < 0)
		attempt_fail(attempt, "fork", errno);
	else if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL))
		attempt_fail(attempt, "PTRACE_SEIZE", errno);
	else if (ptrace(PTRACE_INTERRUPT, pid, 0, 0))
		attempt_fail(attempt, "PTRACE_INTERRUPT", errno);
	else if (waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status))
		attempt_fail(attempt, "the traced child does not stop", EINVAL);
}

static void borrow_from_child(struct attempt *attempt)
{
	long theirs = ANSWER;
	long ours = 0;
	struct iovec remote = { &theirs, sizeof(theirs) };
	int ends[2];
	ssize_t copied;
	pid_t pid;
	long pidfd;

	if (pipe(ends)) {
		attempt_fail(attempt, "pipe", errno);
		return;
	}
	pid = attempt_fork();
	if (!pid)
		wait_to_be_killed();
	theirs = 0;
	pidfd = syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0)
		attempt_fail(attempt, "pidfd_open", errno);
	else if (syscall(SYS_pidfd_getfd, pidfd, ends[0], 0) < 0)
		attempt_fail(attempt, "pidfd_getfd", errno);
	else if ((copied = process_copy(pid, false, &ours, sizeof(ours), &remote, 1)) < 0)
		attempt_fail(attempt, "reading its memory", (int)-copied);
	else if (ours != ANSWER)
		attempt_fail(attempt, "its memory reads as something else", EINVAL);
}

static void look_by(void (*body)(struct attempt *attempt), const char *works,
		    struct finding *finding)
{
	struct attempt attempt;

	platform_try(body, &attempt);
	finding_of_attempt(finding, &attempt, works);
}

void look_seccomp_errno(const char *argument, struct finding *finding)
{
	(void)argument;
	look_by(answer_with_error, "a filter answered a call with an error", finding);
}

void look_seccomp_notify(const char *argument, struct finding *finding)
{
	(void)argument;
	look_by(notify, "a supervisor answered a call", finding);
}

void look_seccomp_wait_killable(const char *argument, struct finding *finding)
{
	(void)argument;
	look_by(notify_killable, "a supervisor answered a call that signals do not disturb",
		finding);
}

void look_ptrace(const char *argument, struct finding *finding)
{
	(void)argument;
	look_by(trace_child, "a child was traced and stopped", finding);
}

void look_pidfd_getfd(const char *argument, struct finding *finding)
{
	(void)argument;
	look_by(borrow_from_child, "a descriptor and memory of a child were borrowed", finding);
}
