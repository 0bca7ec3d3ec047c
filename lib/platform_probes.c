// SPDX-License-Identifier: MIT
/* The table of probes: the names that `requires` knows. */
#include <linux/capability.h>
#include <string.h>

#include "platform_probes.h"

#define CAPABILITY(word, number, whole_system)						\
	static void look_##word(const char *argument, struct finding *finding)		\
	{										\
		(void)argument;								\
		look_capability(number, #number, whole_system, finding);		\
	}
#include "platform_capabilities.h"
#undef CAPABILITY

static const struct probe probes[] = {
	{ "kernel", "the version of the running kernel", NULL, look_kernel },
	{ "sysctl", "the number in a kernel setting", "a setting's name", look_sysctl },
	{ "syscall", "the kernel has this system call", "a system call's name", look_syscall },
	{ "mechanism", "this kernel has the mechanism", "a mechanism's name", look_mechanism },
	{ "command", "a program of this name is in PATH", "a program's name", look_command },
	{ "path", "there is a file or directory of this name", "a path", look_path },
	{ "root", "runs as user 0", NULL, look_root },
	{ "unprivileged", "neither user 0 nor any capability", NULL, look_unprivileged },
	{ "page_size", "bytes in a page of memory", NULL, look_page_size },
	{ "unix_urgent_data", "Unix sockets carry urgent data (MSG_OOB)", NULL,
	  look_unix_urgent_data },
	{ "cores", "processors that may be used", NULL, look_cores },
	{ "cpu_pinning", "processes can be bound to a processor", NULL, look_cpu_pinning },
	{ "sandbox", "scenarios get namespaces of their own", NULL, look_sandbox },
	{ "semaphore_lists", "a process can leave its list of semaphores to undo", NULL,
	  look_semaphore_lists },
	{ "ipc_namespaces", "IPC namespaces can be made", NULL, look_ipc_namespaces },
	{ "mounts", "mount namespaces can be made, and their mounts changed", NULL, look_mounts },
	{ "user_namespaces", "user namespaces can be made", NULL, look_user_namespaces },
	{ "seccomp_errno", "seccomp can answer calls with errors", NULL, look_seccomp_errno },
	{ "seccomp_notify", "seccomp can hand calls to a supervisor", NULL, look_seccomp_notify },
	{ "seccomp_wait_killable", "calls so handed over ignore signals but deadly ones", NULL,
	  look_seccomp_wait_killable },
	{ "ptrace", "a child can be traced", NULL, look_ptrace },
	{ "pidfd_getfd", "descriptors and memory of a child can be borrowed", NULL,
	  look_pidfd_getfd },
#define CAPABILITY(word, number, whole_system) \
	{ #word, "holds " #number, NULL, look_##word },
#include "platform_capabilities.h"
#undef CAPABILITY
};

const struct probe *probe_all(size_t *count)
{
	*count = sizeof(probes) / sizeof(probes[0]);
	return probes;
}

const struct probe *probe_find(const char *name)
{
	for (size_t i = 0; i < sizeof(probes) / sizeof(probes[0]); i++)
		if (!strcmp(probes[i].name, name))
			return &probes[i];
	return NULL;
}
