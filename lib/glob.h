/* SPDX-License-Identifier: MIT */
/*
 * Patterns for test ids: '*' is any text, '?' any one character; brackets are themselves, since ids
 * have them.
 */
#ifndef IPCDRILL_GLOB_H
#define IPCDRILL_GLOB_H

#include <stdbool.h>

bool glob_matches(const char *pattern, const char *id);

#endif
