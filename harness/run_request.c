// SPDX-License-Identifier: MIT
/* The command line of `ipcdrill run`. */
#include "run_request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "diag.h"
#include "option.h"
#include "platform.h"
#include "settle.h"
#include "worker.h"

enum { REPEAT_MAX = 1000000 };

enum {
	OPTION_REPEAT = OPTION_LONG,
	OPTION_SHUFFLE,
	OPTION_FAIL_FAST,
	OPTION_TIMEOUT_SCALE,
	OPTION_PROGRAMS,
	OPTION_NO_SANDBOX,
	OPTION_SETTLE,
	OPTION_BASELINE,
	OPTION_NO_SKIPS,
	OPTION_ONLY,
	OPTION_TAG,
	OPTION_FORMAT,
};

static const struct option options[] = {
	{ "jobs",          required_argument, NULL, 'j' },
	{ "output",        required_argument, NULL, 'o' },
	{ "only",          required_argument, NULL, OPTION_ONLY },
	{ "tag",           required_argument, NULL, OPTION_TAG },
	{ "repeat",        required_argument, NULL, OPTION_REPEAT },
	{ "shuffle",       optional_argument, NULL, OPTION_SHUFFLE },
	{ "fail-fast",     no_argument,       NULL, OPTION_FAIL_FAST },
	{ "timeout-scale", required_argument, NULL, OPTION_TIMEOUT_SCALE },
	{ "format",        required_argument, NULL, OPTION_FORMAT },
	{ "programs",      required_argument, NULL, OPTION_PROGRAMS },
	{ "no-sandbox",    no_argument,       NULL, OPTION_NO_SANDBOX },
	{ "no-skips",      no_argument,       NULL, OPTION_NO_SKIPS },
	{ "settle",        required_argument, NULL, OPTION_SETTLE },
	{ "baseline",      required_argument, NULL, OPTION_BASELINE },
	{ NULL, 0, NULL, 0 },
};

static bool read_settle(const char *command, const char *source, const char *text, int *grade)
{
	for (int i = SETTLE_SYSCALL; i <= SETTLE_TIME; i++) {
		if (!strcmp(text, settle_grade_name((enum settle_grade)i))) {
			*grade = i;
			return true;
		}
	}
	complain(command, "%s needs syscall, stat or time, not '%s'", source, text);
	return false;
}

static const char *next_report(void *context)
{
	size_t *next = context;

	return reports[*next] ? reports[(*next)++]->name : NULL;
}

static bool read_format(const char *command, const char *text, const struct report **report)
{
	size_t candidate = 0;
	const char *nearest;

	*report = report_find(text);
	if (*report)
		return true;
	nearest = diag_nearest(text, next_report, &candidate);
	if (nearest)
		complain(command, "--format: no report '%s'; did you mean %s?", text, nearest);
	else
		complain(command, "--format: no report '%s'; see ipcdrill %s --help", text,
			 command);
	return false;
}

static bool read_shuffle(const char *command, const char *text, struct selection *selection)
{
	if (selection_shuffle(selection, text))
		return true;
	complain(command, "--shuffle needs a seed, a whole number, not '%s'", text);
	return false;
}

/* 0 or an errno. */
static int look_for_directory(const char *path)
{
	struct stat status;

	if (stat(path, &status))
		return errno;
	return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
}

/*
 * What IPCDRILL_PROGRAMS is without: directories, with colons between them. That is set once for
 * many machines, so some may be missing there; what is asked for now is meant.
 */
static bool read_programs(const char *command, const char *text, struct pool_options *pool)
{
	size_t length;

	for (const char *at = text;; at += length + 1) {
		char *path;
		int err;

		length = strcspn(at, ":");
		path = strndup(at, length);
		err = path ? look_for_directory(path) : ENOMEM;
		if (err)
			complain(command, "--programs '%.*s': %s", (int)length, at, strerror(err));
		free(path);
		if (err)
			return false;
		if (!at[length])
			break;
	}
	pool->programs = text;
	return !setenv("IPCDRILL_PROGRAMS", text, 1);
}

/* False: the user was told. */
static bool take(struct run_request *request, const char *command, int option)
{
	switch (option) {
	case 'j':
		return option_count(command, "-j", optarg, WORKERS_MAX, &request->pool.workers);
	case 'o':
		request->output = optarg;
		return true;
	case OPTION_ONLY:
		selection_add_pattern(&request->selection, optarg);
		return true;
	case OPTION_TAG:
		selection_add_tag(&request->selection, optarg);
		return true;
	case OPTION_REPEAT:
		return option_count(command, "--repeat", optarg, REPEAT_MAX, &request->pool.repeat);
	case OPTION_SHUFFLE:
		return read_shuffle(command, optarg, &request->selection);
	case OPTION_FAIL_FAST:
		request->fail_fast = true;
		return true;
	case OPTION_TIMEOUT_SCALE:
		return option_scale(command, "--timeout-scale", optarg,
				    &request->pool.timeout_scale);
	case OPTION_FORMAT:
		return read_format(command, optarg, &request->report);
	case OPTION_PROGRAMS:
		return read_programs(command, optarg, &request->pool);
	case OPTION_NO_SANDBOX:
		request->pool.sandbox = false;
		platform_without_sandbox();
		return true;
	case OPTION_NO_SKIPS:
		request->no_skips = true;
		return true;
	case OPTION_SETTLE:
		return read_settle(command, "--settle", optarg, &request->pool.settle_grade);
	case OPTION_BASELINE:
		request->baseline = optarg;
		return true;
	default:
		return false;
	}
}

enum exit_status run_request_read(struct run_request *request, int argc, char **argv)
{
	const char *settle = getenv("IPCDRILL_SETTLE");
	int option;

	*request = (struct run_request){
		.pool = { .sandbox = true, .timeout_scale = 1, .settle_grade = -1, .repeat = 1 },
		.report = report_find("pretty"),
	};
	if (settle && settle[0] &&
	    !read_settle(argv[0], "IPCDRILL_SETTLE", settle, &request->pool.settle_grade))
		return EXIT_USAGE;
	while ((option = option_next(argc, argv, options)) != OPTION_END) {
		if (!take(request, argv[0], option))
			return EXIT_USAGE;
	}
	request->paths = argv + optind;
	request->path_count = (size_t)(argc - optind);
	return EXIT_PASSED;
}

void run_request_close(struct run_request *request)
{
	selection_close(&request->selection);
}
