// SPDX-License-Identifier: MIT
/* What an endpoint writes into its control page is its word only: it cannot skip its own test. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "runner.h"

static const char *names[] = { "liar" };
static struct plan plan;
static struct stage stage;
static struct history history;
static struct runner runner;
static struct inject_rule rule;
static struct inject_filter filter;
static struct endpoint_rules rules;

/*
 * One endpoint that is starting; with a fault that needs a listener, or that the kernel sees to by
 * itself.
 */
static void set_the_stage(bool is_blind)
{
	plan = (struct plan){ .endpoint_names = names, .endpoint_count = 1 };
	rule = (struct inject_rule){ .effects = { { fault_find("errno"), EIO } },
				     .effect_count = 1,
				     .is_blind = is_blind,
				     .trigger = { .kind = TRIGGER_ALWAYS } };
	rule.number_count = inject_calls("getpgid", rule.numbers, INJECT_CALLS_MAX);
	ck_assert_int_eq(inject_compile(&rule, 1, &filter), 0);
	ck_assert_int_eq(filter.has_listener, !is_blind);
	rules = (struct endpoint_rules){ &rule, 1, &filter };
	runner = (struct runner){
		.plan = &plan, .stage = &stage, .history = &history, .call_step = { -1 }
	};
	ck_assert_int_eq(control_map(&stage.control, 1), 0);
	stage.endpoints[0].state = ENDPOINT_READY;
}

static void write_page(const char *complaint, int error)
{
	struct result *result = &control_page(&stage.control, 0)->result;

	result->error = error;
	strcpy(result->complaint, complaint);
}

static const struct event *only_event(void)
{
	ck_assert_uint_eq(history.count, 1);
	ck_assert(runner.halted);
	return &history.events[0];
}

static void leave_the_stage(void)
{
	history_free(&history);
	control_unmap(&stage.control);
	inject_filter_free(&filter);
}

static const int lies[] = { 0, EBUSY, EINVAL, ENOSYS, EACCES, EPERM, -1, INT_MIN, INT_MAX };

static void expect_no_skip(int lie, bool has_rules, bool is_blind)
{
	set_the_stage(is_blind);
	runner.cast.rules = has_rules ? &rules : NULL;
	write_page("this machine cannot do it", lie);
	runner_completed(&runner, 0);
	ck_assert_int_eq(only_event()->kind, EVENT_BROKEN);
	leave_the_stage();
}

START_TEST(test_lie_without_faults)
{
	expect_no_skip(lies[_i], false, false);
}
END_TEST

START_TEST(test_lie_about_listener)
{
	expect_no_skip(lies[_i], true, false);
}
END_TEST

START_TEST(test_lie_about_filter)
{
	expect_no_skip(lies[_i], true, true);
}
END_TEST

/* The number in its port is as much its own word as the rest. */
START_TEST(test_lie_in_port)
{
	set_the_stage(false);
	runner.cast.rules = &rules;
	runner_unstarted(&runner, 0, lies[_i] > 0 ? -lies[_i] : -EIO);
	ck_assert_int_eq(only_event()->kind, EVENT_BROKEN);
	leave_the_stage();
}
END_TEST

/* In a process whose calls have a listener already. */
static void tell_the_truth(void)
{
	write_page("cannot install the filter of its faults", EBUSY);
	runner_completed(&runner, 0);
	_exit(history.count == 1 && history.events[0].kind == EVENT_UNAVAILABLE ? 0 : 1);
}

START_TEST(test_truth)
{
	struct inject_port *port = mmap(NULL, sizeof(*port), PROT_READ | PROT_WRITE,
					MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct inject listener = { 0 };
	int status;
	pid_t pid;

	set_the_stage(false);
	runner.cast.rules = &rules;
	ck_assert_int_eq(inject_try(&filter), 0);
	pid = fork();
	if (!pid && !inject_install(&filter, port))
		tell_the_truth();
	ck_assert_int_eq(inject_take(&listener, port, pid, NULL), 0);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	inject_close(&listener);
	leave_the_stage();
}
END_TEST

static void fill(TCase *tcase)
{
	const int count = sizeof(lies) / sizeof(*lies);

	tcase_add_loop_test(tcase, test_lie_without_faults, 0, count);
	tcase_add_loop_test(tcase, test_lie_about_listener, 0, count);
	tcase_add_loop_test(tcase, test_lie_about_filter, 0, count);
	tcase_add_loop_test(tcase, test_lie_in_port, 0, count);
	tcase_add_test(tcase, test_truth);
}

int main(void)
{
	return checks_run_case("run_events", fill);
}
