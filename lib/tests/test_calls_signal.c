// SPDX-License-Identifier: MIT
/* Signals: sent, blocked, waited for, counted by the handler; timers that send them. */
#include <signal.h>
#include <sys/time.h>

#include "checks.h"
#include "trial.h"

#define HANDLER INT(symbol_find("handler")->number)

START_TEST(test_the_handler_counts_and_remembers)
{
	RETURNS(0, "handled", INT(SIGUSR1));
	GAVE_NO("handled", "pid");
	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER);
	GAVE("sigaction", "old", 0);
	RETURNS(0, "kill", INT(getpid()), INT(SIGUSR1));
	RETURNS(1, "handled", INT(SIGUSR1));
	GAVE("handled", "code", SI_USER);
	GAVE("handled", "pid", getpid());
	GAVE("handled", "uid", getuid());
	RETURNS(0, "sigqueue", INT(getpid()), INT(SIGUSR1), INT(77));
	RETURNS(2, "handled", INT(SIGUSR1));
	GAVE("handled", "code", SI_QUEUE);
	GAVE("handled", "value", 77);
	RETURNS(0, "raise", INT(SIGUSR1));
	RETURNS(0, "tgkill", INT(getpid()), INT(gettid()), INT(SIGUSR1));
	RETURNS(4, "handled", INT(SIGUSR1));
	GAVE("handled", "code", SI_TKILL);
	RETURNS(0, "handled", INT(SIGUSR2));
}
END_TEST

START_TEST(test_sigaction_tells_what_was)
{
	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER, INT(SA_RESTART | SA_NODEFER),
		LIST(INT(SIGINT), INT(SIGUSR2)));
	RETURNS(0, "sigaction", INT(SIGUSR1), INT(1));
	GAVE("sigaction", "old", symbol_find("handler")->number);
	GAVE("sigaction", "old_flags", SA_RESTART | SA_NODEFER);
	GAVE_LIST("sigaction", "old_mask", SIGINT, SIGUSR2);
	RETURNS(0, "raise", INT(SIGUSR1));
	RETURNS(0, "sigaction", INT(SIGUSR1), INT(0));
	GAVE("sigaction", "old", 1);
	GAVE_EMPTY_LIST("sigaction", "old_mask");
	FAILS(EINVAL, "sigaction", INT(SIGKILL), INT(1));
	FAILS(EINVAL, "sigaction", INT(SIGSTOP), HANDLER);
	FAILS(EINVAL, "sigaction", INT(12345), INT(0));
	COMPLAINS("SIG_DFL, SIG_IGN or handler", "sigaction", INT(SIGUSR1), INT(4096));
	COMPLAINS("must be a signal", "handled", INT(0));
	COMPLAINS("must be a signal", "handled", INT(NSIG));
}
END_TEST

START_TEST(test_blocked_signals_wait)
{
	RETURNS(0, "sigprocmask", INT(SIG_BLOCK), LIST(INT(SIGUSR1), INT(SIGUSR2)));
	GAVE_EMPTY_LIST("sigprocmask", "old");
	RETURNS(0, "sigpending");
	GAVE_EMPTY_LIST("sigpending", "signals");
	RETURNS(0, "kill", INT(getpid()), INT(SIGUSR2));
	RETURNS(0, "sigpending");
	GAVE_LIST("sigpending", "signals", SIGUSR2);
	RETURNS(SIGUSR2, "sigtimedwait", LIST(INT(SIGUSR1), INT(SIGUSR2)), TIME(0));
	GAVE("sigtimedwait", "pid", getpid());
	FAILS(EAGAIN, "sigtimedwait", INT(SIGUSR2), TIME(0));
	GAVE_NO("sigtimedwait", "pid");
	RETURNS(0, "sigqueue", INT(getpid()), INT(SIGUSR1), INT(-5));
	RETURNS(SIGUSR1, "sigwaitinfo", INT(SIGUSR1));
	GAVE("sigwaitinfo", "code", SI_QUEUE);
	GAVE("sigwaitinfo", "value", -5);
	RETURNS(0, "sigprocmask", INT(SIG_SETMASK), EMPTY_LIST);
	GAVE_LIST("sigprocmask", "old", SIGUSR1, SIGUSR2);
	RETURNS(0, "sigprocmask", INT(SIG_BLOCK));
	GAVE_EMPTY_LIST("sigprocmask", "old");
	FAILS(EINVAL, "sigprocmask", INT(99), INT(SIGUSR1));
}
END_TEST

