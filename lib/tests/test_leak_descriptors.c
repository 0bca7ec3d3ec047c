// SPDX-License-Identifier: MIT
/* Descriptors: our own that are left open show, and who else holds what a path names is counted. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "checks.h"
#include "directory_fixture.h"

START_TEST(the_lowest_free_descriptor_shows_a_leak)
{
	int lowest = leak_lowest_fd();
	int fd;

	ck_assert_int_ge(lowest, 3);
	ck_assert_int_eq(leak_lowest_fd(), lowest);
	fd = dup(0);
	ck_assert_int_eq(fd, lowest);
	ck_assert_int_gt(leak_lowest_fd(), lowest);
	close(fd);
	ck_assert_int_eq(leak_lowest_fd(), lowest);
}
END_TEST

static int bind_socket(const char *path)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(un.sun_path, path);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	return fd;
}

/* A child that does what it is told to before the parent goes on, and then stays. */
static pid_t start_holder(void (*take)(void))
{
	int ready[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (!pid) {
		take();
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return pid;
}

static void end_holder(pid_t pid)
{
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
}

static void take_fifo(void)
{
	if (open("c", O_RDWR) < 0 || open("c", O_RDWR) < 0)
		_exit(2);
}

static void take_link(void)
{
	if (open("link", O_RDONLY | O_NONBLOCK) < 0)
		_exit(2);
}

static void take_nothing(void)
{
}

START_TEST(holders_of_a_fifo_are_processes_other_than_oneself)
{
	pid_t first, second, idle;
	int own;

	ck_assert_int_eq(mkfifo("c", 0600), 0);
	ck_assert_int_eq(mkfifo("other", 0600), 0);
	ck_assert_int_eq(link("c", "link"), 0);
	ck_assert_int_eq(leak_holders("c"), 0);
	first = start_holder(take_fifo);
	second = start_holder(take_link);
	idle = start_holder(take_nothing);
	own = open("c", O_RDWR);
	ck_assert_int_eq(leak_holders("c"), 2);
	ck_assert_int_eq(leak_holders("other"), 0);
	end_holder(first);
	ck_assert_int_eq(leak_holders("c"), 1);
	end_holder(second);
	ck_assert_int_eq(leak_holders("c"), 0);
	end_holder(idle);
	close(own);
}
END_TEST

static void take_socket(void)
{
	if (listen(bind_socket("sock"), 1))
		_exit(2);
}

START_TEST(holders_of_a_socket_path_are_those_who_hold_the_socket)
{
	pid_t holder = start_holder(take_socket);

	close(bind_socket("other"));
	ck_assert_int_eq(leak_holders("sock"), 1);
	ck_assert_int_eq(leak_holders("other"), 0);
	end_holder(holder);
	ck_assert_int_eq(leak_holders("sock"), 0);
}
END_TEST

START_TEST(holders_of_nothing_is_an_error)
{
	ck_assert_int_eq(leak_holders("nothing"), -ENOENT);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, the_lowest_free_descriptor_shows_a_leak);
	tcase_add_test(tcase, holders_of_a_fifo_are_processes_other_than_oneself);
	tcase_add_test(tcase, holders_of_a_socket_path_are_those_who_hold_the_socket);
	tcase_add_test(tcase, holders_of_nothing_is_an_error);
}

int main(void)
{
	return checks_run_case("leak_descriptors", fill);
}
