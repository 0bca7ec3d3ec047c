/* SPDX-License-Identifier: MIT */
/* What every test program does besides its tests: a suite of cases, run to its end. */
#ifndef IPCDRILL_TESTS_CHECKS_H
#define IPCDRILL_TESTS_CHECKS_H

#define test_result check_test_result /* Check has a tag of this name, and so have reports */
#include <check.h>
#undef test_result
#include <stdlib.h>

/* Far more than any test takes, even where all of the machine is busy: only what hangs is ended. */
enum { CHECKS_TIMEOUT_S = 60 };

/* A new case of the suite, for tests to be added to. */
static inline TCase *checks_case(Suite *suite, const char *name)
{
	TCase *tcase = tcase_create(name);

	tcase_set_timeout(tcase, CHECKS_TIMEOUT_S);
	suite_add_tcase(suite, tcase);
	return tcase;
}

/* Runs all cases, frees the suite; what main() returns. */
static inline int checks_run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* The usual suite: of one case, to which fill() adds the tests. */
static inline int checks_run_case(const char *name, void (*fill)(TCase *tcase))
{
	Suite *suite = suite_create(name);

	fill(checks_case(suite, name));
	return checks_run(suite);
}

#endif
