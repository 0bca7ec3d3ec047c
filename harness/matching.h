/* SPDX-License-Identifier: MIT */
/* Does a value that a call gave back satisfy one that a scenario wrote down? */
#ifndef IPCDRILL_MATCHING_H
#define IPCDRILL_MATCHING_H

#include <stdbool.h>
#include <stdint.h>

#include "value.h"

/*
 * `number`: what the call returned, where that is a number besides the value (a count of bytes), or
 * NULL. Among out-parameters an error is a plain number (SO_ERROR).
 */
bool value_matches(const struct value *want, const struct value *got, const int64_t *number,
		   bool is_out);

#endif
