// SPDX-License-Identifier: MIT
/* msgctl() with all its commands. */
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_permissions.h"
#include "call_result.h"
#include "table.h"

/* What the commands fill in or read; which of it they use is theirs to know. */
union buffer {
	struct msqid_ds queue;
	struct msginfo info;
};

enum {
	OUT_QNUM,
	OUT_CBYTES,
	OUT_QBYTES,
	OUT_LSPID,
	OUT_LRPID,
	OUT_STIME,
	OUT_RTIME,
	OUT_CTIME,
	OUT_PERMISSIONS,
	OUT_QUEUES = OUT_PERMISSIONS + CALL_PERMISSION_OUT_COUNT,
	OUT_MESSAGES,
	OUT_BYTES,
	OUT_MSGMAX,
	OUT_MSGMNB,
	OUT_MSGMNI,
};

static void report_queue(struct invocation *inv, const struct msqid_ds *queue)
{
	invocation_out_number(inv, OUT_QNUM, (int64_t)queue->msg_qnum);
	invocation_out_number(inv, OUT_CBYTES, (int64_t)queue->__msg_cbytes);
	invocation_out_number(inv, OUT_QBYTES, (int64_t)queue->msg_qbytes);
	invocation_out_number(inv, OUT_LSPID, queue->msg_lspid);
	invocation_out_number(inv, OUT_LRPID, queue->msg_lrpid);
	invocation_out_number(inv, OUT_STIME, queue->msg_stime);
	invocation_out_number(inv, OUT_RTIME, queue->msg_rtime);
	invocation_out_number(inv, OUT_CTIME, queue->msg_ctime);
	invocation_out_permissions(inv, OUT_PERMISSIONS, &queue->msg_perm);
}

/* IPC_INFO tells limits in fields that MSG_INFO uses for what there is now. */
static void report_info(struct invocation *inv, const struct msginfo *info, bool usage)
{
	invocation_out_number(inv, OUT_MSGMAX, info->msgmax);
	invocation_out_number(inv, OUT_MSGMNB, info->msgmnb);
	invocation_out_number(inv, OUT_MSGMNI, info->msgmni);
	if (!usage)
		return;
	invocation_out_number(inv, OUT_QUEUES, info->msgpool);
	invocation_out_number(inv, OUT_MESSAGES, info->msgmap);
	invocation_out_number(inv, OUT_BYTES, info->msgtql);
}

static void report(struct invocation *inv, int command, const union buffer *buffer)
{
	switch (command) {
	case IPC_STAT:
	case MSG_STAT:
	case MSG_STAT_ANY:
		report_queue(inv, &buffer->queue);
		return;
	case IPC_INFO:
	case MSG_INFO:
		report_info(inv, &buffer->info, command == MSG_INFO);
		return;
	default:
		return;
	}
}

enum { ID, COMMAND, PERMISSIONS, QBYTES = PERMISSIONS + 3 };

static long control(const struct invocation *inv, int id, int command, union buffer *buffer)
{
	return inv->libc ? msgctl(id, command, &buffer->queue)
			 : syscall(SYS_msgctl, id, command, buffer);
}

/* What is left out stays as it is, so that is asked for first. */
static void prepare_set(struct invocation *inv, int id, union buffer *buffer)
{
	struct msqid_ds *queue = &buffer->queue;

	control(inv, id, IPC_STAT, buffer);
	invocation_permissions(inv, PERMISSIONS, &queue->msg_perm);
	queue->msg_qbytes = (msglen_t)invocation_number(inv, QBYTES, (int64_t)queue->msg_qbytes);
}

/* Looked at before anything is asked. */
static void check_numbers(struct invocation *inv)
{
	for (size_t i = PERMISSIONS; i <= QBYTES; i++)
		invocation_number(inv, i, 0);
}

static void invoke_msgctl(struct invocation *inv)
{
	int id = invocation_int(inv, ID, -1);
	int command = invocation_int(inv, COMMAND, 0);
	union buffer buffer;
	long returned;

	check_numbers(inv);
	if (invocation_complained(inv))
		return;
	memset(&buffer, 0, sizeof(buffer));
	if (command == IPC_SET)
		prepare_set(inv, id, &buffer);
	returned = control(inv, id, command, &buffer);
	invocation_returned(inv, returned);
	if (returned >= 0)
		report(inv, command, &buffer);
}

static const struct call calls[] = {
	{
		.name = "msgctl", .man = "msgctl(2)",
		.summary = "asks about, changes or removes a queue; IPC_SET keeps what is left out",
		.number = SYS_msgctl, .invoke = invoke_msgctl,
		.result = RESULT_NUMBER,
		.parameters = {
			[ID] = TAKES("id", ID),
			[COMMAND] = TAKES("command", INT, SYMBOL_MISC),
			[PERMISSIONS] = CALL_PERMISSION_PARAMETERS,
			[QBYTES] = MAY_TAKE("qbytes", INT, SYMBOL_PLAIN, 0),
		},
		.outs = {
			[OUT_QNUM] = "qnum", [OUT_CBYTES] = "cbytes", [OUT_QBYTES] = "qbytes",
			[OUT_LSPID] = "lspid", [OUT_LRPID] = "lrpid",
			[OUT_STIME] = "stime", [OUT_RTIME] = "rtime", [OUT_CTIME] = "ctime",
			[OUT_PERMISSIONS] = CALL_PERMISSION_OUTS,
			[OUT_QUEUES] = "queues", [OUT_MESSAGES] = "messages",
			[OUT_BYTES] = "bytes",
			[OUT_MSGMAX] = "msgmax", [OUT_MSGMNB] = "msgmnb", [OUT_MSGMNI] = "msgmni",
		},
	},
};

CALL_FAMILY(sysv_msgctl, calls);
