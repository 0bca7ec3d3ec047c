// SPDX-License-Identifier: MIT
/* Record locks, of processes and of open file descriptions. */
#include "call_lock.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_arguments.h"
#include "call_result.h"

bool is_record_lock(int command)
{
	static const int commands[] = {
		F_GETLK, F_SETLK, F_SETLKW, F_OFD_GETLK, F_OFD_SETLK, F_OFD_SETLKW,
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (commands[i] == command)
			return true;
	}
	return false;
}

/* What is in the way, or F_UNLCK as the type and nothing else: the rest is then as it was given. */
static void report_lock(struct invocation *inv, const struct flock *lock)
{
	invocation_out_number(inv, RECORD_OUT_TYPE, lock->l_type);
	if (lock->l_type == F_UNLCK)
		return;
	invocation_out_number(inv, RECORD_OUT_START, lock->l_start);
	invocation_out_number(inv, RECORD_OUT_LEN, lock->l_len);
	invocation_out_number(inv, RECORD_OUT_WHENCE, lock->l_whence);
	invocation_out_number(inv, RECORD_OUT_PID, lock->l_pid);
}

void invoke_record_lock(struct invocation *inv)
{
	int fd = invocation_int(inv, RECORD_FD, -1);
	int command = invocation_int(inv, RECORD_COMMAND, 0);
	struct flock *lock = invocation_room(inv, sizeof(*lock));
	long returned;

	if (!invocation_has(inv, RECORD_TYPE))
		invocation_complain(inv, "fcntl: a lock is F_RDLCK, F_WRLCK or F_UNLCK");
	if (lock)
		*lock = (struct flock){
			.l_type = (short)invocation_int(inv, RECORD_TYPE, 0),
			.l_whence = (short)invocation_int(inv, RECORD_WHENCE, SEEK_SET),
			.l_start = invocation_number(inv, RECORD_START, 0),
			.l_len = invocation_number(inv, RECORD_LEN, 0),
			.l_pid = invocation_int(inv, RECORD_PID, 0),
		};
	if (invocation_complained(inv))
		return;
	returned = inv->libc ? fcntl(fd, command, lock) : syscall(SYS_fcntl, fd, command, lock);
	invocation_returned(inv, returned);
	if (returned >= 0 && (command == F_GETLK || command == F_OFD_GETLK))
		report_lock(inv, lock);
}
