// SPDX-License-Identifier: MIT
/* Every verdict, from plans and histories made by hand. */
#include <errno.h>

#include "checks.h"
#include "judge_failures.h"
#include "judge_passes.h"
#include "judge_surprises.h"
#include "judge_troubles.h"

static void compare(const char *name, const char *what, const char *got, const char *want)
{
	if (want)
		ck_assert_msg(got && !strcmp(got, want), "%s: %s is '%s', not '%s'", name, what,
			      got ? got : "(none)", want);
}

/* `stepwise`: asked after each step, as a run does; else once for all. Both must agree. */
static void run_case(const struct judge_case *test, bool stepwise)
{
	static struct story story;
	struct verdict verdict = { 0 };
	struct judge *judge;

	story_open_book(&story, test->beats);
	judge = judge_new(&story.plan, &story.history);
	if (stepwise) {
		story_tell(&story, test->seen, judge);
	} else {
		story_tell(&story, test->seen, NULL);
		judge_continue(judge);
	}
	judge_finish(judge, &verdict);
	ck_assert_msg(verdict.kind == test->kind, "%s: %s (%s)", test->name,
		      verdict_name(verdict.kind), verdict.reason ? verdict.reason : "no reason");
	compare(test->name, "reason", verdict.reason, test->reason);
	compare(test->name, "wanted", verdict.wanted, test->wanted);
	compare(test->name, "got", verdict.got, test->got);
	compare(test->name, "also", verdict.also, test->also);
	if (test->kind == VERDICT_PASS)
		ck_assert_msg(!verdict.reason && !verdict.wanted && !verdict.got, "%s", test->name);
	else
		ck_assert_msg(verdict.step == test->step, "%s: step %d", test->name, verdict.step);
	if (test->kind != VERDICT_PASS && test->step >= 0)
		ck_assert_int_eq(verdict.where.line, test->step + 2);
	verdict_free(&verdict);
	judge_free(judge);
	history_free(&story.history);
}

START_TEST(test_passes)
{
	run_case(&passes[_i], true);
	run_case(&passes[_i], false);
}
END_TEST

START_TEST(test_failures)
{
	run_case(&failures[_i], true);
	run_case(&failures[_i], false);
}
END_TEST

START_TEST(test_surprises)
{
	run_case(&surprises[_i], true);
	run_case(&surprises[_i], false);
}
END_TEST

START_TEST(test_troubles)
{
	run_case(&troubles[_i], true);
	run_case(&troubles[_i], false);
}
END_TEST

/* The verdict of a write that returns `number`, not 5, where the platform is known to deviate. */
static void judge_deviating(int64_t number, bool claim_is_last, struct verdict *verdict)
{
	const struct beat beats[] = { WRITE_5,
				      claim_is_last ? (struct beat){ 0 } : (struct beat)WRITE_5,
				      { 0 } };
	const struct sighting seen[] = { STEP, CALLS(WRITER), RETURNS(WRITER, number), END, { 0 } };
	static struct story story;
	struct judge *judge;

	story_open_book(&story, beats);
	story.plan.deviation = "writes three";
	judge = judge_new(&story.plan, &story.history);
	story_tell(&story, seen, judge);
	judge_finish(judge, verdict);
	judge_free(judge);
	history_free(&story.history);
}

