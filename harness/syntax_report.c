// SPDX-License-Identifier: MIT
/* Messages about the syntax: which are worth printing, and in whose words. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "scenario_parser.h"
#include "syntax.h"

enum {
	MESSAGE_MAX = 400,
	/* A file with more is not a scenario file; reading on would only cost time. */
	ERRORS_MAX = 10000,
};

static void count_error(struct syntax *syntax)
{
	if (syntax->scenario)
		syntax->scenario->damaged = true;
	if (++syntax->errors == ERRORS_MAX)
		syntax_stop(syntax);
}

__attribute__((format(printf, 4, 0)))
static void print_error(struct syntax *syntax, struct location where, const char *help,
			const char *format, va_list arguments)
{
	char text[MESSAGE_MAX];

	vsnprintf(text, sizeof(text), format, arguments);
	diag_error(syntax->diag, &syntax->file->source, where, help, "%s", text);
}

/* The newest message is about a part of this: whatever else is wrong with it follows from that. */
static bool is_told(const struct syntax *syntax, struct location where)
{
	const struct diag *diag = syntax->diag;
	struct location told = { 0 };

	if (diag->count)
		told = diag_place(diag, diag->count - 1, &syntax->file->source);
	return told.line == where.line && told.column >= where.column &&
	       told.column < where.end_column;
}

void syntax_report(struct syntax *syntax, struct location where, const char *help,
		   const char *format, ...)
{
	va_list arguments;

	if (!syntax->stopped && !syntax->skipping && syntax->error_line != where.line &&
	    !is_told(syntax, where)) {
		syntax->error_line = where.line;
		va_start(arguments, format);
		print_error(syntax, where, help, format, arguments);
		va_end(arguments);
	}
	count_error(syntax);
	/* If the end of the line was delivered already, there is nothing left to skip. */
	syntax->skipping = syntax->last != TOKEN_NL && syntax->last != TOKEN_BLOCK_OPEN;
}

void syntax_complain(struct syntax *syntax, struct location where, const char *help,
		     const char *format, ...)
{
	va_list arguments;

	if (!syntax->stopped && !syntax->skipping) {
		va_start(arguments, format);
		print_error(syntax, where, help, format, arguments);
		va_end(arguments);
	}
	count_error(syntax);
}

void syntax_stop(struct syntax *syntax)
{
	syntax->stopped = true;
}

/* "the '(' of line 3, column 9 is not closed", or NULL; the text is in the given buffer. */
static const char *open_bracket(const struct syntax *syntax, char *text, size_t size)
{
	const struct bracket *open;

	if (!syntax->bracket_count)
		return NULL;
	open = &syntax->brackets[syntax->bracket_count - 1];
	snprintf(text, size, "the '%c' of line %d, column %d is not closed", open->opening,
		 open->where.line, open->where.column - (int)syntax->file->source.before);
	return text;
}

const char *syntax_found(const struct syntax *syntax, struct location where, char *text,
			 size_t size)
{
	const struct source *source = &syntax->file->source;
	size_t start = syntax->line_offset + (size_t)where.column - 1;
	size_t length = (size_t)(where.end_column - where.column);
	bool cut = length > 40;

	if (where.line != syntax->line || start + length > source->length || !length)
		return NULL;
	if (cut) {
		length = 40;
		while (length > 1 && (source->text[start + length] & 0xc0) == 0x80)
			length--;
	}
	snprintf(text, size, "'%.*s%s'", (int)length, source->text + start, cut ? "..." : "");
	return text;
}

static bool contains(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/*
 * Sets of symbols that are one idea to a reader. The first of which all signs are expected
 * stands for the whole set, except for ends, which are told as well.
 */
static const struct idea {
	const char *sign;
	const char *other_sign;
	const char *words;
} ideas[] = {
	{ "a call", "'resumes'", "a call, 'resumes', 'blocks' or 'exit'" },
	{ "a call", "a call", "a call" },
	{ "'channel'", "'cite'", "a declaration" },
	{ "'check'", "'do'", "a statement" },
	{ "'scenario'", "'scenario'", "'scenario'" },
	{ "a number", "a string", "a value" },
	{ "a name", "'from'", "a name" },
};

static bool is_end(const char *name)
{
	return !strcmp(name, "end of line") || !strcmp(name, "')'") || !strcmp(name, "'}'") ||
	       !strcmp(name, "','");
}

/* After a complete value anything may go on; only what ends it is worth a word. */
static bool is_continuation(const char *name)
{
	static const char *const names[] = { "'+'",  "'-'",  "'*'",  "'%'", "'|'", "'||'",
					     "'&&'", "'=='", "'!='", "'<'", "'>'", "'<='",
					     "'>='", "'~'",  "'..'", "'.'", "'('", "'='" };

	return contains(names, sizeof(names) / sizeof(names[0]), name);
}

static void append(char *text, size_t size, const char *part)
{
	size_t length = strlen(text);

	snprintf(text + length, size - length, "%s", part);
}

static const struct idea *find_idea(const char *const *expected, int count)
{
	for (size_t i = 0; i < sizeof(ideas) / sizeof(ideas[0]); i++)
		if (contains(expected, count, ideas[i].sign) &&
		    contains(expected, count, ideas[i].other_sign))
			return &ideas[i];
	return NULL;
}

/* "A, B or C" */
static void list_expected(char *text, size_t size, const char *const *expected, int count)
{
	bool after_value = contains(expected, count, "'+'");
	bool may_end = contains(expected, count, "end of line");
	const struct idea *idea = after_value ? NULL : find_idea(expected, count);
	const char *told[32];
	int left = 0;

	if (idea)
		told[left++] = idea->words;
	for (int i = 0; i < count && left < 32; i++) {
		if (after_value && is_continuation(expected[i]))
			continue;
		if (idea ? is_end(expected[i]) : !may_end || strcmp(expected[i], "'('") != 0)
			told[left++] = expected[i];
	}
	for (int i = 0; i < left; i++) {
		if (i)
			append(text, size, i == left - 1 ? " or " : ", ");
		append(text, size, told[i]);
	}
}

void syntax_unexpected(struct syntax *syntax, struct location where, const char *const *expected,
		       int count)
{
	char text[MESSAGE_MAX] = "", found[64], bracket[80];
	const char *what = syntax->last == TOKEN_NL ? "end of line"
			   : syntax->last == TOKEN_YYEOF
				   ? "end of file"
				   : syntax_found(syntax, where, found, sizeof(found));
	const char *help = syntax->last == TOKEN_NL
				   ? open_bracket(syntax, bracket, sizeof(bracket))
				   : NULL;

	list_expected(text, sizeof(text), expected, count);
	syntax_report(syntax, where, help, "expected %s%s%s", text, what ? ", found " : "",
		      what ? what : "");
}

bool syntax_version_is_known(struct syntax *syntax, int64_t version, struct location where)
{
	char found[64];

	if (version == 1)
		return true;
	syntax_report(syntax, where, NULL,
		      "unknown version %s of the language; this program knows version 1",
		      syntax_found(syntax, where, found, sizeof(found)));
	return false;
}

void syntax_error(const struct location *where, struct syntax *syntax, const char *message)
{
	(void)message;
	syntax_report(syntax, *where, NULL, "nested too deeply");
}
