// SPDX-License-Identifier: MIT
/* Names of calls and effects, read by the language's own parser as part of a rule. */
#include "inject_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inject_rules.h"
#include "inject_words.h"
#include "output.h"

#define EFFECTS_BY_DEFAULT "errno EINTR, errno EIO, short 1, kill"
#define EFFECTS_AT_EXIT    "errno EINTR, errno EIO, kill"

static struct sweep_call *add_call(struct sweep_choice *choice, const char *name)
{
	struct sweep_call *grown = realloc(choice->calls,
					   (choice->call_count + 1) * sizeof(*grown));

	if (!grown)
		abort();
	choice->calls = grown;
	grown = &choice->calls[choice->call_count++];
	*grown = (struct sweep_call){ 0 };
	snprintf(grown->name, sizeof(grown->name), "%s", name);
	return grown;
}

static bool read_calls(struct sweep_choice *choice, const char *text, struct diag *diag)
{
	struct inject_rules rules = { 0 };
	bool good = inject_rules_add_calls(&rules, "--calls", text, diag);
	char *rest = rules.texts[0].calls;

	for (char *name; good && (name = strsep(&rest, "|"));) {
		struct sweep_call *call = add_call(choice, name);

		call->number_count = inject_calls(name, call->numbers, INJECT_CALLS_MAX);
	}
	inject_rules_free(&rules);
	return good;
}

bool sweep_choice_read(struct sweep_choice *choice, const struct inject_request *request)
{
	const char *effects = request->point == HIT_ENTRY ? EFFECTS_BY_DEFAULT : EFFECTS_AT_EXIT;
	struct diag diag = { 0 };
	bool good;

	choice->effect_count = inject_effects_read("--effects",
						   request->effects ? request->effects : effects,
						   request->point, choice->effects, &diag);
	good = choice->effect_count;
	if (request->calls)
		good &= read_calls(choice, request->calls, &diag);
	diag_print(&diag, stderr, output_colour(stderr), 0);
	diag_free(&diag);
	return good;
}

void sweep_choice_complete(struct sweep_choice *choice, const struct inject_profile *profile)
{
	if (choice->call_count)
		return;
	for (size_t i = 0; i < profile->count; i++) {
		struct sweep_call *call = add_call(choice,
						   inject_call_text(profile->calls[i].number));

		call->numbers[0] = profile->calls[i].number;
		call->number_count = 1;
	}
}

void sweep_choice_free(struct sweep_choice *choice)
{
	free(choice->calls);
	*choice = (struct sweep_choice){ 0 };
}
