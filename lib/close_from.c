// SPDX-License-Identifier: MIT
/* By close_range(2), or one by one. */
#include "close_from.h"

#include <sys/syscall.h>
#include <unistd.h>

enum { MOST = 65536 };	/* numbers that are tried one by one */

/* Linux before 5.9 has no such call, and seccomp filters of that time refuse it as they see fit. */
void close_from(unsigned first)
{
	if (!syscall(SYS_close_range, first, ~0U, 0))
		return;
	for (unsigned fd = first; fd < MOST; fd++)
		close((int)fd);
}
