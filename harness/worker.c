// SPDX-License-Identifier: MIT
/* The worker's loop. */
#include "worker.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "deadline.h"
#include "parcel.h"
#include "run.h"
#include "sandbox_mounts.h"

/* Past a test's own limit by this, its worker is no longer believed in. */
#define GRACE_NS INT64_C(20000000000)

enum { DESCRIPTORS = 1024 };

/*
 * Whoever started ipcdrill may have ignored or blocked signals; endpoints inherit the defaults from
 * here. As the init of a pid namespace we do not die of SIGPIPE either; elsewhere the guardian
 * cleans up.
 */
static void reset_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++) {
		if (sig != SIGKILL && sig != SIGSTOP)
			signal(sig, SIG_DFL);
	}
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Endpoints die of what they touch, and a core file would be something left behind. */
static void forbid_cores(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CORE, &limit))
		return;
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CORE, &limit);
}

/* The driver has some of each endpoint itself. */
void worker_allow_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= DESCRIPTORS)
		return;
	limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/*
 * Endpoints inherit what we hold: nothing of the caller's terminal or pipes but stderr, for
 * crashes.
 */
static void settle_in(const struct worker *worker)
{
	int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	cpu_set_t cores;

	if (null_fd >= 0) {
		dup2(null_fd, STDIN_FILENO);
		dup2(null_fd, STDOUT_FILENO);
		close(null_fd);
	}
	setsid();
	umask(022);
	reset_signals();
	forbid_cores();
	worker_allow_descriptors();
	if (worker->core >= 0) {
		CPU_ZERO(&cores);
		CPU_SET((size_t)worker->core, &cores);
		sched_setaffinity(0, sizeof(cores), &cores);
	}
}

static enum worker_trade trade_of(const struct worker *worker, size_t job)
{
	return worker->has_waiter && plan_has_tag(worker->plans[worker->jobs[job]], "timer")
		       ? TRADE_WAIT
		       : TRADE_WORK;
}

static bool is_left(const struct worker *worker, enum worker_trade trade)
{
	return atomic_load(&worker->board->next[trade]) < worker->job_count;
}

bool worker_may_have_work(const struct worker *worker)
{
	return (!worker->is_waiter && is_left(worker, TRADE_WORK)) || is_left(worker, TRADE_WAIT);
}

/* job_count: there is none any more. */
static size_t take_of(const struct worker *worker, enum worker_trade trade)
{
	while (is_left(worker, trade)) {
		size_t job = atomic_fetch_add(&worker->board->next[trade], 1);

		if (job < worker->job_count && worker->jobs[job] != SIZE_MAX &&
		    trade_of(worker, job) == trade)
			return job;
	}
	return worker->job_count;
}

static size_t take(const struct worker *worker)
{
	size_t job = worker->is_waiter ? worker->job_count : take_of(worker, TRADE_WORK);

	return job < worker->job_count ? job : take_of(worker, TRADE_WAIT);
}

/* False: stop, for nobody listens or the sandbox is doubtful. */
static bool run_job(const struct worker *worker, size_t job, struct stage *stage,
		    const struct run_options *options, int mounts_fd)
{
	const struct plan *plan = worker->plans[worker->jobs[job]];
	struct worker_desk *desk = &worker->board->desks[worker->number];
	struct parcel parcel = { .job = job };
	double limit_ns = ((double)plan->timeout_ns + GRACE_NS) * options->timeout_scale;
	int64_t start = clock_now_ns();
	bool clean;
	int err;

	atomic_store(&desk->limit_ns, deadline_in_about(limit_ns).at_ns);
	atomic_store(&desk->job, (int64_t)job);
	if (plan->needs_network)
		loopback_open(&stage->loopback);
	clean = run_plan(plan, stage, options, &parcel.history, &parcel.verdict);
	parcel.duration_ns = clock_now_ns() - start;
	if (parcel.verdict.kind == VERDICT_PASS) {
		uint32_t grade = parcel.history.grade;

		history_free(&parcel.history);
		parcel.history.grade = grade;
	}
	err = parcel_send(worker->results_fd, &parcel);
	atomic_store(&desk->job, -1);
	parcel_free(&parcel);
	return clean && !err && !sandbox_has_other_mounts(mounts_fd);
}

int worker_main(void *context)
{
	const struct worker *worker = context;
	struct shortages *shortages = &worker->board->desks[worker->number].shortages;
	struct run_options options = {
		.grade = (enum settle_grade)worker->settle_grade,
		.timeout_scale = worker->timeout_scale,
		.shortages = shortages,
		.directory_fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
	};
	/* Elsewhere the mounts are everybody's. */
	int mounts_fd = getpid() == 1 ? sandbox_watch_mounts() : -1;
	struct stage stage = { 0 };

	loopback_init(&stage.loopback);
	settle_in(worker);
	shortages_find(shortages);
	if (worker->settle_grade < 0)
		options.grade = settle_probe();
	while (!atomic_load(&worker->board->stop)) {
		size_t job = take(worker);

		if (job == worker->job_count || !run_job(worker, job, &stage, &options, mounts_fd))
			break;
	}
	return 0;
}
