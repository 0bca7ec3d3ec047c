// SPDX-License-Identifier: MIT
/* Timelines, word for word: every kind of event, long histories, and such as make no sense. */
#include "checks.h"
#include "printed.h"
#include "report.h"
#include "story.h"

static struct story story;

START_TEST(test_timeline_kinds)
{
	const struct beat beats[] = {
		{ .text = "reader: read(c,  # the pipe",
		  .kind = STEP_CALL,
		  .endpoint = READER,
		  .call = &story_read,
		  .want = WANT_BLOCKS },
		{ .text = "  64) blocks", .kind = STEP_CHECK },
		{ .text = "do kill reader, SIGKILL",
		  .kind = STEP_KILL,
		  .endpoint = READER,
		  .number = SIGKILL },
		{ .text = "do restart reader", .kind = STEP_RESTART, .endpoint = READER },
		{ .text = "reader: write(c, \"x)\") = GONE",
		  .kind = STEP_CALL,
		  .endpoint = READER,
		  .call = &story_write,
		  .want = WANT_NEVER },
		{ .text = "writer: exit = 3", .kind = STEP_EXIT, .endpoint = WRITER, .number = 3 },
		{ .text = "writer: write(c, \"x\")",
		  .kind = STEP_CALL,
		  .endpoint = WRITER,
		  .call = &story_write },
		{ 0 },
	};
	const struct sighting seen[] = {
		STEP,
		CALLS(READER),
		ASLEEP(READER, 0),
		STEP,
		ASLEEP(READER, 0),
		SEEN(CHECKED, -1, .number = 1, .text = "1 == 1"),
		STEP,
		SEEN(SIGNALLED, READER, .number = SIGKILL),
		DIES(READER, SIGKILL),
		STEP,
		SEEN(STARTED, READER, .number = 9),
		STEP,
		CALLS(READER),
		DIES(READER, SIGPIPE),
		STEP,
		DIES(WRITER, 3 << 8),
		STEP,
		CALLS(WRITER),
		SEEN(RETURNED, WRITER, .complaint = "no such end"),
		SEEN(LATE, -1, .text = "writer: running"),
		SEEN(LEFT_BEHIND, -1, .text = "file 'x'"),
		SEEN(BROKEN, -1, .text = "no memory"),
		END,
		{ 0 },
	};
	struct print print;

	story_open_book(&story, beats);
	story_tell(&story, seen, NULL);
	print_open(&print);
	explain_timeline(print.out, &story.plan, &story.history);
	print_expect(&print,
		     "       3.0  reader  read(c, 64) <asleep>\n"
		     "       9.0          check holds: 1 == 1\n"
		     "      12.0  reader  --- SIGKILL ---\n"
		     "      13.5  reader  +++ killed by SIGKILL +++\n"
		     "      16.5  reader  +++ started, pid 9 +++\n"
		     "      19.5  reader  write(c, \"x)\") = GONE +++ killed by SIGPIPE +++\n"
		     "      24.0  writer  +++ exited with 3 +++\n"
		     "      27.0  writer  write(c, \"x\") = no such end\n"
		     "      30.0          late: writer: running\n"
		     "      31.5          left behind: file 'x'\n"
		     "      33.0          broken: no memory\n");
	history_free(&story.history);
}
END_TEST

/* Of a long history the beginning and the end, and how much is missing. */
START_TEST(test_timeline_cut)
{
	const struct beat beats[] = {
		{ .text = "writer: write(c, \"x\")",
		  .kind = STEP_CALL,
		  .endpoint = WRITER,
		  .call = &story_write },
		{ 0 },
	};
	const struct sighting once[] = { CALLS(WRITER), RETURNS(WRITER, 1) };
	struct test_result result = { .plan = &story.plan,
				      .verdict = { .kind = VERDICT_FAIL, .step = -1 } };
	struct print print;
	size_t lines = 0;

	story_open_book(&story, beats);
	for (int i = 0; i < 1000; i++) {
		story_happens(&story, 0, 0, &once[0]);
		story_happens(&story, 0, 0, &once[1]);
	}
	result.history = story.history;
	print_open(&print);
	explain(print.out, &result, false);
	fclose(print.out);
	ck_assert_ptr_nonnull(strstr(print.text, "   ... 989 more ...\n"));
	ck_assert_ptr_nonnull(strstr(print.text, " 2998.5  writer  write(c, \"x\") = 1\n"));
	for (const char *at = print.text; (at = strchr(at, '\n')); at++)
		lines++;
	ck_assert_uint_eq(lines, 2 + 12);
	free(print.text);
	print_open(&print);
	explain_timeline(print.out, &story.plan, &story.history);
	fclose(print.out);
	for (const char *at = print.text; (at = strchr(at, '\n')); at++)
		lines++;
	ck_assert_uint_eq(lines, 2 + 12 + 1000);
	free(print.text);
	history_free(&story.history);
}
END_TEST

/* A history that does not fit its plan is printed somehow, never believed. */
START_TEST(test_timeline_nonsense)
{
	const struct beat beats[] = { { .text = "do stop reader", .kind = STEP_STOP }, { 0 } };
	struct sighting seen = { .number = 1, .bytes = "abc", .out = { VALUE_BYTES, 0, 100, 100 } };
	struct print print;

	story_open_book(&story, beats);
	for (int kind = EVENT_CHANNEL; kind <= EVENT_END; kind++) {
		seen.kind = (enum event_kind)kind;
		seen.endpoint = 77;
		story_happens(&story, 55, 66, &seen);
		seen.endpoint = -1;
		story_happens(&story, -1, 0, &seen);
	}
	print_open(&print);
	explain_timeline(print.out, &story.plan, &story.history);
	fclose(print.out);
	ck_assert_ptr_nonnull(strstr(print.text, "a damaged result"));
	free(print.text);
	history_free(&story.history);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_timeline_kinds);
	tcase_add_test(tcase, test_timeline_cut);
	tcase_add_test(tcase, test_timeline_nonsense);
}

int main(void)
{
	return checks_run_case("timeline", fill);
}
