/* SPDX-License-Identifier: MIT */
/*
 * All tests of the files that a command was given: found, read and resolved, or every reason why
 * not.
 */
#ifndef IPCDRILL_SUITE_H
#define IPCDRILL_SUITE_H

#include "command.h"
#include "plan.h"

/*
 * Loads `paths`; none of them: the project's own suite. EXIT_PASSED, or EXIT_USAGE after all that
 * is wrong with all files was said on standard error, prefixed with the command. The suite is to be
 * freed either way.
 */
enum exit_status suite_load(struct suite *suite, const char *command, char *const *paths,
			    size_t count);
void suite_free(struct suite *suite);

/* The id most like a misspelt one, or NULL. */
const char *suite_nearest_id(const struct suite *suite, const char *id);

#endif
