/* SPDX-License-Identifier: MIT */
/*
 * Programs under all kinds of faults that are killed at random points: does whoever drives them
 * ever hang?
 */
#ifndef IPCDRILL_TESTS_VICTIMS_H
#define IPCDRILL_TESTS_VICTIMS_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drive.h"
#include "inject.h"
#include "process.h"

/*
 * A life is measured in calls, and shorter than the first that may block for ever: nothing is
 * decided by time.
 */
enum { VICTIM_PATIENCE_MS = 10000, VICTIM_LIFE = 320 };

/* What an older kernel lacks. */
struct victim_kernel {
	const char *name;
	bool is_impatient;	/* signals take received notifications back */
	bool is_deaf;		/* listeners do not say that nobody is left */
};

static const struct victim_kernel victim_kernels[] = {
	{ "this kernel", false, false },
	{ "without WAIT_KILLABLE_RECV", true, false },
	{ "without hang-up of the listener", false, true },
	{ "without both", true, true },
};
enum { VICTIM_KERNELS = sizeof(victim_kernels) / sizeof(*victim_kernels) };

struct victim_tally {
	unsigned runs, hangs, held;
};

static const struct victim_rule {
	const char *call;
	enum hit_point point;
	const char *fault;
	int64_t operand;
	unsigned every;
} victim_rules[] = {
	{ "getppid", HIT_ENTRY, "errno", EIO, 3 },	{ "write", HIT_EXIT, "delay", 20000, 5 },
	{ "read", HIT_ENTRY, "short", 1, 4 },		{ "read", HIT_EXIT, "delay", 1000, 9 },
	{ "lseek", HIT_EXIT, "errno", EIO, 7 },		{ "lseek", HIT_ENTRY, "delay", 30000, 11 },
	{ "dup", HIT_EXIT, "delay", 50000, 5 },		{ "getpgid", HIT_ENTRY, "hold", 0, 97 },
	{ "getsid", HIT_ENTRY, "signal", SIGUSR1, 2 },	{ "fork", HIT_EXIT, "hold", 1, 40 },
};
enum { VICTIM_RULES = sizeof(victim_rules) / sizeof(*victim_rules) };

static int victim_fds[2];

static inline void victim_handle(int signal)
{
	(void)signal;
}

/* Some of it blocks for ever, when all that was written is read. */
static inline void *victim_call(void *unused)
{
	char room[8] = "";

	(void)unused;
	for (unsigned i = 0;; i++) {
		syscall(SYS_getppid);
		syscall(SYS_lseek, victim_fds[0], 0, SEEK_CUR);
		syscall(SYS_getsid, 0);
		if (write(victim_fds[1], room, sizeof(room)) > 0)
			room[0] += read(victim_fds[0], room, sizeof(room)) > 0;
		if (i % 8 == 0)
			close(dup(victim_fds[0]));
		syscall(SYS_getpgid, 0);
		if (i % 64 == 63)
			room[0] += read(victim_fds[0], room, sizeof(room)) > 0;
	}
	return NULL;
}

static inline _Noreturn void victim_live(unsigned random)
{
	struct sigaction action = { .sa_handler = victim_handle,
				    .sa_flags = random & 1 ? SA_RESTART : 0 };
	pthread_t thread;

	sigaction(SIGUSR1, &action, NULL);
	if (random & 2)
		pthread_create(&thread, NULL, victim_call, NULL);
	if (random & 4)
		fork();
	victim_call(NULL);
	_exit(0);
}

static inline bool victim_is_dead(int pidfd, int wait_ms)
{
	struct pollfd death = { .fd = pidfd, .events = POLLIN };

	return poll(&death, 1, wait_ms) == 1;
}

static inline bool victim_is_announced(const struct inject *inject)
{
	struct pollfd fds[INJECT_POLLFDS_MAX];
	struct deadline next = { inject_deadline_ns(inject) };
	int64_t left_ns = next.at_ns == INT64_MAX ? VICTIM_PATIENCE_MS * INT64_C(1000000)
						  : deadline_left_ns(&next);
	struct timespec left = { left_ns / 1000000000, left_ns % 1000000000 };

	return ppoll(fds, inject_pollfds(inject, fds, INJECT_POLLFDS_MAX), &left, NULL) > 0 &&
	       fds[0].revents & POLLIN;
}

