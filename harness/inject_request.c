// SPDX-License-Identifier: MIT
/* The command line of `ipcdrill inject`. */
#include "inject_request.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "inject_rules.h"
#include "option.h"
#include "symbols.h"

enum { LIMIT_S = 10, STATUS_MAX = 255 };

enum {
	OPTION_JSON = OPTION_LONG,
	OPTION_EXPECT,
	OPTION_LIST_CALLS,
	OPTION_SWEEP,
	OPTION_CALLS,
	OPTION_EFFECTS,
	OPTION_AT,
	OPTION_TIMEOUT,
};

static const struct option options[] = {
	{ "output", required_argument, NULL, 'o' },
	{ "json", no_argument, NULL, OPTION_JSON },
	{ "quiet", no_argument, NULL, 'q' },
	{ "expect", required_argument, NULL, OPTION_EXPECT },
	{ "list-calls", no_argument, NULL, OPTION_LIST_CALLS },
	{ "sweep", no_argument, NULL, OPTION_SWEEP },
	{ "calls", required_argument, NULL, OPTION_CALLS },
	{ "effects", required_argument, NULL, OPTION_EFFECTS },
	{ "at", required_argument, NULL, OPTION_AT },
	{ "jobs", required_argument, NULL, 'j' },
	{ "timeout", required_argument, NULL, OPTION_TIMEOUT },
	{ NULL, 0, NULL, 0 },
};

const char inject_usage[] =
	"usage: ipcdrill inject [OPTION...] RULE... -- PROGRAM [ARGUMENT...]\n"
	"       ipcdrill inject --list-calls [OPTION...] -- PROGRAM [ARGUMENT...]\n"
	"       ipcdrill inject --sweep [OPTION...] -- PROGRAM [ARGUMENT...]\n"
	"\n"
	"Runs a program, and makes calls of it and of all that it starts go wrong. A RULE is what "
	"a scenario writes behind\n"
	"`fault NAME on NAME:`, as one word for the shell:\n"
	"\n"
	"  'entry write(path ~ \"*.log\") nth 3 -> errno ENOSPC'\n"
	"  'exit read|recv(kind == socket, size > 4096) -> kill'\n"
	"  'entry openat() every 5 -> errno EMFILE, delay 20ms optional'\n"
	"\n"
	"  -o, --output FILE     a line there for each call that was hit, and what became of each "
	"rule;\n"
	"                        with --list-calls and --sweep, the table\n"
	"      --json            the same in JSON: with rules, an object a line\n"
	"  -q, --quiet           say nothing about rules that fired, but in the FILE of -o\n"
	"      --expect END      exit with 0 if the program ends like this, else with 1: a status, "
	"a signal (SIGSEGV),\n"
	"                        or `any`\n"
	"      --list-calls      disturb nothing; list the calls that are made, how often, on "
	"which kinds of descriptors\n"
	"      --sweep           run the program again and again, undisturbed first, then once for "
	"every call, every time\n"
	"                        that it is made, and every effect; tell what came of it. Its "
	"standard input is /dev/null.\n"
	"      --calls CALLS     sweep only these: read|write|open\n"
	"      --effects EFFECTS sweep these; by default: errno EINTR, errno EIO, short 1, kill\n"
	"      --at POINT        entry, before the call has an effect, or exit, when it has had "
	"it; by default entry\n"
	"  -j, --jobs N          so many runs of a sweep at once; by default one\n"
	"      --timeout SECONDS for each run of a sweep; by default 10\n"
	"      --help, --version\n"
	"\n"
	"Exit status: that of the program, or its signal; 2 bad usage; 3 a rule never fired that "
	"is not `optional`, or could\n"
	"not be carried out; 4 calls cannot be intercepted here; 126 the program cannot be "
	"executed; 127 there is none.\n"
	"Of a sweep: 0 all runs ended, 1 some hung, or were killed by a signal that no effect "
	"sent, 3 some were late, or one\n"
	"could not be started, there was nothing to run, or the undisturbed run is no measure.\n"
	"SIGINT, SIGTERM and SIGHUP end a sweep early, with the table of what was run.\n";

static bool read_expected(const char *text, struct inject_request *request)
{
	const struct symbol *symbol = symbol_find(text);
	char *end;
	long status = strtol(text, &end, 10);

	if (!strcmp(text, "any")) {
		request->expected = EXPECT_ANYTHING;
	} else if (symbol && symbol->class == SYMBOL_SIGNAL) {
		request->expected = EXPECT_SIGNAL;
		request->expected_number = (int)symbol->number;
	} else if (isdigit((unsigned char)*text) && !*end && status <= STATUS_MAX) {
		request->expected = EXPECT_STATUS;
		request->expected_number = (int)status;
	} else {
		complain("inject",
			 "--expect needs a status from 0 to %d, a signal such as SIGSEGV, or any, "
			 "not '%s'",
			 STATUS_MAX, text);
		return false;
	}
	return true;
}

