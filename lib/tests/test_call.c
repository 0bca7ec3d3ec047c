// SPDX-License-Identifier: MIT
/* The tables of calls are sound: all are there, and each can be made. */
#include <string.h>
#include <sys/syscall.h>

#include "checks.h"
#include "every_call.h"

START_TEST(test_every_call_asked_for_is_there)
{
	static const char *const names[] = {
		"open",        "openat",        "creat",        "close",       "read",
		"write",       "readv",         "writev",       "pread",       "pwrite",
		"lseek",       "dup",           "dup2",         "dup3",        "fcntl",
		"ioctl",       "ftruncate",     "truncate",     "rename",      "renameat2",
		"link",        "linkat",        "unlink",       "symlink",     "mkfifo",
		"mknod",       "mkdir",         "rmdir",        "chmod",       "fchmod",
		"umask",       "stat",          "fstat",        "lstat",       "access",
		"pipe",        "pipe2",         "poll",         "ppoll",       "select",
		"pselect",     "epoll_create1", "epoll_ctl",    "epoll_wait",  "epoll_pwait",
		"socket",      "socketpair",    "bind",         "listen",      "accept",
		"accept4",     "connect",       "send",         "recv",        "sendto",
		"recvfrom",    "sendmsg",       "recvmsg",      "recvmmsg",    "shutdown",
		"getsockopt",  "setsockopt",    "getsockname",  "getpeername", "sigaction",
		"sigprocmask", "sigpending",    "sigtimedwait", "sigwaitinfo", "sigsuspend",
		"kill",        "tgkill",        "sigqueue",     "raise",       "pause",
		"alarm",       "setitimer",     "getitimer",    "getpid",      "getppid",
		"gettid",      "getuid",        "getgid",       "setuid",      "setgid",
		"setrlimit",   "getrlimit",     "fork",         "exit",        "waitpid",
		"waitid",      "setpgid",       "getpgid",      "setsid",      "prctl",
		"nanosleep",   "close_range",   "handled",      "sched_yield", "fsync",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert_msg(call_find(names[i]) != NULL, "no %s", names[i]);
	ck_assert_ptr_null(call_find("no_such_call"));
	ck_assert_ptr_null(call_find(""));
}
END_TEST

static void look_at_names(const struct call *call)
{
	size_t count = call_parameter_count(call);

	ck_assert(call->name && call->man && call->summary);
	ck_assert_msg(call_find(call->name) == call, "two calls are named %s", call->name);
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg(call->parameters[i].name != NULL, "%s: parameter %zu has no name",
			      call->name, i);
		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(call->parameters[i].name, call->parameters[j].name);
		if (i && call->parameters[i - 1].optional)
			ck_assert_msg(call->parameters[i].optional, "%s: %s comes too late",
				      call->name, call->parameters[i].name);
	}
	for (size_t i = count; i < CALL_PARAMETERS_MAX; i++)
		ck_assert_msg(!call->parameters[i].name, "%s: a gap before %s", call->name,
			      call->parameters[i].name);
	for (size_t i = 1; i < CALL_OUTS_MAX; i++)
		ck_assert_msg(!call->outs[i] || call->outs[i - 1], "%s: a gap before %s",
			      call->name, call->outs[i]);
}

START_TEST(test_names_are_unique_and_without_gaps)
{
	for_each_call(look_at_names);
}
END_TEST

static size_t raw_count(enum parameter_kind kind)
{
	switch (kind) {
	case PARAMETER_INT:
	case PARAMETER_FD:
	case PARAMETER_PATH:
	case PARAMETER_TIME:
	case PARAMETER_MILLISECONDS:
	case PARAMETER_PROCESS:
	case PARAMETER_OBJECT:
	case PARAMETER_ID:
	case PARAMETER_KEY:
		return 1;
	case PARAMETER_DATA:
	case PARAMETER_ROOM:
	case PARAMETER_PIECES:
	case PARAMETER_ROOMS:
	case PARAMETER_ADDRESS:
	case PARAMETER_SIGNALS:
		return 2;
	case PARAMETER_ANYTHING:
	case PARAMETER_NONE:
		break;
	}
	return 100;	/* no call's table entry can express it */
}

static void look_at_marshalling(const struct call *call)
{
	size_t raw = 0, rooms = 0;

	for (size_t i = 0; i < call_parameter_count(call); i++) {
		enum parameter_kind kind = call->parameters[i].kind;

		raw += raw_count(kind);
		rooms += kind == PARAMETER_ROOM || kind == PARAMETER_ROOMS;
	}
	if (call->invoke)
		return;
	if (call->result == RESULT_BYTES)
		ck_assert_msg(rooms == 1, "%s returns bytes into %zu rooms", call->name, rooms);
	ck_assert_msg(raw <= 6, "%s has %zu raw arguments", call->name, raw);
	ck_assert_msg(!call->outs[0], "%s has outs that nobody fills", call->name);
	ck_assert_msg(call->libc || call->number >= 0, "%s cannot be made", call->name);
	ck_assert_msg(call->libc || call->result == RESULT_NEVER, "%s has no library form",
		      call->name);
}

START_TEST(test_table_entries_can_be_marshalled)
{
	for_each_call(look_at_marshalling);
}
END_TEST

START_TEST(test_calls_may_sleep_in_their_family_only)
{
	ck_assert(call_may_sleep_in(call_find("read"), SYS_read));
	ck_assert(call_may_sleep_in(call_find("read"), SYS_restart_syscall));
	ck_assert(!call_may_sleep_in(call_find("read"), SYS_write));
	ck_assert(call_may_sleep_in(call_find("open"), SYS_openat));
	ck_assert(call_may_sleep_in(call_find("recv"), SYS_recvfrom));
	ck_assert(call_may_sleep_in(call_find("poll"), SYS_ppoll));
	ck_assert(call_may_sleep_in(call_find("waitpid"), SYS_wait4));
	ck_assert(call_may_sleep_in(call_find("execve"), SYS_pause));
	ck_assert(!call_may_sleep_in(call_find("execve"), SYS_execve));
	ck_assert(!call_may_sleep_in(call_find("fork"), SYS_clone));
	/* Minus one is what a call without a number has, and what is shown of a page fault. */
	ck_assert(!call_may_sleep_in(call_find("raise"), -1));
	ck_assert(!call_may_sleep_in(call_find("read"), -1));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_every_call_asked_for_is_there);
	tcase_add_test(tcase, test_names_are_unique_and_without_gaps);
	tcase_add_test(tcase, test_table_entries_can_be_marshalled);
	tcase_add_test(tcase, test_calls_may_sleep_in_their_family_only);
}

int main(void)
{
	return checks_run_case("call", fill);
}
