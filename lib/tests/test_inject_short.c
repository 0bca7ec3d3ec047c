// SPDX-License-Identifier: MIT
/*
 * Transfers that are cut short on a real process: so many bytes really move, and the call says so.
 */
#include <sys/resource.h>
#include <sys/socket.h>

#include "checks.h"
#include "inject_fixture.h"
#include "pipe_fixture.h"

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

static int file_fd;

static void write_up_to_the_limit(struct shared *shared)
{
	const struct rlimit limit = { 6, RLIM_INFINITY };

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	shared->got[0] = outcome(write(file_fd, "abcd", 4));
	shared->got[1] = outcome(write(file_fd, "efgh", 4));
	shared->got[2] = outcome(write(file_fd, "ijkl", 4));
	shared->got[3] = outcome(pwrite(file_fd, "m", 1, 7));
	shared->got[4] = lseek(file_fd, 0, SEEK_END);
}

static const struct limited {
	enum hit_point point;
	const char *fault;
	int64_t operand;
	unsigned refused;
} limited[] = {
	{ HIT_ENTRY, "short", 4, 3 },	/* the first one is within it */
	{ HIT_EXIT, "delay", 1000, 0 },
};

/* The harness has no such limit: the file must not grow past the caller's. */
START_TEST(test_limit_of_the_caller)
{
	const struct limited *row = &limited[_i];
	struct inject_rule rules[] = {
		rule_on("write", row->point, row->fault, row->operand),
		rule_on("pwrite", row->point, row->fault, row->operand),
	};

	file_fd = memfd_create("limited", MFD_CLOEXEC);
	ck_assert_int_ge(file_fd, 0);
	run(rules, 2, write_up_to_the_limit);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 4);
	ck_assert_int_eq(fixture.shared->got[1], 2);
	ck_assert_int_eq(fixture.shared->got[2], -EFBIG);
	ck_assert_int_eq(fixture.shared->got[3], -EFBIG);
	ck_assert_int_eq(fixture.shared->got[4], 6);
	ck_assert_uint_eq(fixture.refused, row->refused);
	finish_fixture();
	close(file_fd);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_short_write);
	tcase_add_test(tcase, test_short_read_of_vectors);
	tcase_add_test(tcase, test_short_on_stream_sockets);
	tcase_add_test(tcase, test_short_on_datagrams_is_refused);
	tcase_add_test(tcase, test_broken_pipe_on_behalf);
	tcase_add_loop_test(tcase, test_limit_of_the_caller, 0, sizeof(limited) / sizeof(*limited));
}

int main(void)
{
	return checks_run_case("inject_short", fill);
}
