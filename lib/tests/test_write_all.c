// SPDX-License-Identifier: MIT
/* All arrives, over full pipes and signals; what cannot arrive is said. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "write_all.h"

enum { LENGTH = 300000, CHUNK = 5000, SIGNALS = 8 };

static _Atomic uint32_t *handled;	/* shared with the child */
static char bytes[LENGTH];
static int fds[2];

static void count_signal(int signal)
{
	(void)signal;
	atomic_fetch_add(handled, 1);
}

/*
 * The first finds a write that has moved something, most others one that has not, as the pipe is
 * full.
 */
static void interrupt(pid_t writer)
{
	for (int i = 0; i < SIGNALS; i++) {
		uint32_t before = atomic_load(handled);

		kill(writer, SIGUSR1);
		while (atomic_load(handled) == before && getppid() == writer)
			sched_yield();
	}
}

/* 0 if all came in order, and no more. */
static int read_all_of(pid_t writer)
{
	static char got[LENGTH + CHUNK];
	size_t length = 0;
	ssize_t part = 1;

	while (part > 0 && length <= LENGTH) {
		interrupt(writer);
		part = read(fds[0], got + length, CHUNK);
		length += part > 0 ? (size_t)part : 0;
	}
	return length != LENGTH || memcmp(got, bytes, LENGTH) != 0;
}

START_TEST(all_arrives_over_signals)
{
	struct sigaction action = { .sa_handler = count_signal };	/* not restarted */
	pid_t writer = getpid(), reader;
	int status;

	for (size_t i = 0; i < LENGTH; i++)
		bytes[i] = (char)(i % 251);
	handled = mmap(NULL, sizeof(*handled), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       -1, 0);
	ck_assert_ptr_ne((void *)handled, MAP_FAILED);
	ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
	ck_assert_int_eq(pipe(fds), 0);
	reader = fork();
	ck_assert_int_ge(reader, 0);
	if (!reader) {
		close(fds[1]);
		_exit(read_all_of(writer));
	}
	close(fds[0]);
	ck_assert_int_eq(write_all(fds[1], bytes, LENGTH), 0);
	close(fds[1]);
	while (waitpid(reader, &status, 0) < 0)
		ck_assert_int_eq(errno, EINTR);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_ge(atomic_load(handled), SIGNALS * (LENGTH / CHUNK));
}
END_TEST

START_TEST(an_error_is_said)
{
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(write_all(fds[1], "", 0), 0);
	close(fds[0]);
	ck_assert_int_eq(write_all(fds[1], "x", 1), -EPIPE);
	close(fds[1]);
	ck_assert_int_eq(write_all(fds[1], "x", 1), -EBADF);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, all_arrives_over_signals);
	tcase_add_test(tcase, an_error_is_said);
}

int main(void)
{
	return checks_run_case("write_all", fill);
}