START_TEST(test_deviation)
{
	struct verdict verdict;

	judge_deviating(3, true, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_EXPECTED_FAILURE);
	ck_assert_str_eq(verdict.reason,
			 "known deviation: writes three; here: write returned 3 instead of 5");
	ck_assert_int_eq(verdict.where.line, 2);
	verdict_free(&verdict);
	judge_deviating(5, true, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_UNEXPECTED_PASS);
	ck_assert_str_eq(verdict.reason, "passed, in spite of the known deviation: writes three");
	verdict_free(&verdict);
	/* A step before the claim must work on every platform. */
	judge_deviating(3, false, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	verdict_free(&verdict);
}
END_TEST

/* The caret stands at the expectation where one is written. */
START_TEST(test_place)
{
	const struct beat beats[] = { WRITE_5, { 0 } };
	const struct sighting seen[] = { STEP, CALLS(WRITER), RETURNS(WRITER, 3), END, { 0 } };
	static struct story story;
	struct verdict verdict;
	struct judge *judge;

	story_open_book(&story, beats);
	story.steps[0].want.where = (struct location){ 2, 29, 30 };
	judge = judge_new(&story.plan, &story.history);
	story_tell(&story, seen, judge);
	judge_finish(judge, &verdict);
	ck_assert_int_eq(verdict.where.column, 29);
	verdict_free(&verdict);
	judge_free(judge);
	history_free(&story.history);
}
END_TEST

/* What is bound must stay readable while the history's heap moves. */
START_TEST(test_bindings)
{
	const struct beat beats[] = {
		{ .text = "reader: r = read(c, 64)",
		  STEP_CALL,
		  READER,
		  &story_read,
		  WANT_SUCCESS,
		  .bind = 1 },
		{ .text = "reader: s = read(c, 64)",
		  STEP_CALL,
		  READER,
		  &story_read,
		  WANT_ONE_OF,
		  { FAILURE(EIO) },
		  .bind = 2 },
		{ 0 },
	};
	const struct sighting seen[] = {
		STEP,  CALLS(READER), GIVES(READER, "kept"),
		STEP,  CALLS(READER), FAILS(READER, EIO),
		{ 0 },
	};
	static struct story story;
	char *filler = calloc(1, 1 << 20);
	const struct value *bindings;
	struct judge *judge;
	struct verdict verdict;

	story_open_book(&story, beats);
	judge = judge_new(&story.plan, &story.history);
	ck_assert(story_tell(&story, seen, judge));
	history_attach(&story.history, &story.history.events[0], filler, 1 << 20);
	bindings = judge_bindings(judge, READER);
	ck_assert_int_eq(bindings[0].kind, VALUE_BYTES);
	ck_assert_uint_eq(bindings[0].length, 4);
	ck_assert_mem_eq(bindings[0].bytes, "kept", 4);
	ck_assert_int_eq(bindings[1].kind, VALUE_ERRNO);
	ck_assert_int_eq(bindings[1].number, EIO);
	ck_assert_int_eq(judge_bindings(judge, WRITER)[0].kind, VALUE_NONE);
	judge_finish(judge, &verdict);
	verdict_free(&verdict);
	judge_free(judge);
	history_free(&story.history);
	free(filler);
}
END_TEST

/* Two numbers in an out-parameter: all must match, in their order. */
static void judge_list(const struct value *items, size_t count, struct verdict *verdict)
{
	struct beat beats[] = { READ(WANT_SUCCESS, .out = "flags"), { 0 } };
	const struct sighting begin[] = { STEP, CALLS(READER), { 0 } };
	const int64_t numbers[] = { 1, -1 };
	static struct story story;
	struct judge *judge;
	struct event *event;

	beats[0].out_value = value_list(items, count);
	story_open_book(&story, beats);
	judge = judge_new(&story.plan, &story.history);
	story_tell(&story, begin, NULL);
	event = history_add(&story.history, EVENT_RETURNED);
	event->result.outs[0] = (struct result_out){ VALUE_LIST, 0, 0, 2 };
	history_attach(&story.history, event, numbers, sizeof(numbers));
	history_add(&story.history, EVENT_END);
	judge_continue(judge);
	judge_finish(judge, verdict);
	judge_free(judge);
	history_free(&story.history);
}

START_TEST(test_list_out)
{
	const struct value items[] = { NUMBER(1), { .kind = VALUE_ANY }, NUMBER(1) };
	struct verdict verdict;

	judge_list(items, 2, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_PASS);
	judge_list(items + 1, 2, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	ck_assert_str_eq(verdict.reason,
			 "read gave flags={MSG_OOB, -1} instead of flags={ANY, MSG_OOB}");
	verdict_free(&verdict);
	judge_list(items, 3, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	verdict_free(&verdict);
	judge_list(items, 0, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	verdict_free(&verdict);
}
END_TEST

/* The out-parameter must be the reader's end of the only channel, as EVENT_STARTED told it. */
static void judge_end_out(int64_t given, bool told, struct verdict *verdict)
{
	const struct beat beats[] = { READ(WANT_SUCCESS, .out = "flags"), { 0 } };
	const struct sighting seen[] = {
		STEP, CALLS(READER), SEEN(RETURNED, READER, .out = { VALUE_INT, given, 0, 0 }), END,
		{ 0 },
	};
	const int32_t held[][2] = { { 7, -1 } };
	static struct story story;
	struct channel channel = { .name = "c" };
	struct judge *judge;
	struct event *event;

	story_open_book(&story, beats);
	story.plan.channels = &channel;
	story.plan.channel_count = 1;
	story.operands[0][STORY_VALUES].kind = OPERAND_END;
	judge = judge_new(&story.plan, &story.history);
	event = history_add(&story.history, EVENT_STARTED);
	event->endpoint = READER;
	if (told)
		history_attach(&story.history, event, held, sizeof(held));
	story_tell(&story, seen, judge);
	judge_finish(judge, verdict);
	judge_free(judge);
	history_free(&story.history);
}

START_TEST(test_end_out)
{
	struct verdict verdict;

	judge_end_out(7, true, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_PASS);
	judge_end_out(8, true, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_FAIL);
	verdict_free(&verdict);
	judge_end_out(7, false, &verdict);
	ck_assert_int_eq(verdict.kind, VERDICT_BROKEN);
	verdict_free(&verdict);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_passes, 0, COUNT(passes));
	tcase_add_loop_test(tcase, test_failures, 0, COUNT(failures));
	tcase_add_loop_test(tcase, test_surprises, 0, COUNT(surprises));
	tcase_add_loop_test(tcase, test_troubles, 0, COUNT(troubles));
	tcase_add_test(tcase, test_deviation);
	tcase_add_test(tcase, test_place);
	tcase_add_test(tcase, test_bindings);
	tcase_add_test(tcase, test_list_out);
	tcase_add_test(tcase, test_end_out);
}

int main(void)
{
	return checks_run_case("judge", fill);
}
