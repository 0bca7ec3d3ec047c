// SPDX-License-Identifier: MIT
/* Each effect on a real process, at each point where it is possible. */
#include <sys/socket.h>
#include <sys/un.h>

#include "inject_fixture.h"

static int pipe_fds[2];

static void make_pipe(void)
{
	ck_assert_int_eq(pipe2(pipe_fds, O_CLOEXEC), 0);
}

static void close_pipe(void)
{
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

static long outcome(long returned)
{
	return returned < 0 ? -errno : returned;
}

static void five_getppids(struct shared *shared)
{
	for (int i = 0; i < 5; i++)
		shared->got[i] = outcome(syscall(SYS_getppid));
}

START_TEST(test_errno_at_the_nth)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), 3);

	run(&rule, 1, five_getppids);
	EXITED_WELL();
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(fixture.shared->got[i], i == 2 ? -EXDEV : getpid());
	ck_assert_uint_eq(rule.trigger.count, 5);
	ck_assert_uint_eq(fixture.fired, 1);
	ck_assert_uint_eq(fixture.done, 1);
	finish_fixture();
}
END_TEST

START_TEST(test_static_errno)
{
	struct inject_rule rule = rule_on("getppid", HIT_ENTRY, "errno", EXDEV);

	rule.is_blind = true;
	run(&rule, 1, five_getppids);
	ck_assert(rule.is_static);
	ck_assert(!fixture.filter.has_listener);
	EXITED_WELL();
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(fixture.shared->got[i], -EXDEV);
	finish_fixture();
}
END_TEST

static void write_twice(struct shared *shared)
{
	shared->got[0] = outcome(write(pipe_fds[1], "abcdef", 6));
	shared->got[1] = outcome(write(pipe_fds[1], "ghijkl", 6));
}

START_TEST(test_short_write)
{
	struct inject_rule rule = nth(rule_on("write", HIT_ENTRY, "short", 2), 1);
	char text[20] = "";

	make_pipe();
	run(&rule, 1, write_twice);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 2);
	ck_assert_int_eq(fixture.shared->got[1], 6);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 8);
	ck_assert_mem_eq(text, "abghijkl", 8);
	finish_fixture();
	close_pipe();
}
END_TEST

static void read_in_vectors(struct shared *shared)
{
	char a[3] = "", b[5] = "";
	struct iovec pieces[] = { { a, 2 }, { NULL, 0 }, { b, 4 } };

	shared->got[0] = outcome(readv(pipe_fds[0], pieces, 3));
	memcpy(shared->text, a, 2);
	memcpy(shared->text + 2, b, 4);
	shared->got[1] = outcome(readv(pipe_fds[0], pieces, 3));
}

START_TEST(test_short_read_of_vectors)
{
	struct inject_rule rule = nth(rule_on("readv", HIT_ENTRY, "short", 3), 1);

	make_pipe();
	ck_assert_int_eq(write(pipe_fds[1], "abcdefgh", 8), 8);
	run(&rule, 1, read_in_vectors);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 3);
	ck_assert_mem_eq(fixture.shared->text, "abc\0\0\0", 6);
	ck_assert_int_eq(fixture.shared->got[1], 5);
	finish_fixture();
	close_pipe();
}
END_TEST

static int socket_fds[2];

static void talk_on_sockets(struct shared *shared)
{
	char text[8] = "";
	struct iovec piece = { text, sizeof(text) };
	struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1, .msg_flags = 77 };

	shared->got[0] = outcome(send(socket_fds[0], "abcd", 4, 0));
	shared->got[1] = outcome(send(socket_fds[0], "efgh", 4, MSG_NOSIGNAL));
	shared->got[2] = outcome(recv(socket_fds[1], text, 8, 0));
	shared->got[3] = outcome(recvmsg(socket_fds[1], &message, 0));
	memcpy(shared->text, text, 8);
	shared->got[4] = message.msg_flags;
}

START_TEST(test_short_on_stream_sockets)
{
	struct inject_rule rules[] = {
		nth(rule_on("send", HIT_ENTRY, "short", 3), 1),
		nth(rule_on("recv", HIT_ENTRY, "short", 1), 1),
		nth(rule_on("recvmsg", HIT_ENTRY, "short", 2), 1),
	};

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, socket_fds), 0);
	run(rules, 3, talk_on_sockets);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 3);
	ck_assert_int_eq(fixture.shared->got[1], 4);
	ck_assert_int_eq(fixture.shared->got[2], 1);
	ck_assert_int_eq(fixture.shared->got[3], 2);
	ck_assert_mem_eq(fixture.shared->text, "bc", 2);
	ck_assert_int_eq(fixture.shared->got[4], 0);
	finish_fixture();
	close(socket_fds[0]);
	close(socket_fds[1]);
}
END_TEST