START_TEST(test_waiting_for_a_handler)
{
	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER);
	RETURNS(0, "sigprocmask", INT(SIG_BLOCK), INT(SIGUSR1));
	RETURNS(0, "raise", INT(SIGUSR1));
	FAILS(EINTR, "sigsuspend", EMPTY_LIST);
	RETURNS(1, "handled", INT(SIGUSR1));
	RETURNS(0, "raise", INT(SIGUSR1));
	FAILS(EINTR, "ppoll", EMPTY_LIST, EMPTY_LIST, LEFT_OUT, EMPTY_LIST);
	RETURNS(2, "handled", INT(SIGUSR1));
	RETURNS(0, "raise", INT(SIGUSR1));
	FAILS(EINTR, "pselect", LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT, EMPTY_LIST);
	FAILS(ESRCH, "kill", INT(0x3ffffff), INT(0));
	FAILS(EINVAL, "kill", INT(getpid()), INT(12345));
}
END_TEST

START_TEST(test_timers)
{
	RETURNS(0, "sigaction", INT(SIGALRM), HANDLER);
	RETURNS(0, "setitimer", INT(ITIMER_REAL), TIME(1000000), TIME(3600000000000));
	FAILS(EINTR, "pause");
	RETURNS(1, "handled", INT(SIGALRM));
	RETURNS(0, "getitimer", INT(ITIMER_REAL));
	ck_assert_int_gt(trial_number("getitimer", "value"), 0);
	GAVE("getitimer", "interval", 3600000000000);
	RETURNS(0, "setitimer", INT(ITIMER_REAL), TIME(0));
	GAVE("setitimer", "interval", 3600000000000);
	FAILS(EINVAL, "setitimer", INT(17), TIME(0));
	FAILS(EINVAL, "setitimer", INT(ITIMER_REAL), TIME(-1000000000));
	RETURNS(0, "alarm", TIME(99500000000));
	RETURNS(100, "alarm", INT(50));
	RETURNS(50, "alarm", INT(0));
	COMPLAINS("a duration of whole seconds", "alarm", INT(-1));
	COMPLAINS("a duration of whole seconds", "alarm", INT(1LL << 32));
}
END_TEST

START_TEST(test_sleeping)
{
	RETURNS(0, "nanosleep", TIME(1));
	FAILS(EINVAL, "nanosleep", TIME(-1));
	RETURNS(0, "sigaction", INT(SIGALRM), HANDLER);
	RETURNS(0, "setitimer", INT(ITIMER_REAL), TIME(1000000));
	FAILS(EINTR, "nanosleep", TIME(3600000000000));
	ck_assert_int_gt(trial_number("nanosleep", "left"), 3000000000000);
	COMPLAINS("must be a duration, but is 1", "nanosleep", INT(1));
}
END_TEST

START_TEST(test_the_alternate_stack)
{
	RETURNS(0, "sigaltstack", INT(65536));
	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER, INT(SA_ONSTACK));
	RETURNS(0, "sigaction", INT(SIGUSR2), HANDLER);
	RETURNS(0, "raise", INT(SIGUSR1));
	RETURNS(1, "handled", INT(SIGUSR1));
	GAVE("handled", "onstack", 1);
	FAILS(EPERM, "sigaltstack", INT(65536), LEFT_OUT, INT(SIGUSR1));
	RETURNS(0, "sigaltstack", INT(65536), LEFT_OUT, INT(SIGUSR2));
	RETURNS(1, "handled", INT(SIGUSR2));
	GAVE("handled", "onstack", 0);
	FAILS(ENOMEM, "sigaltstack", INT(16));
	RETURNS(0, "sigaltstack", INT(65536), INT(SS_DISABLE));
	GAVE("sigaltstack", "old_size", 65536);
	GAVE("sigaltstack", "old_flags", 0);
	RETURNS(0, "sigaltstack", INT(65536));
	GAVE("sigaltstack", "old_flags", SS_DISABLE);
}
END_TEST

