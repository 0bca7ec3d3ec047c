// SPDX-License-Identifier: MIT
/* POSIX shared memory objects: opening and unlinking their names. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "table.h"

LIBC(shm_open, shm_open(AT(0), (int)raw[1], (mode_t)raw[2]))
LIBC(shm_unlink, shm_unlink(AT(0)))

static const struct call calls[] = {
	{
		.name = "shm_open", .man = "shm_open(3)",
		.summary = "opens a shared memory object, or makes it",
		.number = -1, .libc = libc_shm_open,
		.result = RESULT_FD,
		.parameters = {
			TAKES("name", PATH),
			TAKES("flags", INT, SYMBOL_OPEN),
			MAY_TAKE("mode", INT, SYMBOL_MODE, 0600),
		},
	},
	{
		.name = "shm_unlink", .man = "shm_unlink(3)",
		.summary = "removes the name of a shared memory object",
		.number = -1, .libc = libc_shm_unlink,
		.parameters = { TAKES("name", PATH) },
	},
};

CALL_FAMILY(posix_shm, calls);
