// SPDX-License-Identifier: MIT
/* A POSIX message queue; every holder opens it itself and has an open description of its own. */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "mechanism.h"

enum { OPTION_MAXMSG, OPTION_MSGSIZE, OPTION_MODE, OPTION_EXISTS, OPTION_FILES };

/* Small: all queues of a user share one limit (RLIMIT_MSGQUEUE). */
static const struct mechanism_option options[] = {
	[OPTION_MAXMSG] = { .name = "maxmsg", .summary = "how many messages fit", .fallback = 8 },
	[OPTION_MSGSIZE] = { .name = "msgsize",
			     .summary = "the most bytes of one",
			     .fallback = 128 },
	[OPTION_MODE] = { .name = "mode", .summary = "permissions", .fallback = 0600 },
	[OPTION_EXISTS] = { .name = "exists", .summary = "0: only a name", .fallback = 1 },
	[OPTION_FILES] = { .name = "files",
			   .summary =
				   "1: the file system of queues is there, as the directory \"mqueue\"" },
	{ .name = NULL },
};

/* The link to the file system of queues, in the working directory. */
#define FILES_LINK "mqueue"

enum { MQUEUE_MAGIC = 0x19800202 };

static unsigned nature(const struct channel *channel)
{
	(void)channel;
	return NATURE_QUEUE;
}

static int available(char *reason, size_t size)
{
	if (syscall(SYS_mq_unlink, "") >= 0 || errno != ENOSYS)
		return 0;
	snprintf(reason, size, "this kernel has no POSIX message queues");
	return -ENOSYS;
}

/* A sandbox mounts one of its own beside the working directory; elsewhere the machine's may do. */
static int link_files(void)
{
	static const char *const places[] = { "../mqueue", "/dev/mqueue" };

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		struct statfs status;

		if (statfs(places[i], &status) || status.f_type != MQUEUE_MAGIC)
			continue;
		return symlink(places[i], FILES_LINK) && errno != EEXIST ? -errno : 0;
	}
	return -EOPNOTSUPP;
}

static int make(const struct channel *channel)
{
	struct mq_attr attr = {
		.mq_maxmsg = (long)channel->options[OPTION_MAXMSG],
		.mq_msgsize = (long)channel->options[OPTION_MSGSIZE],
	};
	mode_t mode = (mode_t)(channel->options[OPTION_MODE] & 0777);
	mqd_t queue;

	if (attr.mq_maxmsg < 1 || attr.mq_msgsize < 1)
		return -EINVAL;
	queue = mq_open(channel->address, O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	/* The sizes are sensible, so they are more than an ordinary user may have. */
	if (queue < 0)
		return errno == EINVAL ? -EPERM : -errno;
	fchmod(queue, mode);	/* whatever the umask is */
	mq_close(queue);
	return 0;
}

static int create(struct channel *channel)
{
	int err = channel_posix_name(channel);

	if (err)
		return err;
	if (!channel->options[OPTION_EXISTS] && channel->form != FORM_NAMED)
		return -EINVAL;
	err = channel->options[OPTION_FILES] ? link_files() : 0;
	if (err || !channel->options[OPTION_EXISTS])
		return err;
	err = make(channel);
	if (err && channel->options[OPTION_FILES])
		unlink(FILES_LINK);
	return err;
}

static int hold(const struct channel *channel, enum channel_side side, int *fd)
{
	static const int flags[] = {
		[SIDE_READ] = O_RDONLY, [SIDE_WRITE] = O_WRONLY, [SIDE_BOTH] = O_RDWR
	};
	mqd_t queue = mq_open(channel->address, flags[side]);

	if (queue < 0)
		return -errno;
	/* Like other ends it is handed on by execve(2), which queues opened in a step are not. */
	fcntl(queue, F_SETFD, 0);
	*fd = queue;
	return 0;
}

static void destroy(struct channel *channel)
{
	mq_unlink(channel->address);
	if (channel->options[OPTION_FILES])
		unlink(FILES_LINK);
}

const struct mechanism mechanism_posix_mq = {
	.name = "posix_mq",
	.summary = "a POSIX message queue",
	.man = "mq_overview(7)",
	.forms = FORM_NAMED | FORM_FROM_TO | FORM_HELD_BY,
	.options = options,
	.nature = nature,
	.available = available,
	.create = create,
	.hold = hold,
	.destroy = destroy,
};
