// SPDX-License-Identifier: MIT
/* A look at an endpoint that sleeps where nothing interrupts it: it may be dying. */
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "deadline.h"
#include "look.h"
#include "process.h"

static const char *const names[] = { "parent" };
static const struct call call = { .name = "sleeper", .number = SYS_clone };
static const struct action action = { .call = &call };
static struct cast cast = { .names = names, .endpoint_count = 1 };
static struct stage stage = { .cast = &cast };

/* The one such sleep that anybody can have: a parent waits for the child of its vfork(2). */
static pid_t start_parent(void)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0)) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			pause();
	}
	_exit(0);
}

static void setup(void)
{
	stage.endpoints[0] = (struct endpoint){
		.pid = start_parent(), .state = ENDPOINT_BUSY, .action = &action, .syscall_fd = -1,
	};
	cast.has_deaths = false;
}

static void teardown(void)
{
	kill(stage.endpoints[0].pid, SIGKILL);
	waitpid(stage.endpoints[0].pid, NULL, 0);
	if (stage.endpoints[0].syscall_fd >= 0)
		close(stage.endpoints[0].syscall_fd);
}

static bool is_asleep(void)
{
	char text[sizeof(stage.endpoints[0].text)];

	return look_asleep(SETTLE_SYSCALL, &stage, &stage.endpoints[0], text, sizeof(text));
}

static void await_sleep(void)
{
	const struct deadline deadline = deadline_in(INT64_C(10000000000));

	while (!is_asleep()) {
		ck_assert(!deadline_passed(&deadline));
		sched_yield();
	}
}

START_TEST(test_who_may_be_dying_is_not_asleep)
{
	await_sleep();
	cast.has_deaths = true;
	ck_assert(!is_asleep());
	ck_assert_int_eq(stage.watch_error, 0);
}
END_TEST

/* For a lock or for memory. This one does it as if for its child, to be seen there for sure. */
START_TEST(test_who_sleeps_within_its_fork_is_at_work)
{
	const struct deadline deadline = deadline_in(INT64_C(10000000000));
	const struct action forking = { .call = call_find("fork") };

	stage.endpoints[0].action = &forking;
	while (process_state(stage.endpoints[0].pid) != 'D') {
		ck_assert(!deadline_passed(&deadline));
		sched_yield();
	}
	ck_assert(!is_asleep());
	/* Of any other call it would be. */
	stage.endpoints[0].action = &action;
	ck_assert(is_asleep());
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, test_who_may_be_dying_is_not_asleep);
	tcase_add_test(tcase, test_who_sleeps_within_its_fork_is_at_work);
}

int main(void)
{
	return checks_run_case("look", fill);
}
