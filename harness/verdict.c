// SPDX-License-Identifier: MIT
/* Verdicts: their names, and letting go of their texts. */
#include <stdlib.h>
#include <string.h>

#include "judge.h"

static const struct {
	const char *name;
	bool good;
} kinds[] = {
	[VERDICT_PASS] = { "pass", true },
	[VERDICT_FAIL] = { "fail", false },
	[VERDICT_SKIP] = { "skip", true },
	[VERDICT_BROKEN] = { "broken", false },
	[VERDICT_INCONCLUSIVE] = { "inconclusive", false },
	[VERDICT_EXPECTED_FAILURE] = { "expected failure", true },
	[VERDICT_UNEXPECTED_PASS] = { "unexpected pass", false },
};

const char *verdict_name(enum verdict_kind kind)
{
	return kinds[kind].name;
}

int verdict_find(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!strcmp(kinds[i].name, name))
			return (int)i;
	}
	return -1;
}

bool verdict_is_good(enum verdict_kind kind)
{
	return kinds[kind].good;
}

void verdict_free(struct verdict *verdict)
{
	free(verdict->reason);
	free(verdict->wanted);
	free(verdict->got);
	free(verdict->also);
	free(verdict->facts);
	memset(verdict, 0, sizeof(*verdict));
}