START_TEST(test_short_on_datagrams_is_refused)
{
	struct inject_rule rules[] = {
		rule_on("recv", HIT_ENTRY, "short", 1),
		rule_on("send", HIT_ENTRY, "short", 1),
	};

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, socket_fds), 0);
	run(rules, 2, talk_on_sockets);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 4);
	ck_assert_int_eq(fixture.shared->got[2], 4);
	ck_assert_uint_eq(fixture.refused, 3);
	ck_assert_ptr_nonnull(strstr(fixture.refusal, "whole or not at all"));
	finish_fixture();
	close(socket_fds[0]);
	close(socket_fds[1]);
}
END_TEST

START_TEST(test_delay_takes_its_time)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "delay", 30000000), 2);
	int64_t start_ns = clock_now_ns();

	run(&rule, 1, five_getppids);
	EXITED_WELL();
	ck_assert_int_ge(clock_now_ns() - start_ns, 30000000);
	ck_assert_int_eq(fixture.shared->got[1], getpid());
	ck_assert_uint_eq(rule.trigger.count, 5);
	finish_fixture();
}
END_TEST

START_TEST(test_hold_until_release)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "hold", 5), 3);
	const struct hit *hit;

	start(&rule, 1, five_getppids);
	hit = serve_until_held(HIT_GATE);
	ck_assert_int_eq(hit->number, SYS_getppid);
	ck_assert_int_eq(fixture.shared->got[1], getpid());
	inject_release(&fixture.inject, 4);
	inject_serve(&fixture.inject);
	ck_assert_ptr_nonnull(inject_held(&fixture.inject, fixture.pid));
	ck_assert_int_eq(fixture.shared->got[2], 0);
	inject_release(&fixture.inject, 5);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[4], getpid());
	finish_fixture();
}
END_TEST

static volatile sig_atomic_t handled;

static void count_signal(int signal)
{
	(void)signal;
	handled++;
}

/* flags: of the handler. */
static void read_with_handler(struct shared *shared, int flags)
{
	struct sigaction action = { .sa_handler = count_signal, .sa_flags = flags };
	char text[8];

	sigaction(SIGUSR1, &action, NULL);
	shared->got[0] = outcome(read(pipe_fds[0], text, sizeof(text)));
	shared->got[1] = handled;
	shared->got[2] = outcome(read(pipe_fds[0], text, sizeof(text)));
	shared->got[3] = handled;
}

static void read_interrupted(struct shared *shared)
{
	read_with_handler(shared, 0);
}

static void read_restarted(struct shared *shared)
{
	read_with_handler(shared, SA_RESTART);
}

START_TEST(test_signal_at_entry_interrupts)
{
	struct inject_rule rule = nth(rule_on("read", HIT_ENTRY, "signal", SIGUSR1), 1);

	make_pipe();
	start(&rule, 1, read_interrupted);
	while (!fixture.shared->got[1])
		inject_serve(&fixture.inject);
	ck_assert_int_eq(write(pipe_fds[1], "x", 1), 1);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EINTR);
	ck_assert_int_eq(fixture.shared->got[2], 1);
	ck_assert_int_eq(fixture.shared->got[3], 1);
	ck_assert_uint_eq(rule.trigger.count, 2);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_signal_at_entry_restarts_and_counts_once)
{
	struct inject_rule rules[] = {
		nth(rule_on("read", HIT_ENTRY, "signal", SIGUSR1), 1),
		nth(rule_on("read", HIT_ENTRY, "errno", EIO), 2),
	};

	make_pipe();
	start(rules, 2, read_restarted);
	/* The call, and once more after the handler. */
	while (fixture.inject.notifications < 2)
		inject_serve(&fixture.inject);
	ck_assert_int_eq(write(pipe_fds[1], "x", 1), 1);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 1);
	ck_assert_int_eq(fixture.shared->got[1], 1);
	ck_assert_int_eq(fixture.shared->got[2], -EIO);
	ck_assert_uint_eq(rules[0].trigger.count, 2);
	ck_assert_uint_eq(fixture.inject.notifications, 3);
	finish_fixture();
	close_pipe();
}
END_TEST

static const int deadly[] = { SIGKILL, SIGUSR2 };

START_TEST(test_kill_before_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_ENTRY, "kill", deadly[_i]), 2);
	char text[20];

	make_pipe();
	run(&rule, 1, write_twice);
	KILLED_BY(deadly[_i]);
	ck_assert_int_eq(fixture.shared->got[0], 6);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 6);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_kill_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_EXIT, "kill", deadly[_i]), 2);
	char text[20];

	make_pipe();
	run(&rule, 1, write_twice);
	KILLED_BY(deadly[_i]);
	ck_assert_int_eq(fixture.shared->got[0], 6);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 12);
	ck_assert_mem_eq(text, "abcdefghijkl", 12);
	finish_fixture();
	close_pipe();
}
END_TEST

