// SPDX-License-Identifier: MIT
/* Conditions, the cheap ones first: number, size, descriptor, path. */
#include "inject_match.h"

#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "glob.h"
#include "hit_transfer.h"
#include "inject_name.h"
#include "leak.h"
#include "process_paths.h"
#include "transfer.h"

void inject_look_init(struct inject_look *look)
{
	look->fd = -1;
	look->has_looked = false;
}

void inject_look_close(struct inject_look *look)
{
	if (look->fd >= 0)
		close(look->fd);
	inject_look_init(look);
}

bool inject_is_about(const struct inject_rule *rule, int number)
{
	for (size_t i = 0; i < rule->number_count; i++) {
		if (rule->numbers[i] == number)
			return true;
	}
	return false;
}

static bool find_size(const struct hit *hit, uint64_t *size)
{
	struct transfer *transfer;
	bool is_known;

	if (hit->shape->size >= 0) {
		*size = hit->args[hit->shape->size];
		return true;
	}
	if (hit->shape->transfer < TRANSFER_BUFFER)
		return false;
	transfer = calloc(1, sizeof(*transfer));
	if (!transfer)
		return false;
	transfer->fd = -1;
	is_known = !transfer_parse(hit, transfer);
	*size = transfer->size;
	transfer_close(transfer);
	return is_known;
}

static bool matches_size(const struct inject_where *where, const struct hit *hit)
{
	uint64_t size;

	if (!where->size_min && !where->size_max)
		return true;
	return find_size(hit, &size) && size >= where->size_min &&
	       (!where->size_max || size <= where->size_max);
}

static bool look_at(const struct hit *hit, struct inject_look *look)
{
	if (look->has_looked)
		return look->fd >= 0;
	look->has_looked = true;
	if (hit->shape->fd < 0)
		return false;
	look->fd = hit_borrow(hit, (int)hit->args[hit->shape->fd]);
	if (look->fd < 0)
		return false;
	if (!fstat(look->fd, &look->status))
		return true;
	close(look->fd);
	look->fd = -1;
	return false;
}

static bool is_one_of(const struct inject_where *where, const struct inject_look *look)
{
	for (size_t i = 0; i < where->object_count; i++) {
		if (inject_object_is(&where->objects[i], look->fd, &look->status))
			return true;
	}
	return false;
}

/* The path names one of the objects, whatever it is called there. */
static bool leads_there(const struct inject_where *where, const struct hit *hit)
{
	char name[PATH_MAX];
	struct stat status;
	int directory = AT_FDCWD;

	if (hit->shape->directory >= 0)
		directory = (int)hit->args[hit->shape->directory];
	if (hit_read_string(hit, hit->args[hit->shape->path], name, sizeof(name)) < 0 ||
	    process_stat(hit->tid, directory, name, &status))
		return false;
	for (size_t i = 0; i < where->object_count; i++) {
		if (where->objects[i].device == status.st_dev &&
		    where->objects[i].inode == status.st_ino)
			return true;
	}
	return false;
}

static bool is_named(const struct inject_where *where, const struct hit *hit)
{
	for (size_t i = 0; i < where->name_count; i++) {
		if (inject_name_is_argument(&where->names[i], hit))
			return true;
	}
	return false;
}

static bool has_name(const struct inject_where *where, const struct inject_look *look)
{
	for (size_t i = 0; i < where->name_count; i++) {
		if (inject_name_is_of(&where->names[i], look->fd, &look->status))
			return true;
	}
	return false;
}

static bool matches_channel(const struct inject_where *where, const struct hit *hit,
			    struct inject_look *look)
{
	if (!where->object_count && !where->name_count)
		return true;
	if (hit->shape->path >= 0 && hit->shape->kind != SHAPE_OF_QUEUES && where->object_count &&
	    leads_there(where, hit))
		return true;
	if (is_named(where, hit))
		return true;
	return look_at(hit, look) && (is_one_of(where, look) || has_name(where, look));
}

static bool matches_kind(const struct inject_where *where, const struct hit *hit,
			 struct inject_look *look)
{
	return !where->kind ||
	       (look_at(hit, look) && descriptor_kind_of(look->fd, &look->status) == where->kind);
}

