/* SPDX-License-Identifier: MIT */
/* For tests of resolve that read all that is said: a part of a scenario, and its messages. */
#ifndef IPCDRILL_TEST_COMPLAINED_H
#define IPCDRILL_TEST_COMPLAINED_H

#include "resolved.h"

/* What the text of a case is part of, so that a case is only what it is about. */
enum form {
	TEXT, /* a whole file */
	BODY, /* the body of a scenario; its first line is line 4 */
	STEPS, /* the steps of one with a pipe c from w to r; their first line is line 7 */
};

struct complaint_case {
	enum form form;
	const char *text;
	const char *want; /* "LINE:COLUMN MESSAGE | HELP", a line each */
};

static void resolve_form(struct resolved *resolved, enum form form, const char *text)
{
	static const struct {
		const char *before, *after;
	} frames[] = {
		[TEXT] = { "", "" },
		[BODY] = { "ipcdrill 1\nscenario \"s\" {\ncite man \"pipe(7)\"\n", "}\n" },
		[STEPS] = { "ipcdrill 1\nscenario \"s\" {\ncite man \"pipe(7)\"\n" PIPE "run {\n",
			    "}\n}\n" },
	};
	char *whole = NULL;

	ck_assert_int_gt(asprintf(&whole, "%s%s%s", frames[form].before, text, frames[form].after),
			 0);
	resolve_text_of(resolved, whole);
	free(whole);
}

/* All messages without the lines that they are about. The caller frees them. */
static char *complaints(const struct resolved *resolved)
{
	static const char place[] = "t:", error[] = ": error: ", help[] = "      = ";
	char *text = strdup(resolved->said), *kept = NULL;
	size_t size;
	FILE *out = open_memstream(&kept, &size);
	bool first = true;

	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		char *message = strstr(line, error);

		if (!strncmp(line, help, strlen(help))) {
			fprintf(out, " | %s", line + strlen(help));
		} else if (message && !strncmp(line, place, strlen(place))) {
			*message = '\0';
			fprintf(out, "%s%s %s", first ? "" : "\n", line + strlen(place),
				message + strlen(error));
			first = false;
		}
	}
	fputs(first ? "" : "\n", out);
	fclose(out);
	free(text);
	return kept;
}

static void expect_complaints(const struct resolved *resolved, const char *want)
{
	char *got = complaints(resolved);

	ck_assert_str_eq(got, want);
	free(got);
}

/* Something without errors. */
static inline void resolve_well(struct resolved *resolved, enum form form, const char *text)
{
	resolve_form(resolved, form, text);
	expect_complaints(resolved, "");
	ck_assert_uint_gt(resolved->suite.plan_count, 0);
}

#endif
