/* SPDX-License-Identifier: MIT */
/* Rules as a command line gives them: the text of a fault behind `on NAME:`. */
#ifndef IPCDRILL_INJECT_RULES_H
#define IPCDRILL_INJECT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "inject.h"
#include "plan.h"

enum { RULES_MAX = 64 };

/* Owns what its rules refer to. Legal when zero. */
struct inject_rules {
	struct inject_rule rules[RULES_MAX]; /* named "rule 1" ... */
	struct rule_text {
		const char *text; /* as it was given */
		char *calls; /* "read|readv"; NULL: they are not known */
		char name[20];
		struct scenario_file file;
	} texts[RULES_MAX];
	size_t count;
	struct suite memory;
};

/* False after messages to diag, which call it "rule N". */
bool inject_rules_add(struct inject_rules *rules, const char *text, struct diag *diag);
/* A rule that does something with these calls, "read|write"; messages call the text `name`. */
bool inject_rules_add_calls(struct inject_rules *rules, const char *name, const char *calls,
			    struct diag *diag);

/*
 * Effects alone, such as "errno EINTR, short 1, kill", at this point; at most INJECT_EFFECTS_MAX.
 * How many; 0 after messages, which call the text `name`.
 */
size_t inject_effects_read(const char *name, const char *text, enum hit_point point,
			   struct inject_effect *effects, struct diag *diag);

void inject_rules_free(struct inject_rules *rules);

/* "errno ENOSPC, delay 20ms" */
void inject_effects_text(const struct inject_effect *effects, size_t count, char *text,
			 size_t size);

#endif
