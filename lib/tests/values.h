/* SPDX-License-Identifier: MIT */
/* For tests of operands: values as initialisers. */
#ifndef IPCDRILL_TESTS_VALUES_H
#define IPCDRILL_TESTS_VALUES_H

#include "value.h"

#define INT(n) { .kind = VALUE_INT, .number = (n) }
#define TIME(n) { .kind = VALUE_TIME, .number = (n) }
#define TEXT(s) { .kind = VALUE_BYTES, .bytes = (s), .length = sizeof(s) - 1 }
#define WORD(s) { .kind = VALUE_WORD, .bytes = (s), .length = sizeof(s) - 1 }
#define VERSION(a, b) { .kind = VALUE_VERSION, .number = (a) << 16 | (b) }
#define RANGE(a, b) { .kind = VALUE_RANGE, .number = (a), .upper = (b) }
#define KIND(k) { .kind = (k) }

#endif
