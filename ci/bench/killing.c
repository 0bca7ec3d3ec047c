// SPDX-License-Identifier: MIT
/* Each lot of runs has a driver process of its own: should that hang, it is seen from outside. */
#include "killing.h"

#include "measure.h"
#include "tests/victims.h"

enum { LOT = 50, LOT_PATIENCE_MS = 120000 };

_Static_assert(VICTIM_KERNELS == (int)KILLING_KERNELS, "the report has a line for each");

const char *killing_kernel_name(int kernel)
{
	return victim_kernels[kernel].name;
}

static _Noreturn void drive_lot(int kernel, unsigned runs, unsigned random,
				struct victim_tally *tally)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (unsigned i = 0; i < runs; i++) {
		random = random * 1664525 + 1013904223;
		if (victim_try(&victim_kernels[kernel], random >> 4, tally))
			_exit(1);
	}
	_exit(0);
}

struct killing killing_try(int kernel, unsigned runs)
{
	struct victim_tally *tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
					  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct killing killing;

	if (tally == MAP_FAILED)
		give_up("mmap");
	for (unsigned done = 0; done < runs; done += LOT) {
		pid_t pid = fork();
		int pidfd;

		if (pid < 0)
			give_up("fork");
		if (!pid)
			drive_lot(kernel, runs - done < LOT ? runs - done : LOT,
				  done * 7919 + (unsigned)kernel, tally);
		pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
		if (!victim_is_dead(pidfd, LOT_PATIENCE_MS)) {
			tally->hangs++;
			kill(pid, SIGKILL);
		}
		waitpid(pid, NULL, 0);
		close(pidfd);
	}
	killing = (struct killing){ tally->runs, tally->hangs, tally->held };
	munmap(tally, sizeof(*tally));
	return killing;
}
