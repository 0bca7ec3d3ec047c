// SPDX-License-Identifier: MIT
/*
 * The streams between programs and their driver: they are apart, and neither reading nor writing
 * ever waits, whatever the program does with its own ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "process.h"
#include "program.h"
#include "streams.h"

static struct streams streams;

/* Runs "sh -c TEXT" with streams. */
static pid_t run(const char *text, bool has_input)
{
	const struct operand words[] = {
		{ .kind = OPERAND_VALUE,
		  .value = { .kind = VALUE_BYTES, .bytes = "-c", .length = 2 } },
		{ .kind = OPERAND_VALUE,
		  .value = { .kind = VALUE_BYTES, .bytes = text, .length = strlen(text) } },
	};
	const struct program_argument arguments[] = { { &words[0], false }, { &words[1], false } };
	const struct program program = { .name = "sh",
					 .arguments = arguments,
					 .argument_count = 2 };
	struct environment environment = { 0 };
	char reason[120];
	pid_t pid;

	ck_assert_int_eq(streams_open(&streams, has_input), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		if (streams_become(&streams) >= 0)
			program_execute(&program, "actor", "/bin/sh", &environment, reason,
					sizeof(reason));
		_exit(99);
	}
	streams_started(&streams);
	return pid;
}

static int status_of(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void read_all(int stream, char *text, size_t size)
{
	size_t length = 0;

	while (streams.out_fd[stream] >= 0 && length < size - 1)
		length += streams_read(&streams, stream, text + length, size - 1 - length);
	text[length] = '\0';
}

START_TEST(test_streams_are_apart)
{
	char text[100];
	pid_t pid = run("echo $IPCDRILL_ENDPOINT; echo wrong >&2; read line || exit 7", false);

	read_all(STREAM_OUTPUT, text, sizeof(text));
	ck_assert_str_eq(text, "actor\n");
	read_all(STREAM_ERRORS, text, sizeof(text));
	ck_assert_str_eq(text, "wrong\n");
	ck_assert_int_eq(status_of(pid), 7);
	ck_assert(streams_executed(&streams));
	ck_assert(!streams_executed(&streams));
	streams_close(&streams);
}
END_TEST

START_TEST(test_nothing_is_inherited_besides)
{
	char text[100];
	pid_t pid;

	/* What the test itself has inherited. */
	for (int fd = 3; fd < 13; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	pid = run(
		"for fd in 3 4 5 6 7 8 9 10 11 12; do (: <&$fd) 2>&- && echo $fd; done; echo over",
		true);

	streams_end_input(&streams);
	read_all(STREAM_OUTPUT, text, sizeof(text));
	ck_assert_str_eq(text, "over\n");
	ck_assert_int_eq(status_of(pid), 0);
	streams_close(&streams);
}
END_TEST

START_TEST(test_input_larger_than_a_pipe)
{
	enum { SIZE = 1 << 20 };
	char *bytes = malloc(SIZE), text[100];
	pid_t pid = run("wc -c", true);

	memset(bytes, 'x', SIZE);
	ck_assert_int_eq(streams_write(&streams, bytes, SIZE), 0);
	ck_assert_uint_gt(streams.unwritten_length, 0);
	streams_end_input(&streams);
	ck_assert_int_ge(streams.in_fd, 0);
	while (streams.in_fd >= 0)
		streams_flush(&streams);
	read_all(STREAM_OUTPUT, text, sizeof(text));
	ck_assert_int_eq(atoi(text), SIZE);
	ck_assert_int_eq(status_of(pid), 0);
	streams_close(&streams);
	free(bytes);
}
END_TEST

START_TEST(test_input_that_nobody_reads)
{
	pid_t pid = run("exit 0", true);

	ck_assert_int_eq(status_of(pid), 0);
	/* We live through it, and no signal is left for later. */
	ck_assert_int_eq(streams_write(&streams, "text", 4), -EPIPE);
	ck_assert_int_eq(streams_write(&streams, "text", 4), -EPIPE);
	ck_assert_int_lt(streams.in_fd, 0);
	streams_close(&streams);
}
END_TEST

START_TEST(test_not_executed_is_not_said_to_be)
{
	pid_t pid;

	ck_assert_int_eq(streams_open(&streams, false), 0);
	pid = fork();
	if (!pid) {
		streams_become(&streams);
		pause();
	}
	streams_started(&streams);
	for (int i = 0; i < 100; i++)
		ck_assert(!streams_executed(&streams));
	kill(pid, SIGKILL);
	ck_assert_int_eq(status_of(pid), -SIGKILL);
	ck_assert(streams_executed(&streams));
	streams_close(&streams);
}
END_TEST

START_TEST(test_streams_leave_nothing_open)
{
	int before = dup(0), after;

	close(before);
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(streams_open(&streams, i), 0);
		streams_close(&streams);
		streams_close(&streams);
	}
	after = dup(0);
	close(after);
	ck_assert_int_eq(before, after);
}
END_TEST

enum { TRANSFER_SIZE = 4096 };

static void become(struct streams *streams)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (streams_become(streams) < 0)
		_exit(1);
}

static void wait_until_asleep(pid_t pid)
{
	while (process_state(pid) != 'S')
		ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), 0);
}

/*
 * It holds the lock of the pipe meanwhile: a read of the empty pipe would sleep until something
 * comes, and for ever.
 */
START_TEST(test_reading_an_end_that_a_socket_is_sent_into)
{
	struct streams streams;
	char bytes[8];
	int fds[2];
	pid_t pid;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	ck_assert_int_eq(streams_open(&streams, false), 0);
	pid = fork();
	if (!pid) {
		become(&streams);
		_exit(sendfile(STDOUT_FILENO, fds[0], NULL, TRANSFER_SIZE) != 1);
	}
	streams_started(&streams);
	wait_until_asleep(pid);
	ck_assert_uint_eq(streams_read(&streams, STREAM_OUTPUT, bytes, sizeof(bytes)), 0);
	ck_assert_int_ge(streams.out_fd[STREAM_OUTPUT], 0);
	ck_assert_int_eq(write(fds[1], "x", 1), 1);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_uint_eq(streams_read(&streams, STREAM_OUTPUT, bytes, sizeof(bytes)), 1);
	ck_assert_uint_eq(streams_read(&streams, STREAM_OUTPUT, bytes, sizeof(bytes)), 0);
	ck_assert_int_eq(streams.out_fd[STREAM_OUTPUT], -1);
	streams_close(&streams);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_streams_are_apart);
	tcase_add_test(tcase, test_nothing_is_inherited_besides);
	tcase_add_test(tcase, test_input_larger_than_a_pipe);
	tcase_add_test(tcase, test_input_that_nobody_reads);
	tcase_add_test(tcase, test_not_executed_is_not_said_to_be);
	tcase_add_test(tcase, test_streams_leave_nothing_open);
	tcase_add_test(tcase, test_reading_an_end_that_a_socket_is_sent_into);
}

int main(void)
{
	return checks_run_case("streams", fill);
}
