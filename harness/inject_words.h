/* SPDX-License-Identifier: MIT */
/* Calls that were hit, in words like strace's: what they were about, and what became of them. */
#ifndef IPCDRILL_INJECT_WORDS_H
#define IPCDRILL_INJECT_WORDS_H

#include <stddef.h>
#include <stdio.h>

#include "hit.h"

/*
 * "read"; "call 999" where the number has no name; "32-bit call": one that 64-bit programs have
 * not.
 */
const char *inject_call_text(int number);

/* write(4</tmp/x.log>, 4096); the thread is held. */
void inject_words_call(const struct hit *hit, char *text, size_t size);

/* "-1 ENOSPC (No space left on device)", "1", "killed"; the hit is over. */
void inject_words_end(const struct hit *hit, char *text, size_t size);

/*
 * "pipe", "socket", "file" ...: the kind of the descriptor that the call is about; "" if it is
 * about none.
 */
const char *inject_words_kind(const struct hit *hit);

#endif
