// SPDX-License-Identifier: MIT
/* From tree to plan: what each mistake is answered with, and what a good scenario becomes. */
#include "checks.h"
#include "resolve_conditions.h"
#include "resolve_mistakes.h"
#include "resolve_plans.h"

int main(void)
{
	Suite *suite = suite_create("resolve");

	add_mistakes(checks_case(suite, "mistakes"));
	add_plans(checks_case(suite, "plans"));
	add_conditions(checks_case(suite, "conditions"));
	return checks_run(suite);
}
