// SPDX-License-Identifier: MIT
/*
 * Bytes moved between descriptors, and between processes' memories; other processes by descriptor.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "checks.h"
#include "directory_fixture.h"
#include "trial.h"

static int filled(const char *name, const char *content)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, content, strlen(content), 0), (ssize_t)strlen(content));
	unlink(name);
	return fd;
}

START_TEST(test_pipes_and_files)
{
	int file = filled("from", "0123456789"), to = filled("to", "");
	int a[2], b[2];

	ck_assert_int_eq(pipe(a), 0);
	ck_assert_int_eq(pipe(b), 0);
	RETURNS(4, "splice", INT(file), INT(a[1]), INT(4), INT(5));
	GAVE("splice", "from_offset", 9);
	GAVE_NO("splice", "to_offset");
	RETURNS(4, "tee", INT(a[0]), INT(b[1]), INT(64));
	RETURNS(4, "splice", INT(a[0]), INT(to), INT(64), LEFT_OUT, INT(3));
	GAVE("splice", "to_offset", 7);
	GAVE_NO("splice", "from_offset");
	FAILS(EAGAIN, "splice", INT(a[0]), INT(to), INT(64), LEFT_OUT, LEFT_OUT,
	      INT(SPLICE_F_NONBLOCK));
	GAVE_NO("splice", "to_offset");
	RETURNS(4, "read", INT(b[0]), INT(64));
	GAVE_DATA("5678");
	RETURNS(4, "pread", INT(to), INT(64), INT(3));
	GAVE_DATA("5678");
	RETURNS(7, "vmsplice", INT(a[1]), LIST(BYTES("one"), BYTES("more")));
	RETURNS(7, "read", INT(a[0]), INT(64));
	GAVE_DATA("onemore");
	FAILS(EINVAL, "splice", INT(file), INT(to), INT(1));
	COMPLAINS("size must be a number", "splice", INT(file), INT(to), BYTES("x"));
}
END_TEST

START_TEST(test_files_to_files)
{
	int file = filled("from", "0123456789"), to = filled("to", "");

	RETURNS(3, "sendfile", INT(to), INT(file), INT(3), INT(2));
	GAVE("sendfile", "from_offset", 5);
	RETURNS(2, "sendfile", INT(to), INT(file), INT(2));
	GAVE_NO("sendfile", "from_offset");
	RETURNS(5, "pread", INT(to), INT(64), INT(0));
	GAVE_DATA("23401");
	RETURNS(2, "copy_file_range", INT(file), INT(to), INT(2), INT(8), INT(0));
	GAVE("copy_file_range", "from_offset", 10);
	GAVE("copy_file_range", "to_offset", 2);
	RETURNS(5, "pread", INT(to), INT(64), INT(0));
	GAVE_DATA("89401");
	FAILS(EBADF, "sendfile", INT(-1), INT(file), INT(1));
}
END_TEST

START_TEST(test_memory_ends_where_the_bytes_end)
{
	int64_t at;

	ck_assert_str_eq(MAKE("place", BYTES("0123456789"))->complaint, "");
	at = trial.result.number;
	ck_assert_mem_eq((const char *)at, "0123456789", 10);
	RETURNS(5, "process_vm_readv", INT(getpid()), LIST(INT(2), INT(3)),
		LIST(INT(at + 8), INT(at)), LIST(INT(2), INT(3)));
	GAVE_DATA("89012");
	RETURNS(10, "process_vm_readv", INT(getpid()), INT(10), INT(at), INT(10));
	FAILS(EFAULT, "process_vm_readv", INT(getpid()), INT(1), INT(at + 10), INT(1));
	RETURNS(3, "process_vm_writev", INT(getpid()), LIST(BYTES("a"), BYTES("bc")), INT(at + 7),
		INT(3));
	ck_assert_mem_eq((const char *)at, "0123456abc", 10);
	FAILS(EINVAL, "process_vm_readv", INT(getpid()), INT(1), INT(at), INT(1), INT(1));
	COMPLAINS("as many lengths as addresses", "process_vm_readv", INT(getpid()), INT(1),
		  LIST(INT(at), INT(at)), INT(1));
	COMPLAINS("numbers", "process_vm_readv", INT(getpid()), INT(1), BYTES("x"), INT(1));
}
END_TEST

START_TEST(test_processes_by_descriptor)
{
	int pidfd = OPENS("pidfd_open", INT(getpid())), copy;

	ck_assert_int_eq(fcntl(pidfd, F_GETFD), FD_CLOEXEC);
	RETURNS(0, "sigaction", INT(SIGUSR1), INT(symbol_find("handler")->number));
	RETURNS(0, "pidfd_send_signal", INT(pidfd), INT(SIGUSR1));
	RETURNS(1, "handled", INT(SIGUSR1));
	GAVE("handled", "code", SI_USER);
	GAVE("handled", "tid", getpid());
	copy = OPENS("pidfd_getfd", INT(pidfd), INT(pidfd));
	ck_assert_int_ne(copy, pidfd);
	FAILS(EBADF, "pidfd_getfd", INT(pidfd), INT(9999));
	FAILS(EINVAL, "pidfd_open", INT(-1));
	FAILS(EINVAL, "pidfd_send_signal", INT(pidfd), INT(0), LEFT_OUT, INT(64));
	RETURNS(0, "prctl", INT(PR_SET_PDEATHSIG), INT(SIGUSR2));
	RETURNS(0, "prctl", INT(PR_GET_PDEATHSIG));
	GAVE("prctl", "value", SIGUSR2);
	COMPLAINS("takes no argument", "prctl", INT(PR_GET_PDEATHSIG), INT(1));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, test_pipes_and_files, 0, 2);
	tcase_add_loop_test(tcase, test_files_to_files, 0, 2);
	tcase_add_loop_test(tcase, test_memory_ends_where_the_bytes_end, 0, 2);
	tcase_add_test(tcase, test_processes_by_descriptor);
}

int main(void)
{
	return checks_run_case("calls_splice", fill);
}
