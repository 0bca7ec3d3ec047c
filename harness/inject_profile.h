/* SPDX-License-Identifier: MIT */
/* Which calls a run makes, how often, and on which kinds of descriptors. */
#ifndef IPCDRILL_INJECT_PROFILE_H
#define IPCDRILL_INJECT_PROFILE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "hit.h"

enum { KINDS_MAX = 12, KIND_NAME_MAX = 24 };

struct call_profile {
	int number;
	uint64_t count;
	struct kind_count {
		char name
			[KIND_NAME_MAX]; /* as a rule's `kind ==` has it, or "closed", "eventpoll" ... */
		uint64_t count;
	} kinds[KINDS_MAX];
	size_t kind_count;
};

/* In the order in which they were made first. Legal when zero. */
struct inject_profile {
	struct call_profile *calls;
	size_t count;
	size_t capacity;
};

/* For struct inject; context: a tree whose context is the profile. */
void inject_profile_called(void *context, const struct hit *hit);

/* How often one of these was called. */
uint64_t inject_profile_count(const struct inject_profile *profile, const int *numbers,
			      size_t count);

/* The same calls, each as often. */
bool inject_profile_is_same(const struct inject_profile *a, const struct inject_profile *b);

/* A table, the most frequent first; or an array of objects. */
void inject_profile_print(const struct inject_profile *profile, FILE *out);
void inject_profile_print_json(const struct inject_profile *profile, FILE *out);

void inject_profile_free(struct inject_profile *profile);

#endif
