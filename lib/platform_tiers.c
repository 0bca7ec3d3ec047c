// SPDX-License-Identifier: MIT
/* How well the engine's needs are met here, put together from probes and measured costs. */
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "deadline.h"
#include "platform_probes.h"
#include "sandbox.h"
#include "settle.h"

enum {
	ROUNDS = 200,
	REPEATS = 7,	/* the fastest counts: the others were disturbed */
};

/* The detail as a file: what does not fit is cut, and the last byte stays NUL. */
static FILE *tier_detail(struct tier *tier)
{
	FILE *detail = fmemopen(tier->detail, sizeof(tier->detail) - 1, "w");

	if (!detail)
		abort();	/* no memory for a few bytes */
	return detail;
}

static void tier_sandbox(struct tier *tier)
{
	char reason[160] = "";
	enum sandbox_grade grade = sandbox_probe(reason, sizeof(reason));
	bool full = grade == SANDBOX_FULL;

	snprintf(tier->grade, sizeof(tier->grade), "%s", full ? "full" : "none");
	if (full)
		snprintf(tier->detail, sizeof(tier->detail),
			 "every worker has process, IPC and mount namespaces of its own");
	else
		snprintf(tier->detail, sizeof(tier->detail),
			 "a private directory and clean-up; %s", reason);
}

static void tier_blocked(struct tier *tier)
{
	static const char *const details[] = {
		[SETTLE_SYSCALL] = "the kernel names the call that a process is asleep in",
		[SETTLE_STAT] = "the kernel says who is asleep, the process itself in which call",
		[SETTLE_TIME] = "the kernel does not say who is asleep: silence is taken for it",
	};
	enum settle_grade grade = settle_probe();

	snprintf(tier->grade, sizeof(tier->grade), "%s", settle_grade_name(grade));
	snprintf(tier->detail, sizeof(tier->detail), "%s", details[grade]);
}

/* From the best to the last resort; the first that works names the tier. */
static const struct {
	const char *grade;
	const char *works;
	void (*look)(const char *argument, struct finding *finding);
} ways[] = {
	{ "full", "notification that signals do not disturb", look_seccomp_wait_killable },
	{ "notify", "user notification", look_seccomp_notify },
	{ "errno", "static errors", look_seccomp_errno },
	{ "ptrace", "ptrace", look_ptrace },
};

static void tier_injection(struct tier *tier)
{
	FILE *detail = tier_detail(tier);

	snprintf(tier->grade, sizeof(tier->grade), "none");
	for (size_t i = sizeof(ways) / sizeof(ways[0]); i-- > 0;) {
		struct finding finding;

		ways[i].look(NULL, &finding);
		if (finding.value.number) {
			snprintf(tier->grade, sizeof(tier->grade), "%s", ways[i].grade);
			fprintf(detail, "%s%s", ways[i].works, i ? ", " : "");
		} else {
			fprintf(detail, "no %s (%s)%s", ways[i].works, finding.reason,
				i ? ", " : "");
		}
	}
	fclose(detail);
}

/* Nanoseconds of one call, the fastest of a few series. */
static int64_t cost_of(void (*call)(void))
{
	int64_t best = INT64_MAX;

	for (int i = 0; i < REPEATS; i++) {
		int64_t start = clock_now_ns();
		int64_t taken;

		for (int round = 0; round < ROUNDS; round++)
			call();
		taken = (clock_now_ns() - start) / ROUNDS;
		best = taken < best ? taken : best;
	}
	return best;
}

static void yield_once(void)
{
	sched_yield();
}

static void look_at_clock(void)
{
	clock_now_ns();
}

static void tier_timing(struct tier *tier)
{
	struct timespec step = { 0, 0 };
	struct finding cores;
	struct finding pinning;
	FILE *detail = tier_detail(tier);
	const char *grade = "parallel";

	look_cores(NULL, &cores);
	look_cpu_pinning(NULL, &pinning);
	clock_getres(CLOCK_MONOTONIC, &step);
	if (cores.value.number < 2)
		grade = "one processor";
	else if (!pinning.value.number)
		grade = "unpinned";
	snprintf(tier->grade, sizeof(tier->grade), "%s", grade);
	fprintf(detail, "%s, %s; sched_yield %" PRId64 " ns, clock %" PRId64
		" ns in steps of %ld ns",
		cores.reason, pinning.reason, cost_of(yield_once), cost_of(look_at_clock),
		step.tv_nsec);
	fclose(detail);
}

static const struct {
	const char *need;
	void (*look)(struct tier *tier);
} needs[] = {
	{ "sandbox", tier_sandbox },
	{ "blocked", tier_blocked },
	{ "injection", tier_injection },
	{ "timing", tier_timing },
};

size_t platform_tiers(struct tier tiers[TIERS_MAX])
{
	const size_t count = sizeof(needs) / sizeof(needs[0]);

	for (size_t i = 0; i < count; i++) {
		tiers[i] = (struct tier){ .need = needs[i].need };
		needs[i].look(&tiers[i]);
	}
	return count;
}
