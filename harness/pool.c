// SPDX-License-Identifier: MIT
/* The command's side of its workers: starting, collecting, replacing those that die, delivering in order. */
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "deadline.h"
#include "parcel.h"
#include "sandbox.h"
#include "worker.h"

enum { LOOK_MS = 1000 };	/* between looks for workers that hang */

struct hand {			/* one worker, seen from here */
	pid_t pid;		/* 0: not running */
	int results_fd;
	struct worker worker;
};

struct delivery {		/* of a job, kept until its turn */
	bool here;
	struct parcel parcel;
};

struct pool {
	const struct suite *suite;
	const struct pool_options *options;
	struct sandbox_options sandbox;
	size_t *jobs;
	size_t job_count;
	struct delivery *deliveries;
	size_t delivered;
	const size_t *order;
	size_t order_count;
	struct worker_board *board;
	struct hand *hands;
	unsigned hand_count;
	bool stopped;
	bool (*deliver)(void *context, const struct test_result *result);
	void *context;
	char *reason;
	size_t reason_size;
};

static const struct plan *plan_of(const struct pool *pool, size_t job)
{
	return pool->suite->plans[pool->order[job % pool->order_count]];
}

static void deliver_one(struct pool *pool, size_t job)
{
	const struct plan *plan = plan_of(pool, job);
	struct delivery *delivery = &pool->deliveries[job];
	char *replay = NULL;
	struct test_result result = {
		.number = job + 1,
		.plan = plan,
		.repetition = (unsigned)(job / pool->order_count),
		.verdict = delivery->parcel.verdict,
		.history = delivery->parcel.history,
		.duration_ns = delivery->parcel.duration_ns,
	};

	if (asprintf(&replay, "ipcdrill run --only '%s' %s", plan->id, plan->file->source.path) >= 0)
		result.replay = replay;
	if (!pool->deliver(pool->context, &result))
		pool->stopped = true;
	free(replay);
	parcel_free(&delivery->parcel);
}

static void deliver_ready(struct pool *pool)
{
	while (!pool->stopped && pool->delivered < pool->job_count && pool->deliveries[pool->delivered].here)
		deliver_one(pool, pool->delivered++);
}

/* A result made here: the plan did not run, or its worker died over it. */
static void put_verdict(struct pool *pool, size_t job, enum verdict_kind kind, struct location where, const char *reason)
{
	struct delivery *delivery = &pool->deliveries[job];

	if (delivery->here)
		return;
	delivery->here = true;
	delivery->parcel.verdict = (struct verdict){ .kind = kind, .where = where, .step = -1, .reason = strdup(reason) };
}

static void list_jobs(struct pool *pool)
{
	for (size_t job = 0; job < pool->job_count; job++) {
		const struct plan *plan = plan_of(pool, job);

		pool->jobs[job] = pool->order[job % pool->order_count];
		if (plan->skip.reason[0]) {
			put_verdict(pool, job, VERDICT_SKIP, plan->skip.where, plan->skip.reason);
		} else if (plan->unsupported.reason[0]) {
			put_verdict(pool, job, VERDICT_BROKEN, plan->unsupported.where, plan->unsupported.reason);
		} else {
			if (plan->needs_network)
				pool->sandbox.network = true;
			continue;
		}
		pool->jobs[job] = SIZE_MAX;
	}
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
		.core = core_of(number),
		.results_fd = fds[1],
		.timeout_scale = pool->options->timeout_scale,
		.grade = (enum settle_grade)pool->options->settle_grade,
	};
	atomic_store(&pool->board->desks[number].job, -1);
	fflush(NULL);
	pid = sandbox_start(&pool->sandbox, worker_main, &hand->worker, pool->reason, pool->reason_size);
	close(fds[1]);
	if (pid < 0) {
		close(fds[0]);
		return pid;
	}
	hand->pid = pid;
	hand->results_fd = fds[0];
	return 0;
}

/* Falls back to no sandbox where namespaces cannot be had; doctor says why. */
static int start_hands(struct pool *pool)
{
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

static bool jobs_left(const struct pool *pool)
{
	return !pool->stopped && atomic_load(&pool->board->next) < pool->job_count;
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
		if (WIFSIGNALED(status))
			snprintf(text, sizeof(text), "its worker died: killed by %s", strsignal(WTERMSIG(status)));
		else
			snprintf(text, sizeof(text), "its worker died: exit status %d", WEXITSTATUS(status));
		put_verdict(pool, (size_t)job, VERDICT_BROKEN, plan_of(pool, (size_t)job)->scenario->where, text);
	}
	if (jobs_left(pool))
		start_hand(pool, number);
}

static void collect(struct pool *pool, struct hand *hand)
{
	struct parcel parcel;

	if (parcel_receive(hand->results_fd, &parcel) <= 0 || parcel.job >= pool->job_count) {
		kill(hand->pid, SIGKILL);
		bury(pool, hand);
		return;
	}
	if (pool->deliveries[parcel.job].here) {
		parcel_free(&parcel);
		return;
	}
	pool->deliveries[parcel.job] = (struct delivery){ .here = true, .parcel = parcel };
}

