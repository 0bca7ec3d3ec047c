// SPDX-License-Identifier: MIT
/*
 * ipcdrill coverage: which documented behaviours the suite checks here, and how each of them does.
 */
#include "coverage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "json_write.h"
#include "option.h"
#include "platform.h"
#include "pool.h"
#include "suite.h"
#include "worker.h"

enum { OPTION_JSON = OPTION_LONG, OPTION_MISSING, OPTION_NO_SANDBOX };

static const struct option options[] = {
	{ "jobs",	required_argument, NULL, 'j' },
	{ "json",	no_argument,	   NULL, OPTION_JSON },
	{ "missing",	no_argument,	   NULL, OPTION_MISSING },
	{ "no-sandbox", no_argument,	   NULL, OPTION_NO_SANDBOX },
	{ NULL, 0, NULL, 0 },
};

struct coverage_request {
	struct pool_options pool;
	bool json;
	bool missing;
};

static bool read_options(int argc, char **argv, struct coverage_request *request)
{
	for (;;) {
		switch (option_next(argc, argv, options)) {
		case 'j':
			if (!option_count(argv[0], "-j", optarg, WORKERS_MAX,
					  &request->pool.workers))
				return false;
			break;
		case OPTION_JSON: request->json = true; break;
		case OPTION_MISSING: request->missing = true; break;
		case OPTION_NO_SANDBOX:
			request->pool.sandbox = false;
			platform_without_sandbox();
			break;
		case OPTION_END: return true;
		default: return false;
		}
	}
}

static bool deliver(void *context, const struct test_result *result)
{
	coverage_add(context, result);
	return true;
}

/* Only what covers something is run. */
static size_t choose(const struct suite *suite, size_t *order)
{
	size_t count = 0;

	for (size_t i = 0; i < suite->plan_count; i++) {
		if (suite->plans[i]->scenario->covers)
			order[count++] = i;
	}
	return count;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each mechanism of the catalogue once, in alphabetical order; the caller frees the list. */
static const char **list_mechanisms(size_t *count)
{
	const char **names = calloc(catalogue_count, sizeof(*names));

	if (!names)
		abort();
	for (size_t i = 0; i < catalogue_count; i++)
		names[i] = catalogue_entries[i].mechanism;
	qsort(names, catalogue_count, sizeof(*names), compare_names);
	*count = 0;
	for (size_t i = 0; i < catalogue_count; i++) {
		if (!*count || strcmp(names[*count - 1], names[i]))
			names[(*count)++] = names[i];
	}
	return names;
}

static void print_count(const char *mechanism, const size_t count[COVERAGE_STATES])
{
	size_t rows = 0;

	for (int state = 0; state < COVERAGE_STATES; state++)
		rows += count[state];
	printf("%-20s %6zu", mechanism, rows);
	for (int state = COVERAGE_STATES - 1; state >= 0; state--)
		printf(" %9zu", count[state]);
	/* Rounded down: 100 % is all. */
	printf(" %8zu%%\n", rows ? 100 * (rows - count[COVERAGE_MISSING]) / rows : 0);
}

static void print_table(const struct coverage *coverage)
{
	size_t count[COVERAGE_STATES], mechanisms;
	const char **names = list_mechanisms(&mechanisms);

	printf("%-20s %6s", "mechanism", "rows");
	for (int state = COVERAGE_STATES - 1; state >= 0; state--)
		printf(" %9s", coverage_state_name((enum coverage_state)state));
	printf(" %9s\n", "covered");
	for (size_t i = 0; i < mechanisms; i++) {
		coverage_count(coverage, names[i], count);
		print_count(names[i], count);
	}
	free(names);
	coverage_count(coverage, NULL, count);
	print_count("all", count);
}

static const struct coverage_row *row_of(const struct coverage *coverage, size_t index)
{
	static const struct coverage_row missing;

	return coverage->rows ? &coverage->rows[index] : &missing;
}

/* Skips and failures with their reasons: the table says how many. */
static void print_reasons(const struct coverage *coverage)
{
	for (size_t i = 0; i < catalogue_count; i++) {
		const struct coverage_row *row = row_of(coverage, i);

		if (row->state == COVERAGE_SKIPPED || row->state == COVERAGE_FAILING)
			printf("%s %s (%s): %s\n", coverage_state_name(row->state),
			       catalogue_entries[i].id, row->test, row->why ? row->why : "");
	}
}

static void print_missing(const struct coverage *coverage)
{
	for (size_t i = 0; i < catalogue_count; i++) {
		if (row_of(coverage, i)->state == COVERAGE_MISSING)
			printf("%s\t%s\t%s\t%s\n", catalogue_entries[i].id,
			       catalogue_entries[i].behaviour, catalogue_entries[i].source,
			       catalogue_entries[i].needs);
	}
}

static struct json_object *describe(const struct catalogue_entry *entry,
				    const struct coverage_row *row)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "id", entry->id);
	json_add_text(object, "mechanism", entry->mechanism);
	json_add_text(object, "behaviour", entry->behaviour);
	json_add_text(object, "source", entry->source);
	json_add_text(object, "needs", entry->needs);
	json_add_text(object, "state", coverage_state_name(row->state));
	json_add_number(object, "tests", row->tests);
	json_add_text(object, "test", row->test);
	json_add_text(object, "why", row->why);
	return object;
}

