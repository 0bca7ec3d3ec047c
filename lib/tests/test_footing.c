// SPDX-License-Identifier: MIT
/* The table of limits: what it is for, and that it sees what this process has. */
#include <string.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <unistd.h>

#include "call.h"
#include "checks.h"
#include "mechanism.h"
#include "platform_footing.h"

static const struct footing *footing_named(const char *name)
{
	size_t count;
	const struct footing *all = footing_all(&count);

	for (size_t i = 0; i < count; i++) {
		if (!strcmp(all[i].name, name))
			return &all[i];
	}
	ck_abort_msg("no %s", name);
}

START_TEST(test_resource)
{
	const struct footing *footing = footing_named("RLIMIT_NOFILE");
	struct rlimit limit;
	int64_t number = 0;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 64;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert(footing_lacks(footing, &number));
	ck_assert_int_eq(number, 64);
}
END_TEST

/* The kernel tells the same four limits by a call as well. */
START_TEST(test_columns)
{
	struct seminfo info;
	size_t count, rows = 0;
	const struct footing *all = footing_all(&count);

	if (access("/proc/sys/kernel/sem", R_OK) || semctl(0, 0, IPC_INFO, &info) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const int64_t limits[] = { info.semmsl, info.semmns, info.semopm, info.semmni };
		int64_t number = -1;

		if (strcmp(all[i].name, "kernel.sem") != 0)
			continue;
		ck_assert_uint_lt(rows, 4);
		ck_assert_int_eq(all[i].look(&all[i], &number), 0);
		ck_assert_int_eq(number, limits[rows++]);
	}
	ck_assert_uint_eq(rows, 4);
}
END_TEST

START_TEST(test_users)
{
	ck_assert(footing_serves(footing_named("kernel.msgmax"), "msgsnd"));
	ck_assert(footing_serves(footing_named("kernel.msgmax"), "sysv_msg"));
	ck_assert(!footing_serves(footing_named("kernel.msgmax"), "sendmsg"));
	ck_assert(!footing_serves(footing_named("kernel.sem"), "sem_open"));
	ck_assert(footing_serves(footing_named("lo"), "tcp"));
}
END_TEST

static bool serves_any(const struct footing *footing)
{
	for (size_t i = 0; mechanisms[i]; i++) {
		if (footing_serves(footing, mechanisms[i]->name))
			return true;
	}
	for (size_t i = 0; call_families[i]; i++) {
		for (size_t k = 0; k < call_families[i]->count; k++) {
			if (footing_serves(footing, call_families[i]->calls[k].name))
				return true;
		}
	}
	return false;
}

/* No row is for nothing, or misspelt: there is a mechanism or a call of such a name. */
START_TEST(test_rows)
{
	size_t count;
	const struct footing *all = footing_all(&count);

	for (size_t i = 0; i < count; i++)
		ck_assert_msg(serves_any(&all[i]), "%s is for nothing", all[i].name);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_resource);
	tcase_add_test(tcase, test_columns);
	tcase_add_test(tcase, test_users);
	tcase_add_test(tcase, test_rows);
}

int main(void)
{
	return checks_run_case("footing", fill);
}
