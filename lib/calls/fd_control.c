// SPDX-License-Identifier: MIT
/* fcntl() and ioctl(): many small calls behind one name, some of which take or fill memory. */
#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_lock.h"
#include "call_result.h"
#include "table.h"

enum { FD, COMMAND, ARGUMENT };

static long call_fcntl(const struct invocation *inv, int fd, int command, long argument)
{
	return INVOKE(inv, fcntl, fd, command, argument);
}

/*
 * The commands whose argument is a number, or that have none. Any other one may take its argument
 * for an address, so it gets none: the kernel then says EINVAL or EFAULT, and no memory of the
 * endpoint is written to by accident.
 */
static bool takes_number(int command)
{
	static const int commands[] = {
		F_DUPFD,    F_DUPFD_CLOEXEC, F_GETFD,  F_SETFD,     F_GETFL,      F_SETFL,
		F_GETOWN,   F_SETOWN,        F_GETSIG, F_SETSIG,    F_GETPIPE_SZ, F_SETPIPE_SZ,
		F_GETLEASE, F_SETLEASE,      F_NOTIFY, F_GET_SEALS, F_ADD_SEALS,
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (commands[i] == command)
			return true;
	}
	return false;
}

enum { OUT_OWNER, OUT_OWNER_TYPE };

static void invoke_owner_ex(struct invocation *inv, int fd, int command)
{
	struct f_owner_ex *owner = invocation_room(inv, sizeof(*owner));
	size_t count;
	int *numbers = invocation_ints(inv, ARGUMENT, &count);
	long returned;

	if (command == F_SETOWN_EX && numbers && count == 2)
		*owner = (struct f_owner_ex){ .type = numbers[0], .pid = numbers[1] };
	else if (command == F_SETOWN_EX)
		invocation_refuse(inv, ARGUMENT, "{type, pid}");
	if (invocation_complained(inv))
		return;
	returned = call_fcntl(inv, fd, command, (long)owner);
	invocation_returned(inv, returned);
	if (returned < 0)
		return;
	invocation_out_number(inv, OUT_OWNER, owner->pid);
	invocation_out_number(inv, OUT_OWNER_TYPE, owner->type);
}

static void invoke_fcntl(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	int command = invocation_int(inv, COMMAND, 0);
	long argument;

	if (command == F_SETOWN_EX || command == F_GETOWN_EX) {
		invoke_owner_ex(inv, fd, command);
		return;
	}
	if (is_record_lock(command)) {
		invoke_record_lock(inv);
		return;
	}
	for (size_t i = RECORD_START; i <= RECORD_PID; i++) {
		if (invocation_has(inv, i))
			invocation_complain(inv, "fcntl: only a lock has a %s",
					    inv->call->parameters[i].name);
	}
	argument = invocation_number(inv, ARGUMENT, 0);
	if (!takes_number(command) && argument)
		invocation_complain(inv, "fcntl: no argument can be given to command %d", command);
	if (invocation_complained(inv))
		return;
	/*
	 * F_GETOWN of a small process group looks like an error when made by number: see BUGS of
	 * fcntl(2).
	 */
	invocation_returned(inv, call_fcntl(inv, fd, command, argument));
}

/* What a request does with its argument; those not listed get none, for the same reason. */
struct request {
	unsigned long number;
	bool gives;	/* fills an int */
	bool takes;	/* reads an int */
	bool plain;	/* takes a number that is not behind a pointer */
};

static const struct request requests[] = {
	{ .number = FIONREAD, .gives = true },
	{ .number = SIOCOUTQ, .gives = true },
	{ .number = SIOCATMARK, .gives = true },
	{ .number = FIOGETOWN, .gives = true },
	{ .number = SIOCGPGRP, .gives = true },
	{ .number = FIONBIO, .takes = true },
	{ .number = FIOASYNC, .takes = true },
	{ .number = FIOSETOWN, .takes = true },
	{ .number = SIOCSPGRP, .takes = true },
	{ .number = TIOCGPTN, .gives = true },
	{ .number = TIOCGPTLCK, .gives = true },
	{ .number = TIOCGPKT, .gives = true },
	{ .number = TIOCSPTLCK, .takes = true },
	{ .number = TIOCPKT, .takes = true },
	{ .number = TIOCSCTTY, .plain = true },
	{ .number = TIOCGPTPEER, .plain = true },
	{ .number = TIOCNOTTY },
	{ .number = FIOCLEX },
	{ .number = FIONCLEX },
};

