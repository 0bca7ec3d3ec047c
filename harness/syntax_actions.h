/* SPDX-License-Identifier: MIT */
/*
 * Shorthand for the actions of scenario_parser.y, and nobody else: it uses bison's own
 * variables.
 */
#ifndef IPCDRILL_SYNTAX_ACTIONS_H
#define IPCDRILL_SYNTAX_ACTIONS_H

/* Deep enough for the filter's limits on brackets and operators together. */
#define YYMAXDEPTH 200000

/* From the first to the last token, as far as they share the first one's line. */
#define YYLLOC_DEFAULT(current, rhs, count) do { \
	int last_ = (count); \
	(current) = YYRHSLOC(rhs, !!last_); \
	if (!last_) \
		(current).column = (current).end_column; \
	for (int i_ = 2; i_ <= last_; i_++) \
		if (YYRHSLOC(rhs, i_).line == (current).line && \
		    YYRHSLOC(rhs, i_).end_column > (current).end_column) \
			(current).end_column = YYRHSLOC(rhs, i_).end_column; \
} while (0)

/* Appends a node to a list of such nodes. */
#define APPEND(list, node) do { \
	if ((list).last) \
		(list).last->next = (node); \
	else \
		(list).first = (node); \
	(list).last = (node); \
} while (0)

/* A node that could not be made was reported; its line is given up. */
#define MADE(node) do { \
	if (!(node)) \
		YYERROR; \
} while (0)

/* What every action would have to repeat. */
#define LEAF(kind) syntax_leaf(syntax, EXPR_##kind, yyloc)
#define NAMED(kind, text) syntax_named_leaf(syntax, EXPR_##kind, text, yyloc)
#define LISTED(kind, text, list) syntax_listed(syntax, EXPR_##kind, text, list, yyloc)
#define WRAP(kind, text, inner) syntax_wrap(syntax, EXPR_##kind, text, inner, yyloc)
#define UNARY(op, of) syntax_unary(syntax, OPERATOR_##op, of, yyloc)
#define BINARY(op, left, right) \
	syntax_pair(syntax, EXPR_BINARY, OPERATOR_##op, left, right, yyloc)
#define DECL(kind, name, expr) syntax_decl(syntax, DECL_##kind, yyloc, name, expr)
#define STATEMENT(kind, subject, expr) \
	syntax_statement(syntax, STATEMENT_##kind, yyloc, subject, expr)
#define ADD_EXPR(list, item) MADE(syntax_exprs_add(syntax, &(list), item))
#define ADD_WORD(list, word) syntax_words_add(syntax, &(list), word)

static const struct expr_list no_exprs;
static const struct word_list no_words;
static const struct text no_text;
static const struct word no_word;

#endif
