/* SPDX-License-Identifier: MIT */
/* For tests of what is done where the kernel is older than the one they run on. */
#ifndef IPCDRILL_TESTS_LACKING_FIXTURE_H
#define IPCDRILL_TESTS_LACKING_FIXTURE_H

#include <check.h>
#include <errno.h>

#include "inject.h"

/* From here on, for us and all that we fork, as on a kernel without this call. */
static inline void lack(const char *name)
{
	struct inject_rule rule = {
		.name = name,
		.point = HIT_ENTRY,
		.effects = { { fault_find("errno"), ENOSYS } },
		.effect_count = 1,
		.is_blind = true,
	};
	struct inject_filter filter;
	struct inject_port port = { 0 };

	rule.number_count = inject_calls(name, rule.numbers, INJECT_CALLS_MAX);
	ck_assert_uint_eq(rule.number_count, 1);
	ck_assert_int_eq(inject_compile(&rule, 1, &filter), 0);
	ck_assert(!filter.has_listener);
	ck_assert_int_eq(inject_install(&filter, &port), 0);
	inject_filter_free(&filter);
}

#endif
