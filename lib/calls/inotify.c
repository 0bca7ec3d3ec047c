// SPDX-License-Identifier: MIT
/* What happens to files and directories, read as events. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(inotify_init1, inotify_init1(raw[0]))
LIBC(inotify_add_watch, inotify_add_watch(raw[0], AT(1), (uint32_t)raw[2]))
LIBC(inotify_rm_watch, inotify_rm_watch(raw[0], raw[1]))

/* With its name, an event is a multiple of its own size long. */
enum { EVENT_STEP = sizeof(struct inotify_event), EVENT_MAX = EVENT_STEP + NAME_MAX + 1 };
enum { OUT_MASK, OUT_COOKIE, OUT_NAME };

static void report(struct invocation *inv, const struct inotify_event *event)
{
	inv->result->number = event->wd;
	invocation_out_number(inv, OUT_MASK, event->mask);
	invocation_out_number(inv, OUT_COOKIE, event->cookie);
	invocation_out_bytes(inv, OUT_NAME, event->name,
			     event->len ? strnlen(event->name, event->len) : 0);
}

/*
 * The kernel fills a buffer with as many events as fit, and refuses one that the next does not fit
 * into. So the smallest that is not refused takes exactly one.
 */
static void invoke_read_event(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	char *event = invocation_room(inv, EVENT_MAX);
	long returned = -1;

	if (invocation_complained(inv))
		return;
	for (size_t size = EVENT_STEP; size <= EVENT_MAX; size += EVENT_STEP) {
		returned = INVOKE(inv, read, fd, event, size);
		if (returned >= 0 || errno != EINVAL)
			break;
	}
	invocation_returned(inv, returned);
	if (returned >= EVENT_STEP)
		report(inv, (const struct inotify_event *)event);
}

static const struct call calls[] = {
	{
		.name = "inotify_init1", .man = "inotify_init1(2)",
		.summary = "makes a descriptor to read events from",
		.number = SYS_inotify_init1, .libc = libc_inotify_init1,
		.result = RESULT_FD,
		.parameters = { MAY_TAKE("flags", INT, SYMBOL_OPEN, 0) },
	},
	{
		.name = "inotify_add_watch", .man = "inotify_add_watch(2)",
		.summary = "watches a path; the result is the watch's number",
		.number = SYS_inotify_add_watch, .libc = libc_inotify_add_watch,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("fd", FD),
			TAKES("path", PATH),
			TAKES("mask", INT, SYMBOL_INOTIFY),
		},
	},
	{
		.name = "inotify_rm_watch", .man = "inotify_rm_watch(2)",
		.summary = "watches it no more",
		.number = SYS_inotify_rm_watch, .libc = libc_inotify_rm_watch,
		.parameters = { TAKES("fd", FD), TAKES("watch", INT) },
	},
	{
		.name = "read_event", .man = "inotify(7)",
		.summary = "reads one event; the result is its watch's number",
		.number = SYS_read, .invoke = invoke_read_event,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD) },
		.outs = { [OUT_MASK] = "mask", [OUT_COOKIE] = "cookie", [OUT_NAME] = "name" },
	},
};

CALL_FAMILY(inotify, calls);
