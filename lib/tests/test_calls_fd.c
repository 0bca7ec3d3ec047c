// SPDX-License-Identifier: MIT
/*
 * Descriptors: reading, writing, duplicating, pipes, fcntl(), ioctl(); each by number and through
 * the library.
 */
#include <limits.h>
#include <sys/ioctl.h>

#include "checks.h"
#include "directory_fixture.h"
#include "trial.h"

/* The ends of a new pipe. */
static void make_pipe(int _i, int *reader, int *writer)
{
	RETURNS(0, "pipe");
	*reader = (int)trial_number("pipe", "read");
	*writer = (int)trial_number("pipe", "write");
}

START_TEST(test_pipe_carries_bytes)
{
	int r, w;

	make_pipe(_i, &r, &w);
	RETURNS(5, "write", INT(w), BYTES("he\0lo"));
	RETURNS(3, "read", INT(r), INT(3));
	GAVE_DATA("he\0");
	RETURNS(2, "read", INT(r), INT(64));
	GAVE_DATA("lo");
	RETURNS(0, "read", INT(r), INT(0));
	RETURNS(0, "close", INT(w));
	RETURNS(0, "read", INT(r), INT(64));
	ck_assert_uint_eq(trial.result.data_length, 0);
	FAILS(EBADF, "close", INT(w));
}
END_TEST

START_TEST(test_pipe2_takes_flags)
{
	RETURNS(0, "pipe2", INT(O_NONBLOCK | O_CLOEXEC));
	FAILS(EAGAIN, "read", INT(trial_number("pipe2", "read")), INT(1));
	FAILS(EINVAL, "pipe2", INT(-1));
	GAVE_NO("pipe2", "read");
}
END_TEST

START_TEST(test_vectors_join_in_order)
{
	struct value too_many[IOV_MAX + 1];
	int r, w;

	make_pipe(_i, &r, &w);
	RETURNS(6, "writev", INT(w), LIST(BYTES("ab"), BYTES(""), BYTES("cdef")));
	RETURNS(5, "readv", INT(r), LIST(INT(1), INT(0), INT(4)));
	GAVE_DATA("abcde");
	RETURNS(1, "readv", INT(r), INT(10));
	GAVE_DATA("f");
	RETURNS(1, "writev", INT(w), BYTES("x"));
	RETURNS(0, "writev", INT(w), EMPTY_LIST);
	RETURNS(0, "readv", INT(r), EMPTY_LIST);
	for (size_t i = 0; i <= IOV_MAX; i++)
		too_many[i] = (struct value)INT(1);
	FAILS(EINVAL, "readv", INT(r),
	      { .kind = VALUE_LIST, .items = too_many, .length = IOV_MAX + 1 });
}
END_TEST

START_TEST(test_files_have_offsets)
{
	int fd = OPENS("open", BYTES("offsets"), INT(O_RDWR | O_CREAT | O_TRUNC), INT(0600));

	RETURNS(6, "write", INT(fd), BYTES("abcdef"));
	RETURNS(2, "pwrite", INT(fd), BYTES("XY"), INT(1));
	RETURNS(3, "pread", INT(fd), INT(3), INT(0));
	GAVE_DATA("aXY");
	RETURNS(6, "lseek", INT(fd), INT(0), INT(SEEK_CUR));
	RETURNS(4, "lseek", INT(fd), INT(4));
	RETURNS(2, "read", INT(fd), INT(64));
	GAVE_DATA("ef");
	FAILS(EINVAL, "lseek", INT(fd), INT(-1));
	RETURNS(0, "ftruncate", INT(fd), INT(2));
	RETURNS(0, "fsync", INT(fd));
	RETURNS(2, "lseek", INT(fd), INT(0), INT(SEEK_END));
	FAILS(EINVAL, "ftruncate", INT(fd), INT(-1));
	FAILS(EINVAL, "pread", INT(fd), INT(1), INT(-1));
}
END_TEST

START_TEST(test_opening)
{
	int fd = OPENS("creat", BYTES("created"));

	RETURNS(0, "close", INT(fd));
	fd = OPENS("openat", INT(AT_FDCWD), BYTES("created"), INT(O_RDONLY));
	FAILS(EBADF, "write", INT(fd), BYTES("x"));
	FAILS(ENOENT, "open", BYTES("absent"), INT(O_RDONLY));
	FAILS(ENOENT, "open", BYTES(""), INT(O_RDONLY));
	FAILS(EEXIST, "open", BYTES("created"), INT(O_CREAT | O_EXCL | O_WRONLY));
}
END_TEST

