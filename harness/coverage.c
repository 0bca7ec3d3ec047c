// SPDX-License-Identifier: MIT
/* Verdicts of tests to states of behaviours. */
#include "coverage.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[COVERAGE_STATES] = {
	[COVERAGE_MISSING] = "missing", [COVERAGE_SKIPPED] = "skipped",
	[COVERAGE_PASSING] = "passing", [COVERAGE_DEVIATING] = "deviating",
	[COVERAGE_FAILING] = "failing",
};

const char *coverage_state_name(enum coverage_state state)
{
	return names[state];
}

static enum coverage_state state_of(enum verdict_kind kind)
{
	switch (kind) {
	case VERDICT_PASS: return COVERAGE_PASSING;
	case VERDICT_SKIP: return COVERAGE_SKIPPED;
	case VERDICT_EXPECTED_FAILURE: return COVERAGE_DEVIATING;
	case VERDICT_FAIL:
	case VERDICT_BROKEN:
	case VERDICT_INCONCLUSIVE:
	case VERDICT_UNEXPECTED_PASS: return COVERAGE_FAILING;
	}
	abort();
}

static char *copy(const char *text)
{
	char *copied = text ? strdup(text) : NULL;

	if (text && !copied)
		abort();
	return copied;
}

/* A behaviour that several tests show is in the state that matters most. */
static void add_row(struct coverage_row *row, const struct test_result *result)
{
	enum coverage_state state = state_of(result->verdict.kind);

	row->tests++;
	if (state <= row->state)
		return;
	free(row->test);
	free(row->why);
	row->state = state;
	row->test = copy(result->plan->id);
	row->why = copy(result->verdict.reason);
}

void coverage_add(struct coverage *coverage, const struct test_result *result)
{
	if (!coverage->rows)
		coverage->rows = calloc(catalogue_count, sizeof(*coverage->rows));
	if (!coverage->rows)
		abort();
	for (const struct word *id = result->plan->scenario->covers; id; id = id->next) {
		const struct catalogue_entry *entry = catalogue_find(id->text);

		if (entry)
			add_row(&coverage->rows[entry - catalogue_entries], result);
	}
}

void coverage_count(const struct coverage *coverage, const char *mechanism,
		    size_t count[COVERAGE_STATES])
{
	memset(count, 0, COVERAGE_STATES * sizeof(*count));
	for (size_t i = 0; i < catalogue_count; i++) {
		if (!mechanism || !strcmp(catalogue_entries[i].mechanism, mechanism))
			count[coverage->rows ? coverage->rows[i].state : COVERAGE_MISSING]++;
	}
}

void coverage_free(struct coverage *coverage)
{
	for (size_t i = 0; coverage->rows && i < catalogue_count; i++) {
		free(coverage->rows[i].test);
		free(coverage->rows[i].why);
	}
	free(coverage->rows);
	*coverage = (struct coverage){ 0 };
}
