// SPDX-License-Identifier: MIT
/* Lines and objects. */
#include "inject_table.h"

#include <inttypes.h>
#include <string.h>
#include <sys/wait.h>

#include "json_write.h"
#include "symbols.h"

enum { TEXT_MAX = 300 };

static uint64_t count_calls(const struct inject_profile *profile)
{
	uint64_t total = 0;

	for (size_t i = 0; i < profile->count; i++)
		total += profile->calls[i].count;
	return total;
}

static uint64_t output_length(const struct inject_trial *trial)
{
	return trial->captures[0].length + trial->captures[1].length;
}

static void print_measure(const struct sweep_measure *measure, FILE *out)
{
	const int status = measure->trial.status;

	fprintf(out, "undisturbed: %" PRIu64 " calls, %" PRIu64 " bytes of output%s, ",
		count_calls(&measure->profile), output_length(&measure->trial),
		measure->has_steady_output ? "" : " (not the same twice, so not compared)");
	if (WIFSIGNALED(status))
		fprintf(out, "killed by signal %d\n\n", WTERMSIG(status));
	else
		fprintf(out, "exit status %d\n\n", WEXITSTATUS(status));
}

static void print_row(const struct sweep_line *line, uint64_t first, uint64_t last,
		      const char *text, FILE *out)
{
	char range[50];

	if (first == last)
		snprintf(range, sizeof(range), "%" PRIu64, first);
	else
		snprintf(range, sizeof(range), "%" PRIu64 "-%" PRIu64, first, last);
	fprintf(out, "%-20s  %-16s  %-9s  %s\n", line->call, line->effect, range, text);
}

static void print_line(const struct sweep_points *points, const struct sweep_line *line, FILE *out)
{
	const size_t end = line->first + line->times;
	char text[TEXT_MAX];

	if (line->refusal)
		return;
	if (!line->times)
		fprintf(out, "%-20s  %-16s  %-9s  %s\n", line->call, line->effect, "-",
			"never called");
	for (size_t first = line->first; first < end;) {
		size_t next = points_group_end(points, first);

		point_text(&points->points[first], text, sizeof(text));
		if (points->points[first].outcome != SWEEP_UNKNOWN)
			print_row(line, points->points[first].n, points->points[next - 1].n, text,
				  out);
		first = next;
	}
}

static bool is_same_refusal(const struct sweep_line *a, const struct sweep_line *b)
{
	return a->refusal && b->refusal && !strcmp(a->effect, b->effect) &&
	       !strcmp(a->refusal, b->refusal);
}

static bool was_told(const struct sweep_points *points, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (is_same_refusal(&points->lines[i], &points->lines[index]))
			return true;
	}
	return false;
}

/* Each reason once, with all the calls that it is about. */
static void print_refusals(const struct sweep_points *points, FILE *out)
{
	for (size_t i = 0; i < points->line_count; i++) {
		const struct sweep_line *line = &points->lines[i];

		if (!line->refusal || was_told(points, i))
			continue;
		fprintf(out, "\n%s cannot be: %s\n    %s", line->effect, line->refusal, line->call);
		for (size_t k = i + 1; k < points->line_count; k++) {
			if (is_same_refusal(line, &points->lines[k]))
				fprintf(out, ", %s", points->lines[k].call);
		}
		fputc('\n', out);
	}
}

/* "7 points not run: interrupted by SIGINT" */
static void print_stop(const struct sweep_points *points, size_t left,
		       const struct sweep_stop *stop, FILE *out)
{
	const struct sweep_line *line;

	if (stop->failed) {
		line = &points->lines[stop->failed->line];
		fprintf(out, "%zu points not run: no run could be started for %s, %s, %" PRIu64 "\n",
			left, line->call, line->effect, stop->failed->n);
	} else if (stop->signal) {
		fprintf(out, "%zu points not run: interrupted by %s\n", left,
			symbol_name(SYMBOL_SIGNAL, stop->signal));
	}
}

