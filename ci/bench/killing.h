/* SPDX-License-Identifier: MIT */
/* Does anybody hang when programs under faults are killed at random points? */
#ifndef IPCDRILL_BENCH_KILLING_H
#define IPCDRILL_BENCH_KILLING_H

enum { KILLING_KERNELS = 4 };	/* this one, and what older ones lack */

struct killing {
	unsigned runs, hangs, held;
};

const char *killing_kernel_name(int kernel);
struct killing killing_try(int kernel, unsigned runs);

#endif
