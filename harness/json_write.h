/* SPDX-License-Identifier: MIT */
/*
 * What commands write as JSON: members of objects, and the whole. Memory that is out ends the
 * process.
 */
#ifndef IPCDRILL_JSON_WRITE_H
#define IPCDRILL_JSON_WRITE_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Paths and names of processes may be any bytes, and JSON is UTF-8: U+FFFD stands for each byte that
 * is not.
 */
struct json_object *json_text(const char *text, size_t length);

/* The object owns the value from here on. */
void json_add(struct json_object *object, const char *key, struct json_object *value);
/* No member where the text is NULL. */
void json_add_text(struct json_object *object, const char *key, const char *text);
void json_add_number(struct json_object *object, const char *key, uint64_t number);
void json_add_flag(struct json_object *object, const char *key, bool flag);
/* "signal": by its name if it has one. */
void json_add_signal(struct json_object *object, int signal);

/* On a line of its own, or for people to read; and lets go of it. */
void json_write_line(FILE *out, struct json_object *object);
void json_write_pretty(FILE *out, struct json_object *object);

#endif
