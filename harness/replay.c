// SPDX-License-Identifier: MIT
/* A command line for a shell. */
#include "replay.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "draft.h"
#include "settle.h"
#include "utf8.h"

/* There is nothing in it that a terminal might obey. */
static bool is_harmless(const char *text)
{
	for (size_t left = strlen(text), bytes; left; text += bytes, left -= bytes) {
		uint32_t code;

		bytes = utf8_decode(text, left, &code);
		if (!bytes || utf8_width(code) < 0)
			return false;
	}
	return true;
}

/* $'a\033b': what POSIX.1-2024 has, and bash, ksh, zsh and busybox had before. */
static void put_escaped_word(FILE *out, const char *text)
{
	fputs("$'", out);
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte == '\'' || byte == '\\')
			fprintf(out, "\\%c", byte);
		else if (byte < ' ' || byte >= 0x7f)
			fprintf(out, "\\%03o", byte);
		else
			fputc(byte, out);
	}
	fputc('\'', out);
}

/* As a shell reads it: 'it'\''s'. */
static void put_word(FILE *out, const char *text)
{
	if (!is_harmless(text)) {
		put_escaped_word(out, text);
		return;
	}
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