/* A pattern from the root is held against the absolute path. */
static bool matches_name(const char *pattern, const struct hit *hit, const char *name,
			 int directory)
{
	char path[2 * PATH_MAX];
	ssize_t length;

	if (glob_matches(pattern, name))
		return true;
	if (*pattern != '/' || *name == '/')
		return false;
	length = process_directory(hit->tid, directory, path, PATH_MAX);
	if (length < 0)
		return false;
	snprintf(path + length, sizeof(path) - (size_t)length, "/%s", name);
	return glob_matches(pattern, path);
}

static bool matches_argument(const char *pattern, const struct hit *hit)
{
	char name[PATH_MAX];
	int directory = AT_FDCWD;

	if (hit_read_string(hit, hit->args[hit->shape->path], name, sizeof(name)) < 0)
		return false;
	if (hit->shape->directory >= 0)
		directory = (int)hit->args[hit->shape->directory];
	return matches_name(pattern, hit, name, directory);
}

/* An abstract name is written as most programs write it: @name, and @ for any other byte 0. */
static bool matches_unix(const char *pattern, const struct hit *hit, const struct sockaddr_un *name,
			 size_t length)
{
	const size_t start = offsetof(struct sockaddr_un, sun_path);
	char path[sizeof(name->sun_path) + 1] = "";

	if (length <= start || length > sizeof(*name) || name->sun_family != AF_UNIX)
		return false;
	memcpy(path, name->sun_path, length - start);
	if (path[0])
		return matches_name(pattern, hit, path, AT_FDCWD);
	for (size_t i = 0; i < length - start; i++) {
		if (!path[i])
			path[i] = '@';
	}
	return glob_matches(pattern, path);
}

static bool matches_address(const char *pattern, const struct hit *hit)
{
	struct sockaddr_un name = { 0 };
	uint64_t length = (uint32_t)hit->args[hit->shape->address + 1];

	return length <= sizeof(name) &&
	       !hit_read(hit, hit->args[hit->shape->address], &name, length) &&
	       matches_unix(pattern, hit, &name, length);
}

/* Its own name, or that of the one it is connected to. */
static bool matches_socket(const char *pattern, const struct hit *hit, int fd)
{
	int (*const ask[])(int, struct sockaddr *, socklen_t *) = { getsockname, getpeername };

	for (int i = 0; i < 2; i++) {
		struct sockaddr_un name = { 0 };
		socklen_t length = sizeof(name);

		if (!ask[i](fd, (struct sockaddr *)&name, &length) &&
		    matches_unix(pattern, hit, &name, length))
			return true;
	}
	return false;
}

static bool matches_path(const struct inject_where *where, const struct hit *hit,
			 struct inject_look *look)
{
	char path[PATH_MAX];

	if (!where->path)
		return true;
	if (hit->shape->path >= 0)
		return matches_argument(where->path, hit);
	if (hit->shape->address >= 0 && hit->args[hit->shape->address])
		return matches_address(where->path, hit);
	if (!look_at(hit, look))
		return false;
	if (S_ISSOCK(look->status.st_mode))
		return matches_socket(where->path, hit, look->fd);
	return leak_path_of(look->fd, path, sizeof(path)) > 0 && glob_matches(where->path, path);
}

static bool matches_thing(const struct inject_where *where, const struct hit *hit,
			  struct inject_look *look)
{
	return matches_channel(where, hit, look) && matches_kind(where, hit, look) &&
	       matches_path(where, hit, look);
}

/* Where sendfile(2) reads, what rename(2) replaces: all conditions hold of that one, too. */
static bool matches_other_thing(const struct inject_where *where, const struct hit *hit)
{
	struct hit seen = *hit;
	struct inject_look look;
	bool is_match;

	if (!hit->shape->other)
		return false;
	seen.shape = hit->shape->other;
	inject_look_init(&look);
	is_match = matches_thing(where, &seen, &look);
	inject_look_close(&look);
	return is_match;
}

bool inject_matches(const struct inject_rule *rule, const struct hit *hit, struct inject_look *look)
{
	return !rule->is_static && inject_is_about(rule, hit->number) &&
	       matches_size(&rule->where, hit) &&
	       (matches_thing(&rule->where, hit, look) || matches_other_thing(&rule->where, hit));
}
