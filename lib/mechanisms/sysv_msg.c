// SPDX-License-Identifier: MIT
/* A System V message queue, which everybody knows by its id and key. */
#include <errno.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/syscall.h>

#include "mechanism_sysv.h"

enum { OPTION_MODE };

static const struct mechanism_option options[] = {
	[OPTION_MODE] = { .name = "mode", .summary = "permissions", .fallback = 0600 },
	{ .name = NULL },
};

static int available(char *reason, size_t size)
{
	return mechanism_sysv_available(SYS_msgctl, "System V message queues", reason, size);
}

static int get(const struct channel *channel, key_t key, int flags)
{
	return msgget(key, flags | (int)(channel->options[OPTION_MODE] & 0777));
}

static int create(struct channel *channel)
{
	return mechanism_sysv_make(channel, get);
}

/* The scenario may have removed it, and made another of its key. */
static void destroy(struct channel *channel)
{
	int again;

	msgctl((int)channel->id, IPC_RMID, NULL);
	again = msgget((key_t)channel->key, 0);
	if (again >= 0)
		msgctl(again, IPC_RMID, NULL);
}

const struct mechanism mechanism_sysv_msg = {
	.name = "sysv_msg",
	.summary = "a System V message queue",
	.man = "sysvipc(7)",
	.forms = FORM_NAMED,
	.system_v = SYSTEM_V_MSG,
	.options = options,
	.available = available,
	.create = create,
	.destroy = destroy,
};
