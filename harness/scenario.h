/* SPDX-License-Identifier: MIT */
/*
 * The tree of a scenario file, as the parser makes it: names are still words, nothing is resolved.
 */
#ifndef IPCDRILL_SCENARIO_H
#define IPCDRILL_SCENARIO_H

#include <obstack.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diag.h"
#include "operand.h"

/*
 * Every node lies in the file's obstack and is freed with it. Lists are linked in the order of the
 * text.
 */

enum expr_kind {
	EXPR_INT,		/* number */
	EXPR_TIME,		/* number: nanoseconds */
	EXPR_VERSION,		/* number: major << 16 | minor */
	EXPR_STRING,		/* bytes, length; escapes done */
	EXPR_NAME,		/* bytes, length */
	EXPR_CALL,		/* bytes: the name; list: arguments, each may be EXPR_NAMED */
	EXPR_NAMED,		/* bytes: the name; left: its value. Only inside EXPR_CALL */
	EXPR_SET,		/* list */
	EXPR_MEMBER,		/* left.bytes */
	EXPR_RANGE,		/* left .. right */
	EXPR_UNARY,		/* op left */
	EXPR_BINARY,		/* left op right */
};

struct expr {
	enum expr_kind kind;
	struct location where;
	int64_t number;
	const char *bytes;	/* also NUL-terminated */
	size_t length;
	enum operator op;
	struct expr *left;
	struct expr *right;
	struct expr *list;	/* first of the list */
	struct expr *next;	/* in the list this is part of */
	int depth;		/* of the tree below; the parser refuses more than EXPR_DEPTH_MAX */
};

enum { EXPR_DEPTH_MAX = 200 };

/* A word with its place: names of endpoints, ids, tags. */
struct word {
	const char *text;
	struct location where;
	struct word *next;
};

enum ends_kind { ENDS_NONE, ENDS_FROM_TO, ENDS_BETWEEN, ENDS_HELD_BY };

struct ends {
	enum ends_kind kind;
	struct location where;
	struct word *first;	/* writers; the first of between; holders */
	struct word *second;	/* readers; the second of between */
};

struct binding {		/* after "with" */
	struct word name;
	struct expr *want;	/* NAME '=' expr; NULL for "NAME as WORD" */
	const char *bind;	/* NAME as WORD: the word; NULL otherwise */
	struct location bind_where;
	struct binding *next;
};

enum tail_kind { TAIL_NONE, TAIL_VALUE, TAIL_SET, TAIL_BLOCKS };

struct tail {
	enum tail_kind kind;
	struct location where;
	struct expr *value;		/* TAIL_VALUE; TAIL_SET: an EXPR_SET or any expression */
	struct binding *with;
};

enum statement_kind {
	STATEMENT_CALL, STATEMENT_RESUMES, STATEMENT_BLOCKS, STATEMENT_EXIT,
	STATEMENT_DO, STATEMENT_AWAIT, STATEMENT_CHECK, STATEMENT_REPEAT, STATEMENT_DAMAGED,
};

struct statement {
	enum statement_kind kind;
	/* the whole statement's first token to its last on that line */
	struct location where;
	struct word subject;		/* endpoint; do: the verb; await: whom; repeat: the variable of "as" */
	struct word bind;		/* NAME = call(...); text NULL: none */
	/* the call; await: the state; check: the condition; repeat: the count */
	struct expr *expr;
	struct expr *arguments;		/* do: list */
	struct tail tail;
	struct statement *body;		/* repeat */
	struct statement *next;
};

struct cite {
	const char *kind;		/* man, posix, doc, commit */
	const char *document;
	const char *place;		/* or NULL */
	struct location where;
	struct cite *next;
};

enum fault_point { POINT_ENTRY, POINT_EXIT };

enum outcome_kind { OUTCOME_ALLOW, OUTCOME_FORBID, OUTCOME_WITNESS };

struct outcome {
	enum outcome_kind kind;
	const char *title;
	struct expr *condition;
	struct location where;
	struct outcome *next;
};

/* Anything declared with a name or an expression; which fields are used depends on the kind. */
enum decl_kind {
	DECL_REQUIRES,		/* expr: list */
	DECL_TIMEOUT,		/* expr: EXPR_TIME */
	DECL_ACROSS,		/* name, expr: list, ends */
	DECL_CHANNEL,		/* name, expr: mechanism, ends */
	DECL_ENDPOINTS,		/* words */
	DECL_PROGRAM,		/* name, expr */
	DECL_LET,		/* name, expr */
	DECL_FAULT,		/* name, endpoint, point, calls, arguments, nth/every, effects */
	DECL_DEVIATES,		/* expr, text */
	DECL_RUN,		/* body */
	DECL_RACE,		/* expr: the mode, body */
	DECL_INVARIANT,		/* expr: list */
	DECL_OUTCOME,		/* outcomes */
};

struct decl {
	enum decl_kind kind;
	struct location where;
	struct word name;
	struct word *words;
	struct expr *expr;
	struct ends ends;
	const char *text;		/* deviates: why */
	struct statement *body;
	struct outcome *outcomes;
	/* DECL_FAULT */
	struct word endpoint;
	enum fault_point point;
	struct word *calls;
	struct expr *arguments;
	struct expr *nth;		/* or NULL */
	int64_t every;			/* 0: not given */
	/* list of EXPR_CALL, each with no or one argument: errno(ENOSPC) */
	struct expr *effects;
	bool optional;			/* need not fire */
	struct decl *next;
};

struct scenario {
	const char *title;
	struct location where;		/* of the title */
	struct cite *cites;
	struct word *covers;
	struct word *tags;
	struct decl *decls;		/* the rest, in order */
	/* has syntax errors: what it does not use may only seem unused */
	bool damaged;
	struct scenario *next;
};

/* One parsed file. Legal when zero. */
struct scenario_file {
	struct source source;
	struct scenario *scenarios;
	struct obstack memory;
	bool has_memory;
};

/*
 * Reads and parses a file. Errors of its text go to diag (the tree then holds what could be
 * understood). 0, or -errno if the file cannot be read at all (then nothing is held). Release with
 * scenario_file_free().
 */
int scenario_file_read(struct scenario_file *file, const char *path, struct diag *diag);
/* The same from memory; `text` is copied. */
void scenario_file_parse(struct scenario_file *file, const char *path, const char *text,
			 size_t length, struct diag *diag);
/*
 * Parses what would follow `fault NAME on NAME:` in a file: `text`, and what makes a whole rule of
 * it, which is in no message; `name` stands for a file's path there. A DECL_FAULT without name and
 * endpoint, or NULL: errors went to diag. The file then holds the text, and is released as any
 * other.
 */
struct decl *scenario_rule_parse(struct scenario_file *file, const char *name, const char *before,
				 const char *text, const char *after, struct diag *diag);
void scenario_file_free(struct scenario_file *file);

#endif
