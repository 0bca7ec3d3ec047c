// SPDX-License-Identifier: MIT
/*
 * The figures of the engine, each next to what the bare machine charges in the same run: compare
 * the ratios, not the microseconds. usage: bench PROGRAM TEN_STEPS_SCENARIO TRIALS REPEATS KILLS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "injection.h"
#include "killing.h"
#include "measure.h"
#include "plain.h"
#include "settle.h"
#include "tracer.h"
#include "verdicts.h"

enum {
	RUNS = 5,
	SCENARIOS = 4000,	/* a run: long enough for the start of the program not to count */
	BUSY_A_CORE = 4,
};

struct bench {
	char *program;
	char *ten_steps;
	size_t trials;
	unsigned repeats;
	unsigned kills;
	size_t cores;
	double fork_us;
	double futex_us;
	int failures;
};

static void line(const char *what, double value, const char *unit, double ratio, const char *of)
{
	printf("  %-44s %10.1f %-12s", what, value, unit);
	if (of)
		printf(" %6.2f x %s", ratio, of);
	printf("\n");
	fflush(stdout);
}

static void measure_plain(struct bench *bench)
{
	printf("the bare machine, on one core\n");
	bench->fork_us = plain_fork_us();
	bench->futex_us = plain_futex_us();
	line("fork + exit + wait", bench->fork_us, "us", 0, NULL);
	line("futex round trip", bench->futex_us, "us", 0, NULL);
}

static void show_wrong(struct bench *bench, const char *what, const struct verdicts *verdicts)
{
	printf("  %-44s %10zu in %zu", what, verdicts->wrong, verdicts->trials);
	if (verdicts->late)
		printf(", %zu inconclusive", verdicts->late);
	printf("\n");
	fflush(stdout);
	bench->failures += verdicts->wrong || verdicts->late;
}

static void measure_verdicts(struct bench *bench)
{
	enum settle_grade grade = settle_probe();
	struct verdicts idle, loaded;

	printf("verdicts, by %s\n", settle_grade_name(grade));
	idle = verdicts_try(bench->trials, grade);
	line("blocked: from the order to the verdict", idle.blocked_us, "us",
	     idle.blocked_us / bench->futex_us, "futex round trip");
	line("blocked: the verdict alone", idle.again_us, "us", idle.again_us / bench->futex_us,
	     "futex round trip");
	line("resumed: from the order to the verdict", idle.resumed_us, "us",
	     idle.resumed_us / bench->futex_us, "futex round trip");
	show_wrong(bench, "wrong, idle", &idle);
	busy_start(BUSY_A_CORE);
	loaded = verdicts_try(bench->trials, grade);
	busy_stop();
	line("blocked, 4 busy loops a core", loaded.blocked_us, "us",
	     loaded.blocked_us / bench->futex_us, "futex round trip, idle");
	show_wrong(bench, "wrong, 4 busy loops a core", &loaded);
}

/* Median seconds of the program with these arguments; its largest peak in *peak_kib. */
static double time_program(struct bench *bench, char *const argv[], unsigned runs, long *peak_kib)
{
	double samples[RUNS];

	*peak_kib = 0;
	for (unsigned i = 0; i < runs; i++) {
		struct program_run run = program_run(argv);

		samples[i] = run.seconds;
		if (run.peak_kib > *peak_kib)
			*peak_kib = run.peak_kib;
		if (!WIFEXITED(run.status) || WEXITSTATUS(run.status)) {
			printf("  %s %s: status %#x\n", argv[0], argv[1], (unsigned)run.status);
			bench->failures++;
		}
	}
	return median(samples, runs);
}

static void measure_throughput(struct bench *bench)
{
	char repeat[20], workers[20], what[60];
	char *argv[] = { bench->program,   "run", "-j", workers, "--repeat", repeat,
			 bench->ten_steps, NULL };
	long peak_kib;

	printf("scenarios of two endpoints and ten steps\n");
	snprintf(repeat, sizeof(repeat), "%d", SCENARIOS);
	for (size_t count = 1; count <= bench->cores;
	     count += count < bench->cores ? bench->cores - count : 1) {
		double each_us;

		snprintf(workers, sizeof(workers), "%zu", count);
		each_us = time_program(bench, argv, RUNS, &peak_kib) * 1e6 / SCENARIOS;
		snprintf(what, sizeof(what), "%zu worker%s", count,
			 count > 1 ? "s, one a core" : "");
		line(what, 1e6 / each_us, "a second", each_us / bench->fork_us,
		     "fork + exit + wait, each");
	}
}

