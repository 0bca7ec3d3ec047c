// SPDX-License-Identifier: MIT
/* ipcdrill inject: faults in the calls of any program. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "command.h"
#include "inject_foreground.h"
#include "inject_log.h"
#include "inject_profile.h"
#include "inject_request.h"
#include "inject_sweep.h"
#include "interrupt.h"
#include "option.h"
#include "output.h"

/* All that is wrong with all rules. */
static bool read_rules(struct inject_rules *rules, const struct inject_request *request)
{
	struct diag diag = { 0 };
	bool good = true;

	for (size_t i = 0; i < request->rule_count; i++)
		good &= inject_rules_add(rules, request->rules[i], &diag);
	diag_print(&diag, stderr, output_colour(stderr), 0);
	diag_free(&diag);
	return good;
}

/* Where lines go; NULL after a message. `otherwise`: where no file is named. */
static FILE *open_output(const struct inject_request *request, FILE *otherwise)
{
	FILE *out = request->output ? fopen(request->output, "we") : otherwise;

	if (!out)
		complain("inject", "%s: %s", request->output, strerror(errno));
	return out;
}

/* The status, or EXIT_BROKEN after a message. */
static int close_output(const struct inject_request *request, FILE *out, int status)
{
	int err = out == stdout ? 0 : output_flush(out);

	if (request->output && fclose(out) && !err)
		err = -errno;
	if (!err)
		return status;
	complain("inject", "%s: %s", request->output ? request->output : "standard error",
		 strerror(-err));
	return EXIT_BROKEN;
}

static int judge(const struct inject_request *request, int status)
{
	switch (request->expected) {
	case EXPECT_NOTHING: return foreground_end_like(status);
	case EXPECT_ANYTHING: return EXIT_PASSED;
	case EXPECT_STATUS:
		if (WIFEXITED(status) && WEXITSTATUS(status) == request->expected_number)
			return EXIT_PASSED;
		break;
	case EXPECT_SIGNAL:
		if (WIFSIGNALED(status) && WTERMSIG(status) == request->expected_number)
			return EXIT_PASSED;
		break;
	}
	if (WIFSIGNALED(status))
		complain("inject", "the program was killed by signal %d (%s)", WTERMSIG(status),
			 strsignal(WTERMSIG(status)));
	else
		complain("inject", "the program ended with status %d", WEXITSTATUS(status));
	return EXIT_FAILED;
}

/* Standard error is what can be quiet; a file was asked for. */
static bool is_silent(const struct inject_request *request)
{
	return request->quiet && !request->output;
}

static void print_summary(const struct inject_request *request, const struct inject_log *log,
			  FILE *out, int status)
{
	if (is_silent(request))
		return;
	if (request->json)
		inject_log_summary_json(log, out, status);
	else if (request->output)
		inject_log_summary(log, out, "", true);
	else
		inject_log_summary(log, out, "ipcdrill inject: ", false);
}

static int run_with(const struct inject_request *request, struct inject_rules *rules,
		    const struct inject_program *program, FILE *out)
{
	bool lists_hits = request->output || (request->json && !request->quiet);
	struct inject_log log = { .rules = rules,
				  .out = lists_hits ? out : NULL,
				  .json = request->json };
	struct inject_filter filter;
	struct inject_tree tree = {
		.inject = { .rules = rules->rules,
			    .rule_count = rules->count,
			    .called = inject_log_called,
			    .noted = inject_log_noted },
		.context = &log,
		.filter = &filter,
		.notifies_exec = rules_name_exec(rules->rules, rules->count),
	};
	int err = inject_compile(rules->rules, rules->count, &filter);
	bool is_satisfied;
	int status, result;

	/* libseccomp asks the kernel what it knows. */
	if (err) {
		close_output(request, out, 0);
		return foreground_explain(TREE_NO_FILTER, err, "inject");
	}
	result = foreground_run(&tree, program, "inject", &status);
	inject_filter_free(&filter);
	if (!result) {
		print_summary(request, &log, out, status);
		is_satisfied = inject_log_is_satisfied(&log, "inject");
		result = close_output(request, out, is_satisfied ? EXIT_PASSED : EXIT_BROKEN);
		out = NULL;
	}
	inject_log_free(&log);
	if (out)
		close_output(request, out, result);
	return result ? result : judge(request, status);
}

static int run_rules(const struct inject_request *request, const struct inject_program *program)
{
	struct inject_rules rules = { 0 };
	int result = EXIT_USAGE;
	FILE *out;

	if (read_rules(&rules, request)) {
		out = open_output(request, stderr);
		if (out)
			result = run_with(request, &rules, program, out);
	}
	inject_rules_free(&rules);
	return result;
}

static int list_calls(const struct inject_request *request, const struct inject_program *program)
{
	struct inject_profile profile = { 0 };
	struct inject_filter filter;
	struct inject_tree tree = {
		.inject = { .called = inject_profile_called },
		.context = &profile,
		.filter = &filter,
		.notifies_exec = true,
	};
	FILE *out = open_output(request, stderr);
	int status, result, err;

	if (!out)
		return EXIT_USAGE;
	err = inject_compile_all(&filter);
	result = err ? foreground_explain(TREE_NO_FILTER, err, "inject")
		     : foreground_run(&tree, program, "inject", &status);
	inject_filter_free(&filter);
	if (!result && request->json)
		inject_profile_print_json(&profile, out);
	else if (!result)
		inject_profile_print(&profile, out);
	inject_profile_free(&profile);
	result = close_output(request, out, result);
	return result ? result : judge(request, status);
}

static int sweep(const struct inject_request *request, const struct inject_program *program)
{
	FILE *out = open_output(request, stdout);
	int status;

	if (!out)
		return EXIT_USAGE;
	status = close_output(request, out, (int)inject_sweep(request, program, out));
	return interrupt_signal() ? interrupt_end_by(interrupt_signal()) : status;
}

static int inject(int argc, char **argv)
{
	struct inject_request request;
	struct inject_program program;
	int status = (int)inject_request_read(&request, argc, argv);

	if (status)
		return status;
	status = inject_program_find(&program, request.argv, "inject");
	if (status)
		return status;
	switch (request.mode) {
	case MODE_RUN: return run_rules(&request, &program);
	case MODE_PROFILE: return list_calls(&request, &program);
	case MODE_SWEEP: break;
	}
	return sweep(&request, &program);
}

const struct command command_inject = {
	.name = "inject",
	.summary = "make calls of any program fail",
	.usage = inject_usage,
	.run = inject,
};
