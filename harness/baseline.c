// SPDX-License-Identifier: MIT
/* Expected failures as data. */
#include "baseline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glob.h"
#include "suite.h"

static int read_text(struct source *source, FILE *file)
{
	size_t capacity = 0, got;

	do {
		capacity = capacity ? 2 * capacity : 4096;
		char *grown = realloc(source->text, capacity);

		if (!grown)
			return -ENOMEM;
		source->text = grown;
		got = fread(source->text + source->length, 1, capacity - source->length - 1, file);
		source->length += got;
	} while (got);
	source->text[source->length] = '\0';
	return ferror(file) ? -errno : 0;
}

static int read_source(struct source *source, const char *path)
{
	FILE *file = fopen(path, "re");
	int err;

	if (!file)
		return -errno;
	source->path = strdup(path);
	err = source->path ? read_text(source, file) : -ENOMEM;
	fclose(file);
	return err;
}

static bool may_be_listed(int verdict)
{
	return verdict == VERDICT_FAIL || verdict == VERDICT_BROKEN ||
	       verdict == VERDICT_INCONCLUSIVE || verdict == VERDICT_SKIP ||
	       verdict == VERDICT_UNEXPECTED_PASS;
}

static const char *next_verdict(void *context)
{
	int *kind = context;

	while (*kind <= VERDICT_UNEXPECTED_PASS && !may_be_listed(*kind))
		++*kind;
	return *kind <= VERDICT_UNEXPECTED_PASS ? verdict_name((enum verdict_kind)(*kind)++) : NULL;
}

/* One of the three fields of a line. */
struct field {
	const char *text;
	size_t length;
	struct location where;
};

static struct field take_field(const char **rest, const char *end, const char *line, int number,
			       bool last)
{
	const char *tab = last ? NULL : memchr(*rest, '\t', (size_t)(end - *rest));
	struct field field = { *rest, (size_t)((tab ? tab : end) - *rest), { .line = number } };

	field.where.column = (int)(*rest - line) + 1;
	field.where.end_column = field.where.column + (int)field.length;
	*rest = tab ? tab + 1 : end;
	return field;
}

/*
 * Lines before this one that say the same id; patterns may overlap, that is what their order is
 * for.
 */
static const struct baseline_line *listed_before(const struct baseline *baseline, const char *id)
{
	for (size_t i = 0; i < baseline->count; i++) {
		if (!strcmp(baseline->lines[i].id, id))
			return &baseline->lines[i];
	}
	return NULL;
}

static void add_line(struct baseline *baseline, const struct field *id, enum verdict_kind verdict,
		     const struct field *reason, struct diag *diag)
{
	struct baseline_line *lines = reallocarray(baseline->lines, baseline->count + 1,
						   sizeof(*lines));
	struct baseline_line line = { .id = strndup(id->text, id->length),
				      .verdict = verdict,
				      .where = id->where };
	const struct baseline_line *before;

	line.reason = strndup(reason->text, reason->length);
	if (!lines || !line.id || !line.reason ||
	    asprintf(&line.surprise, "%s:%d says %s: %s", baseline->source.path, id->where.line,
		     verdict_name(verdict), line.reason) < 0)
		abort();
	baseline->lines = lines;
	before = listed_before(baseline, line.id);
	if (before)
		diag_error(diag, &baseline->source, id->where, NULL,
			   "%s is listed twice, first in line %d", line.id, before->where.line);
	lines[baseline->count++] = line;
}

static void read_line(struct baseline *baseline, const char *line, size_t length, int number,
		      struct diag *diag)
{
	const char *rest = line, *end = line + length;
	struct field id = take_field(&rest, end, line, number, false);
	struct field verdict = take_field(&rest, end, line, number, false);
	struct field reason = take_field(&rest, end, line, number, true);
	char name[32], help[80];
	int kind, candidate = 0;
	const char *nearest;

	if (!id.length || !verdict.length || !reason.length) {
		diag_error(diag, &baseline->source, (struct location){ number, 1, (int)length + 1 },
			   "write: id, tab, verdict, tab, reason", "a baseline line needs three fields");
		return;
	}
	snprintf(name, sizeof(name), "%.*s", (int)verdict.length, verdict.text);
	kind = verdict_find(name);
	if (may_be_listed(kind)) {
		add_line(baseline, &id, (enum verdict_kind)kind, &reason, diag);
		return;
	}
	nearest = diag_nearest(name, next_verdict, &candidate);
	if (nearest)
		snprintf(help, sizeof(help), "did you mean %s?", nearest);
	else
		snprintf(help, sizeof(help),
			 "one of fail, broken, inconclusive, skip, unexpected pass");
	diag_error(diag, &baseline->source, verdict.where, help, "%s cannot be expected", name);
}

int baseline_read(struct baseline *baseline, const char *path, struct diag *diag)
{
	int err, number = 0;

	memset(baseline, 0, sizeof(*baseline));
	err = read_source(&baseline->source, path);
	if (err)
		return err;
	for (const char *line = baseline->source.text, *end = line + baseline->source.length;
	     line < end;) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		size_t length = (size_t)((newline ? newline : end) - line);
		const char *next = line + length + 1;

		number++;
		if (length && line[length - 1] == '\r')
			length--;
		if (memchr(line, '\0', length))
			diag_error(diag, &baseline->source, (struct location){ number, 1, 2 }, NULL,
				   "this is not text: it contains a zero byte");
		else if (length && line[0] != '#' && strspn(line, " \t") < length)
			read_line(baseline, line, length, number, diag);
		line = next;
	}
	return 0;
}

static bool matches_any(const struct suite *suite, const char *pattern)
{
	for (size_t i = 0; i < suite->plan_count; i++) {
		if (glob_matches(pattern, suite->plans[i]->id))
			return true;
	}
	return false;
}

void baseline_compare(const struct baseline *baseline, const struct suite *suite, struct diag *diag)
{
	for (size_t i = 0; i < baseline->count; i++) {
		const struct baseline_line *line = &baseline->lines[i];
		const char *nearest;
		char help[300];

		if (matches_any(suite, line->id))
			continue;
		nearest = suite_nearest_id(suite, line->id);
		snprintf(help, sizeof(help), "did you mean %s?", nearest ? nearest : "");
		diag_error(diag, &baseline->source, line->where, nearest ? help : NULL,
			   "no test has the id %s", line->id);
	}
}

void baseline_judge(const struct baseline *baseline, const char *id, const struct verdict *verdict,
		    struct verdict *judged)
{
	const struct baseline_line *line = NULL;

	*judged = *verdict;
	for (size_t i = 0; !line && i < baseline->count; i++) {
		if (glob_matches(baseline->lines[i].id, id))
			line = &baseline->lines[i];
	}
	if (!line)
		return;
	if (verdict->kind == VERDICT_PASS) {
		judged->kind = VERDICT_UNEXPECTED_PASS;
		judged->reason = line->surprise;
	} else if (verdict->kind == line->verdict && verdict->kind != VERDICT_SKIP) {
		judged->kind = VERDICT_EXPECTED_FAILURE;
		judged->reason = line->reason;
	}
}

void baseline_close(struct baseline *baseline)
{
	for (size_t i = 0; i < baseline->count; i++) {
		free(baseline->lines[i].id);
		free(baseline->lines[i].reason);
		free(baseline->lines[i].surprise);
	}
	free(baseline->lines);
	free(baseline->source.path);
	free(baseline->source.text);
	memset(baseline, 0, sizeof(*baseline));
}
