// SPDX-License-Identifier: MIT
/* Probes and tiers agree with what the test knows. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "platform.h"

static struct finding look(const char *name, const char *argument)
{
	const struct probe *probe = probe_find(name);
	struct finding finding;

	memset(&finding, 0xa5, sizeof(finding));
	ck_assert_msg(probe != NULL, "no probe %s", name);
	probe->look(argument, &finding);
	ck_assert_msg(memchr(finding.reason, '\0', sizeof(finding.reason)) != NULL,
		      "%s: unterminated reason", name);
	return finding;
}

enum { ANY_ARGUMENT = -1 };

/* Makes a call (with this first argument) fail from now on; error 0: it kills who makes it. */
static void forbid_with(long call, int argument, int error)
{
	unsigned action = error ? SECCOMP_RET_ERRNO | (unsigned)error : SECCOMP_RET_KILL_PROCESS;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)argument, 0,
			 argument != ANY_ARGUMENT),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = 6, .filter = code };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

static void forbid(long call, int error)
{
	forbid_with(call, ANY_ARGUMENT, error);
}

START_TEST(test_every_probe_answers_with_a_reason)
{
	size_t count;
	const struct probe *probes = probe_all(&count);

	ck_assert_uint_gt(count, 20);
	for (size_t i = 0; i < count; i++) {
		struct finding finding = look(probes[i].name, NULL);

		ck_assert_ptr_eq(probe_find(probes[i].name), &probes[i]);
		ck_assert_msg(*finding.reason != '\0', "%s gives no reason", probes[i].name);
	}
	ck_assert_ptr_null(probe_find("cap_sys_resourc"));
}
END_TEST

START_TEST(test_kernel_is_a_version)
{
	struct finding finding = look("kernel", NULL);

	ck_assert_int_eq(finding.value.kind, VALUE_VERSION);
	ck_assert_int_ge(finding.value.number, 3 << 16);
}
END_TEST

START_TEST(test_sysctl_reads_the_number)
{
	struct finding pipe_size = look("sysctl", "fs.pipe-max-size");
	struct finding pid_max = look("sysctl", "kernel.pid_max");

	ck_assert_int_eq(pipe_size.value.kind, VALUE_INT);
	ck_assert_int_ge(pipe_size.value.number, 4096);
	ck_assert_int_ge(pid_max.value.number, 300);
	/* Larger than an int64_t on 64-bit kernels: clamped, not negative. */
	ck_assert_int_gt(look("sysctl", "kernel.shmmax").value.number, 0);
}
END_TEST

START_TEST(test_sysctl_without_an_answer_has_no_value)
{
	static const char *const names[] = {
		"no.such.setting", "kernel.ostype", "", "..", "fs/../../../etc/passwd", ".fs", "kernel",
		"a b", "kernel.pid_max\n",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct finding finding = look("sysctl", names[i]);

		ck_assert_msg(finding.value.kind == VALUE_NONE, "\"%s\" has a value", names[i]);
		ck_assert_msg(*finding.reason != '\0', "\"%s\" has no reason", names[i]);
	}
	ck_assert_ptr_nonnull(strstr(look("sysctl", "no.such.setting").reason, "no sysctl"));
}
END_TEST

START_TEST(test_identity)
{
	ck_assert_int_eq(look("root", NULL).value.number, geteuid() == 0);
	if (geteuid() == 0)
		ck_assert_int_eq(look("unprivileged", NULL).value.number, 0);
	ck_assert_int_eq(look("page_size", NULL).value.number, sysconf(_SC_PAGESIZE));
}
END_TEST

START_TEST(test_dropped_capabilities_are_gone)
{
	if (geteuid() == 0) {
		ck_assert_int_eq(look("cap_kill", NULL).value.number, 1);
		ck_assert_int_eq(setresuid(65534, 65534, 65534), 0);
	}
	ck_assert_int_eq(look("cap_kill", NULL).value.number, 0);
	ck_assert_str_eq(look("cap_kill", NULL).reason, "CAP_KILL is not in the effective set");
	ck_assert_int_eq(look("root", NULL).value.number, 0);
	ck_assert_int_eq(look("unprivileged", NULL).value.number, 1);
}
END_TEST

START_TEST(test_capabilities_of_a_user_namespace_do_not_count_outside)
{
	if (!look("user_namespaces", NULL).value.number)
		return;
	ck_assert_int_eq(unshare(CLONE_NEWUSER), 0);
	ck_assert_int_eq(look("cap_kill", NULL).value.number, 1);
	ck_assert_int_eq(look("cap_sys_resource", NULL).value.number, 0);
}
END_TEST

START_TEST(test_cores_follow_the_affinity)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	ck_assert_int_ge(look("cores", NULL).value.number, 1);
	ck_assert_int_eq(sched_setaffinity(0, sizeof(one), &one), 0);
	ck_assert_int_eq(look("cores", NULL).value.number, 1);
}
END_TEST

START_TEST(test_system_calls_that_exist)
{
	static const char *const names[] = {
		"read", "futex", "ptrace", "kill", "msgget", "getpid", "nanosleep", "mmap", "execve", "wait4",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct finding finding = look("syscall", names[i]);

		ck_assert_msg(finding.value.kind == VALUE_INT && finding.value.number == 1,
			      "%s: %s", names[i], finding.reason);
	}
}
END_TEST

