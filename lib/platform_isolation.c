// SPDX-License-Identifier: MIT
/* Probes of what the sandbox and the workers need: namespaces and processors, tried in a child. */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "platform_probes.h"
#include "sandbox.h"

/*
 * Making the namespace is not enough: some distributions let everyone make one and then take away
 * what it is good for, which shows at the second step.
 */
static void make_user_namespace(struct attempt *attempt)
{
	if (unshare(CLONE_NEWUSER))
		attempt_fail(attempt, "unshare(CLONE_NEWUSER)", errno);
	else if (unshare(CLONE_NEWIPC | CLONE_NEWNS))
		attempt_fail(attempt, "no rights in a new user namespace", errno);
}

/* Settings that forbid it, for the reason: the error alone does not tell. */
static const struct {
	const char *name;
	int64_t forbids;
} namespace_settings[] = {
	{ "kernel.unprivileged_userns_clone", 0 },
	{ "user.max_user_namespaces", 0 },
	{ "kernel.apparmor_restrict_unprivileged_userns", 1 },
};

static void add_culprits(struct finding *finding)
{
	for (size_t i = 0; i < sizeof(namespace_settings) / sizeof(namespace_settings[0]); i++) {
		struct finding setting;
		size_t length = strlen(finding->reason);

		look_sysctl(namespace_settings[i].name, &setting);
		if (setting.value.kind == VALUE_INT &&
		    setting.value.number == namespace_settings[i].forbids)
			snprintf(finding->reason + length, sizeof(finding->reason) - length, "; %s",
				 setting.reason);
	}
}

void look_user_namespaces(const char *argument, struct finding *finding)
{
	struct attempt attempt;

	(void)argument;
	platform_try(make_user_namespace, &attempt);
	finding_of_attempt(finding, &attempt, "a user namespace and others inside it can be made");
	if (attempt.error)
		add_culprits(finding);
}

void look_sandbox(const char *argument, struct finding *finding)
{
	char reason[sizeof(finding->reason)] = "";
	enum sandbox_grade grade = sandbox_probe(reason, sizeof(reason));

	(void)argument;
	if (grade == SANDBOX_FULL)
		finding_say(finding, 1, "namespaces of its own");
	else
		finding_say(finding, 0, "%s", reason);
}

static void pin_to_processors(struct attempt *attempt)
{
	cpu_set_t all;

	if (sched_getaffinity(0, sizeof(all), &all)) {
		attempt_fail(attempt, "sched_getaffinity", errno);
		return;
	}
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		cpu_set_t one;

		if (!CPU_ISSET(cpu, &all))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		if (sched_setaffinity(0, sizeof(one), &one)) {
			attempt_fail(attempt, "sched_setaffinity", errno);
			return;
		}
		if (sched_getcpu() != cpu) {
			attempt->error = EINVAL;
			snprintf(attempt->reason, sizeof(attempt->reason),
				 "bound to processor %d, but runs on %d", cpu, sched_getcpu());
			return;
		}
	}
}

void look_cpu_pinning(const char *argument, struct finding *finding)
{
	struct attempt attempt;

	(void)argument;
	platform_try(pin_to_processors, &attempt);
	finding_of_attempt(finding, &attempt, "a process can be bound to each processor");
}

static void make_ipc_namespace(struct attempt *attempt)
{
	if (unshare(CLONE_NEWIPC))
		attempt_fail(attempt, "unshare(CLONE_NEWIPC)", errno);
}

void look_ipc_namespaces(const char *argument, struct finding *finding)
{
	struct attempt attempt;

	(void)argument;
	platform_try(make_ipc_namespace, &attempt);
	finding_of_attempt(finding, &attempt, "an IPC namespace can be made");
}

/* Policies that let everybody make the namespace may forbid what it is good for. */
static void change_mounts(struct attempt *attempt)
{
	if (unshare(geteuid() ? CLONE_NEWUSER | CLONE_NEWNS : CLONE_NEWNS))
		attempt_fail(attempt, "unshare(CLONE_NEWNS)", errno);
	else if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		attempt_fail(attempt, "mount", errno);
}

void look_mounts(const char *argument, struct finding *finding)
{
	struct attempt attempt;

	(void)argument;
	platform_try(change_mounts, &attempt);
	finding_of_attempt(finding, &attempt, "mounts of a mount namespace can be changed");
}

static void leave_semaphore_list(struct attempt *attempt)
{
	if (unshare(CLONE_SYSVSEM))
		attempt_fail(attempt, "unshare(CLONE_SYSVSEM)", errno);
}

void look_semaphore_lists(const char *argument, struct finding *finding)
{
	struct attempt attempt;

	(void)argument;
	platform_try(leave_semaphore_list, &attempt);
	finding_of_attempt(finding, &attempt, "a process can leave its list");
}
