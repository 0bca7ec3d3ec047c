// SPDX-License-Identifier: MIT
/* Locks on files: what conflicts, what is told of it, and what cannot be asked for. */
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "checks.h"
#include "directory_fixture.h"
#include "trial.h"

static int open_file(void)
{
	int fd = open("locked", O_RDWR | O_CREAT, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, 100), 0);
	return fd;
}

/* Holds a lock of this process until the pipe's end is closed. */
static pid_t hold(short type, off_t start, off_t len)
{
	int ready[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		struct flock lock = { .l_type = type, .l_start = start, .l_len = len };

		if (!fcntl(open_file(), F_SETLK, &lock) && write(ready[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(ready[1]);
	ck_assert_int_eq(read(ready[0], &byte, 1), 1);
	return pid;
}

START_TEST(test_record_locks)
{
	pid_t pid = hold(F_WRLCK, 5, 3);
	int fd = open_file();

	/* By name: start, len, whence, pid. */
	RETURNS(0, "fcntl", INT(fd), INT(F_SETLK), INT(F_RDLCK), INT(0), INT(5));
	FAILS(EAGAIN, "fcntl", INT(fd), INT(F_SETLK), INT(F_RDLCK), INT(7), INT(1));
	RETURNS(0, "fcntl", INT(fd), INT(F_GETLK), INT(F_RDLCK));
	GAVE("fcntl", "type", F_WRLCK);
	GAVE("fcntl", "start", 5);
	GAVE("fcntl", "len", 3);
	GAVE("fcntl", "whence", SEEK_SET);
	GAVE("fcntl", "pid", pid);
	RETURNS(0, "fcntl", INT(fd), INT(F_GETLK), INT(F_RDLCK), INT(-92), INT(0), INT(SEEK_END));
	GAVE("fcntl", "type", F_UNLCK);
	GAVE_NO("fcntl", "pid");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	RETURNS(0, "fcntl", INT(fd), INT(F_SETLKW), INT(F_WRLCK));
	GAVE_NO("fcntl", "type");
}
END_TEST

START_TEST(test_locks_of_open_files)
{
	int fd = open_file(), other_fd = open_file();

	RETURNS(0, "fcntl", INT(fd), INT(F_OFD_SETLK), INT(F_WRLCK), INT(0), INT(10));
	FAILS(EAGAIN, "fcntl", INT(other_fd), INT(F_OFD_SETLK), INT(F_WRLCK), INT(9));
	RETURNS(0, "fcntl", INT(other_fd), INT(F_OFD_GETLK), INT(F_WRLCK));
	GAVE("fcntl", "pid", -1);
	FAILS(EINVAL, "fcntl", INT(fd), INT(F_OFD_SETLK), INT(F_WRLCK), INT(0), INT(0),
	      INT(SEEK_SET), INT(1));
}
END_TEST

START_TEST(test_what_is_no_lock)
{
	int fd = open_file();

	COMPLAINS("F_RDLCK, F_WRLCK or F_UNLCK", "fcntl", INT(fd), INT(F_SETLK));
	COMPLAINS("argument must be a number", "fcntl", INT(fd), INT(F_SETLK), BYTES("all"));
	COMPLAINS("only a lock has a len", "fcntl", INT(fd), INT(F_GETFD), LEFT_OUT, LEFT_OUT,
		  INT(1));
	FAILS(EINVAL, "fcntl", INT(fd), INT(F_SETLK), INT(F_WRLCK), INT(0), INT(0), INT(9));
	FAILS(EINVAL, "fcntl", INT(fd), INT(F_SETLK), INT(F_WRLCK), INT(-1));
}
END_TEST

START_TEST(test_lockf)
{
	pid_t pid = hold(F_WRLCK, 5, 3);
	int fd = open_file();

	RETURNS(0, "lockf", INT(fd), INT(F_LOCK), INT(5));
	ck_assert(trial.result.number == 0);
	FAILS(EAGAIN, "lockf", INT(fd), INT(F_TLOCK));
	FAILS(EACCES, "lockf", INT(fd), INT(F_TEST));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	RETURNS(0, "lockf", INT(fd), INT(F_TEST), INT(0));
}
END_TEST

START_TEST(test_flock)
{
	int fd = open_file(), other_fd = open_file();

	RETURNS(0, "flock", INT(fd), INT(LOCK_SH));
	RETURNS(0, "flock", INT(other_fd), INT(LOCK_SH));
	FAILS(EWOULDBLOCK, "flock", INT(other_fd), INT(LOCK_EX | LOCK_NB));
	RETURNS(0, "flock", INT(fd), INT(LOCK_UN));
	RETURNS(0, "flock", INT(other_fd), INT(LOCK_EX | LOCK_NB));
	FAILS(EINVAL, "flock", INT(fd), INT(0));
}
END_TEST

START_TEST(test_where_they_sleep)
{
	ck_assert(call_may_sleep_in(call_find("fcntl"), SYS_fcntl));
	ck_assert(call_may_sleep_in(call_find("lockf"), SYS_fcntl));
	ck_assert(call_may_sleep_in(call_find("flock"), SYS_flock));
	ck_assert(!call_may_sleep_in(call_find("flock"), SYS_fcntl));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, test_record_locks, 0, 2);
	tcase_add_loop_test(tcase, test_locks_of_open_files, 0, 2);
	tcase_add_loop_test(tcase, test_what_is_no_lock, 0, 2);
	tcase_add_loop_test(tcase, test_lockf, 0, 2);
	tcase_add_loop_test(tcase, test_flock, 0, 2);
	tcase_add_test(tcase, test_where_they_sleep);
}

int main(void)
{
	return checks_run_case("locks", fill);
}
