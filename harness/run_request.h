/* SPDX-License-Identifier: MIT */
/* What the command line of `ipcdrill run` asks for. */
#ifndef IPCDRILL_RUN_REQUEST_H
#define IPCDRILL_RUN_REQUEST_H

#include "pool.h"
#include "selection.h"

struct run_request {
	struct pool_options pool;
	struct selection selection;
	const struct report *report;
	const char *output;		/* NULL: standard output */
	const char *baseline;		/* or NULL */
	bool fail_fast;
	bool no_skips;
	char **paths;
	size_t path_count;
};

/* EXIT_PASSED, or EXIT_USAGE and the user was told. To be closed either way. */
enum exit_status run_request_read(struct run_request *request, int argc, char **argv);
void run_request_close(struct run_request *request);

#endif
