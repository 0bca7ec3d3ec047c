/* SPDX-License-Identifier: MIT */
/*
 * What the measurements share: a core to stay on, busy neighbours, medians, and whole programs as a
 * measure.
 */
#ifndef IPCDRILL_BENCH_MEASURE_H
#define IPCDRILL_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>

enum { CORES_MAX = 256 };

/* Cores that this process may use, lowest first; how many. Before the first pin_to(). */
size_t cores_list(int cores[CORES_MAX]);
void pin_to(int core);

/* Sorts. */
double median(double *samples, size_t count);

/*
 * Processes that do nothing but spin, `each` a core, until they are stopped or we die. They have a
 * session of their own, as have the workers of the program: the scheduler may share a core among
 * sessions (sched_autogroup, sched(7)).
 */
void busy_start(unsigned each);
void busy_stop(void);

struct program_run {
	int status;		/* as wait(2) gives it */
	double seconds;
	long peak_kib;		/* of the largest process among it and its descendants */
};

/* Runs it without input or output, anywhere but pinned. */
struct program_run program_run(char *const argv[]);

/* Prints why, and gives up. */
_Noreturn void give_up(const char *what);

#endif
