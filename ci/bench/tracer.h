/* SPDX-License-Identifier: MIT */
/* The same jobs done by strace(1), for comparison. */
#ifndef IPCDRILL_BENCH_TRACER_H
#define IPCDRILL_BENCH_TRACER_H

#include <stdbool.h>
#include <stddef.h>

enum tracer_job {
	TRACER_FAILS,		/* every getppid fails, by --inject */
	TRACER_FAILS_FILTERED,	/* the same with --seccomp-bpf */
	TRACER_OTHER,		/* getppid, while other calls are to fail */
	TRACER_OTHER_FILTERED,
	TRACER_JOBS,
};

const char *tracer_job_name(enum tracer_job job);

/*
 * Nanoseconds a call; below 0: there is no strace. `self` is the program whose option --getppid
 * makes the calls.
 */
double tracer_measure(const char *self, enum tracer_job job);

#endif
