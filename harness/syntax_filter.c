// SPDX-License-Identifier: MIT
/*
 * Between lexer and grammar: says which words are keywords, which ends of lines end a statement
 * and which braces are blocks, so that the grammar needs no tricks. After an error it skips to
 * the end of the line, and repairs braces that people forget or misplace, so that every further
 * message is about a further mistake.
 */
#include <stdbool.h>
#include <string.h>

#include "scenario_parser.h"
#include "syntax.h"

static struct location after_last(const struct syntax *syntax)
{
	return (struct location){ syntax->last_where.line, syntax->last_where.end_column,
				  syntax->last_where.end_column + 1 };
}

static bool filter_newline(struct syntax *syntax, struct token *token)
{
	char next = syntax_peek(syntax);

	/*
	 * A '}' closes the set that is open, unless the line before has shown that nothing
	 * there is as it seems.
	 */
	bool ends = next == '}' ? !syntax_in_set(syntax) || syntax->skipping
				: syntax_line_starts_statement(syntax);

	if (syntax->last == TOKEN_NL || (syntax->bracket_count && !ends))
		return false;
	if (next == '}' && syntax->skipping)
		syntax->bracket_count = syntax->brackets_lost = 0;
	token->where = after_last(syntax);
	if (syntax_brace_add(syntax, token))
		return true;
	syntax_start_line(syntax);
	return true;
}

/* Ends the last line and closes what is open, so that what was understood is kept. */
static bool filter_end(struct syntax *syntax, struct token *token)
{
	struct token newline = { .kind = TOKEN_NL };

	if (syntax->last != TOKEN_NL) {
		newline.where = after_last(syntax);
		if (!syntax_brace_add(syntax, &newline))
			syntax_start_line(syntax);
		*token = newline;
		return true;
	}
	if (syntax->block_count) {
		struct location open = syntax->blocks[syntax->block_count - 1].where;

		syntax_complain(syntax, open, NULL,
				"this '{' is not closed before the end of the file");
		syntax_close_blocks(syntax, syntax->block_count, token->where);
		syntax_enqueue(syntax, TOKEN_YYEOF, token->where);
		return false;
	}
	syntax->skipping = false;
	return true;
}

static bool filter_word(struct syntax *syntax, struct token *token)
{
	static const char scenario[] = "scenario";

	if (!syntax->at_start) {
		token->kind = syntax_later_word(syntax->starter, token->value.text);
		return true;
	}
	syntax->at_start = false;
	if (syntax->block_count && !strcmp(token->value.text.bytes, scenario) &&
	    syntax_peek(syntax) == '"') {
		struct location open = syntax->blocks[syntax->block_count - 1].where;
		struct token head = *token;

		syntax_complain(syntax, open, NULL,
				"this '{' is not closed before the next scenario");
		syntax_close_blocks(syntax, syntax->block_count, token->where);
		syntax_enqueue(syntax, TOKEN_SCENARIO, head.where);
		syntax->at_start = false;
		syntax->starter = TOKEN_SCENARIO;
		return false;
	}
	token->kind = syntax_first_word(syntax, token);
	syntax->starter = token->kind;
	if (token->kind == TOKEN_COVERS || token->kind == TOKEN_TAGS)
		syntax_scan_words(syntax->scanner);
	return true;
}

/*
 * True if the token, perhaps changed, is for the parser now; false if the next one is to be
 * looked at.
 */
static bool filter(struct syntax *syntax, struct token *token)
{
	switch (token->kind) {
	case TOKEN_NL: return filter_newline(syntax, token);
	case TOKEN_YYEOF: return filter_end(syntax, token);
	case '{': return syntax_brace_open(syntax, token);
	case '}': return syntax_brace_close(syntax, token);
	case TOKEN_NAME: return syntax->skipping || filter_word(syntax, token);
	case '(': syntax_bracket_open(syntax, token, '('); break;
	case ')': syntax_bracket_close(syntax, '('); break;
	}
	syntax->at_start = false;
	return true;
}

static void count_prefixes(struct syntax *syntax, struct token *token)
{
	if (token->kind != '-' && token->kind != '!') {
		syntax->prefixes = 0;
	} else if (++syntax->prefixes > EXPR_DEPTH_MAX && !syntax->skipping) {
		syntax_report(syntax, token->where, NULL, "more than %d operators in a row",
			      EXPR_DEPTH_MAX);
		token->kind = TOKEN_SYNTAX_error;
	}
}

/* A file that does not begin like one gets a single message. */
static void check_beginning(struct syntax *syntax, struct token *token)
{
	if (syntax->begun || token->kind == TOKEN_NL || token->kind == TOKEN_YYEOF)
		return;
	syntax->begun = true;
	if (token->kind == TOKEN_NAME && syntax_may_begin_file(token->value.text))
		return;
	syntax_report(syntax, token->where, NULL,
		      "a scenario file begins with 'ipcdrill 1', the version of its language");
	syntax_stop(syntax);
}

static void next_token(struct syntax *syntax, struct token *token)
{
	bool skipped, taken;

	if (syntax->queue_count) {
		*token = syntax->queue[syntax->queue_first++];
		syntax->queue_count--;
		return;
	}
	syntax->queue_first = 0;
	do {
		skipped = syntax->skipping;
		syntax_scan(syntax, token, syntax->scanner);
		check_beginning(syntax, token);
		count_prefixes(syntax, token);
		taken = filter(syntax, token);
	} while (!syntax->stopped && !syntax->queue_count &&
		 (!taken || (skipped && syntax->skipping)));
	if (!taken && syntax->queue_count)
		next_token(syntax, token);
}

int syntax_lex(union syntax_value *value, struct location *where, struct syntax *syntax)
{
	struct token token = { .kind = TOKEN_YYEOF };

	if (syntax->last == TOKEN_NL || syntax->last == TOKEN_BLOCK_OPEN)
		syntax->bracket_count = syntax->brackets_lost = 0;
	if (!syntax->stopped)
		next_token(syntax, &token);
	if (syntax->stopped)
		token = (struct token){ .kind = TOKEN_YYEOF, .where = syntax->last_where };
	if (token.kind == TOKEN_SYNTAX_error)
		syntax->skipping = true;
	syntax->last = token.kind;
	syntax->last_where = token.where;
	*value = token.value;
	*where = token.where;
	return token.kind;
}
