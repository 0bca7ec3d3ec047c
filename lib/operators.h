/* SPDX-License-Identifier: MIT */
/* Private to operand.c and operators*.c: one application of an operator, and what they share. */
#ifndef IPCDRILL_OPERATORS_H
#define IPCDRILL_OPERATORS_H

#include <stdbool.h>
#include <stddef.h>

#include "operand.h"

/* One application: what every step of it needs. */
struct application {
	enum operator op;
	const struct value *left;
	const struct value *right;
	struct environment *environment;
	struct value *value;
	char *reason;
	size_t size;
};

bool operator_takes(const struct application *a, enum value_kind left, enum value_kind right);

/* Says that the operator does not fit what stands on its sides; returns -EINVAL. */
int operator_mismatch(const struct application *a);

/* Room for a string, with a NUL behind it; NULL and the reason if there is none. */
char *operator_string(const struct application *a, size_t length);

int operator_compare_equal(const struct application *a);
int operator_compare_order(const struct application *a);
int operator_match(const struct application *a);

/* Memory that lives as long as the environment's scratch; NULL if there is none. */
void *environment_room(struct environment *environment, size_t size);

/* Writes the reason and returns -err. */
__attribute__((format(printf, 4, 5)))
int operand_refuse(char *reason, size_t size, int err, const char *format, ...);

#endif
