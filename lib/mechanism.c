// SPDX-License-Identifier: MIT
/* Finding mechanisms, and the part of a channel's life that is the same for all of them. */
#include "mechanism.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "channel_registry.h"
#include "makings.h"
#include "mechanism_inet.h"
#include "write_all.h"

/* 0 to 2 belong to standard streams, even where they are closed: a zeroed channel holds nothing. */
enum { FIRST_FD = 3 };

const struct mechanism *mechanism_find(const char *name)
{
	for (const struct mechanism *const *m = mechanisms; *m; m++) {
		if (!strcmp((*m)->name, name))
			return *m;
	}
	return NULL;
}

/* Moves a descriptor out of the way of the standard streams; on failure it stays where it is. */
static int lift(int *fd, int command)
{
	int lifted;

	if (*fd < 0 || *fd >= FIRST_FD)
		return 0;
	lifted = fcntl(*fd, command, FIRST_FD);
	if (lifted < 0)
		return -errno;
	close(*fd);
	*fd = lifted;
	return 0;
}

static void close_all(int *const fds[], size_t count, int lowest)
{
	for (size_t i = 0; i < count; i++) {
		if (*fds[i] >= lowest)
			close(*fds[i]);
		*fds[i] = -1;
	}
}

static int create(struct channel *channel)
{
	int *const fds[] = { &channel->side_fd[0], &channel->side_fd[1], &channel->keeper_fd };
	const size_t count = sizeof(fds) / sizeof(*fds);
	int err;

	memset(channel->address, 0, sizeof(channel->address));
	channel->address_length = 0;
	channel->id = -1;
	channel->key = 0;
	channel->object = NULL;
	channel->object_size = 0;
	for (size_t i = 0; i < count; i++)
		*fds[i] = -1;
	if (!(channel->form & channel->mechanism->forms))
		return -EINVAL;
	err = channel->mechanism->create(channel);
	if (err)
		return err;
	for (size_t i = 0; i < count && !err; i++)
		err = lift(fds[i], F_DUPFD_CLOEXEC);
	if (err) {
		close_all(fds, count, 0);
		channel_destroy(channel);
		return err;
	}
	channel_registry_add(channel);
	return 0;
}

int channel_create(struct channel *channel)
{
	int err;

	makings_begin();
	err = create(channel);
	makings_end();
	return err;
}

bool mechanism_has_descriptor(const struct mechanism *mechanism)
{
	return mechanism->hold || !mechanism->map;
}

int channel_map(const struct channel *channel, void **object)
{
	*object = NULL;
	return channel->mechanism->map ? channel->mechanism->map(channel, object) : 0;
}

int channel_hold(const struct channel *channel, enum channel_side side, int *fd)
{
	int held, err;

	if (!mechanism_has_descriptor(channel->mechanism)) {
		*fd = -1;
		return 0;
	}
	if (channel->mechanism->hold) {
		err = channel->mechanism->hold(channel, side, &held);
		if (err)
			return err;
		err = lift(&held, F_DUPFD);
		if (err) {
			close(held);
			return err;
		}
		*fd = held;
		return 0;
	}
	if (side == SIDE_BOTH || channel->side_fd[side] < FIRST_FD)
		return -EINVAL;
	/*
	 * Not close-on-exec: an endpoint that execs hands its ends on unless the scenario says
	 * otherwise.
	 */
	held = fcntl(channel->side_fd[side], F_DUPFD, FIRST_FD);
	if (held < 0)
		return -errno;
	*fd = held;
	return 0;
}

void channel_release(struct channel *channel)
{
	int *const fds[] = { &channel->side_fd[0], &channel->side_fd[1], &channel->keeper_fd };

	close_all(fds, sizeof(fds) / sizeof(*fds), FIRST_FD);
}

void channel_destroy(struct channel *channel)
{
	if (channel->mechanism && channel->mechanism->destroy)
		channel->mechanism->destroy(channel);
	channel_registry_remove(channel);
}

int channel_write_text(const struct channel *channel, int fd)
{
	int err = channel->text ? write_all(fd, channel->text, channel->text_length) : 0;

	if (err)
		return err;
	return lseek(fd, 0, SEEK_SET) < 0 ? -errno : 0;
}

int channel_unique_name(const struct channel *channel, char *name, size_t size)
{
	struct stat here;
	int length;

	if (stat(".", &here))
		return -errno;
	length = snprintf(name, size, "ipcdrill-%jx-%jx-%ld-%u-%s", (uintmax_t)here.st_dev,
			  (uintmax_t)here.st_ino, (long)getpid(), channel->serial, channel->name);
	return length >= 0 && (size_t)length >= size ? -ENAMETOOLONG : length;
}

int channel_posix_name(struct channel *channel)
{
	int length = channel_unique_name(channel, channel->address + 1,
					 sizeof(channel->address) - 1);

	if (length < 0)
		return length;
	channel->address[0] = '/';
	channel->address_length = 1 + (size_t)length;
	return 0;
}

void channel_sockaddr(const char *address, size_t address_length, struct sockaddr_storage *storage,
		      socklen_t *length)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	const size_t start = offsetof(struct sockaddr_un, sun_path);

	/*
	 * One byte too many is passed on as such, for the kernel to refuse; more would say nothing
	 * new.
	 */
	if (address_length > sizeof(un.sun_path) + 1)
		address_length = sizeof(un.sun_path) + 1;
	if (mechanism_inet_parse(address, address_length, storage, length))
		return;
	memset(storage, 0, sizeof(*storage));
	memcpy(storage, &un, start);
	memcpy((char *)storage + start, address, address_length);
	*length = (socklen_t)(start + address_length);
	/* A path counts its closing NUL, unless it fills all there is (unix(7), BUGS). */
	if (address_length && address[0] && address_length < sizeof(un.sun_path))
		*length += 1;
}
