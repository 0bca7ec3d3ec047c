/* SPDX-License-Identifier: MIT */
/*
 * What the lexer, the token filter, the grammar and the tree builder share while one file is
 * parsed.
 */
#ifndef IPCDRILL_SYNTAX_H
#define IPCDRILL_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scenario.h"

enum {
	BLOCK_DEPTH_MAX = 32, /* blocks in blocks */
	LIST_LENGTH_MAX = 10000, /* items between two brackets */
};

struct text {
	const char *bytes; /* also NUL-terminated; in the file's obstack */
	size_t length;
};

/* Lists under construction. */
struct expr_list {
	struct expr *first, *last;
	int count, depth;
};
struct word_list {
	struct word *first, *last;
};
struct binding_list {
	struct binding *first, *last;
};
struct statement_list {
	struct statement *first, *last;
};
struct outcome_list {
	struct outcome *first, *last;
};

/* The effects of a fault, and whether it may stay unfired. */
struct effects {
	struct expr_list list;
	bool optional;
};

/* When a fault fires. */
struct trigger {
	struct expr *nth;
	int64_t every;
};

union syntax_value {
	int64_t number;
	struct text text;
	struct word word;
	struct word_list words;
	struct expr *expr;
	struct expr_list exprs;
	struct ends ends;
	struct binding *binding;
	struct binding_list bindings;
	struct tail tail;
	struct statement *statement;
	struct statement_list statements;
	struct outcome *outcome;
	struct outcome_list outcomes;
	struct decl *decl;
	struct effects effects;
	struct trigger trigger;
};

struct token {
	int kind;
	struct location where;
	union syntax_value value;
};

enum syntax_level { LEVEL_FILE, LEVEL_SCENARIO, LEVEL_STATEMENTS, LEVEL_OUTCOME };

struct block {
	enum syntax_level level;
	struct location where;
};
struct bracket {
	char opening;
	struct location where;
};

/* The state of one parse. */
struct syntax {
	struct scenario_file *file;
	struct diag *diag;
	void *scanner;
	struct scenario *scenario; /* the one being parsed, or NULL */
	struct scenario *last_scenario;
	struct cite *last_cite;
	struct word_list covers, tags; /* of that scenario */
	struct decl *last_decl;
	struct decl *rule; /* the one that stands alone, once it is read */

	/* The lexer: the byte after the last token, and the line it is in. */
	size_t offset;
	size_t line_offset;
	int line;

	/* The token filter. */
	struct token queue[2 * BLOCK_DEPTH_MAX + 4]; /* made up by the filter, delivered first */
	int queue_first, queue_count;
	struct block blocks[BLOCK_DEPTH_MAX];
	int block_count;
	struct bracket brackets[EXPR_DEPTH_MAX];
	int bracket_count;
	int brackets_lost; /* open ones beyond these, after an error */
	int prefixes; /* unary operators in a row */
	int starter; /* the first token of the line, until a block opens */
	bool begun; /* the first token was seen */
	bool at_start; /* the next token is the first of a statement */
	int last; /* kind of the token delivered last, and its place */
	struct location last_where;

	/* Errors. */
	bool skipping; /* to the end of the line, after an error in it */
	bool stopped; /* nothing more is read or reported */
	int error_line; /* one error of structure a line is enough */
	size_t errors; /* so far */
};

/* syntax_report.c: */
/* An error of structure: the rest of its line is skipped. Muted if that line had one already. */
__attribute__((format(printf, 4, 5)))
void syntax_report(struct syntax *syntax, struct location where, const char *help,
		   const char *format, ...);
/* An error inside one token; parsing goes on as if it were right. */
__attribute__((format(printf, 4, 5)))
void syntax_complain(struct syntax *syntax, struct location where, const char *help,
		     const char *format, ...);
/*
 * Nothing after this is worth reading: no further message, and the parser sees the end of the
 * file.
 */
void syntax_stop(struct syntax *syntax);
/*
 * What stands at a place, for "found ...": the end of its line, or its text in quotes, cut if
 * long.
 */
const char *syntax_found(const struct syntax *syntax, struct location where, char *text,
			 size_t size);
/*
 * "expected A, B or C, found X" from what the grammar would take here: its own names of the
 * symbols.
 */
void syntax_unexpected(struct syntax *syntax, struct location where, const char *const *expected,
		       int count);

/* False, after a message, for a version of the language that is not this one. */
bool syntax_version_is_known(struct syntax *syntax, int64_t version, struct location where);

