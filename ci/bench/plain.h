/* SPDX-License-Identifier: MIT */
/*
 * What the machine charges for the bare things that the engine is made of: the measure of all other
 * figures.
 */
#ifndef IPCDRILL_BENCH_PLAIN_H
#define IPCDRILL_BENCH_PLAIN_H

/* Microseconds each, on the core the caller is pinned to. */
double plain_fork_us(void);		/* fork, _exit, waitpid */
double plain_futex_us(void);		/* wake another process and be woken by it */

#endif
