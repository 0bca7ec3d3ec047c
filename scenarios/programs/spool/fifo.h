/* SPDX-License-Identifier: MIT */
/* One end of a FIFO, which whoever comes first makes. */
#ifndef FIFO_H
#define FIFO_H

/*
 * Waits until the other end is open too. `flags` is O_RDONLY or O_WRONLY. The descriptor, or -1
 * with errno: EEXIST if that is the name of something else.
 */
int fifo_open(const char *path, int flags);

#endif
