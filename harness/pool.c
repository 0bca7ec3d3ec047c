// SPDX-License-Identifier: MIT
/* The command's side of its workers: what is to be run, what came of it, delivered in order. */
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "deadline.h"
#include "interrupt.h"
#include "pages.h"
#include "pool_state.h"
#include "replay.h"

enum { LOOK_MS = 1000 };	/* between looks for workers that hang */

const struct plan *pool_plan(const struct pool *pool, size_t job)
{
	return pool->suite->plans[pool->order[job % pool->order_count]];
}

/* False: nobody wants more. */
static bool deliver_one(struct pool *pool, size_t job)
{
	const struct plan *plan = pool_plan(pool, job);
	struct delivery *delivery = &pool->deliveries[job];
	char *replay = NULL;
	bool is_welcome;
	struct test_result result = {
		.number = job + 1,
		.plan = plan,
		.repetition = (unsigned)(job / pool->order_count),
		.verdict = delivery->parcel.verdict,
		.history = delivery->parcel.history,
		.duration_ns = delivery->parcel.duration_ns,
	};

	if (result.verdict.kind != VERDICT_PASS)
		result.replay = replay = replay_command(pool->options, plan);
	is_welcome = pool->deliver(pool->context, &result);
	free(replay);
	parcel_free(&delivery->parcel);
	return is_welcome;
}

static void deliver_ready(struct pool *pool)
{
	while (!pool->stopped && pool->delivered < pool->job_count &&
	       pool->deliveries[pool->delivered].here)
		pool->stopped = !deliver_one(pool, pool->delivered++);
}

/* A result made here: the plan did not run, or its worker died over it. */
static void put_verdict(struct pool *pool, size_t job, enum verdict_kind kind,
			struct location where, const char *reason)
{
	struct delivery *delivery = &pool->deliveries[job];

	if (delivery->here)
		return;
	delivery->here = true;
	delivery->parcel.verdict = (struct verdict){
		.kind = kind, .where = where, .step = -1, .reason = strdup(reason)
	};
}

void pool_put_broken(struct pool *pool, size_t job, const struct shortages *shortages,
		     const char *reason)
{
	const struct plan *plan = pool_plan(pool, job);
	struct parcel *parcel = &pool->deliveries[job].parcel;

	if (pool->deliveries[job].here)
		return;
	put_verdict(pool, job, VERDICT_BROKEN, plan->scenario->where, reason);
	shortages_note(shortages, plan, &parcel->history);
	judge_excuse(&parcel->history, &parcel->verdict);
}

