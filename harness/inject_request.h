/* SPDX-License-Identifier: MIT */
/* What a command line asks of `ipcdrill inject`. */
#ifndef IPCDRILL_INJECT_REQUEST_H
#define IPCDRILL_INJECT_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "hit.h"

enum { JOBS_MAX = 64 };

enum inject_mode { MODE_RUN, MODE_PROFILE, MODE_SWEEP };

/* How the program is expected to end. */
enum expected_end {
	EXPECT_NOTHING, /* its status is ours */
	EXPECT_ANYTHING, /* only the rules count */
	EXPECT_STATUS,
	EXPECT_SIGNAL,
};

/* Points into argv. Legal when zero. */
struct inject_request {
	enum inject_mode mode;
	char *const *rules; /* texts */
	size_t rule_count;
	char *const *argv; /* of the program; ends with NULL */
	const char *output; /* -o; NULL: standard error, or standard output of a sweep */
	bool json;
	bool quiet;
	enum expected_end expected;
	int expected_number; /* the status or the signal */
	const char *calls; /* of a sweep; NULL: all */
	const char *effects;
	enum hit_point point;
	unsigned jobs; /* at most JOBS_MAX */
	int64_t limit_ns;
};

/* EXIT_PASSED, or EXIT_USAGE after a message. */
enum exit_status inject_request_read(struct inject_request *request, int argc, char **argv);

extern const char inject_usage[];

#endif
