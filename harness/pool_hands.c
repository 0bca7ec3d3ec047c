// SPDX-License-Identifier: MIT
/* The pool's workers: started in their sandboxes, listened to, replaced when they die. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadline.h"
#include "pool_state.h"
#include "process.h"
#include "symbols.h"

/* As many as were asked for; else one for each core, and one who waits and shares a core. */
void pool_count_hands(struct pool *pool)
{
	unsigned count = pool->options->workers;
	cpu_set_t cores;

	if (!count)
		count = sched_getaffinity(0, sizeof(cores), &cores) ? 1
								    : (unsigned)CPU_COUNT(&cores);
	if (count > WORKERS_MAX)
		count = WORKERS_MAX;
	if (count > pool->job_count)
		count = pool->job_count ? (unsigned)pool->job_count : 1;
	pool->has_waiter = false;
	if (!pool->options->workers && count < WORKERS_MAX && count < pool->job_count) {
		for (size_t i = 0; i < pool->order_count && !pool->has_waiter; i++)
			pool->has_waiter =
				plan_has_tag(pool->suite->plans[pool->order[i]], "timer");
	}
	pool->hand_count = count + pool->has_waiter;
}

static int core_of(unsigned number)
{
	cpu_set_t cores;
	int count, wanted;

	if (sched_getaffinity(0, sizeof(cores), &cores))
		return -1;
	count = CPU_COUNT(&cores);
	wanted = (int)(number % (unsigned)count);
	for (int core = 0; core < CPU_SETSIZE; core++) {
		if (CPU_ISSET((size_t)core, &cores) && wanted-- == 0)
			return core;
	}
	return -1;
}

/* The worker's own pid, or that of its guardian, which cleans up behind it. */
static void end_hand(const struct pool *pool, const struct hand *hand)
{
	kill(hand->pid, pool->sandbox.grade == SANDBOX_FULL ? SIGKILL : SIGTERM);
}

static int start_hand(struct pool *pool, unsigned number)
{
	struct hand *hand = &pool->hands[number];
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	hand->worker = (struct worker){
		.board = pool->board,
		.plans = pool->suite->plans,
		.jobs = pool->jobs,
		.job_count = pool->job_count,
		.number = number,
		.has_waiter = pool->has_waiter,
		.is_waiter = pool->has_waiter && number == pool->hand_count - 1,
		.core = core_of(number),
		.results_fd = fds[1],
		.timeout_scale = pool->options->timeout_scale,
		.settle_grade = pool->options->settle_grade,
	};
	atomic_store(&pool->board->desks[number].job, -1);
	fflush(NULL);
	pid = sandbox_start(&pool->sandbox, worker_main, &hand->worker, pool->reason,
			    pool->reason_size);
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return pid;
	}
	hand->pid = pid;
	hand->results_fd = fds[0];
	hand->is_put_down = false;
	return 0;
}

int pool_start_hands(struct pool *pool)
{
	/* Inherited as ignored, workers would end without anybody learning how (wait(2)). */
	signal(SIGCHLD, SIG_DFL);
	for (unsigned i = 0; i < pool->hand_count; i++) {
		int err = start_hand(pool, i);

		if (err && pool->sandbox.grade == SANDBOX_FULL && i == 0) {
			pool->sandbox.grade = SANDBOX_NONE;
			sandbox_sweep();
			pool->reason[0] = '\0';
			err = start_hand(pool, i);
		}
		if (err && i == 0)
			return err;
	}
	return 0;
}

/* A guardian tells by which signal as a shell does. */
static void say_how_it_died(const struct hand *hand, int status, char *text, size_t size)
{
	int signal = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) - 128;
	const char *name = symbol_name(SYMBOL_SIGNAL, signal);

	if (hand->is_put_down)
		snprintf(text, size,
			 "its worker died: it hung long past the time limit, and was killed");
	else if (signal > 0)
		snprintf(text, size, "its worker died: killed by %s", name ? name : "a signal");
	else
		snprintf(text, size, "its worker died: exit status %d", WEXITSTATUS(status));
}

/* End of file from a worker: it is done, or asks to be replaced, or died over a test. */
static void bury(struct pool *pool, struct hand *hand)
{
	unsigned number = hand->worker.number;
	int64_t job = atomic_load(&pool->board->desks[number].job);
	int status = 0;
	char text[100];

	close(hand->results_fd);
	while (waitpid(hand->pid, &status, 0) < 0 && errno == EINTR)
		;
	hand->pid = 0;
	if (job >= 0 && (size_t)job < pool->job_count) {
		say_how_it_died(hand, status, text, sizeof(text));
		pool_put_broken(pool, (size_t)job, &pool->board->desks[number].shortages, text);
	}
	if (!pool->stopped && worker_may_have_work(&hand->worker))
		start_hand(pool, number);
}

void pool_collect(struct pool *pool, struct hand *hand)
{
	struct parcel parcel;

	if (parcel_receive(hand->results_fd, &parcel) <= 0 || parcel.job >= pool->job_count) {
		end_hand(pool, hand);
		bury(pool, hand);
		return;
	}
	if (pool->deliveries[parcel.job].here) {
		parcel_free(&parcel);
		return;
	}
	pool->deliveries[parcel.job] = (struct delivery){ .here = true, .parcel = parcel };
}

/*
 * A worker that reads what a program prints can sleep where no signal ends it: for the lock of a
 * pipe that the program keeps while a socket is sent into it. It goes on when that one is dead.
 */
static void put_down(const struct pool *pool, struct hand *hand)
{
	hand->is_put_down = true;
	end_hand(pool, hand);
	if (process_state(hand->pid) == 'D')
		process_kill_below(hand->pid);
}

void pool_end_hanging(struct pool *pool)
{
	int64_t now = clock_now_ns();

	for (unsigned i = 0; i < pool->hand_count; i++) {
		const struct worker_desk *desk = &pool->board->desks[i];

		if (pool->hands[i].pid && atomic_load(&desk->job) >= 0 &&
		    now > atomic_load(&desk->limit_ns))
			put_down(pool, &pool->hands[i]);
	}
}

void pool_end_all(struct pool *pool)
{
	atomic_store(&pool->board->stop, 1);
	for (unsigned i = 0; i < pool->hand_count; i++) {
		struct hand *hand = &pool->hands[i];

		if (!hand->pid)
			continue;
		end_hand(pool, hand);
		close(hand->results_fd);
		while (waitpid(hand->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
}

