/* SPDX-License-Identifier: MIT */
/*
 * For tests of injection: runs a body in a process under rules, with a driver that serves it until
 * it is dead.
 */
#ifndef IPCDRILL_TESTS_INJECT_FIXTURE_H
#define IPCDRILL_TESTS_INJECT_FIXTURE_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "drive.h"
#include "inject.h"
#include "leak.h"

enum { NOTES_MAX = 32, FIXTURE_PATIENCE_NS = 1000000000 };

/* What driver and body share. */
struct shared {
	struct inject_port port;
	long got[64];			/* by the body: what it wants to be asserted */
	_Atomic uint32_t flag;
	char text[64];
};

static struct {
	struct shared *shared;
	struct inject inject;
	struct inject_filter filter;
	pid_t pid;
	int status;
	int fd_before;
	unsigned fired, done, refused;
	enum hit_end last_end;
	char refusal[120];
	bool is_impatient, is_deaf;	/* by the test: as on older kernels */
	uid_t run_as;			/* by the test: 0: as ourselves */
} fixture;

static inline void fixture_note(void *context, enum inject_what what,
				const struct inject_rule *rule, const struct hit *hit)
{
	(void)context;
	(void)rule;
	switch (what) {
	case INJECT_FIRED: fixture.fired++; return;
	case INJECT_DONE: fixture.done++; break;
	case INJECT_REFUSED: fixture.refused++; break;
	}
	fixture.last_end = hit->end;
	memcpy(fixture.refusal, hit->refusal, sizeof(fixture.refusal));
}

static inline struct inject_rule rule_on(const char *call, enum hit_point point, const char *fault,
					 int64_t operand)
{
	struct inject_rule rule = { .name = call, .point = point, .effect_count = 1 };

	rule.number_count = inject_calls(call, rule.numbers, INJECT_CALLS_MAX);
	rule.effects[0] = (struct inject_effect){ fault_find(fault), operand };
	ck_assert_uint_ne(rule.number_count, 0);
	ck_assert_ptr_nonnull(rule.effects[0].fault);
	return rule;
}

static inline struct inject_rule nth(struct inject_rule rule, uint64_t n)
{
	rule.trigger.kind = TRIGGER_NTH;
	rule.trigger.first = rule.trigger.last = n;
	return rule;
}

static inline struct inject_rule every(struct inject_rule rule, uint64_t n)
{
	rule.trigger.kind = TRIGGER_EVERY;
	rule.trigger.first = n;
	return rule;
}

/* What a body's call gave: its result or -errno. */
static inline long outcome(long returned)
{
	return returned < 0 ? -errno : returned;
}

static inline void stay_on_one_core(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	sched_setaffinity(0, sizeof(one), &one);
}

/* A process that runs `body` with the rules in place; it exits with 0 when that returns. */
static inline void start(struct inject_rule *rules, size_t count,
			 void (*body)(struct shared *shared))
{
	struct deadline deadline = deadline_in(5 * (int64_t)FIXTURE_PATIENCE_NS);

	fixture.fd_before = leak_lowest_fd();
	fixture.fired = fixture.done = fixture.refused = 0;
	fixture.shared = mmap(NULL, sizeof(*fixture.shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(fixture.shared, MAP_FAILED);
	ck_assert_int_eq(inject_compile(rules, count, &fixture.filter), 0);
	fixture.filter.is_impatient = fixture.is_impatient;
	fixture.pid = fork();
	ck_assert_int_ge(fixture.pid, 0);
	if (!fixture.pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (fixture.run_as && (setgid(fixture.run_as) || setuid(fixture.run_as)))
			_exit(98);
		if (inject_install(&fixture.filter, &fixture.shared->port))
			_exit(99);
		body(fixture.shared);
		_exit(0);
	}
	fixture.inject = (struct inject){
		.rules = rules,
		.rule_count = count,
		.noted = fixture_note,
		.listener_fd = -1,
		.pidfd = -1,
		.is_deaf = fixture.is_deaf,
	};
	if (fixture.filter.has_listener)
		ck_assert_int_eq(
			inject_take(&fixture.inject, &fixture.shared->port, fixture.pid, &deadline),
			0);
}

/* Serves until all of the process are dead; never longer than the fixture's patience. */
static inline void serve_to_the_end(void)
{
	struct deadline deadline = deadline_in(20 * (int64_t)FIXTURE_PATIENCE_NS);

	while (fixture.filter.has_listener && !fixture.inject.is_over &&
	       !deadline_passed(&deadline)) {
		ck_assert_int_ge(drive(&fixture.inject, &deadline), 0);
		if (fixture.is_deaf)
			break;
	}
	/* The listener may be told a little before the parent is. */
	ck_assert_int_eq(waitpid(fixture.pid, &fixture.status, 0), fixture.pid);
}

/* Serves until the thread is held for this reason. */
static inline const struct hit *serve_until_held(enum hit_wait wait)
{
	struct deadline deadline = deadline_in(10 * (int64_t)FIXTURE_PATIENCE_NS);
	const struct hit *hit;

	while (!(hit = inject_held(&fixture.inject, fixture.pid)) || hit->wait != wait) {
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
		ck_assert_msg(!deadline_passed(&deadline), "never held");
		ck_assert_msg(!fixture.inject.is_over, "over before it was held");
	}
	return hit;
}

static inline void await_state(pid_t pid, int options)
{
	siginfo_t info;

	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, options), 0);
}

/* Everything given back; nothing left open. */
static inline void finish_fixture(void)
{
	if (fixture.filter.has_listener)
		inject_close(&fixture.inject);
	inject_filter_free(&fixture.filter);
	munmap(fixture.shared, sizeof(*fixture.shared));
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(leak_lowest_fd(), fixture.fd_before);
}

static inline void run(struct inject_rule *rules, size_t count, void (*body)(struct shared *shared))
{
	start(rules, count, body);
	serve_to_the_end();
}

#define EXITED_WELL() ck_assert_msg(WIFEXITED(fixture.status) && !WEXITSTATUS(fixture.status), \
				    "status %#x", (unsigned)fixture.status)
#define KILLED_BY(signal) ck_assert_msg(WIFSIGNALED(fixture.status) && WTERMSIG(fixture.status) == (signal), \
					"status %#x", (unsigned)fixture.status)

#endif
