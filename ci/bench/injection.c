// SPDX-License-Identifier: MIT
/*
 * One process that makes the same call in batches, timed by itself, and a driver on the same core.
 */
#include "injection.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drive.h"
#include "inject.h"
#include "measure.h"

enum { ROUNDS = 7, BATCHES = 11, CALLS = 1000 };

struct bench_board {
	struct inject_port port;
	double ns[BATCHES];
};

enum call { GETPPID, READ, LSEEK };

static const struct bench_case {
	const char *name;
	enum inject_cost base;
	enum call call;
	const char *rule;	/* for these calls; NULL: no filter */
	const char *fault;
	int64_t operand;
	size_t size;		/* of a read */
	enum hit_point point;
	bool is_blind;
	bool is_plain;		/* without the engine */
	bool never;		/* a trigger that does not fire */
	bool handles;		/* signals */
} cases[COSTS] = {
	[COST_BARE] = { "bare", COST_BARE, GETPPID, NULL, NULL, 0, 0, HIT_ENTRY, false, false,
			false, false },
	[COST_OTHER] = { "filter that does not match", COST_BARE, .rule = "semop", .fault = "errno",
			 .operand = EIO, .is_blind = true },
	[COST_STATIC] = { "error by the filter", COST_BARE, .rule = "getppid", .fault = "errno",
			  .operand = EIO, .is_blind = true },
	[COST_ROUND_TRIP] = { "notification round trip, plain C", COST_ROUND_TRIP,
			      .rule = "getppid", .fault = "errno", .operand = EIO,
			      .is_plain = true },
	[COST_PASSED] = { "notification, passed on", COST_ROUND_TRIP, .rule = "getppid",
			  .fault = "errno", .operand = EIO, .never = true },
	[COST_PASSED_READ] = { "the same, of a call that may sleep", COST_ROUND_TRIP, READ, "read",
			       "errno", EIO, 1, .never = true },
	[COST_PASSED_LOOKED] = { "the same, with signal handlers", COST_ROUND_TRIP, READ, "read",
				 "errno", EIO, 1, .never = true, .handles = true },
	[COST_ANSWERED] = { "notification, error", COST_ROUND_TRIP, .rule = "getppid",
			    .fault = "errno", .operand = EIO },
	[COST_SHORT] = { "short read", COST_PASSED, READ, "read", "short", 1, 64 },
	[COST_EXIT_STOP] = { "error after the effect, by ptrace", COST_ROUND_TRIP, LSEEK, "lseek",
			     "errno", EIO, .point = HIT_EXIT },
};

const char *inject_cost_name(enum inject_cost cost)
{
	return cases[cost].name;
}

enum inject_cost inject_cost_base(enum inject_cost cost)
{
	return cases[cost].base;
}

static void make_call(const struct bench_case *bench, int fd)
{
	char room[64];

	switch (bench->call) {
	case GETPPID: syscall(SYS_getppid); return;
	case READ: syscall(SYS_read, fd, room, bench->size); return;
	case LSEEK: syscall(SYS_lseek, fd, 0, SEEK_CUR); return;
	}
	abort();
}

static void handle(int signal)
{
	(void)signal;
}

static void make_calls(const struct bench_case *bench, struct bench_board *board)
{
	const int fd = bench->call == GETPPID ? -1 : open("/dev/zero", O_RDONLY | O_CLOEXEC);

	if (bench->handles)
		signal(SIGUSR1, handle);
	for (int batch = 0; batch < BATCHES; batch++) {
		int64_t start_ns = clock_now_ns();

		for (int i = 0; i < CALLS; i++)
			make_call(bench, fd);
		board->ns[batch] = (double)(clock_now_ns() - start_ns) / CALLS;
	}
}

double measure_getppid(int batches)
{
	double ns[BATCHES];

	for (int batch = 0; batch < batches; batch++) {
		int64_t start_ns = clock_now_ns();

		for (int i = 0; i < CALLS; i++)
			syscall(SYS_getppid);
		ns[batch] = (double)(clock_now_ns() - start_ns) / CALLS;
	}
	return median(ns, (size_t)batches);
}

/* The least that a supervisor can do. */
static void serve_plainly(const struct inject *inject)
{
	union {
		struct seccomp_notif notification;
		char room[512];
	} got;
	struct pollfd listener = { .fd = inject->listener_fd, .events = POLLIN };

	while (poll(&listener, 1, -1) == 1 && listener.revents & POLLIN) {
		struct seccomp_notif_resp response = { .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };

		memset(&got, 0, sizeof(got));
		if (ioctl(inject->listener_fd, SECCOMP_IOCTL_NOTIF_RECV, &got))
			continue;
		response.id = got.notification.id;
		ioctl(inject->listener_fd, SECCOMP_IOCTL_NOTIF_SEND, &response);
	}
}

static int attend(struct inject *inject, struct bench_board *board, pid_t pid, bool plainly)
{
	struct deadline deadline = deadline_in(INT64_C(60000000000));
	int err = inject_take(inject, &board->port, pid, &deadline);

	if (err)
		return err;
	if (plainly)
		serve_plainly(inject);
	else
		drive(inject, &deadline);
	inject_close(inject);
	return 0;
}

static struct inject_rule rule_of(const struct bench_case *bench)
{
	struct inject_rule rule = {
		.name = bench->name,
		.point = bench->point,
		.effect_count = 1,
		.is_blind = bench->is_blind,
		.watches_handlers = true,
	};

	rule.number_count = inject_calls(bench->rule, rule.numbers, INJECT_CALLS_MAX);
	rule.effects[0] = (struct inject_effect){ fault_find(bench->fault), bench->operand };
	if (bench->never)
		rule.trigger = (struct trigger){ .kind = TRIGGER_NTH,
						 .first = UINT64_MAX,
						 .last = UINT64_MAX };
	return rule;
}

static int measure_case(enum inject_cost cost, struct bench_board *board, double *ns)
{
	const struct bench_case *bench = &cases[cost];
	struct inject_filter filter = { 0 };
	struct inject_rule rule;
	struct inject inject = { .rules = &rule, .rule_count = 1 };
	int err = 0;
	pid_t pid;

	*board = (struct bench_board){ 0 };
	if (bench->rule) {
		rule = rule_of(bench);
		err = inject_compile(&rule, 1, &filter);
	}
	if (err)
		return err;
	pid = fork();
	if (pid < 0)
		give_up("fork");
	if (!pid) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (!inject_install(&filter, &board->port))
			make_calls(bench, board);
		_exit(0);
	}
	if (filter.has_listener)
		err = attend(&inject, board, pid, bench->is_plain);
	waitpid(pid, NULL, 0);
	inject_filter_free(&filter);
	*ns = median(board->ns, BATCHES);
	return err;
}

/* In turns, so that a neighbour who is busy for a while is so for all of them. */
int measure_inject(struct inject_costs *costs)
{
	struct bench_board *board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
					 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	double samples[COSTS][ROUNDS];
	int err = 0;

	if (board == MAP_FAILED)
		give_up("mmap");
	for (int round = 0; round < ROUNDS; round++) {
		for (int cost = 0; cost < COSTS && !err; cost++)
			err = measure_case((enum inject_cost)cost, board, &samples[cost][round]);
	}
	for (int cost = 0; cost < COSTS && !err; cost++)
		costs->ns[cost] = median(samples[cost], ROUNDS);
	munmap(board, sizeof(*board));
	return err;
}
