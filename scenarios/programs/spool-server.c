// SPDX-License-Identifier: MIT
/*
 * Keeps the requests of its clients in a journal and acknowledges them: at least once until
 * acknowledged, and kept exactly once, wherever it is killed. usage: spool-server REQUESTS REPLIES
 * JOURNAL
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "say.h"
#include "spool/journal.h"
#include "spool/service.h"

static struct journal journal;

static int keep(const struct request *request)
{
	if (journal_has(&journal, request))
		return 0;
	return journal_append(&journal, request);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: spool-server REQUESTS REPLIES JOURNAL\n", stderr);
		return 2;
	}
	/* Nothing to finish: what was acknowledged is on the disk. */
	service_end_on_sigterm(NULL);
	if (journal_open(&journal, argv[3]) < 0) {
		say(errno, "%s", argv[3]);
		return EXIT_FAILURE;
	}
	service_run(argv[1], argv[2], keep);
	return EXIT_FAILURE;
}
