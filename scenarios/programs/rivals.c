// SPDX-License-Identifier: MIT
/*
 * Processes or threads that really run at once have a go at one thing, and what comes of it is
 * counted: the scenario says what it must be.
 * usage: rivals KIND WORD... [apart]
 */
#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rivals/contest.h"
#include "rivals/descriptors.h"
#include "rivals/records.h"
#include "rivals/tally.h"

enum { USAGE = 2 };

static const struct contest *const contests[] = {
	&contest_rename, &contest_exchange, &contest_values,
	&contest_array,  &contest_dup2,     &contest_cloexec,
};

static void show_usage(void)
{
	errx(USAGE, "usage: rivals KIND WORD... [apart], as the README says");
}

static size_t size_of(const char *word)
{
	char *end;
	unsigned long size = strtoul(word, &end, 10);

	if (end == word || *end || size < 2 * sizeof(struct cell) || size > RECORDS_SIZE_MAX ||
	    size % sizeof(struct cell))
		errx(USAGE, "%s is no size of a record: a multiple of %zu from %zu to %d", word,
		     sizeof(struct cell), 2 * sizeof(struct cell), RECORDS_SIZE_MAX);
	return size;
}

/* Whoever started us may have kept us to one processor, where only one of us runs at a time. */
static void use_all_processors(void)
{
	cpu_set_t all;

	memset(&all, 0xff, sizeof(all));
	(void)sched_setaffinity(0, sizeof(all), &all);
}

static void run_contest(int count, char **words, bool apart)
{
	for (size_t i = 0; i < sizeof(contests) / sizeof(*contests); i++) {
		if (strcmp(contests[i]->name, words[0]) != 0 ||
		    contests[i]->word_count != count - 1)
			continue;
		contests[i]->prepare(words + 1);
		contest_run(contests[i], apart);
		return;
	}
	show_usage();
}

int main(int count, char **words)
{
	bool apart = count > 1 && strcmp(words[count - 1], "apart") == 0;

	count -= 1 + apart;
	words++;
	if (count < 1)
		show_usage();
	if (count == 2 && strcmp(words[0], "has") == 0)
		return descriptors_has(words[1]);
	use_all_processors();
	if (count == 3 && strcmp(words[0], "append") == 0)
		records_append(words[1], size_of(words[2]), apart);
	else if (count == 2 && strcmp(words[0], "pipe") == 0)
		records_pipe(size_of(words[1]), apart);
	else
		run_contest(count, words, apart);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
