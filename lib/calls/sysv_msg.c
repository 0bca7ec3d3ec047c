// SPDX-License-Identifier: MIT
/* System V message queues: getting, sending, receiving; and ftok(), which makes keys. */
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(msgget, msgget((key_t)raw[0], (int)raw[1]))
LIBC(ftok, ftok(AT(0), (int)raw[1]))

/* As msgsnd() and msgrcv() want it. */
struct message {
	long type;
	char text[];
};

enum { SEND_ID, SEND_TEXT, SEND_TYPE, SEND_FLAGS };

static void invoke_msgsnd(struct invocation *inv)
{
	int id = invocation_int(inv, SEND_ID, -1);
	size_t length;
	const char *text = invocation_bytes(inv, SEND_TEXT, &length);
	long type = invocation_number(inv, SEND_TYPE, 1);
	int flags = invocation_int(inv, SEND_FLAGS, 0);
	struct message *message = invocation_room(inv, sizeof(*message) + length);

	if (invocation_complained(inv))
		return;
	message->type = type;
	memcpy(message->text, text, length);
	invocation_returned(inv, INVOKE(inv, msgsnd, id, message, length, flags));
}

enum { RECEIVE_ID, RECEIVE_SIZE, RECEIVE_TYPE, RECEIVE_FLAGS };
enum { OUT_TYPE };

static void invoke_msgrcv(struct invocation *inv)
{
	int id = invocation_int(inv, RECEIVE_ID, -1);
	size_t size = invocation_size(inv, RECEIVE_SIZE, 0);
	long type = invocation_number(inv, RECEIVE_TYPE, 0);
	int flags = invocation_int(inv, RECEIVE_FLAGS, 0);
	struct message *message = invocation_room(inv, sizeof(*message) + size);
	long returned;

	if (invocation_complained(inv))
		return;
	returned = INVOKE(inv, msgrcv, id, message, size, type, flags);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_data(inv, message->text, (size_t)returned);
	invocation_out_number(inv, OUT_TYPE, message->type);
}

static const struct call calls[] = {
	{
		.name = "msgget", .man = "msgget(2)", .summary = "the queue of a key; a new one with IPC_PRIVATE",
		.number = SYS_msgget, .libc = libc_msgget,
		.result = RESULT_NUMBER,
		.parameters = {
			TAKES("key", KEY),
			MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "msgsnd", .man = "msgop(2)", .summary = "adds a message of a type to a queue",
		.number = SYS_msgsnd, .invoke = invoke_msgsnd,
		.parameters = {
			[SEND_ID] = TAKES("id", ID),
			[SEND_TEXT] = TAKES("text", DATA),
			[SEND_TYPE] = MAY_TAKE("type", INT, SYMBOL_PLAIN, 1),
			[SEND_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
	},
	{
		.name = "msgrcv", .man = "msgop(2)",
		.summary = "takes a message: 0 any, N of that type, -N of the lowest up to N",
		.number = SYS_msgrcv, .invoke = invoke_msgrcv,
		.result = RESULT_BYTES,
		.parameters = {
			[RECEIVE_ID] = TAKES("id", ID),
			[RECEIVE_SIZE] = TAKES("size", ROOM),
			[RECEIVE_TYPE] = MAY_TAKE("type", INT, SYMBOL_PLAIN, 0),
			[RECEIVE_FLAGS] = MAY_TAKE("flags", INT, SYMBOL_MISC, 0),
		},
		.outs = { [OUT_TYPE] = "type" },
	},
	{
		.name = "ftok", .man = "ftok(3)", .summary = "a key made of a file and a number",
		.number = -1, .libc = libc_ftok,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("path", PATH), TAKES("project", INT) },
	},
};

CALL_FAMILY(sysv_msg, calls);
