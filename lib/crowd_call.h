/* SPDX-License-Identifier: MIT */
/* The calls that a crowd sleeps in, decoded. For crowd_linux.c. */
#ifndef IPCDRILL_CROWD_CALL_H
#define IPCDRILL_CROWD_CALL_H

#include "crowd.h"

/* Finds out whether the thread's call is a 32-bit one, and what it is called here. */
void crowd_translate(struct crowd_thread *thread, uint64_t stack_pointer);

/* Its memory; false: it is not there. */
bool crowd_read(const struct crowd_thread *thread, uint64_t address, void *to, size_t size);

#endif
