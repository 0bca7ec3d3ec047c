// SPDX-License-Identifier: MIT
/* fork + exit + wait, and a futex round trip between two processes. */
#include "plain.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control.h"
#include "deadline.h"
#include "measure.h"

enum {
	BATCHES = 21,
	FORKS = 200,
	ROUND_TRIPS = 2000,
};

double plain_fork_us(void)
{
	double samples[BATCHES];

	for (int batch = 0; batch < BATCHES; batch++) {
		int64_t start = clock_now_ns();

		for (int i = 0; i < FORKS; i++) {
			pid_t pid = fork();

			if (pid < 0)
				give_up("fork");
			if (!pid)
				_exit(0);
			waitpid(pid, NULL, 0);
		}
		samples[batch] = (double)(clock_now_ns() - start) / FORKS / 1000;
	}
	return median(samples, BATCHES);
}

struct table {			/* ping and pong, and who has the ball */
	_Atomic uint32_t ping;
	_Atomic uint32_t pong;
};

static void await_turn(_Atomic uint32_t *word, uint32_t turn)
{
	uint32_t seen;

	while ((seen = atomic_load(word)) != turn)
		futex_wait(word, seen, -1);
}

static _Noreturn void return_balls(struct table *table)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (uint32_t turn = 1;; turn++) {
		await_turn(&table->ping, turn);
		atomic_store(&table->pong, turn);
		futex_wake(&table->pong);
	}
}

double plain_futex_us(void)
{
	struct table *table = mmap(NULL, sizeof(*table), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	double samples[BATCHES];
	uint32_t turn = 0;
	pid_t pid;

	if (table == MAP_FAILED)
		give_up("mmap");
	pid = fork();
	if (pid < 0)
		give_up("fork");
	if (!pid)
		return_balls(table);
	for (int batch = 0; batch < BATCHES; batch++) {
		int64_t start = clock_now_ns();

		for (int i = 0; i < ROUND_TRIPS; i++) {
			atomic_store(&table->ping, ++turn);
			futex_wake(&table->ping);
			await_turn(&table->pong, turn);
		}
		samples[batch] = (double)(clock_now_ns() - start) / ROUND_TRIPS / 1000;
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	munmap(table, sizeof(*table));
	return median(samples, BATCHES);
}