/*
 * One notification after the other; every other victim is to be in the midst of one when it dies.
 * True: it lived so long.
 */
static inline bool victim_serve(struct inject *inject, unsigned random)
{
	const uint64_t life = random / 16 % VICTIM_LIFE;
	struct deadline end = deadline_in(VICTIM_PATIENCE_MS * INT64_C(1000000));

	while ((inject->notifications < life || (random & 1 << 20 && !inject->hits)) &&
	       !deadline_passed(&end)) {
		if (victim_is_announced(inject))
			inject_serve_announced(inject);
		else
			inject_serve(inject);
	}
	return !deadline_passed(&end);
}

/* A short life, a random death. True if all was over in time. */
static inline bool victim_drive(struct inject *inject, unsigned random, struct victim_tally *tally)
{
	static const int deaths[] = { SIGKILL, SIGHUP, SIGUSR2, SIGKILL };
	const bool has_lived = victim_serve(inject, random);
	struct deadline end;

	tally->held += inject->hits != NULL;
	for (const struct hit *hit = inject->hits; hit && random & 8; hit = hit->next)
		syscall(SYS_tkill, hit->tid, deaths[random >> 4 & 3]);
	kill(inject->pid, deaths[random >> 6 & 3]);
	if (random & 256)
		inject_serve(inject);
	kill(inject->pid, SIGKILL);
	end = deadline_in(VICTIM_PATIENCE_MS * INT64_C(1000000));
	while (!inject->is_over && !victim_is_dead(inject->pidfd, 0) && !deadline_passed(&end))
		drive(inject, &end);
	return victim_is_dead(inject->pidfd, VICTIM_PATIENCE_MS) && has_lived;
}

/*
 * Those who were born in the last moment, too: orphans come to us. True if they all died in time.
 */
static inline bool victim_bury(void)
{
	struct deadline end = deadline_in(VICTIM_PATIENCE_MS * INT64_C(1000000));
	pid_t pid;

	do {
		process_kill_children();
		pid = waitpid(-1, NULL, WNOHANG);
		if (!pid)
			sched_yield();
	} while (pid >= 0 && !deadline_passed(&end));
	return pid < 0;
}

/* One run; 0 or -errno if it could not even begin. */
static inline int victim_try(const struct victim_kernel *kernel, unsigned random,
			     struct victim_tally *tally)
{
	struct inject_rule rules[VICTIM_RULES] = { 0 };
	struct inject inject = { .rules = rules,
				 .rule_count = VICTIM_RULES,
				 .is_deaf = kernel->is_deaf };
	struct inject_filter filter;
	struct inject_port *port = mmap(NULL, sizeof(*port), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct deadline deadline = deadline_in(VICTIM_PATIENCE_MS * INT64_C(1000000));
	pid_t pid;
	int err;

	for (size_t i = 0; i < VICTIM_RULES; i++) {
		const struct victim_rule *from = &victim_rules[i];

		rules[i] = (struct inject_rule){ .name = from->call,
						 .point = from->point,
						 .effect_count = 1 };
		rules[i].number_count = inject_calls(from->call, rules[i].numbers,
						     INJECT_CALLS_MAX);
		rules[i].effects[0] = (struct inject_effect){ fault_find(from->fault),
							      from->operand };
		rules[i].trigger = (struct trigger){ .kind = TRIGGER_EVERY, .first = from->every };
	}
	err = port == MAP_FAILED ? -ENOMEM : inject_compile(rules, VICTIM_RULES, &filter);
	if (err || pipe2(victim_fds, O_CLOEXEC))
		return err ? err : -errno;
	filter.is_impatient = kernel->is_impatient;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	pid = fork();
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (!inject_install(&filter, port))
			victim_live(random);
		_exit(99);
	}
	tally->runs++;
	err = inject_take(&inject, port, pid, &deadline);
	if (!err)
		tally->hangs += !victim_drive(&inject, random, tally);
	inject_close(&inject);
	tally->hangs += !victim_bury();
	inject_filter_free(&filter);
	close(victim_fds[0]);
	close(victim_fds[1]);
	munmap(port, sizeof(*port));
	return err;
}

#endif
