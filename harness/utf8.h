/* SPDX-License-Identifier: MIT */
/*
 * UTF-8, one code point at a time: scenario files must be valid, and what is shown of them must
 * be harmless.
 */
#ifndef IPCDRILL_UTF8_H
#define IPCDRILL_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* U+FFFD, for bytes that are none. */
#define UTF8_REPLACEMENT "\xef\xbf\xbd"

/*
 * The bytes of the first code point of `text` (1 to 4), or 0 if they are not valid UTF-8 or
 * length is 0.
 */
size_t utf8_decode(const char *text, size_t length, uint32_t *code);

/*
 * The columns a terminal gives to a code point (0, 1 or 2), or -1 if it must not be sent there
 * as it is.
 */
int utf8_width(uint32_t code);

#endif
