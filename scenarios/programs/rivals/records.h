/* SPDX-License-Identifier: MIT */
/* Several writers write records of one size to one place, and what is there is looked through. */
#ifndef RECORDS_H
#define RECORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { RECORDS_SIZE_MAX = 65536 };

/*
 * How records are written where; with `apart` each in two calls. All end the program if they cannot
 * go on.
 */
void records_append(const char *path, size_t size, bool apart);
void records_pipe(size_t size, bool apart);

#endif