/* scenario_lexer.l: the next piece of text. */
void syntax_scan(struct syntax *syntax, struct token *token, void *scanner);
/* The words up to the end of the line are free: they may hold '-' and '.'. */
void syntax_scan_words(void *scanner);
int syntax_scan_open(struct syntax *syntax);
void syntax_scan_close(struct syntax *syntax);

/* syntax_literal.c: the value of a number or a string, from its text at token->where. */
void syntax_number(struct syntax *syntax, const char *text, size_t length, struct token *token);
void syntax_string(struct syntax *syntax, const char *text, size_t length, struct token *token);
struct text syntax_text(struct syntax *syntax, const char *bytes, size_t length);

/* syntax_words.c: which words are keywords where. */
/* The first word of a statement; the kind of the token, or YYerror after a message. */
int syntax_first_word(struct syntax *syntax, const struct token *token);
/* Any other word, in a line that begins with the token `starter`. */
int syntax_later_word(int starter, struct text word);
/* The first word of a file that deserves more than one message. */
bool syntax_may_begin_file(struct text word);
/* True if the text that follows the last token looks like a new statement. */
bool syntax_line_starts_statement(const struct syntax *syntax);
/*
 * The byte after the blanks that follow the last token; '\n' for a comment or the end of the
 * text.
 */
char syntax_peek(const struct syntax *syntax);

/* syntax_brace.c: what is open. A token may become another one; true if it is for the parser. */
void syntax_bracket_open(struct syntax *syntax, struct token *token, char opening);
void syntax_bracket_close(struct syntax *syntax, char opening);
bool syntax_in_set(const struct syntax *syntax);
bool syntax_brace_open(struct syntax *syntax, struct token *token);
bool syntax_brace_close(struct syntax *syntax, struct token *token);
/* At the end of a line that should have opened a block and did not: makes up for it. */
bool syntax_brace_add(struct syntax *syntax, struct token *newline);
void syntax_close_blocks(struct syntax *syntax, int count, struct location where);
/* Puts a token before those that are still to be read. */
void syntax_enqueue(struct syntax *syntax, int kind, struct location where);
/* From here on a new statement begins. */
void syntax_start_line(struct syntax *syntax);

/* syntax_filter.c: words and ends of lines; what bison calls. */
int syntax_lex(union syntax_value *value, struct location *where, struct syntax *syntax);
/* bison reports this only when its stack is full. */
void syntax_error(const struct location *where, struct syntax *syntax, const char *message);

/* syntax_tree.c: nodes in the file's obstack. Those that return NULL have reported why. */
void *syntax_new(struct syntax *syntax, size_t size);
struct word syntax_word(struct text text, struct location where);
void syntax_words_add(struct syntax *syntax, struct word_list *list, struct word word);
void syntax_words_join(struct word_list *list, struct word_list more);
/* From the first token to the last, if they share a line. */
struct location syntax_span(struct location first, struct location last);
struct expr *syntax_leaf(struct syntax *syntax, enum expr_kind kind, struct location where);
struct expr *syntax_named_leaf(struct syntax *syntax, enum expr_kind kind, struct text text,
			       struct location where);
struct expr *syntax_unary(struct syntax *syntax, enum operator op, struct expr *operand,
			  struct location where);
struct expr *syntax_pair(struct syntax *syntax, enum expr_kind kind, enum operator op,
			 struct expr *left, struct expr *right, struct location where);
struct expr *syntax_wrap(struct syntax *syntax, enum expr_kind kind, struct text text,
			 struct expr *inner, struct location where);
struct expr *syntax_listed(struct syntax *syntax, enum expr_kind kind, struct text text,
			   struct expr_list list, struct location where);
bool syntax_exprs_add(struct syntax *syntax, struct expr_list *list, struct expr *item);
struct statement *syntax_statement(struct syntax *syntax, enum statement_kind kind,
				   struct location where, struct word subject, struct expr *expr);
void syntax_scenario_begin(struct syntax *syntax, struct text title, struct location where);
void syntax_scenario_end(struct syntax *syntax);
struct decl *syntax_decl(struct syntax *syntax, enum decl_kind kind, struct location where,
			 struct word name, struct expr *expr);
/* Puts a finished declaration into the scenario. */
void syntax_decl_add(struct syntax *syntax, struct decl *decl);
void syntax_cite(struct syntax *syntax, struct word kind, struct text document, struct text place,
		 struct location where);
/* A text shown to people: not empty, one line. Complains otherwise. */
const char *syntax_title(struct syntax *syntax, struct text text, struct location where);

#endif
