// SPDX-License-Identifier: MIT
/* POSIX message queues: opening, sending, receiving, attributes. */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_deadline.h"
#include "call_result.h"
#include "table.h"

LIBC(mq_close, mq_close((mqd_t)raw[0]))
LIBC(mq_send, mq_send((mqd_t)raw[0], AT(1), (size_t)raw[2], (unsigned)raw[3]))

/* The kernel's names have no slash; the library takes the first one off. */
static const char *name_for(const struct invocation *inv, const char *name)
{
	return !inv->libc && name[0] == '/' ? name + 1 : name;
}

enum { NAME, OPEN_FLAGS, MODE, OPEN_MAXMSG, OPEN_MSGSIZE };

static void invoke_mq_open(struct invocation *inv)
{
	const char *name = invocation_path(inv, NAME);
	int flags = invocation_int(inv, OPEN_FLAGS, 0);
	mode_t mode = (mode_t)invocation_int(inv, MODE, 0600);
	bool given = invocation_has(inv, OPEN_MAXMSG) || invocation_has(inv, OPEN_MSGSIZE);
	struct mq_attr attr = {
		.mq_maxmsg = invocation_number(inv, OPEN_MAXMSG, 1),
		.mq_msgsize = invocation_number(inv, OPEN_MSGSIZE, 1),
	};

	if (invocation_complained(inv))
		return;
	name = name_for(inv, name);
	invocation_returned(inv, INVOKE(inv, mq_open, name, flags, mode, given ? &attr : NULL));
}

static void invoke_mq_unlink(struct invocation *inv)
{
	const char *name = invocation_path(inv, NAME);

	if (invocation_complained(inv))
		return;
	invocation_returned(inv, inv->libc ? mq_unlink(name)
					   : syscall(SYS_mq_unlink, name_for(inv, name)));
}

/* The moment until which a call waits, as the kernel takes it; for ever without a timeout. */
struct limit {
	bool given;
	struct timespec deadline;
};

/* `nsec` takes the place of the nanoseconds, sensible or not. */
static struct limit make_limit(struct invocation *inv, size_t timeout, size_t nsec)
{
	struct limit limit = { .given = invocation_has(inv, timeout) };

	limit.deadline = clock_after(CLOCK_REALTIME, invocation_duration(inv, timeout, 0));
	limit.deadline.tv_nsec = invocation_number(inv, nsec, limit.deadline.tv_nsec);
	return limit;
}

/* How long after the deadline a call gave up. */
static void report_late(struct invocation *inv, const struct limit *limit, size_t out)
{
	const struct timespec now = clock_after(CLOCK_REALTIME, 0);
	int64_t late = timespec_to_ns(&now) - timespec_to_ns(&limit->deadline);

	if (inv->result->error == ETIMEDOUT)
		invocation_out_number(inv, out, late);
}

enum { SEND_QUEUE, SEND_DATA, SEND_PRIO, SEND_TIMEOUT, SEND_NSEC };
enum { OUT_SEND_LATE };

static void invoke_mq_timedsend(struct invocation *inv)
{
	int queue = invocation_int(inv, SEND_QUEUE, -1);
	size_t length;
	const char *data = invocation_bytes(inv, SEND_DATA, &length);
	unsigned prio = (unsigned)invocation_int(inv, SEND_PRIO, 0);
	struct limit limit = make_limit(inv, SEND_TIMEOUT, SEND_NSEC);
	const struct timespec *deadline = limit.given ? &limit.deadline : NULL;
	long returned;

	if (invocation_complained(inv))
		return;
	if (!inv->libc)
		returned = syscall(SYS_mq_timedsend, queue, data, length, prio, deadline);
	else if (deadline)
		returned = mq_timedsend(queue, data, length, prio, deadline);
	else
		returned = mq_send(queue, data, length, prio);
	invocation_returned(inv, returned);
	report_late(inv, &limit, OUT_SEND_LATE);
}

/* A receive's two forms have the same arguments up to here. */
enum { RECEIVE_QUEUE, RECEIVE_SIZE, RECEIVE_ASK, RECEIVE_TIMEOUT, RECEIVE_NSEC };
enum { OUT_PRIO, OUT_RECEIVE_LATE };

