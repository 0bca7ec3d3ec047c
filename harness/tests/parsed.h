/* SPDX-License-Identifier: MIT */
/* For tests of the parser: one text parsed, and what was said about it. */
#ifndef IPCDRILL_TEST_PARSED_H
#define IPCDRILL_TEST_PARSED_H

#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "scenario.h"

static struct scenario_file file;
static struct diag diag;

static void parse_bytes(const char *text, size_t length)
{
	scenario_file_parse(&file, "t", text, length, &diag);
}

/* The lines of text as the body of a scenario; the first of them is line 3. */
static void parse_body(const char *body)
{
	char *text = NULL;

	ck_assert_int_gt(asprintf(&text, "ipcdrill 1\nscenario \"s\" {\n%s\n}\n", body), 0);
	parse_bytes(text, strlen(text));
	free(text);
}

/* The lines of text as the steps of a scenario; the first of them is line 4. */
static inline void parse_run(const char *steps)
{
	char *body = NULL;

	ck_assert_int_gt(asprintf(&body, "run {\n%s\n}", steps), 0);
	parse_body(body);
	free(body);
}

static void release(void)
{
	scenario_file_free(&file);
	diag_free(&diag);
}

static inline void expect_place(struct location where, int line, int column, int end_column)
{
	ck_assert_int_eq(where.line, line);
	ck_assert_int_eq(where.column, column);
	ck_assert_int_eq(where.end_column, end_column);
}

/* The first lines of all messages, without the file's name. The caller frees them. */
static char *messages(void)
{
	char *text = NULL, *kept = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	diag_print(&diag, out, false, 0);
	fclose(out);
	out = open_memstream(&kept, &size);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (!strncmp(line, "t:", 2) || !strncmp(line, "and ", 4))
			fprintf(out, "%s\n", strncmp(line, "t:", 2) ? line : line + 2);
	fclose(out);
	free(text);
	return kept;
}

/* Checks all messages of what was parsed, and releases it. */
static inline void expect_messages(const char *want)
{
	char *got = messages();

	ck_assert_str_eq(got, want);
	free(got);
	release();
}

#endif
