// SPDX-License-Identifier: MIT
/*
 * The driver's ends of a program's streams: reading never waits, whatever the program does with its
 * own ends.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "process.h"
#include "streams.h"

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
	tcase_add_test(tcase, test_reading_an_end_that_a_socket_is_sent_into);
}

int main(void)
{
	return checks_run_case("streams", fill);
}
