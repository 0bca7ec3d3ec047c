// SPDX-License-Identifier: MIT
/*
 * Brackets and braces for the token filter: what is open, and whether a brace belongs to a
 * block or to a set.
 */
#include <stdbool.h>
#include <string.h>

#include "scenario_parser.h"
#include "syntax.h"

void syntax_enqueue(struct syntax *syntax, int kind, struct location where)
{
	syntax->queue[syntax->queue_first + syntax->queue_count++] =
		(struct token){ .kind = kind, .where = where };
}

bool syntax_in_set(const struct syntax *syntax)
{
	for (int i = 0; i < syntax->bracket_count; i++)
		if (syntax->brackets[i].opening == '{')
			return true;
	return false;
}

void syntax_bracket_open(struct syntax *syntax, struct token *token, char opening)
{
	if (syntax->bracket_count < EXPR_DEPTH_MAX) {
		syntax->brackets[syntax->bracket_count++] = (struct bracket){ opening,
									      token->where };
		return;
	}
	syntax->brackets_lost++;
	if (syntax->skipping)
		return;
	syntax_report(syntax, token->where, NULL, "brackets nested more than %d deep",
		      EXPR_DEPTH_MAX);
	token->kind = TOKEN_SYNTAX_error;
}

void syntax_bracket_close(struct syntax *syntax, char opening)
{
	if (syntax->brackets_lost)
		syntax->brackets_lost--;
	else if (syntax->bracket_count &&
		 syntax->brackets[syntax->bracket_count - 1].opening == opening)
		syntax->bracket_count--;
}

/*
 * A block follows what can end a value or a declaration's head; a set follows what wants a
 * value.
 */
static bool opens_block(const struct syntax *syntax)
{
	static const int before_sets[] = { '(',
					   ',',
					   ':',
					   '=',
					   '|',
					   '+',
					   '-',
					   '*',
					   '%',
					   '!',
					   '<',
					   '>',
					   '~',
					   TOKEN_EQUAL,
					   TOKEN_UNEQUAL,
					   TOKEN_AT_MOST,
					   TOKEN_AT_LEAST,
					   TOKEN_AND_ALSO,
					   TOKEN_OR_ELSE,
					   TOKEN_ARROW,
					   TOKEN_DOTS,
					   TOKEN_SET_OPEN,
					   TOKEN_IN,
					   TOKEN_CHECK,
					   TOKEN_REQUIRES,
					   TOKEN_DEVIATES,
					   TOKEN_INVARIANT,
					   TOKEN_REPEAT,
					   TOKEN_NTH };

	if (syntax->skipping || syntax->last == TOKEN_NL)
		return syntax_peek(syntax) == '\n' && !syntax_in_set(syntax);
	for (size_t i = 0; i < sizeof(before_sets) / sizeof(before_sets[0]); i++)
		if (syntax->last == before_sets[i])
			return false;
	return true;
}

static enum syntax_level block_level(const struct syntax *syntax)
{
	if (!syntax->block_count)
		return LEVEL_SCENARIO;
	return syntax->block_count == 1 && syntax->starter == TOKEN_OUTCOME ? LEVEL_OUTCOME
									    : LEVEL_STATEMENTS;
}

/* From here on a new statement begins. */
void syntax_start_line(struct syntax *syntax)
{
	syntax->at_start = true;
	syntax->skipping = false;
	syntax->starter = 0;
	syntax->prefixes = 0;
}

static void open_block(struct syntax *syntax, struct location where)
{
	if (syntax->block_count == BLOCK_DEPTH_MAX) {
		syntax_report(syntax, where, NULL, "blocks nested more than %d deep",
			      BLOCK_DEPTH_MAX);
		syntax_stop(syntax);
		return;
	}
	syntax->blocks[syntax->block_count] = (struct block){ block_level(syntax), where };
	syntax->block_count++;
	syntax_start_line(syntax);
}

bool syntax_brace_open(struct syntax *syntax, struct token *token)
{
	if (!opens_block(syntax)) {
		token->kind = TOKEN_SET_OPEN;
		syntax->at_start = false;
		syntax_bracket_open(syntax, token, '{');
		return true;
	}
	token->kind = TOKEN_BLOCK_OPEN;
	if (syntax_peek(syntax) != '\n') {
		struct location where = token->where;

		where.column = where.end_column++;
		syntax_complain(syntax, where, NULL, "expected a new line after '{'");
		syntax_enqueue(syntax, TOKEN_NL, where);
	}
	open_block(syntax, token->where);
	return true;
}

void syntax_close_blocks(struct syntax *syntax, int count, struct location where)
{
	for (int i = 0; i < count; i++) {
		syntax_enqueue(syntax, TOKEN_BLOCK_CLOSE, where);
		syntax_enqueue(syntax, TOKEN_NL, where);
	}
	syntax->block_count -= count;
	syntax_start_line(syntax);
}

bool syntax_brace_close(struct syntax *syntax, struct token *token)
{
	bool alone = syntax->at_start;

	if (syntax->brackets_lost) {
		syntax->brackets_lost--;
		return true;
	}
	if (syntax_in_set(syntax)) {
		while (syntax->brackets[--syntax->bracket_count].opening != '{')
			;
		token->kind = TOKEN_SET_CLOSE;
		return true;
	}
	if (!syntax->block_count || (!alone && syntax_peek(syntax) != '\n')) {
		if (!syntax->skipping)
			syntax_report(syntax, token->where, NULL, "'}' without a '{'");
		token->kind = TOKEN_SYNTAX_error;
		return true;
	}
	token->kind = TOKEN_BLOCK_CLOSE;
	if (!alone) {
		syntax_complain(syntax, token->where, NULL, "expected a new line before '}'");
		syntax_enqueue(syntax, TOKEN_BLOCK_CLOSE, token->where);
		token->kind = TOKEN_NL;
	}
	syntax->block_count--;
	syntax_start_line(syntax);
	syntax->at_start = false;
	return true;
}

/* The '{' of a block that was put on a line of its own: reads it and the end of its line. */
static bool take_brace_of_next_line(struct syntax *syntax)
{
	const char *at = syntax->file->source.text + syntax->offset;
	struct token token;

	at += strspn(at, " \t\r");
	if (*at != '{')
		return false;
	at += 1 + strspn(at + 1, " \t\r");
	if (*at && *at != '\n' && *at != '#')
		return false;
	syntax_scan(syntax, &token, syntax->scanner);
	syntax_scan(syntax, &token, syntax->scanner);
	return true;
}

/* The head of a block without its '{': puts that in before the end of the line. */
bool syntax_brace_add(struct syntax *syntax, struct token *newline)
{
	bool certain = syntax->starter == TOKEN_SCENARIO || syntax->starter == TOKEN_RUN ||
		       syntax->starter == TOKEN_RACE || syntax->starter == TOKEN_OUTCOME;

	if (!certain && syntax->starter != TOKEN_REPEAT)
		return false;
	if (!take_brace_of_next_line(syntax) && !certain)
		return false;
	if (!syntax->skipping)
		syntax_complain(syntax, newline->where, NULL,
				"expected '{' at the end of this line");
	syntax_enqueue(syntax, TOKEN_NL, newline->where);
	newline->kind = TOKEN_BLOCK_OPEN;
	open_block(syntax, newline->where);
	return true;
}
