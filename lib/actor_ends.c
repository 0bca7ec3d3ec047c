// SPDX-License-Identifier: MIT
/*
 * What a new endpoint has open: its ends of channels, the streams of a program, and nothing of the
 * driver's.
 */
#include "actor_ends.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "close_from.h"

enum { FIRST_FD = 3 };

static int compare_fds(const void *a, const void *b)
{
	return **(int *const *)a - **(int *const *)b;
}

/*
 * Keeps the held descriptors, moved down to 3 and up so that their numbers do not depend on the
 * driver's.
 */
static int close_the_rest(struct actor_ends *ends, size_t channel_count, int executed_fd)
{
	size_t count = 0;
	int *fds[2 * CHANNELS_MAX];
	int next = FIRST_FD;

	for (size_t c = 0; c < channel_count; c++) {
		for (int side = 0; side < 2; side++) {
			if (ends->held[c][side] >= 0)
				fds[count++] = &ends->held[c][side];
		}
	}
	/* Out of their way: many ends come up to it. */
	if (executed_fd >= 0 && executed_fd < next + (int)count) {
		executed_fd = fcntl(executed_fd, F_DUPFD_CLOEXEC, next + (int)count);
		if (executed_fd < 0)
			return -errno;
	}
	if (count > 1)
		qsort(fds, count, sizeof(*fds), compare_fds);
	for (size_t i = 0; i < count; i++, next++) {
		if (*fds[i] == next)
			continue;
		if (dup2(*fds[i], next) < 0)
			return -errno;
		*fds[i] = next;
	}
	if (executed_fd >= 0 && executed_fd != next && dup3(executed_fd, next, O_CLOEXEC) < 0)
		return -errno;
	close_from((unsigned)next + (executed_fd >= 0));
	return 0;
}

static int hold_ends(struct actor_ends *ends, const struct cast *cast, unsigned index)
{
	const uint8_t *held = cast->held + index * cast->channel_count;
	int err;

	for (size_t c = 0; c < cast->channel_count; c++) {
		for (int side = SIDE_READ; side <= SIDE_BOTH; side++) {
			if (!(held[c] & 1 << side))
				continue;
			err = channel_hold(&cast->channels[c], side,
					   &ends->held[c][side == SIDE_BOTH ? 0 : side]);
			if (err)
				return err;
		}
		err = held[c] ? channel_map(&cast->channels[c], &ends->objects[c]) : 0;
		if (err)
			return err;
	}
	return 0;
}

/*
 * Its standard streams are the program's from the beginning; and what it sends to its process group
 * meets only itself. executed_fd: closed by its execution.
 */
static int become_program(const struct endpoint *endpoint, int *executed_fd)
{
	*executed_fd = streams_become(&endpoint->streams);
	if (*executed_fd < 0)
		return *executed_fd;
	return setpgid(0, 0) ? -errno : 0;
}

int actor_ends_take(struct actor_ends *ends, const struct stage *stage, unsigned index, bool hold)
{
	const struct cast *cast = stage->cast;
	int executed_fd = -1;
	int err = 0;

	for (size_t c = 0; c < cast->channel_count; c++) {
		ends->held[c][SIDE_READ] = ends->held[c][SIDE_WRITE] = -1;
		ends->objects[c] = NULL;
	}
	if (endpoint_is_program(stage, index))
		err = become_program(&stage->endpoints[index], &executed_fd);
	if (!err && hold)
		err = hold_ends(ends, cast, index);
	return err ? err : close_the_rest(ends, cast->channel_count, executed_fd);
}
