// SPDX-License-Identifier: MIT
/*
 * Keywords. A word is one only where it could matter: at the start of a statement of the right
 * level, or later in a line of the right kind. Everywhere else it is a name, so calls,
 * parameters and endpoints may be called anything.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "scenario_parser.h"
#include "syntax.h"

#define AT(level) (1U << (level))

enum line {
	IN_ACROSS = 1,
	IN_CHANNEL = 2,
	IN_FAULT = 4,
	IN_REPEAT = 8,
	IN_STEP = 16,
	WITH_ENDS = IN_ACROSS | IN_CHANNEL,
};

static const struct keyword {
	const char *word;
	int token;
	unsigned int starts; /* levels in which it may begin a statement */
	unsigned int inside; /* lines in which it means something later on */
} keywords[] = {
	{ "ipcdrill", TOKEN_IPCDRILL, AT(LEVEL_FILE), 0 },
	{ "scenario", TOKEN_SCENARIO, AT(LEVEL_FILE), 0 },
	{ "cite", TOKEN_CITE, AT(LEVEL_SCENARIO), 0 },
	{ "covers", TOKEN_COVERS, AT(LEVEL_SCENARIO), 0 },
	{ "tags", TOKEN_TAGS, AT(LEVEL_SCENARIO), 0 },
	{ "requires", TOKEN_REQUIRES, AT(LEVEL_SCENARIO), 0 },
	{ "timeout", TOKEN_TIMEOUT, AT(LEVEL_SCENARIO), 0 },
	{ "across", TOKEN_ACROSS, AT(LEVEL_SCENARIO), 0 },
	{ "channel", TOKEN_CHANNEL, AT(LEVEL_SCENARIO), 0 },
	{ "endpoint", TOKEN_ENDPOINT, AT(LEVEL_SCENARIO), 0 },
	{ "let", TOKEN_LET, AT(LEVEL_SCENARIO), 0 },
	{ "fault", TOKEN_FAULT, AT(LEVEL_SCENARIO), 0 },
	{ "deviates", TOKEN_DEVIATES, AT(LEVEL_SCENARIO), 0 },
	{ "run", TOKEN_RUN, AT(LEVEL_SCENARIO), 0 },
	{ "race", TOKEN_RACE, AT(LEVEL_SCENARIO), 0 },
	{ "invariant", TOKEN_INVARIANT, AT(LEVEL_SCENARIO), 0 },
	{ "outcome", TOKEN_OUTCOME, AT(LEVEL_SCENARIO), 0 },
	{ "do", TOKEN_DO, AT(LEVEL_STATEMENTS), 0 },
	{ "await", TOKEN_AWAIT, AT(LEVEL_STATEMENTS), 0 },
	{ "check", TOKEN_CHECK, AT(LEVEL_STATEMENTS), 0 },
	{ "repeat", TOKEN_REPEAT, AT(LEVEL_STATEMENTS), 0 },
	{ "allow", TOKEN_ALLOW, AT(LEVEL_OUTCOME), 0 },
	{ "forbid", TOKEN_FORBID, AT(LEVEL_OUTCOME), 0 },
	{ "witness", TOKEN_WITNESS, AT(LEVEL_OUTCOME), 0 },
	{ "in", TOKEN_IN, 0, IN_ACROSS | IN_STEP },
	{ "from", TOKEN_FROM, 0, WITH_ENDS },
	{ "to", TOKEN_TO, 0, WITH_ENDS },
	{ "between", TOKEN_BETWEEN, 0, WITH_ENDS },
	{ "and", TOKEN_AND, 0, WITH_ENDS },
	{ "held", TOKEN_HELD, 0, WITH_ENDS },
	{ "by", TOKEN_BY, 0, WITH_ENDS },
	{ "on", TOKEN_ON, 0, IN_FAULT },
	{ "entry", TOKEN_ENTRY, 0, IN_FAULT },
	{ "exit", TOKEN_EXIT, 0, IN_FAULT | IN_STEP },
	{ "nth", TOKEN_NTH, 0, IN_FAULT },
	{ "every", TOKEN_EVERY, 0, IN_FAULT },
	{ "optional", TOKEN_OPTIONAL, 0, IN_FAULT },
	{ "as", TOKEN_AS, 0, IN_REPEAT | IN_STEP },
	{ "with", TOKEN_WITH, 0, IN_STEP },
	{ "resumes", TOKEN_RESUMES, 0, IN_STEP },
	{ "blocks", TOKEN_BLOCKS, 0, IN_STEP },
};

enum { KEYWORD_COUNT = sizeof(keywords) / sizeof(keywords[0]) };

