// SPDX-License-Identifier: MIT
/* TAP version 14 (testanything.org): a plan, a line a test, a YAML block for what did not pass. */
#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "report.h"
#include "totals.h"
#include "utf8.h"
#include "yaml.h"

/*
 * Descriptions and reasons: UTF-8, one line whatever a reader takes for the end of one, and no '#'
 * or '\' that would be read as a directive.
 */
static void put_escaped(FILE *out, const char *text)
{
	for (size_t left = strlen(text), bytes; left; text += bytes, left -= bytes) {
		uint32_t code;

		bytes = utf8_decode(text, left, &code);
		if (!bytes) {
			fputs(UTF8_REPLACEMENT, out);
			bytes = 1;
		} else if (utf8_width(code) < 0) {
			fputc(' ', out);
		} else {
			if (code == '#' || code == '\\')
				fputc('\\', out);
			fwrite(text, 1, bytes, out);
		}
	}
}

static void begin(const struct report_output *out, size_t planned)
{
	fprintf(out->file, "TAP version 14\n1..%zu\n", planned);
}

/*
 * Broken and inconclusive tests prove nothing, and an unexpected pass wants attention: none of them
 * is ok.
 */
static bool is_ok(enum verdict_kind kind)
{
	return kind == VERDICT_PASS || kind == VERDICT_SKIP;
}

static void put_directive(FILE *out, const struct verdict *verdict)
{
	if (verdict->kind == VERDICT_SKIP)
		fputs(" # SKIP ", out);
	else if (verdict->kind == VERDICT_EXPECTED_FAILURE)
		fputs(" # TODO ", out);
	else
		return;
	put_escaped(out, verdict->reason ? verdict->reason : "no reason was given");
}

static void put_cites(FILE *out, const struct scenario *scenario)
{
	if (scenario->cites)
		fputs("  cite:\n", out);
	for (const struct cite *cite = scenario->cites; cite; cite = cite->next) {
		char *text = NULL;

		if (asprintf(&text, "%s %s%s%s", cite->kind, cite->document,
			     cite->place ? ": " : "", cite->place ? cite->place : "") < 0)
			abort();
		yaml_item(out, text);
		free(text);
	}
}

static void put_timeline(FILE *out, const struct test_result *result)
{
	struct draft lines;
	char *text;

	draft_open(&lines);
	if (result->history.count)
		fputs("microseconds, who, what\n", lines.out);
	explain_timeline(lines.out, result->plan, &result->history);
	text = draft_take(&lines);
	yaml_lines(out, "timeline", text);
	free(text);
}

static void put_block(FILE *out, const struct test_result *result)
{
	const struct verdict *verdict = &result->verdict;
	const struct scenario *scenario = result->plan->scenario;

	fputs("  ---\n", out);
	yaml_text(out, "verdict", verdict_name(verdict->kind));
	yaml_text(out, "message", verdict->reason);
	yaml_text(out, "file", result->plan->file->source.path);
	yaml_number(out, "line", verdict->where.line ? verdict->where.line : scenario->where.line);
	yaml_number(out, "column",
		    verdict->where.line ? verdict->where.column : scenario->where.column);
	yaml_text(out, "wanted", verdict->wanted);
	yaml_text(out, "got", verdict->got);
	yaml_text(out, "also_allowed", verdict->also);
	put_cites(out, scenario);
	yaml_number(out, "duration_us", result->duration_ns / 1000);
	yaml_text(out, "replay", result->replay);
	put_timeline(out, result);
	yaml_lines(out, "facts", verdict->facts);
	fputs("  ...\n", out);
}

static void result(const struct report_output *out, const struct test_result *result,
		   const struct totals *so_far)
{
	fprintf(out->file, "%s %zu - ", is_ok(result->verdict.kind) ? "ok" : "not ok",
		totals_done(so_far));
	put_escaped(out->file, result->plan->id);
	if (result->repetition)
		fprintf(out->file, " (repetition %u)", result->repetition + 1);
	put_directive(out->file, &result->verdict);
	fputc('\n', out->file);
	if (!is_ok(result->verdict.kind))
		put_block(out->file, result);
}

static void end(const struct report_output *out, const struct totals *totals)
{
	const char *why = totals->early_end;

	explain_grade(out->file, "# ", totals);
	fprintf(out->file, "# %zu passed, %zu failed, %zu skipped\n", totals_passed(totals),
		totals_failed(totals), totals_skipped(totals));
	if (totals_done(totals) == totals->planned)
		return;
	fputs("Bail out! ", out->file);
	if (totals->failure)
		put_escaped(out->file, totals->failure);
	else
		fputs(why ? why : "not all tests were run", out->file);
	fputc('\n', out->file);
}

const struct report report_tap = {
	.name = "tap",
	.summary = "Test Anything Protocol, version 14",
	.begin = begin,
	.result = result,
	.end = end,
};
