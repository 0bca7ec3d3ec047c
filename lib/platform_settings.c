// SPDX-License-Identifier: MIT
/*
 * Settings of the kernel, as a test will find them: those of a namespace as they are in a new one.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "glob.h"
#include "platform_probes.h"
#include "sandbox.h"

/* What each namespace has for itself: the kernel makes it anew, whatever the machine has set. */
static const struct {
	const char *pattern;
	int namespace;
} namespaces[] = {
	{ "kernel.msg*", CLONE_NEWIPC },
	{ "kernel.sem*", CLONE_NEWIPC },
	{ "kernel.shm*", CLONE_NEWIPC },
	{ "fs.mqueue.*", CLONE_NEWIPC },
	{ "net.*", CLONE_NEWNET },
};

static bool without_sandbox;

void platform_without_sandbox(void)
{
	without_sandbox = true;
}

/* "net.unix.max_dgram_qlen" -> its file. False for what cannot be a sysctl's name. */
static bool sysctl_path(const char *name, char *path, size_t size)
{
	int length = snprintf(path, size, "/proc/sys/%s", name);

	if (length < 0 || (size_t)length >= size || !*name || strstr(name, "..") || *name == '.')
		return false;
	for (char *at = path + strlen("/proc/sys/"); *at; at++) {
		if (*at == '.')
			*at = '/';
		else if (!isalnum((unsigned char)*at) && !strchr("_-", *at))
			return false;
	}
	return true;
}

int platform_read_line(const char *path, char *line, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t count;
	int err;

	if (fd < 0)
		return -errno;
	count = read(fd, line, size - 1);
	err = errno;
	close(fd);
	if (count < 0)
		return -err;
	line[count] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return 0;
}

/* Some limits are beyond what an int64_t holds: as good as none. */
static bool parse_number(const char *text, int64_t *number)
{
	char *end;
	bool negative = text[strspn(text, " \t")] == '-';
	unsigned long long large = 0;

	if (negative)
		*number = strtoll(text, &end, 10);
	else
		large = strtoull(text, &end, 10);
	if (!negative)
		*number = large > INT64_MAX ? INT64_MAX : (int64_t)large;
	return end != text && (!*end || isspace((unsigned char)*end));
}

/* The setting that is being asked for; a tried body has no other way to know. */
static const char *asked;

/* Its line and number, or -errno; -ERANGE: that is no number. */
static int read_setting(const char *name, char *line, size_t size, int64_t *number)
{
	char path[200];
	int err = -EINVAL;

	if (name && sysctl_path(name, path, sizeof(path)))
		err = platform_read_line(path, line, size);
	if (!err && !parse_number(line, number))
		err = -ERANGE;
	return err;
}

static int namespace_of(const char *name)
{
	for (size_t i = 0; i < sizeof(namespaces) / sizeof(*namespaces); i++) {
		if (glob_matches(namespaces[i].pattern, name))
			return namespaces[i].namespace;
	}
	return 0;
}

/* Tests have namespaces of their own only where a sandbox can have all that it needs. */
static bool has_sandbox(void)
{
	static int found = -1;
	char reason[160];

	if (found < 0)
		found = sandbox_probe(reason, sizeof(reason)) == SANDBOX_FULL;
	return found;
}

/* As sandbox_start() makes them: with a user namespace, unless for root. */
static void read_in_namespace(struct attempt *attempt)
{
	int flags = namespace_of(asked) | (geteuid() ? CLONE_NEWUSER : 0);

	if (unshare(flags))
		attempt_fail(attempt, "unshare", errno);
	else
		attempt->error = -read_setting(asked, attempt->reason, sizeof(attempt->reason),
					       &attempt->number);
}

/* False where tests are in no such namespace, or it cannot be asked. */
static bool ask_namespace(const char *name, struct finding *finding)
{
	struct attempt attempt;

	if (without_sandbox || !name || !namespace_of(name) || !has_sandbox())
		return false;
	asked = name;
	platform_try(read_in_namespace, &attempt);
	if (!attempt.error)
		finding_say(finding, attempt.number, "%.90s is %.60s", name, attempt.reason);
	return !attempt.error;
}

void look_sysctl(const char *argument, struct finding *finding)
{
	char line[64];
	int64_t number;
	int err;

	*finding = (struct finding){ .value = { .kind = VALUE_NONE } };
	if (ask_namespace(argument, finding))
		return;
	err = read_setting(argument, line, sizeof(line), &number);
	if (err == -ENOENT)
		snprintf(finding->reason, sizeof(finding->reason), "there is no sysctl %.100s here",
			 argument);
	else if (err == -ERANGE)
		snprintf(finding->reason, sizeof(finding->reason), "sysctl %.70s is no number: %s",
			 argument, line);
	else if (err)
		snprintf(finding->reason, sizeof(finding->reason),
			 "sysctl %.100s cannot be read: %s", argument ? argument : "without a name",
			 strerror(-err));
	else
		finding_say(finding, number, "%.90s is %s", argument, line);
}
