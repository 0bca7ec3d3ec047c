// SPDX-License-Identifier: MIT
/* A command line for a shell. */
#include "replay.h"

#include <stdio.h>

#include "draft.h"
#include "settle.h"

/* As a shell reads it: 'it'\''s'. */
static void put_word(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else
			fputc(*text, out);
	}
	fputc('\'', out);
}

/* What a test is run under; not what is made of its verdict. */
static void put_options(FILE *out, const struct pool_options *options)
{
	if (!options->sandbox)
		fputs(" --no-sandbox", out);
	if (options->settle_grade >= 0)
		fprintf(out, " --settle %s",
			settle_grade_name((enum settle_grade)options->settle_grade));
	if (options->timeout_scale != 1)
		fprintf(out, " --timeout-scale %g", options->timeout_scale);
	if (options->programs) {
		fputs(" --programs ", out);
		put_word(out, options->programs);
	}
}

char *replay_command(const struct pool_options *options, const struct plan *plan)
{
	const char *path = plan->file->source.path;
	struct draft draft;

	draft_open(&draft);
	fputs("ipcdrill run", draft.out);
	put_options(draft.out, options);
	fputs(" --only ", draft.out);
	put_word(draft.out, plan->id);
	fputs(*path == '-' ? " -- " : " ", draft.out);
	put_word(draft.out, path);
	return draft_take(&draft);
}
