// SPDX-License-Identifier: MIT
/*
 * Processes that die, close what they should not, lie about their arguments, or call without end.
 */
#include "checks.h"
#include "inject_fixture.h"

static int pipe_fds[2];

static void call_for_ever(struct shared *shared)
{
	for (;;) {
		syscall(SYS_getppid);
		shared->got[0]++;
	}
}

START_TEST(test_killed_at_any_moment)
{
	struct inject_rule rule = every(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), 3);

	for (int i = 0; i < 300; i++) {
		struct deadline soon;

		start(&rule, 1, call_for_ever);
		soon = deadline_in(i * INT64_C(1000));
		ck_assert_int_ge(drive(&fixture.inject, &soon), 0);
		kill(fixture.pid, SIGKILL);
		serve_to_the_end();
		KILLED_BY(SIGKILL);
		finish_fixture();
	}
}
END_TEST

static const char *const holders[] = { "delay", "hold", "stop" };

START_TEST(test_killed_while_held)
{
	struct inject_rule rule = rule_on("getppid", HIT_ENTRY, holders[_i],
					  _i == 0 ? INT64_C(3600000000000) : 0);

	start(&rule, 1, call_for_ever);
	while (!inject_held(&fixture.inject, fixture.pid))
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	kill(fixture.pid, SIGKILL);
	serve_to_the_end();
	KILLED_BY(SIGKILL);
	inject_serve(&fixture.inject);
	ck_assert_ptr_null(inject_held(&fixture.inject, fixture.pid));
	ck_assert_int_eq(fixture.last_end, HIT_LOST);
	finish_fixture();
}
END_TEST

static void read_for_ever(struct shared *shared)
{
	char text[8];

	for (;;)
		shared->got[0] += read(pipe_fds[0], text, sizeof(text));
}

START_TEST(test_killed_while_its_call_waits_on_behalf)
{
	struct inject_rule rule = rule_on("read", HIT_EXIT, "delay", 1);
	char text[8];

	ck_assert_int_eq(pipe2(pipe_fds, O_CLOEXEC), 0);
	start(&rule, 1, read_for_ever);
	serve_until_held(HIT_DESCRIPTOR);
	kill(fixture.pid, SIGKILL);
	serve_to_the_end();
	/* Nothing is taken for the dead. */
	ck_assert_int_eq(write(pipe_fds[1], "x", 1), 1);
	inject_serve(&fixture.inject);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 1);
	finish_fixture();
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}
END_TEST

static void lie(struct shared *shared)
{
	char byte;
	struct iovec pieces[2] = { { &byte, 1 }, { &byte, (size_t)-1 } };
	void *nowhere = (void *)8;

	shared->got[0] = write(77, "x", 1) < 0 ? errno : 0;
	shared->got[1] = syscall(SYS_write, pipe_fds[1], nowhere, 5) < 0 ? errno : 0;
	shared->got[2] = syscall(SYS_writev, pipe_fds[1], nowhere, 2) < 0 ? errno : 0;
	shared->got[3] = syscall(SYS_writev, pipe_fds[1], pieces, 2) < 0 ? errno : 0;
	shared->got[4] = syscall(SYS_writev, pipe_fds[1], pieces, 1 << 20) < 0 ? errno : 0;
	shared->got[5] = write(pipe_fds[0], "x", 1) < 0 ? errno : 0;
	shared->got[6] = write(pipe_fds[1], "x", 0);
	shared->got[7] = syscall(SYS_openat, AT_FDCWD, nowhere, O_RDONLY) < 0 ? errno : 0;
	shared->got[8] = syscall(SYS_sendmsg, pipe_fds[1], nowhere, 0) < 0 ? errno : 0;
}

