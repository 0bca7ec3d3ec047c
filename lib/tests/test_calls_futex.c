// SPDX-License-Identifier: MIT
/* Futexes by themselves: what one process can see of their calls. */
#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "checks.h"
#include "trial.h"

enum { MS = 1000000, PAGE = 4096 };

static uint32_t *words;
#define WORD(n) INT((intptr_t)&words[n])

static void make_words(void)
{
	words = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(words, MAP_FAILED);
}

static void drop_words(void)
{
	munmap(words, PAGE);
}

START_TEST(each_timeout_is_of_its_kind)
{
	static const int operations[] = {
		FUTEX_WAIT,
		FUTEX_WAIT_BITSET,
		FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME,
		FUTEX_WAIT | FUTEX_PRIVATE_FLAG,
	};

	for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++) {
		FAILS(ETIMEDOUT, "futex", WORD(0), INT(operations[i]), INT(0), TIME(MS), LEFT_OUT,
		      LEFT_OUT, LEFT_OUT, INT(-1));
		GAVE("futex", "passed", 1);
	}
	FAILS(EAGAIN, "futex", WORD(0), INT(FUTEX_WAIT), INT(1));
	GAVE_NO("futex", "passed");
	/* Who owns the lock cannot wait for it, and a lock of nobody alive is nobody's. */
	RETURNS(0, "futex", WORD(1), INT(FUTEX_LOCK_PI), INT(0), TIME(0));
	ck_assert_uint_eq(words[1], (uint32_t)gettid());
	FAILS(EDEADLK, "futex", WORD(1), INT(FUTEX_LOCK_PI));
	RETURNS(0, "futex", WORD(1), INT(FUTEX_UNLOCK_PI));
	COMPLAINS("takes no timeout", "futex", WORD(0), INT(FUTEX_WAKE), INT(1), TIME(0));
}
END_TEST

START_TEST(wake_op_is_put_together)
{
	words[1] = 5;
	RETURNS(0, "futex", WORD(0), INT(FUTEX_WAKE_OP), INT(1), LEFT_OUT, LEFT_OUT, WORD(1),
		INT(1), LEFT_OUT, LIST(INT(FUTEX_OP_ADD), INT(3)),
		LIST(INT(FUTEX_OP_CMP_EQ), INT(5)));
	ck_assert_uint_eq(words[1], 8);
	RETURNS(0, "futex", WORD(0), INT(FUTEX_WAKE_OP), INT(1), LEFT_OUT, LEFT_OUT, WORD(1),
		INT(1), LEFT_OUT, LIST(INT(FUTEX_OP_SET), INT(-1)));
	ck_assert_uint_eq(words[1], 0xffffffff);
	COMPLAINS("a pair", "futex", WORD(0), INT(FUTEX_WAKE_OP), INT(1), LEFT_OUT, LEFT_OUT,
		  WORD(1), INT(1), LEFT_OUT, INT(3));
}
END_TEST

START_TEST(the_kernel_looks_after_a_dead_owners_words)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (!pid) {
		words[0] = (uint32_t)gettid();
		words[100] = 1;
		words[200] = (uint32_t)gettid() | FUTEX_WAITERS;
		RETURNS(0, "set_robust_list", LIST(WORD(0), WORD(100), WORD(200)));
		kill(getpid(), SIGKILL);
	}
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_uint_eq(words[0], FUTEX_OWNER_DIED);
	ck_assert_uint_eq(words[100], 1);
	ck_assert_uint_eq(words[200], FUTEX_OWNER_DIED | FUTEX_WAITERS);
}
END_TEST

static bool has(const char *name)
{
	syscall(call_find(name)->number, -1, -1, -1, -1, -1, -1);
	return errno != ENOSYS;
}

START_TEST(waitv)
{
	if (!has("futex_waitv"))
		return;
	FAILS(EAGAIN, "futex_waitv", LIST(WORD(0), WORD(1)), LIST(INT(0), INT(1)));
	FAILS(ETIMEDOUT, "futex_waitv", WORD(0), LEFT_OUT, TIME(MS));
	GAVE("futex_waitv", "passed", 1);
	FAILS(ETIMEDOUT, "futex_waitv", WORD(0), INT(0), TIME(0), LEFT_OUT, LEFT_OUT,
	      INT(CLOCK_REALTIME));
	FAILS(EINVAL, "futex_waitv", WORD(0), INT(0), LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT,
	      LEFT_OUT, INT(129));
	FAILS(EINVAL, "futex_waitv", WORD(0), INT(0), LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT,
	      INT(0x40));
	COMPLAINS("2 words, but 1 values", "futex_waitv", LIST(WORD(0), WORD(1)), INT(0));
}
END_TEST

START_TEST(the_operations_that_became_calls)
{
	if (!has("futex_wake"))
		return;
	FAILS(EAGAIN, "futex_wait", WORD(0), INT(1));
	FAILS(EINVAL, "futex_wait", WORD(0), INT(0), INT(0));
	FAILS(ETIMEDOUT, "futex_wait", WORD(0), INT(0), LEFT_OUT, TIME(MS));
	GAVE("futex_wait", "passed", 1);
	RETURNS(0, "futex_wake", WORD(0), INT(1));
	FAILS(EINVAL, "futex_wake", WORD(0), INT(1), INT(0));
	RETURNS(0, "futex_requeue", WORD(0), INT(0), WORD(1), INT(1), INT(1));
	FAILS(EAGAIN, "futex_requeue", WORD(0), INT(1), WORD(1), INT(1), INT(1));
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, make_words, drop_words);
	tcase_add_test(tcase, each_timeout_is_of_its_kind);
	tcase_add_test(tcase, wake_op_is_put_together);
	tcase_add_test(tcase, the_kernel_looks_after_a_dead_owners_words);
	tcase_add_test(tcase, waitv);
	tcase_add_test(tcase, the_operations_that_became_calls);
}

int main(void)
{
	return checks_run_case("calls_futex", fill);
}