static void read_blocking(struct shared *shared)
{
	char text[8] = "";

	shared->got[0] = outcome(read(pipe_fds[0], text, sizeof(text)));
	memcpy(shared->text, text, sizeof(text));
}

START_TEST(test_exit_waits_until_the_call_can_be_done)
{
	struct inject_rule rule = rule_on("read", HIT_EXIT, "kill", SIGKILL);
	struct pollfd readable;

	make_pipe();
	start(&rule, 1, read_blocking);
	serve_until_held(HIT_DESCRIPTOR);
	ck_assert_int_eq(write(pipe_fds[1], "taken", 5), 5);
	serve_to_the_end();
	KILLED_BY(SIGKILL);
	readable = (struct pollfd){ .fd = pipe_fds[0], .events = POLLIN };
	ck_assert_int_eq(poll(&readable, 1, 0), 0);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_stop_before_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_ENTRY, "stop", 0), 2);
	char text[20];

	make_pipe();
	start(&rule, 1, write_twice);
	serve_until_held(HIT_RESTART);
	await_state(fixture.pid, WSTOPPED);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 6);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[1], 6);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 6);
	ck_assert_uint_eq(rule.trigger.count, 2);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_stop_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_EXIT, "stop", 0), 2);
	char text[20];

	make_pipe();
	start(&rule, 1, write_twice);
	while (fixture.done < 1)
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	await_state(fixture.pid, WSTOPPED);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 12);
	ck_assert_int_eq(fixture.shared->got[1], 0);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[1], 6);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_errno_after_the_effect)
{
	struct inject_rule rule = nth(rule_on("write", HIT_EXIT, "errno", EIO), 1);
	char text[20];

	make_pipe();
	run(&rule, 1, write_twice);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], -EIO);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 12);
	finish_fixture();
	close_pipe();
}
END_TEST

START_TEST(test_several_faults_on_one_call)
{
	struct inject_rule rules[] = {
		nth(rule_on("write", HIT_ENTRY, "short", 1), 1),
		nth(rule_on("write", HIT_ENTRY, "errno", EIO), 1),	/* too late: the first decides */
		nth(rule_on("write", HIT_EXIT, "stop", 0), 1),
		nth(rule_on("write", HIT_ENTRY, "delay", 1000000), 1),
	};
	char text[20];

	make_pipe();
	start(rules, 4, write_twice);
	while (fixture.done < 1) {
		ck_assert_int_ge(inject_serve(&fixture.inject), 0);
	}
	await_state(fixture.pid, WSTOPPED);
	ck_assert_uint_eq(fixture.fired, 4);
	ck_assert_int_eq(read(pipe_fds[0], text, sizeof(text)), 1);
	kill(fixture.pid, SIGCONT);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 1);
	ck_assert_int_eq(fixture.shared->got[1], 6);
	finish_fixture();
	close_pipe();
}
END_TEST

static void write_without_readers(struct shared *shared)
{
	signal(SIGPIPE, SIG_IGN);
	shared->got[0] = outcome(write(pipe_fds[1], "abc", 3));
	signal(SIGPIPE, SIG_DFL);
	write(pipe_fds[1], "abc", 3);
}

START_TEST(test_broken_pipe_on_behalf)
{
	struct inject_rule rule = rule_on("write", HIT_ENTRY, "short", 1);

	make_pipe();
	close(pipe_fds[0]);
	run(&rule, 1, write_without_readers);
	KILLED_BY(SIGPIPE);
	ck_assert_int_eq(fixture.shared->got[0], -EPIPE);
	finish_fixture();
	close(pipe_fds[1]);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_errno_at_the_nth);
	tcase_add_test(tcase, test_static_errno);
	tcase_add_test(tcase, test_short_write);
	tcase_add_test(tcase, test_short_read_of_vectors);
	tcase_add_test(tcase, test_short_on_stream_sockets);
	tcase_add_test(tcase, test_short_on_datagrams_is_refused);
	tcase_add_test(tcase, test_delay_takes_its_time);
	tcase_add_test(tcase, test_hold_until_release);
	tcase_add_test(tcase, test_signal_at_entry_interrupts);
	tcase_add_test(tcase, test_signal_at_entry_restarts_and_counts_once);
	tcase_add_loop_test(tcase, test_kill_before_the_effect, 0, 2);
	tcase_add_loop_test(tcase, test_kill_after_the_effect, 0, 2);
	tcase_add_test(tcase, test_exit_waits_until_the_call_can_be_done);
	tcase_add_test(tcase, test_stop_before_the_effect);
	tcase_add_test(tcase, test_stop_after_the_effect);
	tcase_add_test(tcase, test_errno_after_the_effect);
	tcase_add_test(tcase, test_several_faults_on_one_call);
	tcase_add_test(tcase, test_broken_pipe_on_behalf);
}

int main(void)
{
	return run_tests("inject", fill);
}