START_TEST(test_duplicates_share_what_they_duplicate)
{
	int r, w, copy;

	make_pipe(_i, &r, &w);
	copy = OPENS("dup", INT(w));
	RETURNS(1, "write", INT(copy), BYTES("x"));
	RETURNS(100, "dup2", INT(w), INT(100));
	RETURNS(101, "dup3", INT(w), INT(101), INT(O_CLOEXEC));
	RETURNS(FD_CLOEXEC, "fcntl", INT(101), INT(F_GETFD));
	FAILS(EINVAL, "dup3", INT(w), INT(w), INT(0));
	FAILS(EBADF, "dup2", INT(w), INT(-1));
	RETURNS(0, "close_range", INT(100), INT(101));
	FAILS(EBADF, "dup", INT(101));
}
END_TEST

START_TEST(test_fcntl_commands_with_numbers)
{
	int r, w;

	make_pipe(_i, &r, &w);
	RETURNS(O_WRONLY, "fcntl", INT(w), INT(F_GETFL));
	RETURNS(0, "fcntl", INT(w), INT(F_SETFL), INT(O_NONBLOCK));
	RETURNS(O_WRONLY | O_NONBLOCK, "fcntl", INT(w), INT(F_GETFL));
	RETURNS(8192, "fcntl", INT(w), INT(F_SETPIPE_SZ), INT(5000));
	RETURNS(8192, "fcntl", INT(r), INT(F_GETPIPE_SZ));
	RETURNS(200, "fcntl", INT(r), INT(F_DUPFD), INT(200));
	RETURNS(201, "fcntl", INT(r), INT(F_DUPFD_CLOEXEC), INT(200));
	RETURNS(0, "fcntl", INT(r), INT(F_SETOWN), INT(getpid()));
	RETURNS(getpid(), "fcntl", INT(r), INT(F_GETOWN));
	RETURNS(0, "fcntl", INT(r), INT(F_SETSIG), INT(10));
	RETURNS(10, "fcntl", INT(r), INT(F_GETSIG));
	RETURNS(0, "fcntl", INT(r), INT(F_SETOWN_EX), LIST(INT(F_OWNER_PID), INT(getpid())));
	RETURNS(0, "fcntl", INT(r), INT(F_GETOWN_EX));
	GAVE("fcntl", "owner", getpid());
	GAVE("fcntl", "owner_type", F_OWNER_PID);
}
END_TEST

START_TEST(test_fcntl_never_takes_a_number_for_an_address)
{
	int r, w;

	make_pipe(_i, &r, &w);
	COMPLAINS("a number of 32 bits", "fcntl", INT(r), INT(F_GETLK),
		  INT((int64_t)(intptr_t)&r));
	COMPLAINS("no argument can be given", "fcntl", INT(r), INT(123456), INT(1));
	COMPLAINS("F_RDLCK", "fcntl", INT(r), INT(F_GETLK));
	FAILS(EINVAL, "fcntl", INT(r), INT(123456));
	COMPLAINS("{type, pid}", "fcntl", INT(r), INT(F_SETOWN_EX), INT(1));
}
END_TEST

START_TEST(test_ioctl)
{
	int r, w;

	make_pipe(_i, &r, &w);
	RETURNS(3, "write", INT(w), BYTES("abc"));
	RETURNS(0, "ioctl", INT(r), INT(FIONREAD));
	GAVE("ioctl", "value", 3);
	RETURNS(3, "read", INT(r), INT(3));
	RETURNS(0, "ioctl", INT(r), INT(FIONBIO), INT(1));
	FAILS(EAGAIN, "read", INT(r), INT(1));
	FAILS(ENOTTY, "ioctl", INT(r), INT(0x7abc));
	FAILS(EBADF, "ioctl", INT(-1), INT(FIONREAD));
	GAVE_NO("ioctl", "value");
	COMPLAINS("needs a value", "ioctl", INT(r), INT(FIONBIO));
	COMPLAINS("no value can be given", "ioctl", INT(r), INT(FIONREAD), INT(1));
	COMPLAINS("no value can be given", "ioctl", INT(r), INT(0x5401), INT(4096));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, test_pipe_carries_bytes, 0, 2);
	tcase_add_loop_test(tcase, test_pipe2_takes_flags, 0, 2);
	tcase_add_loop_test(tcase, test_vectors_join_in_order, 0, 2);
	tcase_add_loop_test(tcase, test_files_have_offsets, 0, 2);
	tcase_add_loop_test(tcase, test_opening, 0, 2);
	tcase_add_loop_test(tcase, test_duplicates_share_what_they_duplicate, 0, 2);
	tcase_add_loop_test(tcase, test_fcntl_commands_with_numbers, 0, 2);
	tcase_add_loop_test(tcase, test_fcntl_never_takes_a_number_for_an_address, 0, 2);
	tcase_add_loop_test(tcase, test_ioctl, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_fd", fill);
}