static void receive(struct invocation *inv, const struct limit *limit)
{
	int queue = invocation_int(inv, RECEIVE_QUEUE, -1);
	size_t size = invocation_size(inv, RECEIVE_SIZE, 0);
	char *room = invocation_room(inv, size);
	unsigned given = 0, *prio = invocation_int(inv, RECEIVE_ASK, 1) ? &given : NULL;
	const struct timespec *deadline = limit->given ? &limit->deadline : NULL;
	long returned;

	if (invocation_complained(inv))
		return;
	if (!inv->libc)
		returned = syscall(SYS_mq_timedreceive, queue, room, size, prio, deadline);
	else if (inv->call->number == SYS_mq_timedreceive && deadline)
		returned = mq_timedreceive(queue, room, size, prio, deadline);
	else
		returned = mq_receive(queue, room, size, prio);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_data(inv, room, (size_t)returned);
	if (prio)
		invocation_out_number(inv, OUT_PRIO, given);
}

static void invoke_mq_receive(struct invocation *inv)
{
	receive(inv, &(struct limit){ .given = false });
}

static void invoke_mq_timedreceive(struct invocation *inv)
{
	struct limit limit = make_limit(inv, RECEIVE_TIMEOUT, RECEIVE_NSEC);

	receive(inv, &limit);
	report_late(inv, &limit, OUT_RECEIVE_LATE);
}

enum { OUT_FLAGS, OUT_MAXMSG, OUT_MSGSIZE, OUT_CURMSGS };
#define ATTRIBUTE_OUTS { \
	[OUT_FLAGS] = "flags", [OUT_MAXMSG] = "maxmsg", [OUT_MSGSIZE] = "msgsize", \
	[OUT_CURMSGS] = "curmsgs", \
}

static void report_attributes(struct invocation *inv, long returned, const struct mq_attr *attr)
{
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_FLAGS, attr->mq_flags);
	invocation_out_number(inv, OUT_MAXMSG, attr->mq_maxmsg);
	invocation_out_number(inv, OUT_MSGSIZE, attr->mq_msgsize);
	invocation_out_number(inv, OUT_CURMSGS, attr->mq_curmsgs);
}

static void invoke_mq_getattr(struct invocation *inv)
{
	int queue = invocation_int(inv, 0, -1);
	struct mq_attr attr = { 0 };

	if (invocation_complained(inv))
		return;
	report_attributes(inv,
			  inv->libc ? mq_getattr(queue, &attr)
				    : syscall(SYS_mq_getsetattr, queue, NULL, &attr),
			  &attr);
}

enum { SET_QUEUE, SET_FLAGS, SET_MAXMSG, SET_MSGSIZE, SET_CURMSGS };

static void invoke_mq_setattr(struct invocation *inv)
{
	int queue = invocation_int(inv, SET_QUEUE, -1);
	struct mq_attr old = { 0 }, attr = {
		.mq_flags = invocation_number(inv, SET_FLAGS, 0),
		.mq_maxmsg = invocation_number(inv, SET_MAXMSG, 0),
		.mq_msgsize = invocation_number(inv, SET_MSGSIZE, 0),
		.mq_curmsgs = invocation_number(inv, SET_CURMSGS, 0),
	};

	if (invocation_complained(inv))
		return;
	report_attributes(inv,
			  inv->libc ? mq_setattr(queue, &attr, &old)
				    : syscall(SYS_mq_getsetattr, queue, &attr, &old),
			  &old);
}

