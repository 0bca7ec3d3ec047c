// SPDX-License-Identifier: MIT
/* What a call gave back against what the step wants, and the words for a mismatch. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "judge_state.h"
#include "matching.h"

struct comparison {
	struct judge *judge;
	int step;
	const struct event *event;
	const struct call *call;
	struct environment environment;
};

/* What the numbers of an out-parameter print as. */
static enum symbol_class out_symbols(const char *name)
{
	static const struct {
		const char *name;
		enum symbol_class symbols;
	} known[] = {
		{ "revents", SYMBOL_POLL },  { "events", SYMBOL_EPOLL }, { "flags", SYMBOL_MSG },
		{ "signal", SYMBOL_SIGNAL }, { "code", SYMBOL_SI },      { "error", SYMBOL_ERRNO },
		{ "mask", SYMBOL_INOTIFY },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!strcmp(known[i].name, name))
			return known[i].symbols;
	}
	return SYMBOL_PLAIN;
}

static bool evaluate(struct comparison *comparison, const struct operand *operand,
		     struct location where, struct value *value)
{
	char reason[160] = "";

	if (!operand_evaluate(operand, &comparison->environment, value, reason, sizeof(reason)))
		return true;
	judge_decide(comparison->judge, VERDICT_BROKEN, comparison->step, where,
		     "cannot tell what is wanted: %s", reason);
	return false;
}

static char *value_text(const struct value *value, enum symbol_class symbols, const char *name)
{
	struct draft draft;

	draft_open(&draft);
	if (name)
		fprintf(draft.out, "%s=", name);
	value_print(draft.out, value, symbols);
	return draft_take(&draft);
}

/* The allowed values from the `first` one on, separated by commas; NULL if there are none. */
static char *values_text(struct comparison *comparison, const struct want *want, size_t first)
{
	struct draft draft;

	if (first >= want->count)
		return NULL;
	draft_open(&draft);
	for (size_t i = first; i < want->count; i++) {
		struct value value;
		char reason[8];

		fputs(i > first ? ", " : "", draft.out);
		if (!operand_evaluate(want->values[i], &comparison->environment, &value, reason,
				      sizeof(reason)))
			value_print(draft.out, &value, comparison->call->result_symbols);
	}
	return draft_take(&draft);
}

static struct value got_value(const struct comparison *comparison)
{
	return returned_value(comparison->judge->history, comparison->event, comparison->call);
}

/* Where two texts begin to differ, for those too long to compare by eye. */
static void describe_bytes(FILE *out, const char *name, const struct value *want,
			   const struct value *got)
{
	size_t shorter = want->length < got->length ? want->length : got->length;
	size_t same = 0;

	while (same < shorter && want->bytes[same] == got->bytes[same])
		same++;
	if (same < shorter)
		fprintf(out,
			"%s returned other bytes: the first difference is at offset %zu (0x%02x "
			"instead of 0x%02x)",
			name, same, (unsigned char)got->bytes[same],
			(unsigned char)want->bytes[same]);
	else
		fprintf(out, "%s returned %zu bytes instead of %zu; alike as far as both go", name,
			got->length, want->length);
}

enum { EYE_BYTES = 32 }; /* texts up to this long are compared at sight */

/* One line: "write returned 3 instead of 5". */
static void describe(struct comparison *comparison, FILE *out, const struct want *want,
		     const struct value *wanted)
{
	const char *name = comparison->call->name;
	const struct value got = got_value(comparison);

	if (want->count == 1 && wanted->kind == VALUE_BYTES && got.kind == VALUE_BYTES &&
	    (wanted->length > EYE_BYTES || got.length > EYE_BYTES)) {
		describe_bytes(out, name, wanted, &got);
		return;
	}
	fprintf(out, "%s %s ", name,
		got.kind != VALUE_ERRNO       ? "returned"
		: wanted->kind == VALUE_ERRNO ? "failed with"
					      : "failed:");
	returned_print(out, comparison->judge->history, comparison->event, comparison->call);
	if (want->count != 1) {
		fputs(", which is none of those allowed", out);
	} else if (got.kind != VALUE_ERRNO || wanted->kind == VALUE_ERRNO) {
		fputs(" instead of ", out);
		value_print(out, wanted, comparison->call->result_symbols);
	}
}

