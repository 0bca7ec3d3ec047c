// SPDX-License-Identifier: MIT
/*
 * Settling and endpoints, at every grade: blocked, resumed, done, stopped, dead, late; and never
 * mistaken under load.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "endpoint.h"
#include "endpoint_timer.h"
#include "look.h"
#include "process.h"
#include "settle.h"

enum { READER, WRITER, PEOPLE };
enum { READ, WRITE, CLOSE, TIMED_POLL, ACTIONS };

static const struct mechanism test_pipe = { .name = "pipe" };
static const char *const names[] = { "reader", "writer" };
static const struct operand end_read = { .kind = OPERAND_END, .side = SIDE_READ };
static const struct operand end_write = { .kind = OPERAND_END, .side = SIDE_WRITE };
static const struct operand sixty_four = { .value = { .kind = VALUE_INT, .number = 64 } };
static const struct operand pollin = { .value = { .kind = VALUE_INT, .number = 1 } };
static const struct operand hello = {
	.value = { .kind = VALUE_BYTES, .bytes = "hello", .length = 5 }
};
static const struct operand ten_ms = { .value = { .kind = VALUE_TIME, .number = 10000000 } };
static const uint8_t held[PEOPLE] = { [READER] = 1 << SIDE_READ, [WRITER] = 1 << SIDE_WRITE };

static struct action actions[ACTIONS];
static struct channel channel;
static struct cast cast;
static struct stage stage;
static struct settle settler;
static int completions, deaths;

static void note_completion(void *context, unsigned endpoint)
{
	(void)context;
	(void)endpoint;
	completions++;
}

static void note_death(void *context, unsigned endpoint)
{
	(void)context;
	(void)endpoint;
	deaths++;
}

static struct action action_of(const char *name, const struct operand *a, const struct operand *b,
			       const struct operand *c)
{
	struct action action = {
		.call = call_find(name), .arguments = { a, b, c }, .bind = -1, .child = -1
	};

	ck_assert_ptr_nonnull(action.call);
	for (int i = 0; i < CALL_OUTS_MAX; i++)
		action.bind_out[i] = -1;
	return action;
}

static enum settled settle_for(int patient, int64_t wait_ns)
{
	struct deadline deadline = deadline_in(wait_ns);

	completions = deaths = 0;
	return settle(&settler, &stage, patient, &deadline);
}

static enum settled settle_all(void)
{
	return settle_for(-1, INT64_C(10000000000));
}

static void set_the_stage(int grade)
{
	int fds[2];

	actions[READ] = action_of("read", &end_read, &sixty_four, NULL);
	actions[WRITE] = action_of("write", &end_write, &hello, NULL);
	actions[CLOSE] = action_of("close", &end_write, NULL, NULL);
	actions[TIMED_POLL] = action_of("poll", &end_read, &pollin, &ten_ms);
	ck_assert_int_eq(pipe2(fds, O_CLOEXEC), 0);
	channel = (struct channel){
		.mechanism = &test_pipe,
		.name = "c",
		.form = FORM_FROM_TO,
		.side_fd = { fds[0], fds[1] },
		.keeper_fd = -1,
	};
	cast = (struct cast){
		.names = names, .endpoint_count = PEOPLE, .channels = &channel, .channel_count = 1,
		.actions = actions, .action_count = ACTIONS, .held = held,
	};
	stage = (struct stage){ .cast = &cast };
	settler = (struct settle){ .grade = (enum settle_grade)grade,
				   .completed = note_completion,
				   .died = note_death };
	ck_assert_int_eq(control_map(&stage.control, PEOPLE), 0);
	for (unsigned i = 0; i < PEOPLE; i++)
		ck_assert_int_eq(endpoint_start(&stage, i, true), 0);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(completions, PEOPLE);
	channel_release(&channel);
}

static void strike_the_stage(void)
{
	stage_clear(&stage);
	control_unmap(&stage.control);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}

static struct result *result_of(unsigned endpoint)
{
	return &control_page(&stage.control, endpoint)->result;
}

START_TEST(test_blocked_then_resumed)
{
	set_the_stage(_i);
	endpoint_command(&stage, READER, READ);
	ck_assert_int_eq(settle_all(), SETTLED_QUIET);
	ck_assert_int_eq(stage.endpoints[READER].state, ENDPOINT_BUSY);
	endpoint_command(&stage, WRITER, WRITE);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(completions, 2);
	ck_assert_int_eq(result_of(READER)->number, 5);
	ck_assert_mem_eq(control_area(&stage.control, READER) + result_of(READER)->data_offset,
			 "hello", 5);
	strike_the_stage();
}
END_TEST

/*
 * What cannot be looked at for want of descriptors of our own is neither asleep nor worth waiting
 * for.
 */
START_TEST(test_without_descriptors)
{
	struct rlimit none = { 0 }, before;
	bool only_state = _i;

	set_the_stage(SETTLE_SYSCALL);
	cast.has_deaths = only_state;
	for (unsigned i = 0; i < PEOPLE; i++) {
		struct endpoint *endpoint = &stage.endpoints[i];

		close(endpoint->syscall_fd);
		endpoint->syscall_fd = only_state ? process_open_syscall(endpoint->pid) : -1;
	}
	ck_assert(!getrlimit(RLIMIT_NOFILE, &before));
	none.rlim_max = before.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	endpoint_command(&stage, READER, READ);
	ck_assert_int_eq(settle_all(), SETTLED_LATE);
	ck_assert_int_eq(stage.watch_error, -EMFILE);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	cast.has_deaths = false;
	strike_the_stage();
	ck_assert_int_eq(stage.watch_error, 0);
}
END_TEST