static const struct call calls[] = {
	{
		.name = "mq_open", .man = "mq_open(3)",
		.summary = "opens a queue; without maxmsg and msgsize the attributes are NULL",
		.number = SYS_mq_open, .invoke = invoke_mq_open,
		.result = RESULT_FD,
		.parameters = {
			[NAME] = TAKES("name", PATH),
			[OPEN_FLAGS] = TAKES("flags", INT, SYMBOL_OPEN),
			[MODE] = MAY_TAKE("mode", INT, SYMBOL_MODE, 0600),
			[OPEN_MAXMSG] = MAY_TAKE("maxmsg", INT, SYMBOL_PLAIN, 1),
			[OPEN_MSGSIZE] = MAY_TAKE("msgsize", INT, SYMBOL_PLAIN, 1),
		},
	},
	{
		.name = "mq_close", .man = "mq_close(3)", .summary = "closes a queue",
		.number = SYS_close, .libc = libc_mq_close,
		.parameters = { TAKES("queue", FD) },
	},
	{
		.name = "mq_unlink", .man = "mq_unlink(3)", .summary = "removes a queue's name",
		.number = SYS_mq_unlink, .invoke = invoke_mq_unlink,
		.parameters = { TAKES("name", PATH) },
	},
	{
		.name = "mq_send", .man = "mq_send(3)", .summary = "adds a message to a queue",
		.number = SYS_mq_timedsend, .libc = libc_mq_send,
		.parameters = {
			TAKES("queue", FD),
			TAKES("data", DATA),
			MAY_TAKE("prio", INT, SYMBOL_PLAIN, 0),
		},
	},
	{
		.name = "mq_timedsend", .man = "mq_send(3)",
		.summary = "the same for so long; nsec= replaces the deadline's nanoseconds",
		.number = SYS_mq_timedsend, .invoke = invoke_mq_timedsend,
		.parameters = {
			[SEND_QUEUE] = TAKES("queue", FD),
			[SEND_DATA] = TAKES("data", DATA),
			[SEND_PRIO] = MAY_TAKE("prio", INT, SYMBOL_PLAIN, 0),
			[SEND_TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
			[SEND_NSEC] = MAY_TAKE("nsec", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_SEND_LATE] = "late" },
	},
	{
		.name = "mq_receive", .man = "mq_receive(3)",
		.summary = "takes the first message of the highest priority; ask=0: not for that",
		.number = SYS_mq_timedreceive, .invoke = invoke_mq_receive,
		.result = RESULT_BYTES,
		.parameters = {
			[RECEIVE_QUEUE] = TAKES("queue", FD),
			[RECEIVE_SIZE] = TAKES("size", ROOM),
			[RECEIVE_ASK] = MAY_TAKE("ask", INT, SYMBOL_PLAIN, 1),
		},
		.outs = { [OUT_PRIO] = "prio" },
	},
	{
		.name = "mq_timedreceive", .man = "mq_receive(3)",
		.summary = "the same for so long; nsec= replaces the deadline's nanoseconds",
		.number = SYS_mq_timedreceive, .invoke = invoke_mq_timedreceive,
		.result = RESULT_BYTES,
		.parameters = {
			[RECEIVE_QUEUE] = TAKES("queue", FD),
			[RECEIVE_SIZE] = TAKES("size", ROOM),
			[RECEIVE_ASK] = MAY_TAKE("ask", INT, SYMBOL_PLAIN, 1),
			[RECEIVE_TIMEOUT] = MAY_TAKE("timeout", TIME, SYMBOL_PLAIN, 0),
			[RECEIVE_NSEC] = MAY_TAKE("nsec", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_PRIO] = "prio", [OUT_RECEIVE_LATE] = "late" },
	},
	{
		.name = "mq_getattr", .man = "mq_getattr(3)", .summary = "a queue's attributes",
		.number = SYS_mq_getsetattr, .invoke = invoke_mq_getattr,
		.parameters = { TAKES("queue", FD) },
		.outs = ATTRIBUTE_OUTS,
	},
	{
		.name = "mq_setattr", .man = "mq_getattr(3)",
		.summary = "sets a descriptor's flags; what the attributes were before",
		.number = SYS_mq_getsetattr, .invoke = invoke_mq_setattr,
		.parameters = {
			[SET_QUEUE] = TAKES("queue", FD),
			[SET_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_OPEN, 0),
			[SET_MAXMSG] = MAY_TAKE("maxmsg", INT, SYMBOL_PLAIN, 0),
			[SET_MSGSIZE] = MAY_TAKE("msgsize", INT, SYMBOL_PLAIN, 0),
			[SET_CURMSGS] = MAY_TAKE("curmsgs", INT, SYMBOL_PLAIN, 0),
		},
		.outs = ATTRIBUTE_OUTS,
	},
};

CALL_FAMILY(mqueue, calls);
