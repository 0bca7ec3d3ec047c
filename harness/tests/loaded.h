/* SPDX-License-Identifier: MIT */
/*
 * For tests of what works on suites: files in a directory of their own, and what is said on
 * standard error.
 */
#ifndef IPCDRILL_TEST_LOADED_H
#define IPCDRILL_TEST_LOADED_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "suite.h"

static char directory[] = "/tmp/ipcdrill-test-XXXXXX";
static struct suite suite;

/* Every test runs in a process of its own, so the working directory is its own too. */
static void enter_directory(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
}

static void leave_directory(void)
{
	char *command = NULL;

	suite_free(&suite);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_int_gt(asprintf(&command, "rm -rf %s", directory), 0);
	ck_assert_int_eq(system(command), 0);
	free(command);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

/* A scenario file that is good; with a tag of its own, and one test for each of two numbers. */
static inline void write_scenario(const char *path, const char *tag)
{
	char *text = NULL;

	ck_assert_int_gt(
		asprintf(
			&text,
			"ipcdrill 1\nscenario \"a title\" {\n  cite man \"pipe(7)\"\n  tags %s\n"
			"  across n in 1, 2\n  channel c: pipe from w to r\n  endpoint w, r\n  run {\n"
			"    w: write(c, \"x\" * n) = n\n    r: read(c, 9) = \"x\" * n\n  }\n}\n",
			tag),
		0);
	write_file(path, text);
	free(text);
}

/* Runs `say` and gives what it wrote to standard error, to be freed. */
static inline char *said_by(void (*say)(void))
{
	char *text = NULL;
	size_t size = 0;
	FILE *old = stderr;

	stderr = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(stderr);
	say();
	fclose(stderr);
	stderr = old;
	return text;
}

#endif