/* A worker that hangs in its clean-up cannot be asked; it is killed, and what it ran is broken. */
static void end_hanging(struct pool *pool)
{
	int64_t now = clock_now_ns();

	for (unsigned i = 0; i < pool->hand_count; i++) {
		const struct worker_desk *desk = &pool->board->desks[i];

		if (pool->hands[i].pid && atomic_load(&desk->job) >= 0 && now > atomic_load(&desk->limit_ns))
			kill(pool->hands[i].pid, SIGKILL);
	}
}

static size_t list_hands(struct pool *pool, struct pollfd *fds, struct hand **hands)
{
	size_t count = 0;

	for (unsigned i = 0; i < pool->hand_count; i++) {
		if (!pool->hands[i].pid)
			continue;
		fds[count] = (struct pollfd){ .fd = pool->hands[i].results_fd, .events = POLLIN };
		hands[count++] = &pool->hands[i];
	}
	return count;
}

static void serve(struct pool *pool)
{
	struct pollfd fds[WORKERS_MAX];
	struct hand *hands[WORKERS_MAX];
	size_t count;

	deliver_ready(pool);
	while (!pool->stopped && (count = list_hands(pool, fds, hands))) {
		if (poll(fds, count, LOOK_MS) == 0)
			end_hanging(pool);
		for (size_t i = 0; i < count; i++) {
			if (fds[i].revents)
				collect(pool, hands[i]);
		}
		deliver_ready(pool);
	}
}

/* No worker is left, and none could be started: what they did not deliver is not forgotten. */
static void give_up(struct pool *pool)
{
	for (size_t job = pool->delivered; !pool->stopped && job < pool->job_count; job++)
		put_verdict(pool, job, VERDICT_BROKEN, plan_of(pool, job)->scenario->where,
			    pool->reason[0] ? pool->reason : "its worker died before it reported");
	deliver_ready(pool);
}

static void end_all(struct pool *pool)
{
	atomic_store(&pool->board->stop, 1);
	for (unsigned i = 0; i < pool->hand_count; i++) {
		struct hand *hand = &pool->hands[i];

		if (!hand->pid)
			continue;
		/* A guardian cleans up when its worker ends; the worker ends after the test it is running. */
		if (pool->sandbox.grade == SANDBOX_FULL)
			kill(hand->pid, SIGKILL);
		close(hand->results_fd);
		while (waitpid(hand->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
}

static int open_pool(struct pool *pool)
{
	pool->jobs = calloc(pool->job_count + 1, sizeof(*pool->jobs));
	pool->deliveries = calloc(pool->job_count + 1, sizeof(*pool->deliveries));
	pool->hands = calloc(pool->hand_count, sizeof(*pool->hands));
	pool->board = mmap(NULL, sizeof(*pool->board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pool->board == MAP_FAILED)
		pool->board = NULL;
	if (!pool->jobs || !pool->deliveries || !pool->hands || !pool->board)
		return -ENOMEM;
	return pipe2(pool->sandbox.life, O_CLOEXEC) ? -errno : 0;
}

static void close_pool(struct pool *pool)
{
	if (pool->sandbox.life[1]) {
		close(pool->sandbox.life[0]);
		close(pool->sandbox.life[1]);
	}
	for (size_t i = pool->delivered; pool->deliveries && i < pool->job_count; i++)
		parcel_free(&pool->deliveries[i].parcel);
	if (pool->board)
		munmap(pool->board, sizeof(*pool->board));
	free(pool->hands);
	free(pool->deliveries);
	free(pool->jobs);
}

static unsigned count_hands(const struct pool_options *options, size_t jobs)
{
	cpu_set_t cores;
	unsigned count = options->workers;

	if (!count)
		count = sched_getaffinity(0, sizeof(cores), &cores) ? 1 : (unsigned)CPU_COUNT(&cores);
	if (count > WORKERS_MAX)
		count = WORKERS_MAX;
	return jobs < count ? (jobs ? (unsigned)jobs : 1) : count;
}

int pool_run(const struct suite *suite, const size_t *order, size_t count, const struct pool_options *options,
	     bool (*deliver)(void *context, const struct test_result *result), void *context,
	     char *reason, size_t size)
{
	struct pool_options own = *options;
	struct pool pool = {
		.suite = suite,
		.options = &own,
		.sandbox = { .grade = options->sandbox ? SANDBOX_FULL : SANDBOX_NONE },
		.job_count = count * options->repeat,
		.order = order,
		.order_count = count,
		.hand_count = count_hands(options, count * options->repeat),
		.deliver = deliver,
		.context = context,
		.reason = reason,
		.reason_size = size,
	};
	int err = open_pool(&pool);

	reason[0] = '\0';
	if (own.settle_grade < 0)
		own.settle_grade = (int)settle_probe();
	if (!err)
		list_jobs(&pool);
	if (!err && own.sandbox == false)
		sandbox_sweep();
	if (!err)
		err = start_hands(&pool);
	if (!err) {
		serve(&pool);
		give_up(&pool);
		end_all(&pool);
	}
	close_pool(&pool);
	return err;
}
