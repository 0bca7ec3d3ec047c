// SPDX-License-Identifier: MIT
/* Signals at the entry of a call that is asleep for long without them. */
#include <sys/resource.h>

#include "checks.h"
#include "inject_fixture.h"

enum { CALLS = 100, LONG_MS = 5000 };

static void handle_nothing(int signal)
{
	(void)signal;
}

/* poll(2) never goes on after a handler, whatever its flags; got[0]: how many did. */
static void poll_for_long(struct shared *shared)
{
	struct sigaction action = { .sa_handler = handle_nothing, .sa_flags = SA_RESTART };

	sigaction(SIGUSR1, &action, NULL);
	for (int i = 0; i < CALLS && !shared->got[0]; i++)
		shared->got[0] += poll(NULL, 0, LONG_MS) != -1 || errno != EINTR;
}

/* Whoever is woken runs before us: it would be away with the signal before its call is answered. */
START_TEST(test_no_signal_is_lost)
{
	struct inject_rule rule = rule_on("poll", HIT_ENTRY, "signal", SIGUSR1);

	fixture.is_impatient = _i;
	start(&rule, 1, poll_for_long);
	stay_on_one_core();
	ck_assert_int_eq(setpriority(PRIO_PROCESS, 0, 19), 0);
	serve_to_the_end();
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], 0);
	ck_assert_uint_eq(rule.trigger.fired, CALLS);
	finish_fixture();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_no_signal_is_lost, 0, 2);
}

int main(void)
{
	return checks_run_case("inject_signal", fill);
}