/* What the levels call that which stands in them, and where it belongs. */
static const struct {
	const char *statement;
	const char *place;
} levels[] = {
	[LEVEL_FILE] = { "'scenario'", "outside of every scenario" },
	[LEVEL_SCENARIO] = { "a declaration", "directly in a scenario" },
	[LEVEL_STATEMENTS] = { "a statement", "in run { } or race { }" },
	[LEVEL_OUTCOME] = { "'allow', 'forbid' or 'witness'", "in outcome { }" },
};

static const struct keyword *find_starter(const char *word, size_t length)
{
	for (size_t i = 0; i < KEYWORD_COUNT; i++)
		if (keywords[i].starts && strlen(keywords[i].word) == length &&
		    !memcmp(keywords[i].word, word, length))
			return &keywords[i];
	return NULL;
}

int syntax_later_word(int starter, struct text word)
{
	unsigned int line = starter == TOKEN_NAME      ? IN_STEP
			    : starter == TOKEN_ACROSS  ? IN_ACROSS
			    : starter == TOKEN_CHANNEL ? IN_CHANNEL
			    : starter == TOKEN_FAULT   ? IN_FAULT
			    : starter == TOKEN_REPEAT  ? IN_REPEAT
						       : 0;

	for (size_t i = 0; i < KEYWORD_COUNT; i++)
		if (keywords[i].inside & line && !strcmp(keywords[i].word, word.bytes))
			return keywords[i].token;
	return TOKEN_NAME;
}

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t\r");
}

char syntax_peek(const struct syntax *syntax)
{
	const char *next = skip_blanks(syntax->file->source.text + syntax->offset);

	return *next == '#' || !*next ? '\n' : *next;
}

static size_t word_length(const char *at)
{
	size_t length = 0;

	while (isalnum((unsigned char)at[length]) || at[length] == '_')
		length++;
	return length;
}

/*
 * Two words side by side, the first of which begins statements, and "word:" never stand between
 * brackets.
 */
bool syntax_line_starts_statement(const struct syntax *syntax)
{
	const char *at = skip_blanks(syntax->file->source.text + syntax->offset);
	size_t length = word_length(at);
	const char *next = skip_blanks(at + length);

	if (!length)
		return false;
	return *next == ':' || (find_starter(at, length) && (isalnum((unsigned char)*next) ||
							     (*next && strchr("_\"{", *next))));
}

struct candidates {
	enum syntax_level level;
	size_t next;
};

static const char *next_candidate(void *context)
{
	struct candidates *candidates = context;

	while (candidates->next < KEYWORD_COUNT) {
		const struct keyword *keyword = &keywords[candidates->next++];

		if (keyword->starts & AT(candidates->level))
			return keyword->word;
	}
	return NULL;
}

bool syntax_may_begin_file(struct text word)
{
	struct candidates candidates = { .level = LEVEL_FILE };

	return find_starter(word.bytes, word.length) ||
	       diag_nearest(word.bytes, next_candidate, &candidates);
}

/* A word that begins no statement here: the one that was likely meant, or YYerror. */
static int unknown_word(struct syntax *syntax, const struct token *token, enum syntax_level level)
{
	struct candidates candidates = { .level = level };
	const char *meant = diag_nearest(token->value.text.bytes, next_candidate, &candidates);
	char help[80], found[64];

	syntax_found(syntax, token->where, found, sizeof(found));
	if (!meant) {
		if (level == LEVEL_STATEMENTS)
			return TOKEN_NAME;
		syntax_report(syntax, token->where, NULL, "expected %s, found %s",
			      levels[level].statement, found);
		return TOKEN_SYNTAX_error;
	}
	snprintf(help, sizeof(help), "did you mean '%s'?", meant);
	syntax_complain(syntax, token->where, help, "expected %s, found %s",
			levels[level].statement, found);
	return find_starter(meant, strlen(meant))->token;
}

int syntax_first_word(struct syntax *syntax, const struct token *token)
{
	enum syntax_level level = syntax->block_count
					  ? syntax->blocks[syntax->block_count - 1].level
					  : LEVEL_FILE;
	const struct keyword *keyword = find_starter(token->value.text.bytes,
						     token->value.text.length);

	if (syntax_peek(syntax) == ':') {
		if (level == LEVEL_STATEMENTS)
			return TOKEN_NAME;
		syntax_report(syntax, token->where, NULL, "a step belongs %s",
			      levels[LEVEL_STATEMENTS].place);
		return TOKEN_SYNTAX_error;
	}
	if (!keyword)
		return unknown_word(syntax, token, level);
	if (keyword->starts & AT(level))
		return keyword->token;
	for (enum syntax_level other = LEVEL_FILE; other <= LEVEL_OUTCOME; other++)
		if (keyword->starts & AT(other))
			syntax_report(syntax, token->where, NULL, "'%s' belongs %s", keyword->word,
				      levels[other].place);
	return TOKEN_SYNTAX_error;
}