static void list_jobs(struct pool *pool)
{
	for (size_t job = 0; job < pool->job_count; job++) {
		const struct plan *plan = pool_plan(pool, job);

		pool->jobs[job] = pool->order[job % pool->order_count];
		if (plan->skip.reason[0]) {
			put_verdict(pool, job, VERDICT_SKIP, plan->skip.where, plan->skip.reason);
		} else if (plan->unsupported.reason[0]) {
			put_verdict(pool, job, VERDICT_BROKEN, plan->unsupported.where,
				    plan->unsupported.reason);
		} else {
			if (plan->needs_network)
				pool->sandbox.network = true;
			continue;
		}
		pool->jobs[job] = SIZE_MAX;
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

/* Nobody is asked to do more, but what they have done already is taken. */
static void collect_rest(struct pool *pool)
{
	struct pollfd fds[WORKERS_MAX];
	struct hand *hands[WORKERS_MAX];
	size_t count;

	pool->stopped = true;
	atomic_store(&pool->board->stop, 1);
	while ((count = list_hands(pool, fds, hands)) && poll(fds, count, 0) > 0) {
		for (size_t i = 0; i < count; i++) {
			if (fds[i].revents)
				pool_collect(pool, hands[i]);
		}
	}
}

/* A slow test does not keep back what others have found. */
static void deliver_rest(struct pool *pool)
{
	for (size_t job = pool->delivered; job < pool->job_count; job++) {
		if (pool->deliveries[job].here && pool->jobs[job] != SIZE_MAX &&
		    !deliver_one(pool, job))
			return;
	}
}

static void serve(struct pool *pool)
{
	struct pollfd fds[WORKERS_MAX + 1];
	struct hand *hands[WORKERS_MAX];
	int64_t look_at_ns = clock_now_ns() + LOOK_MS * INT64_C(1000000);
	size_t count;

	deliver_ready(pool);
	while (!pool->stopped && !interrupt_signal() &&
	       (count = list_hands(pool, fds, hands))) {
		int ready;

		fds[count] = (struct pollfd){ .fd = interrupt_fd(), .events = POLLIN };
		ready = poll(fds, count + 1, LOOK_MS);
		/* The others may have news all the time. */
		if (ready == 0 || clock_now_ns() >= look_at_ns) {
			pool_end_hanging(pool);
			look_at_ns = clock_now_ns() + LOOK_MS * INT64_C(1000000);
		}
		for (size_t i = 0; i < count; i++) {
			if (fds[i].revents)
				pool_collect(pool, hands[i]);
		}
		deliver_ready(pool);
	}
	if (pool->stopped || !interrupt_signal())
		return;
	collect_rest(pool);
	deliver_rest(pool);
}

/* No worker is left, and none could be started: what they did not deliver is not forgotten. */
static void give_up(struct pool *pool)
{
	struct shortages shortages = { 0 };

	if (!pool->stopped && pool->delivered < pool->job_count)
		shortages_find(&shortages);
	for (size_t job = pool->delivered; !pool->stopped && job < pool->job_count; job++)
		pool_put_broken(pool, job, &shortages,
				pool->reason[0] ? pool->reason : "its worker died before it reported");
	deliver_ready(pool);
}

/* Of what whoever lowered it here takes from every test. */
static bool is_for_want(int err)
{
	struct shortages shortages;

	shortages_find(&shortages);
	for (size_t i = 0; i < shortages.count; i++) {
		if (shortages.list[i].footing->error == -err &&
		    footing_serves(shortages.list[i].footing, "*"))
			return true;
	}
	return false;
}

static int open_pool(struct pool *pool)
{
	pool->jobs = calloc(pool->job_count + 1, sizeof(*pool->jobs));
	pool->deliveries = calloc(pool->job_count + 1, sizeof(*pool->deliveries));
	pool->hands = calloc(pool->hand_count, sizeof(*pool->hands));
	pool->board = mmap(NULL, sizeof(*pool->board), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
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
	/* There may be millions of which nothing has come: to write there would take memory. */
	for (size_t i = pool->delivered; pool->deliveries && i < pool->job_count; i++) {
		if (pool->deliveries[i].here)
			parcel_free(&pool->deliveries[i].parcel);
	}
	if (pool->board)
		munmap(pool->board, sizeof(*pool->board));
	free(pool->hands);
	free(pool->deliveries);
	free(pool->jobs);
}

int pool_run(const struct suite *suite, const size_t *order, size_t count,
	     const struct pool_options *options,
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
		.deliver = deliver,
		.context = context,
		.reason = reason,
		.reason_size = size,
	};
	int err;

	pool_count_hands(&pool);
	err = open_pool(&pool);
	reason[0] = '\0';
	if (!err)
		list_jobs(&pool);
	if (!err && own.sandbox == false)
		sandbox_sweep();
	pages_seal();
	if (!err)
		err = pool_start_hands(&pool);
	if (!err) {
		serve(&pool);
		give_up(&pool);
		pool_end_all(&pool);
	} else if (is_for_want(err)) {
		if (!reason[0])
			snprintf(reason, size, "cannot start a worker: %s", strerror(-err));
		give_up(&pool);
		err = 0;
	}
	pages_unseal();
	close_pool(&pool);
	return err;
}
