/* SPDX-License-Identifier: MIT */
/* Private to platform*.c: the looks behind the probes, and what tiers share with them. */
#ifndef IPCDRILL_PLATFORM_PROBES_H
#define IPCDRILL_PLATFORM_PROBES_H

#include "platform.h"
#include "platform_try.h"

/* "works" or why not, as value 1 or 0 and reason. */
__attribute__((format(printf, 3, 4)))
void finding_say(struct finding *finding, int64_t number, const char *format, ...);
void finding_of_attempt(struct finding *finding, const struct attempt *attempt, const char *works);

/* platform.c: asks the kernel, changes nothing */
void look_kernel(const char *argument, struct finding *finding);
/* The program would be found in PATH. */
void look_command(const char *argument, struct finding *finding);
/* As seen from here; a sandbox has its own of what lies in /proc and /dev/shm. */
void look_path(const char *argument, struct finding *finding);
/* Channels of this mechanism can be made. */
void look_mechanism(const char *argument, struct finding *finding);
void look_root(const char *argument, struct finding *finding);
void look_unprivileged(const char *argument, struct finding *finding);
void look_page_size(const char *argument, struct finding *finding);
/* CONFIG_AF_UNIX_OOB, since Linux 5.15. */
void look_unix_urgent_data(const char *argument, struct finding *finding);
void look_cores(const char *argument, struct finding *finding);
/* Holds a capability that counts in the whole system, or at least in this user namespace. */
void look_capability(int capability, const char *name, bool whole_system, struct finding *finding);

/* platform_settings.c: a setting of a namespace is asked in a new one, in a child */
void look_sysctl(const char *argument, struct finding *finding);

/* The first line of a small file, without its newline. 0 or -errno. */
int platform_read_line(const char *path, char *line, size_t size);

/* platform_syscalls.c */
void look_syscall(const char *argument, struct finding *finding);

/* platform_isolation.c, platform_injection.c: done in a child */
void look_semaphore_lists(const char *argument, struct finding *finding);
void look_ipc_namespaces(const char *argument, struct finding *finding);
void look_mounts(const char *argument, struct finding *finding);
void look_user_namespaces(const char *argument, struct finding *finding);
void look_sandbox(const char *argument, struct finding *finding);
void look_cpu_pinning(const char *argument, struct finding *finding);
void look_seccomp_errno(const char *argument, struct finding *finding);
void look_seccomp_notify(const char *argument, struct finding *finding);
void look_seccomp_wait_killable(const char *argument, struct finding *finding);
void look_ptrace(const char *argument, struct finding *finding);
void look_pidfd_getfd(const char *argument, struct finding *finding);

#endif
