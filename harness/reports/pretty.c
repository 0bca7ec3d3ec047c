// SPDX-License-Identifier: MIT
/*
 * For people: silence about what passes, everything about what does not, and the numbers at the
 * end.
 */
#include <inttypes.h>

#include "report.h"
#include "tally.h"
#include "totals.h"

enum { REDRAWS_MAX = 1000 };	/* of the progress line in one run */

/* What can only be said at the end. */
static struct {
	struct tally skipped;
	struct tally expected;
} memory;

static void begin(const struct report_output *out, size_t planned)
{
	(void)out;
	(void)planned;
}

static void rub_out_progress(const struct report_output *out)
{
	if (out->terminal)
		fputs("\r\033[K", out->file);
}

static void draw_progress(const struct report_output *out, const struct totals *totals)
{
	size_t done = totals_done(totals), failed = totals_failed(totals);

	if (!out->terminal || done % (totals->planned / REDRAWS_MAX + 1))
		return;
	fprintf(out->file, "\r\033[K[%zu/%zu]", done, totals->planned);
	if (failed)
		fprintf(out->file, out->colour ? " \033[31m%zu failed\033[0m" : " %zu failed",
			failed);
}

static void result(const struct report_output *out, const struct test_result *result,
		   const struct totals *so_far)
{
	const char *reason = result->verdict.reason ? result->verdict.reason
						    : "no reason was given";

	if (result->verdict.kind == VERDICT_SKIP)
		tally_add(&memory.skipped, reason, result->plan->id);
	if (result->verdict.kind == VERDICT_EXPECTED_FAILURE)
		tally_add(&memory.expected, reason, result->plan->id);
	if (!verdict_is_good(result->verdict.kind)) {
		rub_out_progress(out);
		explain(out->file, result, out->colour);
		fputc('\n', out->file);
	}
	draw_progress(out, so_far);
}

/* What the closing line's three numbers do not tell apart. */
static void print_rest(FILE *out, const struct totals *totals)
{
	static const struct {
		enum verdict_kind kind;
		const char *one, *many;
	} rest[] = {
		{ VERDICT_EXPECTED_FAILURE, "expected failure", "expected failures" },
		{ VERDICT_UNEXPECTED_PASS, "unexpected pass", "unexpected passes" },
		{ VERDICT_BROKEN, "broken", "broken" },
		{ VERDICT_INCONCLUSIVE, "inconclusive", "inconclusive" },
	};
	const char *separator = "";

	for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
		size_t count = totals->count[rest[i].kind];

		if (!count)
			continue;
		fprintf(out, "%s%zu %s", separator, count, count == 1 ? rest[i].one : rest[i].many);
		separator = ", ";
	}
	if (separator[0])
		fputc('\n', out);
}

/* Green: all was run, and that is a success. Skips alone are neither good nor bad. */
static const char *colour_of(const struct totals *totals)
{
	enum exit_status status = totals_exit_status(totals);

	if (totals_done(totals) < totals->planned)
		return "\033[1;31m";
	if (status == EXIT_PASSED)
		return "\033[1;32m";
	return status == EXIT_ALL_SKIPPED ? "\033[1m" : "\033[1;31m";
}

static void end(const struct report_output *out, const struct totals *totals)
{
	size_t done = totals_done(totals), failed = totals_failed(totals);
	const char *why = totals->early_end;

	rub_out_progress(out);
	tally_print(&memory.expected, out->file, "failed as expected");
	tally_print(&memory.skipped, out->file, "skipped");
	tally_clear(&memory.expected);
	tally_clear(&memory.skipped);
	if (totals->failure)
		fprintf(out->file, "the run ended early: %s\n", totals->failure);
	if (done < totals->planned)
		fprintf(out->file, "%zu of %zu not run%s%s\n", totals->planned - done,
			totals->planned, why ? ": " : "", why ? why : "");
	explain_grade(out->file, "", totals);
	print_rest(out->file, totals);
	fprintf(out->file, "in %" PRId64 ".%03d s\n", totals->duration_ns / 1000000000,
		(int)(totals->duration_ns / 1000000 % 1000));
	if (out->colour)
		fputs(colour_of(totals), out->file);
	fprintf(out->file, "%zu passed, %zu failed, %zu skipped", totals_passed(totals), failed,
		totals_skipped(totals));
	fputs(out->colour ? "\033[0m\n" : "\n", out->file);
}

const struct report report_pretty = {
	.name = "pretty",
	.summary = "for people; progress and colour on a terminal",
	.begin = begin,
	.result = result,
	.end = end,
};