static const struct request *request_find(int64_t number)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (requests[i].number == (uint64_t)number)
			return &requests[i];
	}
	return NULL;
}

enum { OUT_VALUE };

static void call_ioctl(struct invocation *inv, int fd, unsigned long number, void *argument)
{
	invocation_returned(inv, INVOKE(inv, ioctl, fd, number, argument));
}

/* A window's size, {rows, columns}, is the one structure that is offered. */
static void invoke_window_size(struct invocation *inv, int fd, unsigned long number)
{
	struct winsize window = { 0 };
	size_t count;
	int *sizes = invocation_ints(inv, ARGUMENT, &count);

	if (sizes && count != (number == TIOCSWINSZ ? 2 : 0))
		invocation_complain(inv, number == TIOCSWINSZ
						 ? "ioctl: TIOCSWINSZ takes {rows, columns}"
						 : "ioctl: TIOCGWINSZ takes no value");
	if (invocation_complained(inv))
		return;
	if (number == TIOCSWINSZ) {
		window.ws_row = (unsigned short)sizes[0];
		window.ws_col = (unsigned short)sizes[1];
	}
	call_ioctl(inv, fd, number, &window);
	if (!inv->result->error)
		invocation_out_numbers(inv, OUT_VALUE,
				       (const int64_t[]){ window.ws_row, window.ws_col }, 2);
}

static void invoke_ioctl(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	unsigned long number = (unsigned long)invocation_number(inv, COMMAND, 0);
	const struct request *request = request_find((int64_t)number);
	bool takes = request && (request->takes || request->plain);
	void *argument = NULL;
	int value;

	if (number == TIOCSWINSZ || number == TIOCGWINSZ) {
		invoke_window_size(inv, fd, number);
		return;
	}
	value = invocation_int(inv, ARGUMENT, 0);
	if (request && request->plain)
		argument = (void *)(intptr_t)value;
	else if (request && (request->gives || request->takes))
		argument = &value;
	if (takes && !invocation_has(inv, ARGUMENT))
		invocation_complain(inv, "ioctl: this request needs a value");
	if (!takes && invocation_has(inv, ARGUMENT))
		invocation_complain(inv, "ioctl: no value can be given to request %#lx", number);
	if (invocation_complained(inv))
		return;
	call_ioctl(inv, fd, number, argument);
	if (!inv->result->error && request && request->gives)
		invocation_out_number(inv, OUT_VALUE, value);
}

static const struct call calls[] = {
	{
		.name = "fcntl", .man = "fcntl(2)",
		.summary = "flags, owner, signal, size, locks, duplicates of a descriptor",
		.number = SYS_fcntl, .invoke = invoke_fcntl,
		.flags = CALL_SIGNALS,		/* F_SETOWN */
		.result = RESULT_NUMBER,
		.parameters = {
			[FD] = TAKES("fd", FD),
			[COMMAND] = TAKES("command", INT, SYMBOL_FCNTL),
			[ARGUMENT] = MAY_TAKE("argument", ANYTHING, SYMBOL_PLAIN, 0),
			[RECORD_START] = MAY_TAKE("start", INT, SYMBOL_PLAIN, 0),
			[RECORD_LEN] = MAY_TAKE("len", INT, SYMBOL_PLAIN, 0),
			[RECORD_WHENCE] = MAY_TAKE("whence", INT, SYMBOL_WHENCE, SEEK_SET),
			[RECORD_PID] = MAY_TAKE("pid", PROCESS, SYMBOL_PLAIN, 0),
		},
		.outs = {
			[OUT_OWNER] = "owner", [OUT_OWNER_TYPE] = "owner_type",
			[RECORD_OUT_TYPE] = "type", [RECORD_OUT_START] = "start",
			[RECORD_OUT_LEN] = "len", [RECORD_OUT_WHENCE] = "whence",
			[RECORD_OUT_PID] = "pid",
		},
	},
	{
		.name = "ioctl", .man = "ioctl(2)",
		.summary = "FIONREAD and other requests that take or give one number",
		.number = SYS_ioctl, .invoke = invoke_ioctl,
		.result = RESULT_NUMBER,
		.parameters = {
			[FD] = TAKES("fd", FD),
			[COMMAND] = TAKES("request", INT, SYMBOL_IOCTL),
			[ARGUMENT] = MAY_TAKE("value", INT, SYMBOL_PLAIN, 0),
		},
		.outs = { [OUT_VALUE] = "value" },
	},
};

CALL_FAMILY(fd_control, calls);
