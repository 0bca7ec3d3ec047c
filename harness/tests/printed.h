/* SPDX-License-Identifier: MIT */
/* For tests of what is printed. */
#ifndef IPCDRILL_TEST_PRINTED_H
#define IPCDRILL_TEST_PRINTED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"

/* The text of a function's output; freed by the caller. */
struct print {
	FILE *out;
	char *text;
	size_t length;
};

static inline void print_open(struct print *print)
{
	print->out = open_memstream(&print->text, &print->length);
	ck_assert_ptr_nonnull(print->out);
}

static inline void print_expect(struct print *print, const char *wanted)
{
	fclose(print->out);
	ck_assert_msg(!strcmp(print->text, wanted), "got:\n%s\nwanted:\n%s", print->text, wanted);
	free(print->text);
}

#endif
