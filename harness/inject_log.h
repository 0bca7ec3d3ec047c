/* SPDX-License-Identifier: MIT */
/*
 * What the rules did: a line for each call that was hit, and at the end what became of each rule.
 */
#ifndef IPCDRILL_INJECT_LOG_H
#define IPCDRILL_INJECT_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "inject_rules.h"

struct hit_note;

/* Legal when zero, but for the rules. */
struct inject_log {
	/* by the caller */
	struct inject_rules *rules;
	FILE *out; /* a line a hit; NULL: nobody wants them */
	bool json; /* an object a line instead */

	/* as it goes */
	struct hit_note *notes; /* of hits that are not over */
	struct tally {
		uint64_t seen; /* calls of these names, whatever they were about */
		uint64_t refused; /* fired, and could not be carried out */
		char *first; /* the first hit, in words */
		char *refusal; /* the first one's reason */
	} tallies[RULES_MAX];
};

/* For struct inject; context: a tree whose context is the log. */
void inject_log_called(void *context, const struct hit *hit);
void inject_log_noted(void *context, enum inject_what what, const struct inject_rule *rule,
		      const struct hit *hit);

/*
 * A line a rule: how often it fired, and on what. is_all: also for those that should have fired,
 * and did not.
 */
void inject_log_summary(const struct inject_log *log, FILE *out, const char *prefix, bool is_all);
/* In JSON, with the status that the program ended with, as wait(2) gives it. */
void inject_log_summary_json(const struct inject_log *log, FILE *out, int status);

/*
 * True if every rule did what it was given for; else the others are complained about, with the
 * command's name.
 */
bool inject_log_is_satisfied(const struct inject_log *log, const char *command);

void inject_log_free(struct inject_log *log);

#endif