START_TEST(test_threads_take_signals)
{
	int64_t deaf, other;

	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER);
	RETURNS(0, "sigprocmask", INT(SIG_BLOCK), INT(SIGUSR1));
	deaf = MAKE("start_thread", LEFT_OUT)->number;
	other = MAKE("start_thread", EMPTY_LIST)->number;
	ck_assert_int_ne(deaf, other);
	RETURNS(0, "thread_ended", INT(other));
	RETURNS(0, "kill", INT(getpid()), INT(SIGUSR1));
	RETURNS(0, "join_thread", INT(other));
	RETURNS(1, "thread_ended", INT(other));
	RETURNS(0, "thread_ended", INT(deaf));
	RETURNS(1, "handled", INT(SIGUSR1));
	GAVE("handled", "tid", other);
	COMPLAINS("a thread of start_thread()", "join_thread", INT(getpid()));
	COMPLAINS("a thread of start_thread()", "thread_ended", INT(getpid()));
}
END_TEST

/* A descriptor that is none cannot be locked, nor closed twice. */
START_TEST(test_threads_lock_and_close)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	int64_t closes, closes_again, locks;

	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER);
	closes = MAKE("start_thread", LEFT_OUT, INT(fd))->number;
	closes_again = MAKE("start_thread", LEFT_OUT, INT(fd))->number;
	locks = MAKE("start_thread", LEFT_OUT, LEFT_OUT, INT(fd))->number;
	ck_assert_int_eq(fcntl(fd, F_GETFD), 0);
	RETURNS(0, "tgkill", INT(getpid()), INT(closes), INT(SIGUSR1));
	RETURNS(0, "join_thread", INT(closes));
	ck_assert_int_eq(fcntl(fd, F_GETFD), -1);
	RETURNS(0, "tgkill", INT(getpid()), INT(closes_again), INT(SIGUSR1));
	FAILS(EBADF, "join_thread", INT(closes_again));
	RETURNS(0, "tgkill", INT(getpid()), INT(locks), INT(SIGUSR1));
	FAILS(EBADF, "join_thread", INT(locks));
}
END_TEST

/* The first run of this handler waits: here for an alarm, of which one comes after it has begun to. */
START_TEST(test_the_pausing_handler)
{
	RETURNS(0, "sigaction", INT(SIGUSR1), INT(symbol_find("pausing_handler")->number));
	RETURNS(0, "sigaction", INT(SIGALRM), HANDLER);
	RETURNS(0, "setitimer", INT(ITIMER_REAL), TIME(1000000), TIME(1000000));
	RETURNS(0, "raise", INT(SIGUSR1));
	RETURNS(0, "setitimer", INT(ITIMER_REAL), TIME(0));
	ck_assert_int_ge(MAKE("handled", INT(SIGALRM))->number, 1);
	RETURNS(0, "raise", INT(SIGUSR1));
	RETURNS(2, "handled", INT(SIGUSR1));
	RETURNS(0, "sigaction", INT(SIGUSR1), INT(0));
	GAVE("sigaction", "old", symbol_find("pausing_handler")->number);
}
END_TEST

START_TEST(test_a_code_of_ones_own)
{
	RETURNS(0, "sigaction", INT(SIGUSR1), HANDLER);
	if (_i) {
		COMPLAINS("lets nobody choose", "sigqueue", INT(getpid()), INT(SIGUSR1), INT(1),
			  INT(SI_USER));
		return;
	}
	RETURNS(0, "sigqueue", INT(getpid()), INT(SIGUSR1), INT(1), INT(SI_MESGQ));
	RETURNS(1, "handled", INT(SIGUSR1));
	GAVE("handled", "code", SI_MESGQ);
	FAILS(EPERM, "sigqueue", INT(getppid()), INT(0), INT(1), INT(SI_USER));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_the_alternate_stack, 0, 2);
	tcase_add_loop_test(tcase, test_threads_take_signals, 0, 2);
	tcase_add_loop_test(tcase, test_threads_lock_and_close, 0, 2);
	tcase_add_loop_test(tcase, test_the_pausing_handler, 0, 2);
	tcase_add_loop_test(tcase, test_a_code_of_ones_own, 0, 2);
	tcase_add_loop_test(tcase, test_the_handler_counts_and_remembers, 0, 2);
	tcase_add_loop_test(tcase, test_sigaction_tells_what_was, 0, 2);
	tcase_add_loop_test(tcase, test_blocked_signals_wait, 0, 2);
	tcase_add_loop_test(tcase, test_waiting_for_a_handler, 0, 2);
	tcase_add_loop_test(tcase, test_timers, 0, 2);
	tcase_add_loop_test(tcase, test_sleeping, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_signal", fill);
}