/* "84 runs: 60 same, 3 exit status, ...; 20 points cannot be" */
static void print_totals(const struct sweep_points *points, const struct sweep_stop *stop,
			 FILE *out)
{
	size_t counts[SWEEP_OUTCOMES] = { 0 }, excluded = 0;
	const char *separator = ": ";

	for (size_t i = 0; i < points->count; i++) {
		if (points->lines[points->points[i].line].refusal)
			excluded++;
		else
			counts[points->points[i].outcome]++;
	}
	fprintf(out, "\n%zu runs", points->count - excluded - counts[SWEEP_UNKNOWN]);
	for (int i = SWEEP_UNKNOWN + 1; i < SWEEP_OUTCOMES; i++) {
		if (!counts[i])
			continue;
		fprintf(out, "%s%zu %s", separator, counts[i],
			sweep_outcome_name((enum sweep_outcome)i));
		separator = ", ";
	}
	if (excluded)
		fprintf(out, "; %zu points that cannot be", excluded);
	fputc('\n', out);
	print_stop(points, counts[SWEEP_UNKNOWN], stop, out);
}

void sweep_print(const struct sweep_points *points, const struct sweep_measure *measure,
		 const struct sweep_stop *stop, FILE *out)
{
	print_measure(measure, out);
	fprintf(out, "%-20s  %-16s  %-9s  %s\n", "call", "effect", "n", "outcome");
	for (size_t i = 0; i < points->line_count; i++)
		print_line(points, &points->lines[i], out);
	print_refusals(points, out);
	print_totals(points, stop, out);
}

static struct json_object *measure_object(const struct sweep_measure *measure)
{
	struct json_object *object = json_object_new_object();

	if (WIFSIGNALED(measure->trial.status))
		json_add_signal(object, WTERMSIG(measure->trial.status));
	else
		json_add_number(object, "status", (uint64_t)WEXITSTATUS(measure->trial.status));
	json_add_number(object, "calls", count_calls(&measure->profile));
	json_add_number(object, "stdout_bytes", measure->trial.captures[0].length);
	json_add_number(object, "stderr_bytes", measure->trial.captures[1].length);
	json_add_flag(object, "output_compared", measure->has_steady_output);
	return object;
}

static struct json_object *place_object(const struct sweep_points *points,
					const struct sweep_point *point)
{
	struct json_object *object = json_object_new_object();
	const struct sweep_line *line = &points->lines[point->line];

	json_add_text(object, "call", line->call);
	json_add_text(object, "effect", line->effect);
	json_add_number(object, "n", point->n);
	return object;
}

static struct json_object *point_object(const struct sweep_points *points,
					const struct sweep_point *point)
{
	struct json_object *object = place_object(points, point);

	json_add_text(object, "outcome", sweep_outcome_name(point->outcome));
	if (point->outcome == SWEEP_STATUS)
		json_add_number(object, "status", (uint64_t)point->number);
	if (point->outcome == SWEEP_SIGNAL)
		json_add_signal(object, point->number);
	if (point->text)
		json_add_text(object, "detail", point->text);
	json_add_flag(object, "bad", point_is_bad(points, point));
	return object;
}

static struct json_object *refusal_object(const struct sweep_line *line)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "call", line->call);
	json_add_text(object, "effect", line->effect);
	json_add_number(object, "times", line->times);
	json_add_text(object, "reason", line->refusal);
	return object;
}

void sweep_print_json(const struct sweep_points *points, const struct sweep_measure *measure,
		      const struct sweep_stop *stop, FILE *out)
{
	struct json_object *object = json_object_new_object(), *runs = json_object_new_array(),
			   *refused = json_object_new_array();

	for (size_t i = 0; i < points->line_count; i++) {
		if (points->lines[i].refusal)
			json_object_array_add(refused, refusal_object(&points->lines[i]));
	}
	for (size_t i = 0; i < points->count; i++) {
		if (!points->lines[points->points[i].line].refusal)
			json_object_array_add(runs, point_object(points, &points->points[i]));
	}
	json_add(object, "undisturbed", measure_object(measure));
	json_add(object, "points", runs);
	json_add(object, "refused", refused);
	if (stop->signal)
		json_add_text(object, "interrupted", symbol_name(SYMBOL_SIGNAL, stop->signal));
	if (stop->failed)
		json_add(object, "not_started", place_object(points, stop->failed));
	json_write_pretty(out, object);
}
