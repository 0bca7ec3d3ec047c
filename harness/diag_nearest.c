// SPDX-License-Identifier: MIT
/* "Did you mean ...?": the least number of typing mistakes between two names. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "diag.h"

enum { NAME_MAX_COMPARED = 64, MISTAKES_MAX = 3 };

static int least(int a, int b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Inserted, dropped, changed and swapped letters; upper and lower case are the same letter. */
static int mistakes(const char *left, size_t left_length, const char *right, size_t right_length)
{
	int rows[3][NAME_MAX_COMPARED + 1];
	int *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= right_length; j++)
		above[j] = before[j] = (int)j;
	for (size_t i = 1; i <= left_length; i++) {
		int *recycled = before;

		row[0] = (int)i;
		for (size_t j = 1; j <= right_length; j++) {
			row[j] = least(above[j], row[j - 1]) + 1;
			row[j] = least(row[j], above[j - 1] + !same(left[i - 1], right[j - 1]));
			if (i > 1 && j > 1 && same(left[i - 1], right[j - 2]) &&
			    same(left[i - 2], right[j - 1]))
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = recycled;
	}
	return above[right_length];
}

const char *diag_nearest(const char *name, const char *(*next)(void *context), void *context)
{
	size_t length = strnlen(name, NAME_MAX_COMPARED + 1);
	int limit = least((int)(length + 1) / 3, MISTAKES_MAX);
	const char *nearest = NULL;

	if (length > NAME_MAX_COMPARED)
		return NULL;
	for (const char *candidate = next(context); candidate; candidate = next(context)) {
		size_t other = strnlen(candidate, NAME_MAX_COMPARED + 1);
		int count;

		if (other > NAME_MAX_COMPARED || abs((int)other - (int)length) > limit ||
		    !strcmp(name, candidate))
			continue;
		count = mistakes(name, length, candidate, other);
		if (count > limit || (size_t)count >= other)
			continue;
		nearest = candidate;
		if (!count)
			return nearest; /* only the case differs */
		limit = count - 1;
	}
	return nearest;
}
