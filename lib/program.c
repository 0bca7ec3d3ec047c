// SPDX-License-Identifier: MIT
/* Finding a program, and saying what is wrong with it. */
#include "program.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/* 0, or why it cannot be executed. */
static int look_at(const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return -errno;
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	if (!S_ISREG(status.st_mode) || access(path, X_OK))
		return -EACCES;
	return 0;
}

static int say_not(const char *path, int err, char *reason, size_t size)
{
	switch (-err) {
	case EISDIR: snprintf(reason, size, "%s is a directory", path); return err;
	case EACCES: snprintf(reason, size, "%s is not executable", path); return err;
	default: snprintf(reason, size, "%s: %s", path, strerror(-err)); return err;
	}
}

/* As execvp(3) has it: where there is no PATH, the system's own. */
static const char *search_path(void)
{
	static char usual[64];
	const char *path = getenv("PATH");

	if (path)
		return path;
	return confstr(_CS_PATH, usual, sizeof(usual)) ? usual : "/bin:/usr/bin";
}

/* As execvp(3) does: one that is no program does not hide a later one that is. */
static int find_in_path(const char *name, char *path, size_t size, char *reason, size_t reason_size)
{
	const char *next = search_path();
	int first_err = -ENOENT;
	char first[PATH_MAX] = "";

	while (next && *next) {
		size_t length = strcspn(next, ":");
		int err;

		snprintf(path, size, "%.*s%s%s", (int)length, next, length ? "/" : "", name);
		next += length + (next[length] == ':');
		err = look_at(path);
		if (!err)
			return 0;
		if (first_err == -ENOENT && err != -ENOENT && err != -ENOTDIR) {
			first_err = err;
			snprintf(first, sizeof(first), "%s", path);
		}
	}
	if (first_err != -ENOENT)
		return say_not(first, first_err, reason, reason_size);
	snprintf(reason, reason_size, "there is no %s in PATH", name);
	return -ENOENT;
}

static int find_in_directories(const struct program *program, char *path, size_t size, char *reason,
			       size_t reason_size)
{
	const char *name = program->name;
	struct stat status;

	while (!strncmp(name, "./", 2))
		name += 2;
	for (const char *const *directory = program->directories; *directory; directory++) {
		int err;

		snprintf(path, size, "%s/%s", *directory, name);
		if (stat(path, &status) && (errno == ENOENT || errno == ENOTDIR))
			continue;
		err = look_at(path);
		return err ? say_not(path, err, reason, reason_size) : 0;
	}
	snprintf(reason, reason_size,
		 "%s is neither in %s nor where programs are installed (IPCDRILL_PROGRAMS adds a "
		 "place)",
		 program->name,
		 program->directories[0] ? program->directories[0] : "the scenario's directory");
	return -ENOENT;
}

int program_find(const struct program *program, char *path, size_t size, char *reason,
		 size_t reason_size)
{
	int err;

	if (!strchr(program->name, '/'))
		return find_in_path(program->name, path, size, reason, reason_size);
	if (program->name[0] != '/')
		return find_in_directories(program, path, size, reason, reason_size);
	snprintf(path, size, "%s", program->name);
	err = look_at(path);
	return err ? say_not(path, err, reason, reason_size) : 0;
}

const char *program_privilege(const char *path, char *text, size_t size)
{
	struct stat status;

	if (stat(path, &status))
		return NULL;
	if (status.st_mode & S_ISUID)
		snprintf(text, size, "set-uid %u", status.st_uid);
	else if ((status.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		snprintf(text, size, "set-gid %u", status.st_gid);
	else if (getxattr(path, "security.capability", NULL, 0) > 0)
		snprintf(text, size, "capabilities of its file");
	else
		return NULL;
	return text;
}
