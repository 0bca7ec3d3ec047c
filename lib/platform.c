// SPDX-License-Identifier: MIT
/* Probes that only ask: version, limits, identity, capabilities. */
#include "platform.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdarg.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "mechanism.h"
#include "platform_probes.h"
#include "program.h"

/* PROC_USER_INIT_INO of the kernel. */
static const ino_t initial_user_namespace = 0xEFFFFFFD;

void finding_say(struct finding *finding, int64_t number, const char *format, ...)
{
	va_list arguments;

	finding->value = value_int(number);
	va_start(arguments, format);
	vsnprintf(finding->reason, sizeof(finding->reason), format, arguments);
	va_end(arguments);
}

void finding_of_attempt(struct finding *finding, const struct attempt *attempt, const char *works)
{
	finding_say(finding, !attempt->error, "%s", attempt->error ? attempt->reason : works);
}

void look_kernel(const char *argument, struct finding *finding)
{
	struct utsname name;
	unsigned major = 0;
	unsigned minor = 0;

	(void)argument;
	uname(&name);
	finding_say(finding, 0, "this is %s %s", name.sysname, name.release);
	if (sscanf(name.release, "%u.%u", &major, &minor) == 2)
		finding->value.number = (int64_t)major << 16 | (minor & 0xffff);
	finding->value.kind = VALUE_VERSION;
}

void look_root(const char *argument, struct finding *finding)
{
	(void)argument;
	finding_say(finding, geteuid() == 0, "the effective user id is %u", (unsigned)geteuid());
}

/* The effective set; empty if the kernel does not say. */
static uint64_t effective_capabilities(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { { 0 } };

	if (syscall(SYS_capget, &header, data))
		return 0;
	return (uint64_t)data[1].effective << 32 | data[0].effective;
}

static bool in_initial_user_namespace(void)
{
	struct stat status;

	return stat("/proc/self/ns/user", &status) || status.st_ino == initial_user_namespace;
}

/*
 * The map of a user namespace: "INSIDE OUTSIDE COUNT" a line. Without /proc we take it to be the
 * whole.
 */
static bool maps_all(const char *path)
{
	FILE *map = fopen(path, "re");
	unsigned long long inside, outside, count, ids = 0;
	bool known = map;

	while (map && fscanf(map, "%llu %llu %llu", &inside, &outside, &count) == 3)
		ids += count;
	if (map)
		fclose(map);
	return !known || ids >= UINT32_MAX;
}

/*
 * Why a capability to be somebody else is worth nothing here: in a user namespace others may not be
 * there; or NULL.
 */
static const char *nobody_to_become(int capability)
{
	char line[20];

	if (capability == CAP_SETUID && !maps_all("/proc/self/uid_map"))
		return "this user namespace does not have all user ids";
	if (capability == CAP_SETGID && !maps_all("/proc/self/gid_map"))
		return "this user namespace does not have all group ids";
	if (capability == CAP_SETGID && !platform_read_line("/proc/self/setgroups", line, sizeof(line)) &&
	    !strcmp(line, "deny"))
		return "this user namespace denies setgroups";
	return NULL;
}

void look_capability(int capability, const char *name, bool whole_system, struct finding *finding)
{
	bool held = effective_capabilities() >> capability & 1;
	const char *nobody = nobody_to_become(capability);

	if (!held)
		finding_say(finding, 0, "%s is not in the effective set", name);
	else if (whole_system && !in_initial_user_namespace())
		finding_say(finding, 0, "%s is held in a user namespace only", name);
	else if (nobody)
		finding_say(finding, 0, "%s is of no use: %s", name, nobody);
	else
		finding_say(finding, 1, "%s is in the effective set", name);
}

void look_unprivileged(const char *argument, struct finding *finding)
{
	(void)argument;
	if (geteuid() == 0)
		finding_say(finding, 0, "the effective user is root");
	else if (effective_capabilities())
		finding_say(finding, 0, "the effective set of capabilities is not empty");
	else
		finding_say(finding, 1, "user id %u without capabilities", (unsigned)geteuid());
}

void look_page_size(const char *argument, struct finding *finding)
{
	long size = sysconf(_SC_PAGESIZE);

	(void)argument;
	finding_say(finding, size, "a page is %ld bytes", size);
}

void look_unix_urgent_data(const char *argument, struct finding *finding)
{
	int ends[2];
	int err = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) ? errno : 0;

	(void)argument;
	if (!err) {
		err = send(ends[0], "", 1, MSG_OOB) < 0 ? errno : 0;
		close(ends[0]);
		close(ends[1]);
	}
	finding_say(finding, !err, "send() with MSG_OOB: %s", err ? strerror(err) : "it was sent");
}

void look_cores(const char *argument, struct finding *finding)
{
	cpu_set_t set;
	int count = 1;

	(void)argument;
	/* Fails where the kernel knows more than CPU_SETSIZE processors: libc counts. */
	if (!sched_getaffinity(0, sizeof(set), &set))
		count = CPU_COUNT(&set);
	else
		count = (int)sysconf(_SC_NPROCESSORS_ONLN);
	finding_say(finding, count, "%d processors may be used", count);
}

void look_command(const char *argument, struct finding *finding)
{
	const char *const nowhere[] = { NULL };
	const struct program program = { .name = argument, .directories = nowhere };
	char path[PATH_MAX], reason[PATH_MAX + 40] = "no name of a program";
	int err = argument && *argument
			  ? program_find(&program, path, sizeof(path), reason, sizeof(reason))
			  : -EINVAL;

	finding_say(finding, !err, "%.150s", err ? reason : path);
}

void look_path(const char *argument, struct finding *finding)
{
	bool there = argument && !access(argument, F_OK);

	finding_say(finding, there, "%.100s: %s", argument ? argument : "no path",
		    there ? "it is there" : strerror(errno));
}

void look_mechanism(const char *argument, struct finding *finding)
{
	const struct mechanism *mechanism = argument ? mechanism_find(argument) : NULL;
	char reason[150] = "";

	*finding = (struct finding){ .value = { .kind = VALUE_NONE } };
	if (!mechanism)
		snprintf(finding->reason, sizeof(finding->reason), "there is no mechanism %.80s",
			 argument ? argument : "without a name");
	else if (mechanism->available && mechanism->available(reason, sizeof(reason)))
		finding_say(finding, 0, "%s is not available: %.120s", mechanism->name, reason);
	else
		finding_say(finding, 1, "%s is available", mechanism->name);
}
