// SPDX-License-Identifier: MIT
/* What tells one channel from another where the number of an inode does not. */
#include "inject_name.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "leak.h"
#include "process_serial.h"

int inject_object_of(int fd, struct inject_object *object)
{
	struct stat status;

	if (fstat(fd, &status))
		return -errno;
	*object = (struct inject_object){ status.st_dev, status.st_ino,
					     descriptor_serial(fd, &status) };
	return 0;
}

bool inject_object_is(const struct inject_object *object, int fd, const struct stat *status)
{
	return object->device == status->st_dev && object->inode == status->st_ino &&
	       (!object->serial || object->serial == descriptor_serial(fd, status));
}

static bool is_same_path(const struct sockaddr_storage *wanted, socklen_t wanted_size,
			 const struct sockaddr_storage *got, socklen_t got_size)
{
	const size_t start = offsetof(struct sockaddr_un, sun_path);
	const char *path = ((const struct sockaddr_un *)wanted)->sun_path;
	size_t length = wanted_size - start;

	/* The NUL that closes a path may be counted or not. */
	if (*path)
		length = strnlen(path, length);
	if (got_size < start + length ||
	    memcmp(path, ((const struct sockaddr_un *)got)->sun_path, length))
		return false;
	return got_size == start + length ||
	       (*path && !((const struct sockaddr_un *)got)->sun_path[length]);
}

bool inject_name_is_address(const struct inject_name *name, const struct sockaddr_storage *got,
			    socklen_t got_size)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)&name->address;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&name->address;

	if (!name->address_size || got_size < sizeof(got->ss_family) ||
	    got->ss_family != name->address.ss_family)
		return false;
	switch (got->ss_family) {
	case AF_UNIX: return is_same_path(&name->address, name->address_size, got, got_size);
	case AF_INET:
		return got_size >= sizeof(*in) &&
		       in->sin_port == ((const struct sockaddr_in *)got)->sin_port &&
		       in->sin_addr.s_addr == ((const struct sockaddr_in *)got)->sin_addr.s_addr;
	case AF_INET6:
		return got_size >= sizeof(*in6) &&
		       in6->sin6_port == ((const struct sockaddr_in6 *)got)->sin6_port &&
		       !memcmp(&in6->sin6_addr, &((const struct sockaddr_in6 *)got)->sin6_addr,
			       sizeof(in6->sin6_addr));
	default: return false;
	}
}

/*
 * A queue "/x" is "x" to its system call; shared memory and semaphores are files of these
 * directories.
 */
static bool is_posix_name(const char *name, const char *path)
{
	static const char *const places[] = { "/dev/shm/sem.", "/dev/shm/", "/" };
	static const char gone[] = " (deleted)";
	const size_t length = strlen(name + 1);

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		if (strncmp(path, places[i], strlen(places[i])))
			continue;
		path += strlen(places[i]);
		break;
	}
	return !strncmp(path, name + 1, length) && (!path[length] || !strcmp(path + length, gone));
}

static bool is_address_argument(const struct inject_name *name, const struct hit *hit)
{
	struct sockaddr_storage got = { 0 };
	uint64_t size = (uint32_t)hit->args[hit->shape->address + 1];

	return size && size <= sizeof(got) && hit->args[hit->shape->address] &&
	       !hit_read(hit, hit->args[hit->shape->address], &got, size) &&
	       inject_name_is_address(name, &got, (socklen_t)size);
}

static bool is_path_argument(const struct inject_name *name, const struct hit *hit)
{
	char path[PATH_MAX];

	return name->posix &&
	       hit_read_string(hit, hit->args[hit->shape->path], path, sizeof(path)) >= 0 &&
	       is_posix_name(name->posix, path);
}

bool inject_name_is_number(const struct inject_name *name, const struct shape *shape,
			   uint64_t number)
{
	switch (shape->about) {
	case ABOUT_NOTHING: break;
	case ABOUT_ID: return name->system_v == shape->system_v && name->id == (int)number;
	case ABOUT_KEY:
		return name->system_v == shape->system_v && name->key && name->key == (int)number;
	case ABOUT_MEMORY: return number - name->memory < name->memory_size;
	}
	return false;
}

bool inject_name_is_argument(const struct inject_name *name, const struct hit *hit)
{
	const struct shape *shape = hit->shape;

	if (shape->about != ABOUT_NOTHING)
		return inject_name_is_number(name, shape, hit->args[0]);
	return (shape->path >= 0 && is_path_argument(name, hit)) ||
	       (shape->address >= 0 && is_address_argument(name, hit));
}

static bool is_named(const struct inject_name *name, int fd,
		     int (*ask)(int, struct sockaddr *, socklen_t *))
{
	struct sockaddr_storage got = { 0 };
	socklen_t size = sizeof(got);

	return !ask(fd, (struct sockaddr *)&got, &size) && inject_name_is_address(name, &got, size);
}

static int ask_own(int fd, struct sockaddr *name, socklen_t *size)
{
	return getsockname(fd, name, size);
}

static int ask_peer(int fd, struct sockaddr *name, socklen_t *size)
{
	return getpeername(fd, name, size);
}

bool inject_name_is_of(const struct inject_name *name, int fd, const struct stat *status)
{
	char path[PATH_MAX];

	if (S_ISSOCK(status->st_mode))
		return name->address_size &&
		       (is_named(name, fd, ask_own) || is_named(name, fd, ask_peer));
	return name->posix && leak_path_of(fd, path, sizeof(path)) > 0 &&
	       is_posix_name(name->posix, path);
}