static bool read_point(const char *text, struct inject_request *request)
{
	request->point = strcmp(text, "exit") != 0 ? HIT_ENTRY : HIT_EXIT;
	if (!strcmp(text, "entry") || !strcmp(text, "exit"))
		return true;
	complain("inject", "--at needs entry or exit, not '%s'", text);
	return false;
}

static bool read_limit(const char *text, struct inject_request *request)
{
	double seconds;

	if (!option_scale("inject", "--timeout", text, &seconds))
		return false;
	request->limit_ns = (int64_t)(seconds * 1e9);
	return true;
}

static bool set_mode(struct inject_request *request, enum inject_mode mode)
{
	if (request->mode != MODE_RUN && request->mode != mode) {
		complain("inject", "either --list-calls or --sweep");
		return false;
	}
	request->mode = mode;
	return true;
}

/* `only`: the first option that is for sweeps. */
static bool take_option(struct inject_request *request, int option, const char **only)
{
	switch (option) {
	case 'o': request->output = optarg; return true;
	case OPTION_JSON: request->json = true; return true;
	case 'q': request->quiet = true; return true;
	case OPTION_EXPECT: return read_expected(optarg, request);
	case OPTION_LIST_CALLS: return set_mode(request, MODE_PROFILE);
	case OPTION_SWEEP: return set_mode(request, MODE_SWEEP);
	case OPTION_CALLS:
		*only = "--calls";
		request->calls = optarg;
		return true;
	case OPTION_EFFECTS:
		*only = "--effects";
		request->effects = optarg;
		return true;
	case OPTION_AT: *only = "--at"; return read_point(optarg, request);
	case 'j':
		*only = "--jobs";
		return option_count("inject", "-j", optarg, JOBS_MAX, &request->jobs);
	case OPTION_TIMEOUT: *only = "--timeout"; return read_limit(optarg, request);
	default: return false;
	}
}

static bool check(const struct inject_request *request, const char *only)
{
	if (request->mode != MODE_SWEEP && only)
		complain("inject", "%s is for --sweep", only);
	else if (request->mode != MODE_RUN && request->quiet)
		complain("inject", "--quiet is for rules, not for %s",
			 request->mode == MODE_SWEEP ? "--sweep" : "--list-calls");
	else if (request->mode == MODE_SWEEP && request->expected)
		complain("inject",
			 "--expect is not for --sweep, which compares with the undisturbed run");
	else if (request->mode != MODE_RUN && request->rule_count)
		complain("inject", "%s makes its own rules; '%s' is one too many",
			 request->mode == MODE_SWEEP ? "--sweep" : "--list-calls",
			 request->rules[0]);
	else if (request->mode == MODE_RUN && !request->rule_count)
		complain("inject", "no rule; for example: 'entry write() nth 3 -> errno ENOSPC'");
	else if (request->rule_count > RULES_MAX)
		complain("inject", "%zu rules; there can be %d", request->rule_count, RULES_MAX);
	else if (!request->argv[0])
		complain("inject", "no program behind --");
	else
		return true;
	return false;
}

/* getopt_long(3) sorts words, so it must not see those of the program. */
static int find_program(int argc, char **argv)
{
	int i = 1;

	while (i < argc && strcmp(argv[i], "--") != 0)
		i++;
	return i;
}

enum exit_status inject_request_read(struct inject_request *request, int argc, char **argv)
{
	int end = find_program(argc, argv), option;
	const char *only = NULL;

	*request = (struct inject_request){ .jobs = 1, .limit_ns = LIMIT_S * INT64_C(1000000000) };
	if (end == argc) {
		/* Perhaps there are worse mistakes. */
		while ((option = option_next(end, argv, options)) != OPTION_END) {
			if (option == OPTION_BAD)
				return EXIT_USAGE;
		}
		complain("inject", "no program: write -- PROGRAM behind the rules");
		return EXIT_USAGE;
	}
	argv[end] = NULL;
	while ((option = option_next(end, argv, options)) != OPTION_END) {
		if (!take_option(request, option, &only))
			return EXIT_USAGE;
	}
	request->rules = argv + optind;
	request->rule_count = (size_t)(end - optind);
	request->argv = argv + end + 1;
	return check(request, only) ? EXIT_PASSED : EXIT_USAGE;
}
