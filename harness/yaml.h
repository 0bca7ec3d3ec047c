/* SPDX-License-Identifier: MIT */
/* Values of a YAML block, written so that no text can break out of its place. */
#ifndef IPCDRILL_YAML_H
#define IPCDRILL_YAML_H

#include <stdio.h>

/* `  key: "text"`; nothing for a NULL text. */
void yaml_text(FILE *out, const char *key, const char *text);
/* `    - "text"`, after a line with the list's key. */
void yaml_item(FILE *out, const char *text);
void yaml_number(FILE *out, const char *key, long long number);
/*
 * `  key: |` and the lines of the text below it, the first of which tells the others' margin;
 * nothing for NULL or "".
 */
void yaml_lines(FILE *out, const char *key, const char *text);

#endif
