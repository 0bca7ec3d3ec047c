// SPDX-License-Identifier: MIT
/* Has worker processes add up sqrt(8 * sum of 1 / (2k + 1)^2), which tends to pi, and prints it.
 * usage: pi-parent TRANSPORT [--workers N] [--terms N] */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "pi/transport.h"
#include "pi/worker.h"
#include "say.h"
#include "transfer.h"

enum { WORKERS_MAX = 1000 };
static const uint64_t terms_max = 1000000000000;

/* The next one that has ended, or NULL with errno. */
static struct worker *wait_for_any(struct worker *workers, unsigned count, int *status)
{
	for (;;) {
		pid_t pid = (pid_t)TEMP_FAILURE_RETRY(wait(status));

		if (pid < 0)
			return NULL;
		for (unsigned i = 0; i < count; i++)
			if (workers[i].pid == pid)
				return &workers[i];
	}
}

/* Until all are done: 0, or -1, and then something has been said. */
static int run(struct worker *workers, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (worker_start(&workers[i]) < 0)
			return -1;
	for (unsigned left = count; left;) {
		int status, result;
		struct worker *worker = wait_for_any(workers, count, &status);

		if (!worker) {
			say(errno, "wait");
			return -1;
		}
		result = worker_ended(worker, status);
		if (result < 0)
			return -1;
		left -= (unsigned)result;
	}
	return 0;
}

/* Not stdio, which gives up when a signal interrupts it. */
static int print(double pi)
{
	char line[40];
	int length = snprintf(line, sizeof(line), "%.11f\n", pi);

	return transfer_write(STDOUT_FILENO, line, (size_t)length);
}

static int compute(const struct transport *transport, unsigned worker_count, uint64_t term_count)
{
	struct worker *workers = calloc(worker_count, sizeof(*workers));
	double sum = 0;
	int result;

	if (!workers) {
		say(errno, "workers");
		return EXIT_FAILURE;
	}
	for (unsigned i = 0; i < worker_count; i++) {
		workers[i].number = i;
		workers[i].transport = transport;
		workers[i].part.first = term_count * i / worker_count;
		workers[i].part.end = term_count * (i + 1) / worker_count;
	}
	result = run(workers, worker_count);
	for (unsigned i = worker_count; i-- > 0;) {
		worker_stop(&workers[i]);
		sum += workers[i].part.sum;
	}
	free(workers);
	if (result < 0)
		return EXIT_FAILURE;
	if (print(sqrt(8 * sum)) == 0)
		return EXIT_SUCCESS;
	say(errno, "standard output");
	return EXIT_FAILURE;
}

static int usage(void)
{
	fputs("usage: pi-parent TRANSPORT [--workers N] [--terms N]\n", stderr);
	for (const struct transport *const *transport = transports; *transport; transport++)
		fprintf(stderr, "  %-12s %s\n", (*transport)->name, (*transport)->summary);
	return 2;
}

/* False unless it is a whole number from 1 to max. */
static bool parse_number(const char *text, uint64_t max, uint64_t *number)
{
	char *end;

	*number = strtoull(text, &end, 10);
	return isdigit((unsigned char)*text) && !*end && *number >= 1 && *number <= max;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "workers", required_argument, NULL, 'w' },
		{ "terms", required_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 },
	};
	uint64_t worker_count = 10, term_count = 10000000;
	const struct transport *transport;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		bool is_right = (option == 'w' &&
				 parse_number(optarg, WORKERS_MAX, &worker_count)) ||
				(option == 't' && parse_number(optarg, terms_max, &term_count));

		if (!is_right)
			return usage();
	}
	transport = optind == argc - 1 ? transport_find(argv[optind]) : NULL;
	if (!transport)
		return usage();
	/* A caller that ignores it would leave nothing to wait for. */
	signal(SIGCHLD, SIG_DFL);
	return compute(transport, (unsigned)worker_count, term_count);
}
