// SPDX-License-Identifier: MIT
/*
 * Pseudoterminals and terminal settings. Always through the library: some of it has no call of its
 * own.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"
#include "table.h"

LIBC(posix_openpt, posix_openpt(raw[0]))
LIBC(grantpt, grantpt(raw[0]))
LIBC(unlockpt, unlockpt(raw[0]))
LIBC(tcflush, tcflush(raw[0], raw[1]))
LIBC(tcsetpgrp, tcsetpgrp(raw[0], raw[1]))
LIBC(tcgetpgrp, tcgetpgrp(raw[0]))
LIBC(tcgetsid, tcgetsid(raw[0]))

enum { PATH_SIZE = 64 };

static void invoke_ptsname(struct invocation *inv)
{
	int fd = invocation_int(inv, 0, -1);
	char *path = invocation_room(inv, PATH_SIZE);
	int err;

	if (invocation_complained(inv))
		return;
	err = ptsname_r(fd, path, PATH_SIZE);
	invocation_returned(inv, err ? -1 : (long)strlen(path));
	inv->result->error = err;
	if (!err)
		invocation_data(inv, path, strlen(path));
}

enum { FD, INPUT, OUTPUT, LOCAL, WHEN };
enum { OUT_INPUT, OUT_OUTPUT, OUT_LOCAL };

static void invoke_tcgetattr(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	struct termios termios = { 0 };
	int returned;

	if (invocation_complained(inv))
		return;
	returned = tcgetattr(fd, &termios);
	invocation_returned(inv, returned);
	if (returned)
		return;
	invocation_out_number(inv, OUT_INPUT, termios.c_iflag);
	invocation_out_number(inv, OUT_OUTPUT, termios.c_oflag);
	invocation_out_number(inv, OUT_LOCAL, termios.c_lflag);
}

/* What is not given stays as it is. */
static void invoke_tcsetattr(struct invocation *inv)
{
	int fd = invocation_int(inv, FD, -1);
	int when = invocation_int(inv, WHEN, TCSANOW);
	struct termios termios = { 0 };

	if (invocation_complained(inv))
		return;
	tcgetattr(fd, &termios);
	termios.c_iflag = (tcflag_t)invocation_number(inv, INPUT, termios.c_iflag);
	termios.c_oflag = (tcflag_t)invocation_number(inv, OUTPUT, termios.c_oflag);
	termios.c_lflag = (tcflag_t)invocation_number(inv, LOCAL, termios.c_lflag);
	if (!invocation_complained(inv))
		invocation_returned(inv, tcsetattr(fd, when, &termios));
}

static const struct call calls[] = {
	{
		.name = "posix_openpt", .man = "posix_openpt(3)",
		.summary = "makes a pseudoterminal and opens its master",
		.number = -1, .libc = libc_posix_openpt,
		.flags = CALL_ARMS_TIMER,	/* what is written to it arrives a little later */
		.result = RESULT_FD,
		.parameters = { TAKES("flags", INT, SYMBOL_OPEN) },
	},
	{
		.name = "grantpt", .man = "grantpt(3)",
		.summary = "gives the slave to the user of the process",
		.number = -1, .libc = libc_grantpt,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "unlockpt", .man = "unlockpt(3)", .summary = "lets the slave be opened",
		.number = -1, .libc = libc_unlockpt,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "ptsname", .man = "ptsname(3)", .summary = "the slave's path",
		.number = -1, .invoke = invoke_ptsname,
		.result = RESULT_BYTES,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "tcgetattr", .man = "termios(3)", .summary = "a terminal's modes",
		.number = -1, .invoke = invoke_tcgetattr,
		.parameters = { [FD] = TAKES("fd", FD) },
		.outs = {
			[OUT_INPUT] = "iflag",
			[OUT_OUTPUT] = "oflag",
			[OUT_LOCAL] = "lflag",
		},
	},
	{
		.name = "tcsetattr", .man = "termios(3)",
		.summary = "sets a terminal's modes; those left out stay",
		.number = -1, .family = FAMILY(SYS_ioctl), .invoke = invoke_tcsetattr,
		.parameters = {
			[FD] = TAKES("fd", FD),
			[INPUT] = MAY_TAKE("iflag", INT, SYMBOL_PLAIN, 0),
			[OUTPUT] = MAY_TAKE("oflag", INT, SYMBOL_PLAIN, 0),
			[LOCAL] = MAY_TAKE("lflag", INT, SYMBOL_PLAIN, 0),
			[WHEN] = MAY_TAKE("when", INT, SYMBOL_MISC, TCSANOW),
		},
	},
	{
		.name = "tcflush", .man = "termios(3)",
		.summary = "throws away what was not read or not sent yet",
		.number = -1, .family = FAMILY(SYS_ioctl), .libc = libc_tcflush,
		.parameters = { TAKES("fd", FD), TAKES("queue", INT, SYMBOL_MISC) },
	},
	{
		.name = "tcsetpgrp", .man = "tcsetpgrp(3)",
		.summary = "makes a process group the terminal's foreground",
		.number = -1, .family = FAMILY(SYS_ioctl), .libc = libc_tcsetpgrp,
		.parameters = { TAKES("fd", FD), TAKES("pgrp", PROCESS) },
	},
	{
		.name = "tcgetpgrp", .man = "tcgetpgrp(3)",
		.summary = "the terminal's foreground process group",
		.number = -1, .libc = libc_tcgetpgrp,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD) },
	},
	{
		.name = "tcgetsid", .man = "tcgetsid(3)", .summary = "the terminal's session",
		.number = -1, .libc = libc_tcgetsid,
		.result = RESULT_NUMBER,
		.parameters = { TAKES("fd", FD) },
	},
};

CALL_FAMILY(terminal, calls);