START_TEST(test_wrong_arguments_fail_as_ever)
{
	static const int wanted[] = { EBADF, EFAULT, EFAULT, EINVAL,  EINVAL,
				      EBADF, 0,      EFAULT, ENOTSOCK };
	struct inject_rule rules[] = {
		rule_on("write", HIT_ENTRY, "short", 1),
		rule_on("writev", HIT_ENTRY, "short", 1),
		rule_on("open", HIT_ENTRY, "errno", EXDEV),
		rule_on("sendmsg", HIT_ENTRY, "short", 1),
	};

	rules[2].where.path = "*.log";
	ck_assert_int_eq(pipe2(pipe_fds, O_CLOEXEC), 0);
	run(rules, 4, lie);
	EXITED_WELL();
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		ck_assert_msg(fixture.shared->got[i] == wanted[i], "%zu: %ld", i,
			      fixture.shared->got[i]);
	finish_fixture();
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}
END_TEST

static void close_everything(struct shared *shared)
{
	syscall(SYS_close_range, 0, ~0U, 0);
	for (int i = 0; i < 10; i++)
		shared->got[0] += syscall(SYS_getppid) < 0;
}

START_TEST(test_closing_all_descriptors_changes_nothing)
{
	struct inject_rule rule = every(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), 2);

	run(&rule, 1, close_everything);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 5);
	finish_fixture();
}
END_TEST

enum { CROWD = 64, EACH = 100 };

static void crowd(struct shared *shared)
{
	for (int i = 0; i < CROWD; i++) {
		if (!fork()) {
			for (int n = 0; n < EACH; n++)
				syscall(SYS_getppid);
			_exit(0);
		}
	}
	while (wait(NULL) > 0)
		shared->got[0]++;
}

START_TEST(test_thousands_at_once)
{
	struct inject_rule rule = every(rule_on("getppid", HIT_ENTRY, "delay", 100000), 4);

	run(&rule, 1, crowd);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], CROWD);
	ck_assert_uint_eq(rule.trigger.count, CROWD * EACH);
	ck_assert_uint_eq(fixture.done, CROWD * EACH / 4);
	finish_fixture();
}
END_TEST

static void die_at_once(struct shared *shared)
{
	(void)shared;
	_exit(7);
}

START_TEST(test_dead_before_it_calls)
{
	struct inject_rule rule = rule_on("getppid", HIT_ENTRY, "errno", EXDEV);

	for (int i = 0; i < 100; i++) {
		run(&rule, 1, die_at_once);
		ck_assert_int_eq(WEXITSTATUS(fixture.status), 7);
		ck_assert(fixture.inject.is_over);
		finish_fixture();
	}
}
END_TEST

static void install_another(struct shared *shared)
{
	struct inject_port port = { 0 };

	shared->got[0] = inject_install(&fixture.filter, &port);
	shared->got[1] = syscall(SYS_getppid);
}

START_TEST(test_two_listeners_are_refused)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), 9);

	run(&rule, 1, install_another);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EBUSY);
	ck_assert_int_eq(fixture.shared->got[1], getpid());
	finish_fixture();
}
END_TEST

START_TEST(test_taking_from_the_dead)
{
	struct deadline deadline = deadline_in(5000000000);
	struct inject_port port = { 0 };
	struct inject inject = { 0 };
	pid_t pid = fork();
	int fd = leak_lowest_fd();

	if (!pid)
		_exit(0);
	ck_assert_int_eq(inject_take(&inject, &port, pid, &deadline), -ESRCH);
	waitpid(pid, NULL, 0);
	ck_assert_int_eq(leak_lowest_fd(), fd);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_killed_at_any_moment);
	tcase_add_loop_test(tcase, test_killed_while_held, 0, 3);
	tcase_add_test(tcase, test_killed_while_its_call_waits_on_behalf);
	tcase_add_test(tcase, test_wrong_arguments_fail_as_ever);
	tcase_add_test(tcase, test_closing_all_descriptors_changes_nothing);
	tcase_add_test(tcase, test_thousands_at_once);
	tcase_add_test(tcase, test_dead_before_it_calls);
	tcase_add_test(tcase, test_two_listeners_are_refused);
	tcase_add_test(tcase, test_taking_from_the_dead);
}

int main(void)
{
	return checks_run_case("inject_hostile", fill);
}