static void fail_value(struct comparison *comparison, const struct want *want)
{
	struct judge *judge = comparison->judge;
	struct value first = { 0 };
	struct draft reason, got;

	if (!evaluate(comparison, want->values[0], want->where, &first))
		return;
	draft_open(&reason);
	describe(comparison, reason.out, want, &first);
	judge_decide_draft(judge, VERDICT_FAIL, comparison->step, want->where, &reason);
	draft_open(&got);
	returned_print(got.out, judge->history, comparison->event, comparison->call);
	/* A count is wanted of a call that gave bytes: say the count as well. */
	if (comparison->call->result == RESULT_BYTES && first.kind != VALUE_BYTES &&
	    !comparison->event->result.error)
		fprintf(got.out, " (%" PRId64 ")", comparison->event->result.number);
	judge_show(judge, value_text(&first, comparison->call->result_symbols, NULL),
		   draft_take(&got));
	judge->verdict.also = values_text(comparison, want, 1);
}

/* True if the main result is as wanted. */
static bool match_result(struct comparison *comparison, const struct want *want)
{
	const struct value got = got_value(comparison);
	bool counted = comparison->call->result == RESULT_BYTES && got.kind != VALUE_ERRNO;

	for (size_t i = 0; i < want->count; i++) {
		struct value value;

		if (!evaluate(comparison, want->values[i], want->where, &value))
			return false;
		if (value_matches(&value, &got, counted ? &comparison->event->result.number : NULL,
				  false))
			return true;
	}
	fail_value(comparison, want);
	return false;
}

static void match_outs(struct comparison *comparison, const struct want *want)
{
	struct judge *judge = comparison->judge;

	for (size_t i = 0; i < want->out_count; i++) {
		const struct want_out *out = &want->outs[i];
		const char *name = comparison->call->outs[out->out];
		enum symbol_class symbols = out_symbols(name);
		struct value value, got = returned_out(judge->history, comparison->event, out->out,
						       &judge->memory);
		char *wanted_text, *got_text;

		if (!evaluate(comparison, out->value, out->where, &value))
			return;
		if (value_matches(&value, &got, NULL, true))
			continue;
		wanted_text = value_text(&value, symbols, name);
		got_text = value_text(&got, symbols, name);
		judge_decide(judge, VERDICT_FAIL, comparison->step, out->where,
			     "%s gave %s instead of %s", comparison->call->name, got_text,
			     wanted_text);
		judge_show(judge, wanted_text, got_text);
		return;
	}
}

/* Nothing was written about the result: then it must not be an error. */
static bool match_success(struct comparison *comparison)
{
	const struct event *event = comparison->event;

	if (!event->result.error)
		return true;
	judge_show(comparison->judge, draft_copy("any result but an error"),
		   judge_result_text(comparison->judge, event));
	judge_decide(comparison->judge, VERDICT_FAIL, comparison->step, (struct location){ 0 },
		     "%s failed: %s", comparison->call->name, comparison->judge->verdict.got);
	return false;
}

static bool match_main(struct comparison *comparison, const struct want *want)
{
	switch (want->kind) {
	case WANT_SUCCESS: return match_success(comparison);
	case WANT_ONE_OF: return match_result(comparison, want);
	case WANT_NEVER:
	case WANT_BLOCKS: /* not asked for here */
		judge_show(comparison->judge, draft_copy("GONE"),
			   judge_result_text(comparison->judge, comparison->event));
		judge_decide(comparison->judge, VERDICT_FAIL, comparison->step, want->where,
			     "must not return, but returned %s", comparison->judge->verdict.got);
		return false;
	}
	abort();
}

void judge_result(struct judge *judge, int step, const struct event *event)
{
	const struct want *want = &judge->plan->steps[step].want;
	struct comparison comparison = {
		.judge = judge,
		.step = step,
		.event = event,
		.call = plan_call(judge->plan, event->call_step),
		.environment = {
			.bindings = judge->witnesses[event->endpoint].bindings,
			.held = (const int (*)[2])judge->held +
				(size_t)event->endpoint * judge->plan->channel_count,
			.channels = judge->channels,
			.pids = judge->pids,
		},
	};

	if (match_main(&comparison, want))
		match_outs(&comparison, want);
	environment_free_scratch(&comparison.environment);
}
