// SPDX-License-Identifier: MIT
/* From tree to plan: what each mistake is answered with, and what a good scenario becomes. */
#include "resolve_conditions.h"
#include "resolve_mistakes.h"
#include "resolve_plans.h"

int main(void)
{
	Suite *suite = suite_create("resolve");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, mistakes_tcase());
	suite_add_tcase(suite, plans_tcase());
	suite_add_tcase(suite, conditions_tcase());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
