// SPDX-License-Identifier: MIT
/* Making points, and grouping them. */
#include "inject_points.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inject_rules.h"
#include "symbols.h"

/* A program may make any number up; and some calls only 32-bit programs have. */
static const char *refusal_of_number(const struct sweep_call *call)
{
	for (size_t i = 0; i < call->number_count; i++) {
		if (call->numbers[i] < 0 || !inject_call_name(call->numbers[i]))
			return "no rule can be about a call that has no name here";
	}
	return NULL;
}

static const char *refusal_of(const struct sweep_line *line, const struct sweep_call *call)
{
	const char *why = refusal_of_number(call);

	return why ? why : inject_refusal(&line->rule, 0);
}

static int make_line(struct sweep_line *line, const struct sweep_call *call,
		     const struct inject_effect *effect, enum hit_point point,
		     const struct inject_profile *profile)
{
	*line = (struct sweep_line){ .times = inject_profile_count(profile, call->numbers,
								   call->number_count) };
	snprintf(line->call, sizeof(line->call), "%s", call->name);
	inject_effects_text(effect, 1, line->effect, sizeof(line->effect));
	line->rule.name = line->call;
	line->rule.point = point;
	line->rule.watches_handlers = true;
	memcpy(line->rule.numbers, call->numbers, sizeof(call->numbers));
	line->rule.number_count = call->number_count;
	line->rule.effects[0] = *effect;
	line->rule.effect_count = 1;
	line->refusal = refusal_of(line, call);
	return line->refusal ? 0 : inject_compile(&line->rule, 1, &line->filter);
}

static int make_points(struct sweep_points *points)
{
	size_t next = 0;

	for (size_t i = 0; i < points->line_count; i++)
		points->count += points->lines[i].times;
	points->points = calloc(points->count + 1, sizeof(*points->points));
	if (!points->points)
		return -ENOMEM;
	for (size_t i = 0; i < points->line_count; i++) {
		points->lines[i].first = next;
		for (uint64_t n = 1; n <= points->lines[i].times; n++)
			points->points[next++] = (struct sweep_point){ .line = i, .n = n };
	}
	return 0;
}

int points_make(struct sweep_points *points, const struct sweep_call *calls, size_t call_count,
		const struct inject_effect *effects, size_t effect_count, enum hit_point point,
		const struct inject_profile *profile)
{
	points->lines = calloc(call_count * effect_count + 1, sizeof(*points->lines));
	if (!points->lines)
		return -ENOMEM;
	for (size_t c = 0; c < call_count; c++) {
		for (size_t e = 0; e < effect_count; e++) {
			struct sweep_line *line = &points->lines[points->line_count++];
			int err = make_line(line, &calls[c], &effects[e], point, profile);

			if (err)
				return err;
		}
	}
	return make_points(points);
}

/* Who is asleep is told of the first of a group: pids differ in every run. */
static bool is_same_outcome(const struct sweep_point *a, const struct sweep_point *b)
{
	return a->outcome == b->outcome && a->number == b->number &&
	       (a->outcome != SWEEP_REFUSED || !strcmp(a->text, b->text));
}

size_t points_group_end(const struct sweep_points *points, size_t first)
{
	const struct sweep_point *start = &points->points[first];
	size_t end = first + 1;

	while (end < points->count && points->points[end].line == start->line &&
	       is_same_outcome(&points->points[end], start))
		end++;
	return end;
}

static bool sends(const struct inject_rule *rule, int signal)
{
	for (size_t i = 0; i < rule->effect_count; i++) {
		if (rule->effects[i].fault->operand == FAULT_TAKES_SIGNAL &&
		    rule->effects[i].operand == signal)
			return true;
	}
	return false;
}

bool point_is_bad(const struct sweep_points *points, const struct sweep_point *point)
{
	const struct inject_rule *rule = &points->lines[point->line].rule;

	return point->outcome == SWEEP_HANG ||
	       (point->outcome == SWEEP_SIGNAL && !sends(rule, point->number));
}

const char *points_excuse(const struct sweep_points *points)
{
	for (size_t i = 0; i < points->count; i++) {
		if (!points->lines[points->points[i].line].refusal)
			return NULL;
	}
	return points->count ? "nothing was tried: no effect can be had at any call that was made"
			     : "nothing was tried: no call of the undisturbed run matched; "
			       "--list-calls tells what it calls";
}

enum exit_status points_status(const struct sweep_points *points)
{
	enum exit_status status = points_excuse(points) ? EXIT_BROKEN : EXIT_PASSED;

	for (size_t i = 0; i < points->count; i++) {
		if (points->points[i].outcome == SWEEP_LATE)
			status = EXIT_BROKEN;
		else if (point_is_bad(points, &points->points[i]) && !status)
			status = EXIT_FAILED;
	}
	return status;
}

static const char *const names[SWEEP_OUTCOMES] = {
	[SWEEP_UNKNOWN] = "not run",
	[SWEEP_SAME] = "same",
	[SWEEP_OUTPUT] = "other output",
	[SWEEP_STATUS] = "exit status",
	[SWEEP_SIGNAL] = "killed",
	[SWEEP_HANG] = "hang",
	[SWEEP_LATE] = "late",
	[SWEEP_UNREACHED] = "not reached",
	[SWEEP_REFUSED] = "not carried out",
};

const char *sweep_outcome_name(enum sweep_outcome outcome)
{
	return names[outcome];
}

void point_text(const struct sweep_point *point, char *text, size_t size)
{
	const char *name = names[point->outcome];
	const char *signal;

	switch (point->outcome) {
	case SWEEP_STATUS: snprintf(text, size, "%s %d", name, point->number); return;
	case SWEEP_SIGNAL:
		signal = symbol_name(SYMBOL_SIGNAL, point->number);
		if (signal)
			snprintf(text, size, "%s by %s", name, signal);
		else
			snprintf(text, size, "%s by signal %d", name, point->number);
		return;
	case SWEEP_HANG:
	case SWEEP_REFUSED: snprintf(text, size, "%s: %s", name, point->text); return;
	case SWEEP_UNKNOWN:
	case SWEEP_SAME:
	case SWEEP_OUTPUT:
	case SWEEP_LATE:
	case SWEEP_UNREACHED: snprintf(text, size, "%s", name); return;
	case SWEEP_OUTCOMES: break;
	}
	abort();
}

void points_free(struct sweep_points *points)
{
	for (size_t i = 0; i < points->line_count; i++)
		inject_filter_free(&points->lines[i].filter);
	for (size_t i = 0; i < points->count; i++)
		free(points->points[i].text);
	free(points->lines);
	free(points->points);
	*points = (struct sweep_points){ 0 };
}