/* The same of what programs do. */
START_TEST(test_programs_without_descriptors)
{
	struct rlimit none = { 0 }, before;
	bool same;

	set_the_stage(SETTLE_SYSCALL);
	stage.has_programs = true;
	ck_assert(look_programs_asleep(&stage, &same));
	ck_assert(!getrlimit(RLIMIT_NOFILE, &before));
	none.rlim_max = before.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	ck_assert(!look_programs_asleep(&stage, &same));
	ck_assert_int_eq(stage.watch_error, -EMFILE);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	strike_the_stage();
}
END_TEST

START_TEST(test_death_closes_and_is_seen)
{
	set_the_stage(_i);
	endpoint_command(&stage, READER, READ);
	ck_assert_int_eq(settle_all(), SETTLED_QUIET);
	ck_assert_int_eq(endpoint_signal(&stage, WRITER, SIGKILL), 0);
	stage.endpoints[WRITER].killed = true;
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(deaths, 1);
	ck_assert_int_eq(WTERMSIG(stage.endpoints[WRITER].status), SIGKILL);
	ck_assert_int_eq(completions, 1);
	ck_assert_int_eq(result_of(READER)->number, 0);
	strike_the_stage();
}
END_TEST

START_TEST(test_stopped_is_settled_and_goes_on)
{
	set_the_stage(_i);
	ck_assert_int_eq(endpoint_signal(&stage, READER, SIGSTOP), 0);
	stage.endpoints[READER].stopped = true;
	settle_all();
	endpoint_command(&stage, READER, READ);
	ck_assert_int_eq(settle_all(), SETTLED_QUIET);
	stage.endpoints[READER].stopped = false;
	ck_assert_int_eq(endpoint_signal(&stage, READER, SIGCONT), 0);
	endpoint_command(&stage, WRITER, WRITE);
	ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
	ck_assert_int_eq(stage.endpoints[READER].state, ENDPOINT_READY);
	strike_the_stage();
}
END_TEST

START_TEST(test_patience_waits_for_a_timer)
{
	set_the_stage(_i);
	endpoint_command(&stage, READER, TIMED_POLL);
	ck_assert(stage_has_timer(&stage));
	ck_assert_int_eq(settle_for(READER, INT64_C(10000000000)), SETTLED_CHANGED);
	ck_assert_int_eq(stage.endpoints[READER].state, ENDPOINT_READY);
	ck_assert_int_eq(result_of(READER)->number, 0);
	strike_the_stage();
}
END_TEST

START_TEST(test_late_is_late_not_blocked)
{
	set_the_stage(_i);
	endpoint_command(&stage, READER, READ);
	ck_assert_int_eq(settle_for(READER, 50000000), SETTLED_LATE);
	strike_the_stage();
}
END_TEST

/*
 * Whoever sees "blocked" in a process that is only waiting for the processor is wrong here at once.
 */
START_TEST(test_busy_processors_do_not_look_like_sleep)
{
	enum { HOGS = 4, ROUNDS = 300 };
	pid_t hogs[HOGS];

	for (int i = 0; i < HOGS; i++) {
		hogs[i] = fork();
		if (!hogs[i]) {
			for (;;)
				;
		}
	}
	set_the_stage(_i);
	for (int i = 0; i < ROUNDS; i++) {
		endpoint_command(&stage, READER, READ);
		endpoint_command(&stage, WRITER, WRITE);
		ck_assert_int_eq(settle_all(), SETTLED_CHANGED);
		ck_assert_int_eq(completions, 2);
	}
	for (int i = 0; i < HOGS; i++)
		kill(hogs[i], SIGKILL);
	stage_clear(&stage);
	control_unmap(&stage.control);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, test_blocked_then_resumed, SETTLE_SYSCALL, SETTLE_TIME + 1);
	tcase_add_loop_test(tcase, test_without_descriptors, 0, 2);
	tcase_add_test(tcase, test_programs_without_descriptors);
	tcase_add_loop_test(tcase, test_death_closes_and_is_seen, SETTLE_SYSCALL, SETTLE_TIME + 1);
	tcase_add_loop_test(tcase, test_stopped_is_settled_and_goes_on, SETTLE_SYSCALL,
			    SETTLE_TIME + 1);
	tcase_add_loop_test(tcase, test_patience_waits_for_a_timer, SETTLE_SYSCALL,
			    SETTLE_TIME + 1);
	tcase_add_loop_test(tcase, test_late_is_late_not_blocked, SETTLE_SYSCALL, SETTLE_TIME + 1);
	tcase_add_loop_test(tcase, test_busy_processors_do_not_look_like_sleep, SETTLE_SYSCALL,
			    SETTLE_TIME);
}

int main(void)
{
	return checks_run_case("settle", fill);
}
