// SPDX-License-Identifier: MIT
/*
 * Calls of descriptors that are more than bytes: counters, timers, signals, events, files in
 * memory.
 */
#include <limits.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/timerfd.h>

#include "checks.h"
#include "directory_fixture.h"
#include "trial.h"

START_TEST(test_counters_are_read_and_written_as_numbers)
{
	int fd = OPENS("eventfd", INT(5), INT(EFD_NONBLOCK));

	RETURNS(5, "eventfd_read", INT(fd));
	FAILS(EAGAIN, "eventfd_read", INT(fd));
	RETURNS(0, "eventfd_write", INT(fd), INT(3));
	RETURNS(0, "eventfd_write", INT(fd), INT(4));
	RETURNS(7, "eventfd_read", INT(fd));
	RETURNS(0, "eventfd_write", INT(fd), INT(symbol_find("UINT64_MAX")->number - 1));
	FAILS(EAGAIN, "eventfd_write", INT(fd), INT(1));
	RETURNS(-2, "eventfd_read", INT(fd));
	FAILS(EINVAL, "eventfd_write", INT(fd), INT(-1));
	FAILS(EBADF, "eventfd_read", INT(-1));
	COMPLAINS("value must be a number", "eventfd_write", INT(fd), BYTES("3"));
	FAILS(EINVAL, "eventfd", INT(0), INT(0x7fffffff));
	close(OPENS("eventfd", LEFT_OUT));
}
END_TEST

START_TEST(test_timers_count_expirations)
{
	int fd = OPENS("timerfd_create", INT(CLOCK_MONOTONIC));

	RETURNS(0, "timerfd_settime", INT(fd), TIME(3600000000000), TIME(5000000000));
	GAVE("timerfd_settime", "value", 0);
	GAVE("timerfd_settime", "interval", 0);
	RETURNS(0, "timerfd_gettime", INT(fd));
	GAVE("timerfd_gettime", "interval", 5000000000);
	ck_assert_int_gt(trial_number("timerfd_gettime", "value"), 3500000000000);
	RETURNS(0, "timerfd_settime", INT(fd), TIME(1));
	GAVE("timerfd_settime", "interval", 5000000000);
	RETURNS(1, "read_timer", INT(fd));
	/* An absolute time long gone. */
	RETURNS(0, "timerfd_settime", INT(fd), TIME(1), LEFT_OUT, INT(TFD_TIMER_ABSTIME));
	RETURNS(1, "read_timer", INT(fd));
	FAILS(EINVAL, "timerfd_create", INT(99));
	FAILS(EINVAL, "timerfd_settime", INT(0), TIME(1));
	FAILS(EINVAL, "timerfd_settime", INT(fd), TIME(-1));
	COMPLAINS("must be a duration", "timerfd_settime", INT(fd), INT(1));
}
END_TEST

START_TEST(test_signals_are_read_with_what_they_say)
{
	int fd;

	RETURNS(0, "sigprocmask", INT(SIG_BLOCK), LIST(INT(SIGUSR1), INT(SIGRTMIN)));
	fd = OPENS("signalfd", INT(-1), LIST(INT(SIGUSR1), INT(SIGRTMIN)), INT(SFD_NONBLOCK));
	FAILS(EAGAIN, "read_signal", INT(fd));
	GAVE_NO("read_signal", "signal");
	RETURNS(0, "kill", INT(getpid()), INT(SIGUSR1));
	RETURNS(128, "read_signal", INT(fd));
	GAVE("read_signal", "signal", SIGUSR1);
	GAVE("read_signal", "code", SI_USER);
	GAVE("read_signal", "pid", getpid());
	GAVE("read_signal", "uid", getuid());
	RETURNS(0, "sigqueue", INT(getpid()), INT(SIGRTMIN), INT(-7));
	RETURNS(0, "sigqueue", INT(getpid()), INT(SIGRTMIN), INT(8));
	RETURNS(256, "read_signal", INT(fd), INT(3));
	GAVE_LIST("read_signal", "signal", SIGRTMIN, SIGRTMIN);
	GAVE_LIST("read_signal", "value", -7, 8);
	FAILS(EAGAIN, "read_signal", INT(fd), INT(3));
	RETURNS(fd, "signalfd", INT(fd), INT(SIGUSR2));
	COMPLAINS("a number of signals", "read_signal", INT(fd), INT(0));
	COMPLAINS("a number of signals", "read_signal", INT(fd), INT(1001));
	FAILS(EINVAL, "signalfd", INT(0), INT(SIGUSR1));
}
END_TEST

START_TEST(test_events_come_one_by_one)
{
	int fd = OPENS("inotify_init1", INT(IN_NONBLOCK));
	char name[NAME_MAX + 1] = "";
	int64_t cookie;

	RETURNS(1, "inotify_add_watch", INT(fd), BYTES("."), INT(IN_CREATE | IN_MOVE));
	FAILS(EAGAIN, "read_event", INT(fd));
	close(OPENS("creat", BYTES("made")));
	memset(name, 'n', NAME_MAX);
	RETURNS(0, "rename", BYTES("made"), STRING(name));
	RETURNS(1, "read_event", INT(fd));
	GAVE("read_event", "mask", IN_CREATE);
	GAVE("read_event", "cookie", 0);
	GAVE_BYTES("read_event", "name", "made");
	RETURNS(1, "read_event", INT(fd));
	GAVE("read_event", "mask", IN_MOVED_FROM);
	cookie = trial_number("read_event", "cookie");
	RETURNS(1, "read_event", INT(fd));
	GAVE("read_event", "mask", IN_MOVED_TO);
	GAVE("read_event", "cookie", cookie);
	ck_assert_uint_eq(trial_out("read_event", "name")->length, NAME_MAX);
	RETURNS(0, "inotify_rm_watch", INT(fd), INT(1));
	RETURNS(1, "read_event", INT(fd));
	GAVE("read_event", "mask", IN_IGNORED);
	GAVE_BYTES("read_event", "name", "");
	FAILS(EINVAL, "inotify_rm_watch", INT(fd), INT(1));
	FAILS(EBADF, "read_event", INT(-1));
	RETURNS(0, "unlink", STRING(name));
}
END_TEST

START_TEST(test_files_in_memory)
{
	int fd = OPENS("memfd_create", BYTES("name"), INT(MFD_ALLOW_SEALING)), again;
	struct stat one, other;
	char path[50];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	RETURNS((int64_t)strlen(path), "proc_path", INT(fd));
	ck_assert_uint_eq(trial.result.data_length, strlen(path));
	ck_assert_mem_eq(trial_at(trial.result.data_offset), path, strlen(path));
	again = OPENS("open", STRING(path), INT(O_RDONLY));
	ck_assert_int_eq(fstat(fd, &one), 0);
	ck_assert_int_eq(fstat(again, &other), 0);
	ck_assert_int_eq(one.st_ino, other.st_ino);
	RETURNS(0, "fcntl", INT(fd), INT(F_ADD_SEALS), INT(F_SEAL_GROW));
	FAILS(EPERM, "ftruncate", INT(fd), INT(1));
	FAILS(EINVAL, "memfd_create", BYTES("name"), INT(0x7fffffff));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_loop_test(tcase, test_counters_are_read_and_written_as_numbers, 0, 2);
	tcase_add_loop_test(tcase, test_timers_count_expirations, 0, 2);
	tcase_add_loop_test(tcase, test_signals_are_read_with_what_they_say, 0, 2);
	tcase_add_loop_test(tcase, test_events_come_one_by_one, 0, 2);
	tcase_add_loop_test(tcase, test_files_in_memory, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_descriptor", fill);
}
