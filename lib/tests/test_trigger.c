// SPDX-License-Identifier: MIT
/* When faults fire. */
#include <stdlib.h>

#include "checks.h"
#include "trigger.h"

/* One character a call: whether it fires. */
static void fires(struct trigger trigger, const char *wanted)
{
	for (const char *call = wanted; *call; call++)
		ck_assert_msg(trigger_hit(&trigger) == (*call == 'x'), "call %d of %s",
			      (int)(call - wanted) + 1, wanted);
}

START_TEST(test_kinds)
{
	fires((struct trigger){ 0 }, "xxxx");
	fires((struct trigger){ .kind = TRIGGER_NTH, .first = 1, .last = 1 }, "x...");
	fires((struct trigger){ .kind = TRIGGER_NTH, .first = 3, .last = 3 }, "..x.....");
	fires((struct trigger){ .kind = TRIGGER_NTH, .first = 2, .last = 4 }, ".xxx....");
	fires((struct trigger){ .kind = TRIGGER_EVERY, .first = 3 }, "..x..x..x.");
	fires((struct trigger){ .kind = TRIGGER_EVERY, .first = 1 }, "xxx");
}
END_TEST

START_TEST(test_disarmed_does_not_count)
{
	struct trigger trigger = { .kind = TRIGGER_NTH, .first = 2, .last = 2, .disarmed = true };

	for (int i = 0; i < 5; i++)
		ck_assert(!trigger_hit(&trigger));
	ck_assert_uint_eq(trigger.count, 0);
	trigger.disarmed = false;
	ck_assert(!trigger_hit(&trigger));
	ck_assert(trigger_hit(&trigger));
	ck_assert_uint_eq(trigger.fired, 1);
}
END_TEST

START_TEST(test_overruled)
{
	struct trigger trigger = { .kind = TRIGGER_NTH, .first = 1, .last = 2 };

	ck_assert(trigger_hit(&trigger));
	trigger_overrule(&trigger);
	ck_assert(!trigger_is_satisfied(&trigger));
	ck_assert(trigger_hit(&trigger));
	ck_assert(trigger_is_satisfied(&trigger));
	ck_assert_uint_eq(trigger.fired, 1);
	ck_assert_uint_eq(trigger.overruled, 1);
}
END_TEST

START_TEST(test_satisfied)
{
	struct trigger trigger = { .kind = TRIGGER_NTH, .first = 2, .last = 2 };

	trigger_hit(&trigger);
	ck_assert(!trigger_is_satisfied(&trigger));
	trigger.optional = true;
	ck_assert(trigger_is_satisfied(&trigger));
	trigger.optional = false;
	trigger_hit(&trigger);
	ck_assert(trigger_is_satisfied(&trigger));
}
END_TEST

START_TEST(test_valid)
{
	ck_assert(trigger_is_valid(&(struct trigger){ 0 }));
	ck_assert(!trigger_is_valid(&(struct trigger){ .kind = TRIGGER_NTH }));
	ck_assert(
		!trigger_is_valid(&(struct trigger){ .kind = TRIGGER_NTH, .first = 3, .last = 2 }));
	ck_assert(
		trigger_is_valid(&(struct trigger){ .kind = TRIGGER_NTH, .first = 3, .last = 3 }));
	ck_assert(!trigger_is_valid(&(struct trigger){ .kind = TRIGGER_EVERY }));
}
END_TEST

START_TEST(test_any_is_fair_and_repeatable)
{
	enum { WITHIN = 7, SEEDS = 70000 };
	int chosen[WITHIN + 1] = { 0 };

	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		uint64_t n = trigger_any(seed, WITHIN);

		ck_assert_uint_ge(n, 1);
		ck_assert_uint_le(n, WITHIN);
		ck_assert_uint_eq(n, trigger_any(seed, WITHIN));
		chosen[n]++;
	}
	for (int n = 1; n <= WITHIN; n++)
		ck_assert_int_lt(abs(chosen[n] - SEEDS / WITHIN), SEEDS / WITHIN / 20);
	ck_assert_uint_eq(trigger_any(5, 0), 1);
	ck_assert_uint_eq(trigger_any(5, 1), 1);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_kinds);
	tcase_add_test(tcase, test_disarmed_does_not_count);
	tcase_add_test(tcase, test_overruled);
	tcase_add_test(tcase, test_satisfied);
	tcase_add_test(tcase, test_valid);
	tcase_add_test(tcase, test_any_is_fair_and_repeatable);
}

int main(void)
{
	return checks_run_case("trigger", fill);
}
