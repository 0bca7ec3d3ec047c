// SPDX-License-Identifier: MIT
/* One process that makes the same call in batches, timed by itself, and a driver on the same core. */
#include "injection.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inject.h"
#include "measure.h"

enum { BATCHES = 21, CALLS = 4000 };

struct bench_board {
	struct inject_port port;
	double ns[BATCHES];
};

static const struct bench_case {
	const char *name;
	const char *call;	/* that the rule is for; NULL: no filter */
	const char *fault;
	int64_t operand;
	bool is_blind;
	bool never;		/* a trigger that does not fire */
	bool is_read;
	size_t size;
} cases[COSTS] = {
	[COST_BARE] = { .name = "bare call" },
	[COST_OTHER] = { "under a filter for other calls", "semop", "errno", EIO, true, false, false, 0 },
	[COST_STATIC] = { "error by the filter alone", "getppid", "errno", EIO, true, false, false, 0 },
	[COST_ROUND_TRIP] = { "notification, plain round trip", "getppid", "errno", EIO, false, false, false, 0 },
	[COST_PASSED] = { "notification, counted and passed on", "getppid", "errno", EIO, false, true, false, 0 },
	[COST_PASSED_READ] = { "the same for a call that may sleep", "read", "errno", EIO, false, true, true, 1 },
	[COST_ANSWERED] = { "notification, error by the driver", "getppid", "errno", EIO, false, false, false, 0 },
	[COST_READ] = { .name = "bare read", .is_read = true, .size = 1 },
	[COST_SHORT] = { "short read, on behalf", "read", "short", 1, false, false, true, 64 },
};

const char *inject_cost_name(enum inject_cost cost)
{
	return cases[cost].name;
}

static void make_calls(const struct bench_case *bench, struct bench_board *board)
{
	const int fd = bench->is_read ? open("/dev/zero", O_RDONLY | O_CLOEXEC) : -1;
	char room[64];

	for (int batch = 0; batch < BATCHES; batch++) {
		int64_t start_ns = clock_now_ns();

		for (int i = 0; i < CALLS; i++) {
			if (bench->is_read)
				syscall(SYS_read, fd, room, bench->size);
			else
				syscall(SYS_getppid);
		}
		board->ns[batch] = (double)(clock_now_ns() - start_ns) / CALLS;
	}
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

static int drive(struct inject *inject, struct bench_board *board, pid_t pid, bool plainly)
{
	struct deadline deadline = deadline_in(INT64_C(60000000000));
	int err = inject_take(inject, &board->port, pid, &deadline);

	if (err)
		return err;
	if (plainly)
		serve_plainly(inject);
	else
		inject_poll(inject, &deadline);
	inject_close(inject);
	return 0;
}

static struct inject_rule rule_of(const struct bench_case *bench)
{
	struct inject_rule rule = { .name = bench->name, .effect_count = 1, .is_blind = bench->is_blind };

	rule.number_count = inject_calls(bench->call, rule.numbers, INJECT_CALLS_MAX);
	rule.effects[0] = (struct inject_effect){ fault_find(bench->fault), bench->operand };
	if (bench->never)
		rule.trigger = (struct trigger){ .kind = TRIGGER_NTH, .first = UINT64_MAX, .last = UINT64_MAX };
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
	if (bench->call) {
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
		err = drive(&inject, board, pid, cost == COST_ROUND_TRIP);
	waitpid(pid, NULL, 0);
	inject_filter_free(&filter);
	*ns = median(board->ns, BATCHES);
	return err;
}

int measure_inject(struct inject_costs *costs)
{
	struct bench_board *board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
					 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int err = 0;

	if (board == MAP_FAILED)
		give_up("mmap");
	for (int cost = 0; cost < COSTS && !err; cost++)
		err = measure_case((enum inject_cost)cost, board, &costs->ns[cost]);
	munmap(board, sizeof(*board));
	return err;
}
