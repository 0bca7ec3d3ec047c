/* SPDX-License-Identifier: MIT */
/* For tests of injection: programs of every make, from programs/. */
#ifndef IPCDRILL_TESTS_COMPILE_FIXTURE_H
#define IPCDRILL_TESTS_COMPILE_FIXTURE_H

#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* No 32-bit C library is needed for these. */
#define WITHOUT_LIBRARY_32 "-m32 -nostdlib -static -ffreestanding -fno-stack-protector -fno-pie -no-pie"

/* False where this compiler cannot; it says why on standard error. */
static inline bool compile(const char *source, const char *flags, const char *program)
{
	char here[] = __FILE__, command[512];

	snprintf(command, sizeof(command), "cc %s -o %s %s/programs/%s", flags, program,
		 dirname(here), source);
	return !system(command);
}

#endif
