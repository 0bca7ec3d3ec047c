/* SPDX-License-Identifier: MIT */
/* Ends of a hit. Private to hit*.c: whoever has hits calls hit_step(). */
#ifndef IPCDRILL_HIT_ANSWER_H
#define IPCDRILL_HIT_ANSWER_H

#include "hit.h"

/* Each of these gives what the hit waits for then: HIT_OVER, or the call that is made again. */
enum hit_wait hit_end_as(struct hit *hit, enum hit_end how);
/* The kernel makes the call as if nobody had looked. */
enum hit_wait hit_answer_go_on(struct hit *hit);
/* The caller gets the hit's value or error. */
enum hit_wait hit_answer_result(struct hit *hit);
/* The caller is told to make the call again. */
enum hit_wait hit_answer_anew(struct hit *hit);

/* False if the notification is gone. The hit stays as it is. */
bool hit_answer(struct hit *hit, int64_t value, int error, uint32_t flags);

#endif