START_TEST(test_system_calls_that_are_missing_or_refused)
{
	struct finding finding;

	forbid(SYS_memfd_create, ENOSYS);
	finding = look("syscall", "memfd_create");
	ck_assert_int_eq(finding.value.number, 0);
	ck_assert_ptr_nonnull(strstr(finding.reason, "ENOSYS"));
	forbid(SYS_flock, EPERM);
	finding = look("syscall", "flock");
	ck_assert_int_eq(finding.value.number, 0);
	ck_assert_ptr_nonnull(strstr(finding.reason, "EPERM"));
	forbid(SYS_umask, 0);
	finding = look("syscall", "umask");
	ck_assert_int_eq(finding.value.number, 0);
	ck_assert_ptr_nonnull(strstr(finding.reason, "SIGSYS"));
	ck_assert_int_eq(look("syscall", "no_such_call").value.kind, VALUE_NONE);
}
END_TEST

/* Asking must not do: what a call changes is the child's, and the child is gone. */
START_TEST(test_asking_changes_nothing)
{
	umask(027);
	look("syscall", "umask");
	look("syscall", "setsid");
	look("syscall", "msgget");
	ck_assert_int_eq(umask(027), 027);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
}
END_TEST

START_TEST(test_user_namespaces_forbidden)
{
	forbid(SYS_unshare, EPERM);
	ck_assert_int_eq(look("user_namespaces", NULL).value.number, 0);
	ck_assert_ptr_nonnull(strstr(look("user_namespaces", NULL).reason, "EPERM"));
}
END_TEST

START_TEST(test_injection_forbidden)
{
	static const char *const names[] = { "seccomp_errno", "seccomp_notify",
					     "seccomp_wait_killable" };
	struct tier tiers[TIERS_MAX];
	size_t count;

	forbid(SYS_seccomp, ENOSYS);
	for (size_t i = 0; i < 3; i++)
		ck_assert_msg(look(names[i], NULL).value.number == 0, "%s works", names[i]);
	count = platform_tiers(tiers);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(tiers[i].need, "injection"))
			continue;
		ck_assert_str_eq(tiers[i].grade,
				 look("ptrace", NULL).value.number ? "ptrace" : "none");
		ck_assert_ptr_nonnull(strstr(tiers[i].detail, "ENOSYS"));
	}
}
END_TEST

/* As a kernel that was built without it. */
START_TEST(test_unix_sockets_without_urgent_data)
{
	forbid(SYS_sendto, EOPNOTSUPP);
	ck_assert_int_eq(look("unix_urgent_data", NULL).value.number, 0);
}
END_TEST

START_TEST(test_ptrace_and_pinning_forbidden)
{
	/* Not all of ptrace(2): leak checkers use it, too. */
	forbid_with(SYS_ptrace, PTRACE_SEIZE, EPERM);
	ck_assert_int_eq(look("ptrace", NULL).value.number, 0);
	forbid(SYS_sched_setaffinity, EPERM);
	ck_assert_int_eq(look("cpu_pinning", NULL).value.number, 0);
	forbid(SYS_pidfd_getfd, ENOSYS);
	ck_assert_int_eq(look("pidfd_getfd", NULL).value.number, 0);
}
END_TEST

START_TEST(test_four_tiers)
{
	static const char *const needs[] = { "sandbox", "blocked", "injection", "timing" };
	struct tier tiers[TIERS_MAX];

	memset(tiers, 0xa5, sizeof(tiers));
	ck_assert_uint_eq(platform_tiers(tiers), 4);
	for (size_t i = 0; i < 4; i++) {
		ck_assert_str_eq(tiers[i].need, needs[i]);
		ck_assert_msg(*tiers[i].grade && *tiers[i].detail, "%s says nothing", needs[i]);
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_every_probe_answers_with_a_reason);
	tcase_add_test(tcase, test_kernel_is_a_version);
	tcase_add_test(tcase, test_sysctl_reads_the_number);
	tcase_add_test(tcase, test_sysctl_without_an_answer_has_no_value);
	tcase_add_test(tcase, test_identity);
	tcase_add_test(tcase, test_dropped_capabilities_are_gone);
	tcase_add_test(tcase, test_capabilities_of_a_user_namespace_do_not_count_outside);
	tcase_add_test(tcase, test_cores_follow_the_affinity);
	tcase_add_test(tcase, test_system_calls_that_exist);
	tcase_add_test(tcase, test_system_calls_that_are_missing_or_refused);
	tcase_add_test(tcase, test_asking_changes_nothing);
	tcase_add_test(tcase, test_user_namespaces_forbidden);
	tcase_add_test(tcase, test_injection_forbidden);
	tcase_add_test(tcase, test_unix_sockets_without_urgent_data);
	tcase_add_test(tcase, test_ptrace_and_pinning_forbidden);
	tcase_add_test(tcase, test_four_tiers);
}

int main(void)
{
	return checks_run_case("platform", fill);
}
