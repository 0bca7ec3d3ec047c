// SPDX-License-Identifier: MIT
/* Explanations, word for word. */
#include "checks.h"
#include "printed.h"
#include "report.h"
#include "settle.h"
#include "story.h"

static const struct beat fifo_beats[] = {
	{ .text = "reader: r = open(c, O_RDONLY) blocks",
	  .kind = STEP_CALL,
	  .endpoint = READER,
	  .call = &story_open,
	  .want = WANT_BLOCKS,
	  .bind = 1 },
	{ .text = "writer: open(c, O_WRONLY)",
	  .kind = STEP_CALL,
	  .endpoint = WRITER,
	  .call = &story_open },
	{ .text = "reader: resumes", .kind = STEP_RESUMES, .endpoint = READER },
	{ .text = "reader: read(r, 64) = \"hello\"",
	  .kind = STEP_CALL,
	  .endpoint = READER,
	  .call = &story_read,
	  .want = WANT_ONE_OF,
	  .values = { BYTES("hello"), KIND(EOF) } },
	{ 0 },
};

static const struct sighting fifo_seen[] = {
	SEEN(STARTED, READER, .number = 2),
	SEEN(STARTED, WRITER, .number = 3),
	STEP,
	CALLS(READER),
	ASLEEP(READER, 257),
	STEP,
	CALLS(WRITER),
	RETURNS(READER, 3),
	RETURNS(WRITER, 4),
	STEP,
	STEP,
	CALLS(READER),
	GIVES(READER, "help"),
	END,
	{ 0 },
};

static struct story story;

static void judge_story(const struct beat *beats, const struct sighting *seen,
			struct verdict *verdict)
{
	struct judge *judge;

	story_open_book(&story, beats);
	judge = judge_new(&story.plan, &story.history);
	story_tell(&story, seen, NULL);
	judge_continue(judge);
	judge_finish(judge, verdict);
	judge_free(judge);
}

START_TEST(test_failure)
{
	struct cite cites[] = {
		{ .kind = "man",
		  .document = "fifo(7)",
		  .place = "opening blocks",
		  .next = &cites[1] },
		{ .kind = "posix", .document = "read" },
	};
	struct word covers[] = { { .text = "fifo.a", .next = &covers[1] }, { .text = "fifo.b" } };
	struct test_result result = { .plan = &story.plan, .replay = "ipcdrill run pipe/story" };
	struct print print;

	judge_story(fifo_beats, fifo_seen, &result.verdict);
	story.scenario.cites = cites;
	story.scenario.covers = covers;
	result.history = story.history;
	result.verdict.facts = strdup("c holds 0 bytes\nfds of reader: 3");
	print_open(&print);
	explain(print.out, &result, false);
	print_expect(&print, "FAIL pipe/story (pipe/story.drill:5:5)\n"
			     "  a story\n"
			     "    5 |     reader: read(r, 64) = \"hello\"\n"
			     "      |     ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
			     "  read returned \"help\", which is none of those allowed\n"
			     "  wanted  \"hello\"\n"
			     "  or      EOF\n"
			     "  got     \"help\"\n"
			     "  cited   man fifo(7): opening blocks\n"
			     "  cited   posix read\n"
			     "  covers  fifo.a, fifo.b\n"
			     "  facts   c holds 0 bytes\n"
			     "          fds of reader: 3\n"
			     "         6.0  reader  open(c, O_RDONLY) <asleep>\n"
			     "        10.5  writer  open(c, O_WRONLY) = 4\n"
			     "        12.0  reader  <resumed> open(c, O_RDONLY) = 3\n"
			     "  >     18.0  reader  read(r, 64) = \"help\"\n"
			     "  replay  ipcdrill run pipe/story\n");
	verdict_free(&result.verdict);
	history_free(&story.history);
}
END_TEST

/* A verdict without a place, a history or a scenario's text prints what there is. */
START_TEST(test_bare)
{
	struct plan plan = { .id = (char *)"pipe/bare" };
	struct test_result result = {
		.plan = &plan,
		.repetition = 2,
		.verdict = { .kind = VERDICT_SKIP, .step = -1, .reason = (char *)"needs: root" }
	};
	struct print print;

	print_open(&print);
	explain(print.out, &result, false);
	print_expect(&print, "SKIP pipe/bare, repetition 3\n  needs: root\n");
}
END_TEST

START_TEST(test_colour)
{
	struct plan plan = { .id = (char *)"pipe/bare" };
	struct test_result result = { .plan = &plan,
				      .verdict = { .kind = VERDICT_UNEXPECTED_PASS, .step = -1 } };
	struct print print;

	print_open(&print);
	explain(print.out, &result, true);
	print_expect(&print, "\033[1;31mUNEXPECTED PASS\033[0m \033[1mpipe/bare\033[0m\n");
}
END_TEST

/* The caret stands under its character whatever is before it; a terminal gets nothing to obey. */
START_TEST(test_caret)
{
	char text[] = "ipcdrill 1\n\t\xc3\xa9\x1b[2J: read(c) = 5\n";
	struct scenario_file file = {
		.source = { .path = (char *)"a.drill", .text = text, .length = sizeof(text) - 1 },
	};
	struct plan plan = { .id = (char *)"a", .file = &file };
	struct test_result result = {
		.plan = &plan,
		.verdict = { .kind = VERDICT_FAIL, .step = -1, .where = { 2, 20, 21 } }
	};
	struct print print;

	print_open(&print);
	explain(print.out, &result, false);
	print_expect(&print, "FAIL a (a.drill:2:20)\n"
			     "    2 | \t\xc3\xa9?[2J: read(c) = 5\n"
			     "      | \t                 ^\n");
}
END_TEST

/* Of a line without end only the part around the place; the caret never runs past the line. */
START_TEST(test_long_line)
{
	size_t length = 100000;
	char *text = malloc(length + 1);
	struct scenario_file file = {
		.source = { .path = (char *)"a.drill", .text = text, .length = length },
	};
	struct plan plan = { .id = (char *)"a", .file = &file };
	struct test_result result = {
		.plan = &plan,
		.verdict = { .kind = VERDICT_FAIL, .step = -1, .where = { 1, 5000, 90000 } }
	};
	struct print print;

	memset(text, 'x', length);
	text[length] = '\0';
	print_open(&print);
	explain(print.out, &result, false);
	fclose(print.out);
	ck_assert_uint_lt(print.length, 1000);
	free(print.text);
	result.verdict.where.line = 2;
	print_open(&print);
	explain(print.out, &result, false);
	print_expect(&print, "FAIL a (a.drill:2:5000)\n");
	free(text);
}
END_TEST

START_TEST(test_grade)
{
	struct test_result result = { .plan = &story.plan };
	struct verdict verdict;
	struct print print;

	judge_story(fifo_beats, fifo_seen, &verdict);
	verdict_free(&verdict);
	story.history.grade = SETTLE_TIME;
	result.history = story.history;
	result.verdict.kind = VERDICT_FAIL;
	result.verdict.step = -1;
	print_open(&print);
	explain(print.out, &result, false);
	fclose(print.out);
	ck_assert_ptr_nonnull(strstr(print.text, "sleep was judged by 'time'"));
	free(print.text);
	history_free(&story.history);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_failure);
	tcase_add_test(tcase, test_bare);
	tcase_add_test(tcase, test_colour);
	tcase_add_test(tcase, test_caret);
	tcase_add_test(tcase, test_long_line);
	tcase_add_test(tcase, test_grade);
}

int main(void)
{
	return checks_run_case("explain", fill);
}
