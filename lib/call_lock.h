/* SPDX-License-Identifier: MIT */
/*
 * The commands of fcntl() that lock records: half of one call, and more than all of its others
 * together.
 */
#ifndef IPCDRILL_CALL_LOCK_H
#define IPCDRILL_CALL_LOCK_H

#include "call.h"

/*
 * The parameters of fcntl() that say what is to be locked; RECORD_TYPE is the argument of all its
 * commands.
 */
enum {
	RECORD_FD,
	RECORD_COMMAND,
	RECORD_TYPE,
	RECORD_START,
	RECORD_LEN,
	RECORD_WHENCE,
	RECORD_PID
};
/* After the out-parameters of its other commands. */
enum { RECORD_OUT_TYPE = 2, RECORD_OUT_START, RECORD_OUT_LEN, RECORD_OUT_WHENCE, RECORD_OUT_PID };

bool is_record_lock(int command);
void invoke_record_lock(struct invocation *inv);

#endif