static void print_json(const struct coverage *coverage, bool missing)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < catalogue_count; i++) {
		const struct coverage_row *row = row_of(coverage, i);

		if (!missing || row->state == COVERAGE_MISSING)
			json_object_array_add(list, describe(&catalogue_entries[i], row));
	}
	json_write_pretty(stdout, list);
}

static enum exit_status print(const struct coverage_request *request,
			      const struct coverage *coverage)
{
	size_t count[COVERAGE_STATES];

	coverage_count(coverage, NULL, count);
	if (request->json) {
		print_json(coverage, request->missing);
	} else if (request->missing) {
		print_missing(coverage);
	} else {
		print_table(coverage);
		print_reasons(coverage);
	}
	return count[COVERAGE_FAILING] ? EXIT_FAILED : EXIT_PASSED;
}

static enum exit_status run_suite(const struct coverage_request *request, const struct suite *suite,
				  const char *command)
{
	struct coverage coverage = { 0 };
	size_t *order = calloc(suite->plan_count + 1, sizeof(*order));
	char reason[300] = "";
	enum exit_status status;
	int err;

	if (!order)
		abort();
	err = pool_run(suite, order, choose(suite, order), &request->pool, deliver, &coverage,
		       reason, sizeof(reason));
	if (err) {
		complain(command, "%s", reason[0] ? reason : strerror(-err));
		status = EXIT_BROKEN;
	} else {
		status = print(request, &coverage);
	}
	coverage_free(&coverage);
	free(order);
	return status;
}

static int coverage(int argc, char **argv)
{
	struct coverage_request request = {
		.pool = { .sandbox = true, .timeout_scale = 1, .settle_grade = -1, .repeat = 1 },
	};
	struct suite suite = { 0 };
	enum exit_status status;

	if (!read_options(argc, argv, &request))
		return EXIT_USAGE;
	status = suite_load(&suite, argv[0], argv + optind, (size_t)(argc - optind));
	if (!status)
		status = run_suite(&request, &suite, argv[0]);
	suite_free(&suite);
	return (int)status;
}

const struct command command_coverage = {
	.name = "coverage",
	.summary = "which documented behaviours are checked here, and how each does",
	.usage =
"usage: ipcdrill coverage [OPTION...] [PATH...]\n"
"\n"
"Runs the scenarios that cover something, and says for each mechanism how many of the documented behaviours of the\n"
"catalogue are passing, deviating (as doc/deviations.md has it), failing, skipped here, or missing: covered by no scenario.\n"
"Without a PATH, the suite that belongs to this program.\n"
"\n"
"  -j, --jobs N             workers, each on a core of its own (default: one a core, and one more\n"
"                           for tests tagged `timer`, which hardly use it)\n"
"      --missing            only what no scenario covers: id, behaviour, source and needs, with tabs between\n"
"      --json               an array of objects, one a behaviour: id, mechanism, behaviour, source, needs, state, tests,\n"
"                           and where a test decided the state, its id (test) and reason (why);\n"
"                           with --missing, only of those that are\n"
"      --no-sandbox         no namespaces: remove what is known to be left behind\n"
"      --help, --version\n"
"\n"
"Exit status: 0, 1 if some behaviour fails, 2 bad usage or a bad scenario file, 3 if nothing could be run.\n",
	.run = coverage,
};
