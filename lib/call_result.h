/* SPDX-License-Identifier: MIT */
/* What a call left behind, told in the ways that several calls share. */
#ifndef IPCDRILL_CALL_RESULT_H
#define IPCDRILL_CALL_RESULT_H

#include <signal.h>
#include <sys/socket.h>

#include "call.h"

bool invocation_complained(const struct invocation *inv);

/* One number as such, several (or none) as a list. */
void invocation_out_one_or_list(struct invocation *inv, size_t out, const int64_t *numbers,
				size_t count, bool list);
void invocation_out_signals(struct invocation *inv, size_t out, const sigset_t *set);
/*
 * A socket's name as a scenario writes it: a path without NUL, NUL and an abstract name, or
 * 127.0.0.1:80; of other families raw.
 */
void invocation_out_address(struct invocation *inv, size_t out, const struct sockaddr *address,
			    socklen_t length);

#endif
