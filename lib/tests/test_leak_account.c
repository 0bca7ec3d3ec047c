// SPDX-License-Identifier: MIT
/* What a person is told of many things, and what is cut off. */
#include <string.h>

#include "checks.h"
#include "leak_account.h"

static char text[64];

static int tell(size_t size, int things)
{
	struct leak_account account = leak_account_open(text, size, 3);

	for (int i = 0; i < things; i++)
		leak_account_for(&account, "thing %d", i);
	return leak_account_close(&account);
}

START_TEST(a_few_are_named_the_rest_is_counted)
{
	ck_assert_int_eq(tell(sizeof(text), 0), 0);
	ck_assert_str_eq(text, "");
	ck_assert_int_eq(tell(sizeof(text), 1), 1);
	ck_assert_str_eq(text, "thing 0");
	ck_assert_int_eq(tell(sizeof(text), 3), 3);
	ck_assert_str_eq(text, "thing 0, thing 1, thing 2");
	ck_assert_int_eq(tell(sizeof(text), 12), 12);
	ck_assert_str_eq(text, "thing 0, thing 1, thing 2 and 9 more");
}
END_TEST

START_TEST(what_does_not_fit_is_cut_off)
{
	for (size_t size = 0; size < 40; size++) {
		memset(text, 'x', sizeof(text));
		ck_assert_int_eq(tell(size, 5), 5);
		ck_assert(!size || strlen(text) < size);
		ck_assert(!size ||
			  !strncmp(text, "thing 0, thing 1, thing 2 and 2 more", strlen(text)));
		ck_assert_int_eq(text[size], 'x');
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, a_few_are_named_the_rest_is_counted);
	tcase_add_test(tcase, what_does_not_fit_is_cut_off);
}

int main(void)
{
	return checks_run_case("leak_account", fill);
}