static void measure_tracer(double answered_ns, double other_ns)
{
	for (int job = 0; job < TRACER_JOBS; job++) {
		bool is_other = job >= TRACER_OTHER;
		double ns = tracer_measure("/proc/self/exe", job),
		       ours = is_other ? other_ns : answered_ns;

		if (ns < 0)
			printf("  %-44s %10s\n", tracer_job_name(job), "not here");
		else
			line(tracer_job_name(job), ns, "ns", ns / ours,
			     inject_cost_name(is_other ? COST_OTHER : COST_ANSWERED));
	}
}

static void measure_faults(struct bench *bench)
{
	struct inject_costs costs = { 0 };
	int err;

	printf("a fault, per call\n");
	err = measure_inject(&costs);
	if (err) {
		printf("  not here: %s\n", strerror(-err));
		return;
	}
	for (int cost = 0; cost < COSTS; cost++) {
		enum inject_cost base = inject_cost_base(cost);

		line(inject_cost_name(cost), costs.ns[cost], "ns", costs.ns[cost] / costs.ns[base],
		     base == (enum inject_cost)cost ? NULL : inject_cost_name(base));
	}
	measure_tracer(costs.ns[COST_ANSWERED], costs.ns[COST_OTHER]);
	(void)bench;
}

static void measure_killing(struct bench *bench)
{
	printf("programs under faults, killed at random points\n");
	for (int kernel = 0; kernel < KILLING_KERNELS; kernel++) {
		struct killing killing = killing_try(kernel, bench->kills);

		printf("  %-44s %10u hangs in %u, %u killed while held\n",
		       killing_kernel_name(kernel), killing.hangs, killing.runs, killing.held);
		fflush(stdout);
		bench->failures += killing.hangs > 0;
	}
}

static void measure_suite(struct bench *bench)
{
	char repeat[20];
	char *once[] = { bench->program, "run", NULL };
	char *often[] = { bench->program, "run", "--repeat", repeat, NULL };
	long peak_kib;

	printf("the whole suite\n");
	line("time", time_program(bench, once, RUNS, &peak_kib) * 1000, "ms", 0, NULL);
	line("peak memory of its largest process", (double)peak_kib / 1024, "MiB", 0, NULL);
	if (!bench->repeats)
		return;
	snprintf(repeat, sizeof(repeat), "%u", bench->repeats);
	line("repeated, idle", time_program(bench, often, 1, &peak_kib), "s", bench->repeats,
	     "suite");
	busy_start(BUSY_A_CORE);
	line("repeated, 4 busy loops a core", time_program(bench, often, 1, &peak_kib), "s",
	     bench->repeats, "suite");
	busy_stop();
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	int cores[CORES_MAX];
	struct utsname system;

	if (argc == 2 && !strcmp(argv[1], "--getppid"))
		return printf("%f\n", measure_getppid(11)) < 0;
	if (argc != 6) {
		fprintf(stderr, "usage: bench PROGRAM TEN_STEPS_SCENARIO TRIALS REPEATS KILLS\n");
		return 2;
	}
	bench.program = argv[1];
	bench.ten_steps = argv[2];
	bench.trials = strtoul(argv[3], NULL, 10);
	bench.repeats = (unsigned)strtoul(argv[4], NULL, 10);
	bench.kills = (unsigned)strtoul(argv[5], NULL, 10);
	bench.cores = cores_list(cores);
	uname(&system);
	printf("%s %s on %s, %zu cores; medians\n", system.sysname, system.release, system.machine,
	       bench.cores);
	pin_to(cores[0]);
	measure_plain(&bench);
	measure_verdicts(&bench);
	measure_faults(&bench);
	measure_killing(&bench);
	measure_throughput(&bench);
	measure_suite(&bench);
	return bench.failures != 0;
}
