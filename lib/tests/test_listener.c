// SPDX-License-Identifier: MIT
/*
 * Faults on an endpoint of a stage: held at the entry, seen to by itself at the exit, counted by
 * its own commands.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "checks.h"
#include "endpoint.h"
#include "listener.h"
#include "look.h"
#include "settle.h"

static const char *const names[] = { "caller" };
static const uint8_t held[1];
static struct action action;
static struct inject_rule rule;
static struct inject_filter filter;
static struct endpoint_rules rules;
static struct cast cast;
static struct stage stage;
static struct settle settler;
static int fired;

static void ignore(void *context, unsigned endpoint)
{
	(void)context;
	(void)endpoint;
}

static void count_fired(void *context, enum inject_what what, const struct inject_rule *hit_rule,
			const struct hit *hit)
{
	(void)context;
	(void)hit_rule;
	(void)hit;
	fired += what == INJECT_FIRED;
}

static enum settled settle_all(void)
{
	struct deadline deadline = deadline_in(INT64_C(10000000000));

	return settle(&settler, &stage, -1, &deadline);
}

/* One endpoint whose getppid() is hit at the given call. */
static void set_the_stage(const char *effect, int64_t operand, enum hit_point point, uint64_t nth)
{
	action = (struct action){ .call = call_find("getppid"), .bind = -1, .child = -1 };
	memset(action.bind_out, -1, sizeof(action.bind_out));
	rule = (struct inject_rule){ .point = point,
				     .effects = { { fault_find(effect), operand } },
				     .effect_count = 1,
				     .trigger = {
					     .kind = TRIGGER_NTH, .first = nth, .last = nth } };
	rule.number_count = inject_calls("getppid", rule.numbers, INJECT_CALLS_MAX);
	ck_assert_int_eq(inject_compile(&rule, 1, &filter), 0);
	rules = (struct endpoint_rules){ &rule, 1, &filter };
	cast = (struct cast){ .names = names,
			      .endpoint_count = 1,
			      .actions = &action,
			      .action_count = 1,
			      .held = held,
			      .rules = &rules,
			      .noted = count_fired };
	memset(&stage, 0, sizeof(stage));
	stage.cast = &cast;
	settler = (struct settle){ .grade = settle_probe(), .completed = ignore, .died = ignore };
	fired = 0;
	ck_assert_int_eq(control_map(&stage.control, 1), 0);
	ck_assert_int_eq(endpoint_start(&stage, 0, true), 0);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_READY);
}

static const struct result *make_call(void)
{
	endpoint_command(&stage, 0, 0);
	ck_assert_int_ne(settle_all(), SETTLED_LATE);
	return &control_page(&stage.control, 0)->result;
}

static void clear_the_stage(void)
{
	stage_clear(&stage);
	ck_assert_ptr_null(stage.listeners);
	control_unmap(&stage.control);
	inject_filter_free(&filter);
}

/* Loop tests: _i is the point. */
START_TEST(test_errno)
{
	set_the_stage("errno", EIO, (enum hit_point)_i, 2);
	ck_assert_int_eq(make_call()->number, getpid());
	ck_assert_int_eq(make_call()->error, EIO);
	ck_assert_int_eq(make_call()->error, 0);
	ck_assert_int_eq(fired, 1);
	ck_assert_uint_eq(rule.trigger.count, 3);
	clear_the_stage();
}
END_TEST

START_TEST(test_hold)
{
	set_the_stage("hold", 5, (enum hit_point)_i, 1);
	make_call();
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_BUSY);
	ck_assert(look_is_held(&stage, 0));
	ck_assert(!settle_is_working(&stage, 0));
	listeners_release(&stage, 4);
	ck_assert_int_eq(settle_all(), SETTLED_QUIET);
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_BUSY);
	listeners_release(&stage, 5);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_READY);
	ck_assert(!look_is_held(&stage, 0));
	clear_the_stage();
}
END_TEST

/* The next scenario on the same stage finds its gates closed. */
START_TEST(test_gates_close)
{
	set_the_stage("hold", 5, (enum hit_point)_i, 1);
	listeners_release(&stage, 5);
	stage_clear(&stage);
	ck_assert_uint_eq(atomic_load(&stage.control.board->gates.open), 0);
	clear_the_stage();
}
END_TEST

START_TEST(test_kill)
{
	set_the_stage("kill", SIGUSR2, (enum hit_point)_i, 1);
	make_call();
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_DEAD);
	ck_assert(WIFSIGNALED(stage.endpoints[0].status));
	ck_assert_int_eq(WTERMSIG(stage.endpoints[0].status), SIGUSR2);
	clear_the_stage();
}
END_TEST

START_TEST(test_stop)
{
	set_the_stage("stop", 0, (enum hit_point)_i, 1);
	make_call();
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_BUSY);
	ck_assert(stage.endpoints[0].stopped);
	stage.endpoints[0].stopped = false;
	ck_assert_int_eq(endpoint_signal(&stage, 0, SIGCONT), 0);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_READY);
	ck_assert_uint_eq(rule.trigger.count, 1);
	clear_the_stage();
}
END_TEST

/* A restarted endpoint has a listener of its own, and the counts go on. */
START_TEST(test_restart)
{
	set_the_stage("errno", EIO, (enum hit_point)_i, 2);
	make_call();
	endpoint_signal(&stage, 0, SIGKILL);
	stage.endpoints[0].killed = true;
	settle_all();
	ck_assert_int_eq(stage.endpoints[0].state, ENDPOINT_DEAD);
	ck_assert_int_eq(endpoint_start(&stage, 0, false), 0);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(make_call()->error, EIO);
	clear_the_stage();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_errno, HIT_ENTRY, HIT_POINTS);
	tcase_add_loop_test(tcase, test_hold, HIT_ENTRY, HIT_POINTS);
	tcase_add_loop_test(tcase, test_gates_close, HIT_ENTRY, HIT_POINTS);
	tcase_add_loop_test(tcase, test_kill, HIT_ENTRY, HIT_POINTS);
	tcase_add_loop_test(tcase, test_stop, HIT_ENTRY, HIT_POINTS);
	tcase_add_loop_test(tcase, test_restart, HIT_ENTRY, HIT_POINTS);
}

int main(void)
{
	return checks_run_case("listener", fill);
}
