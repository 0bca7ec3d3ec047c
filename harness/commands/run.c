// SPDX-License-Identifier: MIT
/* ipcdrill run: from files to verdicts. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "baseline.h"
#include "command.h"
#include "deadline.h"
#include "interrupt.h"
#include "option.h"
#include "output.h"
#include "run_request.h"
#include "suite.h"
#include "symbols.h"
#include "totals.h"

/* One run, while results arrive. */
struct session {
	const struct run_request *request;
	const struct baseline *baseline;
	struct report_output output;
	struct totals totals;
	/* -errno: results could not be written, and there is no use in going on */
	int write_error;
};

static bool deliver(void *context, const struct test_result *result)
{
	struct session *session = context;
	struct test_result judged = *result;
	struct totals *totals = &session->totals;

	baseline_judge(session->baseline, result->plan->id, &result->verdict, &judged.verdict);
	totals_add(totals, judged.verdict.kind, result->history.grade);
	session->request->report->result(&session->output, &judged, totals);
	session->write_error = output_flush(session->output.file);
	if (session->request->fail_fast && !verdict_is_good(judged.verdict.kind))
		totals->early_end = "stopped at the first failure";
	return !session->write_error && !totals->early_end;
}

/* EXIT_BROKEN if results could not be written. */
static enum exit_status finish(struct session *session, const char *command)
{
	const char *name = session->request->output ? session->request->output
						    : "to standard output";
	int err;

	if (!session->write_error)
		session->request->report->end(&session->output, &session->totals);
	err = output_close(&session->output);
	if (session->write_error)
		err = session->write_error;
	if (!err)
		return totals_exit_status(&session->totals);
	complain(command, "cannot write %s: %s", name, strerror(-err));
	return EXIT_BROKEN;
}

static enum exit_status run_selected(const struct run_request *request, const struct suite *suite,
				     const struct baseline *baseline, const char *command)
{
	struct session session = { .request = request,
				   .baseline = baseline,
				   .totals.no_skips = request->no_skips };
	const struct selection *selection = &request->selection;
	int64_t start_ns = clock_now_ns();
	char reason[300] = "", interrupted[40];
	int err = output_open(&session.output, request->output);

	if (err) {
		complain(command, "cannot write %s: %s", request->output, strerror(-err));
		return EXIT_USAGE;
	}
	if (selection->shuffle)
		complain(command, "the order is that of --shuffle=%" PRIu64, selection->seed);
	session.totals.planned = selection->count * request->pool.repeat;
	request->report->begin(&session.output, session.totals.planned);
	session.write_error = output_flush(session.output.file);
	interrupt_watch();
	if (!session.write_error) {
		err = pool_run(suite, selection->order, selection->count, &request->pool, deliver,
			       &session, reason, sizeof(reason));
		if (err) {
			session.totals.failure = reason[0] ? reason : strerror(-err);
			complain(command, "%s", session.totals.failure);
		}
	}
	if (interrupt_signal()) {
		snprintf(interrupted, sizeof(interrupted), "interrupted by %s",
			 symbol_name(SYMBOL_SIGNAL, interrupt_signal()));
		session.totals.early_end = interrupted;
	}
	session.totals.duration_ns = clock_now_ns() - start_ns;
	return finish(&session, command);
}

/* EXIT_PASSED without a baseline. Lines about tests that were not asked for are no mistakes. */
static enum exit_status read_baseline(struct baseline *baseline, const struct run_request *request,
				      const struct suite *suite, const char *command)
{
	struct diag diag = { 0 };
	bool good;
	int err;

	if (!request->baseline)
		return EXIT_PASSED;
	err = baseline_read(baseline, request->baseline, &diag);
	if (err) {
		complain(command, "%s: %s", request->baseline, strerror(-err));
		return EXIT_USAGE;
	}
	if (!request->path_count)
		baseline_compare(baseline, suite, &diag);
	diag_print(&diag, stderr, output_colour(stderr), 0);
	good = !diag.count;
	diag_free(&diag);
	return good ? EXIT_PASSED : EXIT_USAGE;
}

static int run(int argc, char **argv)
{
	struct run_request request;
	struct suite suite = { 0 };
	struct baseline baseline = { 0 };
	enum exit_status status = run_request_read(&request, argc, argv);

	if (!status)
		status = suite_load(&suite, argv[0], request.paths, request.path_count);
	if (!status)
		status = read_baseline(&baseline, &request, &suite, argv[0]);
	if (!status)
		status = selection_apply(&request.selection, &suite, argv[0]);
	if (!status)
		status = run_selected(&request, &suite, &baseline, argv[0]);
	baseline_close(&baseline);
	suite_free(&suite);
	run_request_close(&request);
	return interrupt_signal() ? interrupt_end_by(interrupt_signal()) : (int)status;
}

static const char usage[] =
"usage: ipcdrill run [OPTION...] [PATH...]\n"
"\n"
"Runs the scenarios in files and directories; without a PATH, the suite that belongs to this program.\n"
"\n"
"  -j, --jobs N             workers, each on a core of its own (default: one a core, and one more\n"
"                           for tests tagged `timer`, which hardly use it)\n"
"      --only PATTERN       only tests whose id matches; * is any text, ? any character; may be repeated\n"
"      --tag TAG            only tests whose scenario has this tag; may be repeated\n"
"      --repeat N           every test N times\n"
"      --shuffle[=SEED]     in a random order; the seed is shown, and gives the same order again\n"
"      --fail-fast          stop at the first test that fails\n"
"      --no-skips           a test that is skipped counts in the exit status as one that failed\n"
"      --timeout-scale X    multiply the time limit of every scenario\n"
"      --format FORMAT      pretty (for people, the default) or tap (Test Anything Protocol, version 14)\n"
"  -o, --output FILE        write results there instead of standard output\n"
"      --baseline FILE      failures that are expected; a line each: id, tab, verdict, tab, reason\n"
"      --programs DIR       look for programs of scenarios there, too, and not where IPCDRILL_PROGRAMS says\n"
"      --no-sandbox         no namespaces: remove what is known to be left behind\n"
"      --settle GRADE       judge what is asleep by: syscall (the best), stat, time (the worst);\n"
"                           also from IPCDRILL_SETTLE (default: the best that works here)\n"
"      --help, --version\n"
"\n"
"Exit status: 0 all passed or failed as expected, 1 some failed, 2 bad usage or a bad scenario file,\n"
"3 broken or inconclusive tests, or results that could not be written, 4 nothing ran but skips.\n"
"SIGINT, SIGTERM and SIGHUP: says what came of the tests so far, cleans up, and ends by that signal; a second one ends it\n"
"at once.\n"
"\n"
"A baseline's id may be a pattern too, its verdict is fail, broken, inconclusive, skip or\n"
"unexpected pass, and # begins a comment.\n"
"Without a PATH the suite is $IPCDRILL_SCENARIOS, or the one next to this program. NO_COLOR means no colour.\n";

const struct command command_run = {
	.name = "run",
	.summary = "run scenarios and report a verdict for each",
	.usage = usage,
	.run = run,
};
