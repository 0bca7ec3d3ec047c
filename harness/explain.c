// SPDX-License-Identifier: MIT
/* The full explanation of a verdict, like a good compiler's message. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "quote.h"
#include "report.h"
#include "settle.h"
#include "timeline.h"
#include "totals.h"
#include "utf8.h"
#include "visible.h"

enum {
	TIMELINE_LINES = 12,
	SOURCE_WIDTH = 160, /* of a longer line, the part around the place */
	SOURCE_LEAD = 100, /* of it, before the place */
};

struct page {
	FILE *out;
	const char *loud, *quiet, *mark, *plain; /* what turns the colours on and off */
};

static struct page page_of(FILE *out, bool colour)
{
	if (!colour)
		return (struct page){ out, "", "", "", "" };
	return (struct page){ out, "\033[1m", "\033[2m", "\033[1;31m", "\033[0m" };
}

/* Labels stand in a column of their own; nothing for an empty text. */
static void print_labelled(const struct page *page, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	fprintf(page->out, "  %s%-8s%s", page->quiet, label, page->plain);
	visible_text(page->out, text);
	fputc('\n', page->out);
}

static void print_file(FILE *out, const char *path, const struct location *where)
{
	fputs(" (", out);
	visible_text(out, path);
	if (where->line)
		fprintf(out, ":%d:%d", where->line, where->column);
	fputc(')', out);
}

static void print_header(const struct page *page, const struct test_result *result)
{
	const struct verdict *verdict = &result->verdict;
	const char *path = result->plan->file ? result->plan->file->source.path : NULL;

	fputs(page->mark, page->out);
	for (const char *name = verdict_name(verdict->kind); *name; name++)
		fputc(toupper((unsigned char)*name), page->out);
	fprintf(page->out, "%s %s", page->plain, page->loud);
	visible_text(page->out, result->plan->id);
	fputs(page->plain, page->out);
	if (path)
		print_file(page->out, path, &verdict->where);
	if (result->repetition)
		fprintf(page->out, ", repetition %u", result->repetition + 1);
	fputc('\n', page->out);
}

/* A tab stays one under itself; what a terminal might obey is not passed on to it. */
static void print_source(FILE *out, const char *text, size_t length, bool as_blanks)
{
	for (size_t i = 0; i < length;) {
		uint32_t code = 0;
		size_t bytes = utf8_decode(text + i, length - i, &code);
		int width = bytes ? utf8_width(code) : -1;

		if (text[i] == '\t')
			fputc('\t', out);
		else if (as_blanks)
			fprintf(out, "%*s", width < 0 ? 1 : width, "");
		else if (width < 0)
			fputc('?', out);
		else
			fwrite(text + i, 1, bytes, out);
		i += bytes ? bytes : 1;
	}
}

static void print_caret(const struct page *page, const struct location *where, size_t room)
{
	int length = where->end_column - where->column;

	fprintf(page->out, "%s^", page->mark);
	for (int i = 1; i < length && (size_t)i < room; i++)
		fputc('~', page->out);
	fprintf(page->out, "%s\n", page->plain);
}

static void print_place(const struct page *page, const struct test_result *result)
{
	const struct location *where = &result->verdict.where;
	size_t length, at, begin = 0;
	const char *line = result->plan->file
				   ? quote_line(&result->plan->file->source, where->line, &length)
				   : NULL;

	if (!line)
		return;
	at = where->column > 0 ? (size_t)where->column - 1 : 0;
	if (at > length)
		at = length;
	if (length > SOURCE_WIDTH && at > SOURCE_LEAD)
		begin = at - SOURCE_LEAD;
	if (length - begin > SOURCE_WIDTH)
		length = begin + SOURCE_WIDTH;
	fprintf(page->out, "%s%5d |%s ", page->quiet, where->line, page->plain);
	print_source(page->out, line + begin, length - begin, false);
	fprintf(page->out, "\n%s      |%s ", page->quiet, page->plain);
	print_source(page->out, line + begin, at - begin, true);
	print_caret(page, where, length - at);
}

static void print_citations(const struct page *page, const struct scenario *scenario)
{
	const char *joint = "";

	for (const struct cite *cite = scenario->cites; cite; cite = cite->next) {
		fprintf(page->out, "  %s%-8s%s%s %s%s%s\n", page->quiet, "cited", page->plain,
			cite->kind, cite->document, cite->place ? ": " : "",
			cite->place ? cite->place : "");
	}
	if (!scenario->covers)
		return;
	fprintf(page->out, "  %s%-8s%s", page->quiet, "covers", page->plain);
	for (const struct word *id = scenario->covers; id; id = id->next) {
		fprintf(page->out, "%s%s", joint, id->text);
		joint = ", ";
	}
	fputc('\n', page->out);
}

/* Facts may have several lines. */
static void print_facts(const struct page *page, const char *facts)
{
	const char *label = "facts";

	while (facts && *facts) {
		size_t length = strcspn(facts, "\n");

		fprintf(page->out, "  %s%-8s%s", page->quiet, label, page->plain);
		visible_bytes(page->out, facts, length);
		fputc('\n', page->out);
		facts += length + (facts[length] == '\n');
		label = "";
	}
}

/* Only worth a word where something weaker than the best decided who was asleep. */
static void print_grade(const struct page *page, const struct history *history)
{
	if (history->grade == SETTLE_SYSCALL || history->grade > SETTLE_TIME)
		return;
	fprintf(page->out, "  %s%-8s%ssleep was judged by '%s', not by the system call%s\n",
		page->quiet, "probe", page->plain,
		settle_grade_name((enum settle_grade)history->grade),
		history->grade == SETTLE_TIME ? ": a busy machine may look asleep" : "");
}

void explain(FILE *out, const struct test_result *result, bool colour)
{
	const struct page page = page_of(out, colour);
	const struct verdict *verdict = &result->verdict;
	const struct scenario *scenario = result->plan->scenario;

	print_header(&page, result);
	if (scenario && scenario->title)
		fprintf(out, "  %s\n", scenario->title);
	print_place(&page, result);
	if (verdict->reason) {
		fprintf(out, "  %s", page.loud);
		visible_text(out, verdict->reason);
		fprintf(out, "%s\n", page.plain);
	}
	print_labelled(&page, "wanted", verdict->wanted);
	print_labelled(&page, "or", verdict->also);
	print_labelled(&page, "got", verdict->got);
	if (scenario)
		print_citations(&page, scenario);
	print_facts(&page, verdict->facts);
	if (result->history.count) {
		print_grade(&page, &result->history);
		timeline_print(out, result->plan, &result->history, "  ", TIMELINE_LINES,
			       verdict->step);
	}
	print_labelled(&page, "replay", result->replay);
}

void explain_timeline(FILE *out, const struct plan *plan, const struct history *history)
{
	timeline_print(out, plan, history, "", 0, -1);
}

void explain_grade(FILE *out, const char *prefix, const struct totals *totals)
{
	if (totals->weaker)
		fprintf(out,
			"%swhat is asleep was judged by grade '%s' in %zu of %zu tests, "
			"not by the kernel naming the call\n",
			prefix, settle_grade_name((enum settle_grade)totals->grade), totals->weaker,
			totals_done(totals));
}
