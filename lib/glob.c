// SPDX-License-Identifier: MIT
/* Matching by going back to the last star only: never more than pattern times text. */
#include "glob.h"

#include <stddef.h>

bool glob_matches(const char *pattern, const char *id)
{
	const char *star = NULL, *resume = NULL;

	while (*id) {
		if (*pattern == '*') {
			star = ++pattern;
			resume = id;
		} else if (*pattern && (*pattern == '?' || *pattern == *id)) {
			pattern++;
			id++;
		} else if (star) {
			pattern = star;
			id = ++resume;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}
