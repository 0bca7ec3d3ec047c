// SPDX-License-Identifier: MIT
/* Tries say how they ended; they cannot hang, and leave no process behind. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checks.h"
#include "platform_try.h"

static void answer_a_number(struct attempt *attempt)
{
	attempt->number = 42;
	attempt_fail(attempt, "something", ENOENT);
}

static void die(struct attempt *attempt)
{
	(void)attempt;
	raise(SIGUSR1);
}

/* The grandchild must go with its parent, though nobody ends it and it holds the pipe open. */
static void leave_a_child(struct attempt *attempt)
{
	attempt->number = attempt_fork();
	while (!attempt->number)
		pause();
}

START_TEST(test_tries_report_answers_and_deaths)
{
	struct attempt attempt;

	platform_try(answer_a_number, &attempt);
	ck_assert_int_eq(attempt.number, 42);
	ck_assert_int_eq(attempt.error, ENOENT);
	ck_assert_str_eq(attempt.reason, "something: ENOENT");
	platform_try(die, &attempt);
	ck_assert_int_eq(attempt.error, ECHILD);
	ck_assert_int_eq(attempt.number, SIGUSR1);
	ck_assert_ptr_nonnull(strstr(attempt.reason, "SIGUSR1"));
}
END_TEST

START_TEST(test_tries_leave_no_process)
{
	struct attempt attempt;

	/* Orphans come to us, so that their death can be waited for. */
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	platform_try(leave_a_child, &attempt);
	ck_assert_int_gt(attempt.number, 0);
	ck_assert_int_eq(waitpid((pid_t)attempt.number, NULL, 0), attempt.number);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

static void hang(struct attempt *attempt)
{
	(void)attempt;
	for (;;)
		pause();
}

START_TEST(test_tries_that_hang_are_ended)
{
	struct attempt attempt;

	platform_try(hang, &attempt);
	ck_assert_int_eq(attempt.error, ETIMEDOUT);
	ck_assert_str_ne(attempt.reason, "");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_tries_report_answers_and_deaths);
	tcase_add_test(tcase, test_tries_leave_no_process);
	tcase_add_test(tcase, test_tries_that_hang_are_ended);
}

int main(void)
{
	return checks_run_case("platform_try", fill);
}
