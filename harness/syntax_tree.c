// SPDX-License-Identifier: MIT
/*
 * Nodes of the tree, all in the obstack of the file. Limits keep every later walk of the tree
 * shallow.
 */
#include <string.h>

#include "syntax.h"
#include "utf8.h"

void *syntax_new(struct syntax *syntax, size_t size)
{
	return memset(obstack_alloc(&syntax->file->memory, size), 0, size);
}

struct word syntax_word(struct text text, struct location where)
{
	return (struct word){ .text = text.bytes, .where = where };
}

void syntax_words_add(struct syntax *syntax, struct word_list *list, struct word word)
{
	struct word *added = obstack_copy(&syntax->file->memory, &word, sizeof(word));

	if (list->last)
		list->last->next = added;
	else
		list->first = added;
	list->last = added;
}

void syntax_words_join(struct word_list *list, struct word_list more)
{
	if (list->last)
		list->last->next = more.first;
	else
		list->first = more.first;
	list->last = more.last;
}

struct location syntax_span(struct location first, struct location last)
{
	if (first.line == last.line && last.end_column > first.end_column)
		first.end_column = last.end_column;
	return first;
}

struct expr *syntax_leaf(struct syntax *syntax, enum expr_kind kind, struct location where)
{
	struct expr *expr = syntax_new(syntax, sizeof(*expr));

	expr->kind = kind;
	expr->where = where;
	expr->depth = 1;
	return expr;
}

struct expr *syntax_named_leaf(struct syntax *syntax, enum expr_kind kind, struct text text,
			       struct location where)
{
	struct expr *expr = syntax_leaf(syntax, kind, where);

	expr->bytes = text.bytes;
	expr->length = text.length;
	return expr;
}

/* NULL if the tree becomes too deep. */
static struct expr *deepen(struct syntax *syntax, struct expr *expr, int depth)
{
	expr->depth += depth;
	if (expr->depth <= EXPR_DEPTH_MAX)
		return expr;
	syntax_report(syntax, expr->where, "give parts of it a name with 'let'",
		      "an expression nested more than %d deep", EXPR_DEPTH_MAX);
	return NULL;
}

struct expr *syntax_unary(struct syntax *syntax, enum operator op, struct expr *operand,
			  struct location where)
{
	struct expr *expr = syntax_leaf(syntax, EXPR_UNARY, where);

	expr->op = op;
	expr->left = operand;
	return deepen(syntax, expr, operand->depth);
}

struct expr *syntax_pair(struct syntax *syntax, enum expr_kind kind, enum operator op,
			 struct expr *left, struct expr *right, struct location where)
{
	struct expr *expr = syntax_leaf(syntax, kind, where);

	expr->op = op;
	expr->left = left;
	expr->right = right;
	return deepen(syntax, expr, left->depth > right->depth ? left->depth : right->depth);
}

struct expr *syntax_wrap(struct syntax *syntax, enum expr_kind kind, struct text text,
			 struct expr *inner, struct location where)
{
	struct expr *expr = syntax_named_leaf(syntax, kind, text, where);

	expr->left = inner;
	return deepen(syntax, expr, inner->depth);
}

struct expr *syntax_listed(struct syntax *syntax, enum expr_kind kind, struct text text,
			   struct expr_list list, struct location where)
{
	struct expr *expr = syntax_named_leaf(syntax, kind, text, where);

	expr->list = list.first;
	return deepen(syntax, expr, list.depth);
}

bool syntax_exprs_add(struct syntax *syntax, struct expr_list *list, struct expr *item)
{
	if (list->count == LIST_LENGTH_MAX) {
		syntax_report(syntax, item->where, NULL, "a list of more than %d items",
			      LIST_LENGTH_MAX);
		return false;
	}
	if (list->last)
		list->last->next = item;
	else
		list->first = item;
	list->last = item;
	list->count++;
	if (item->depth > list->depth)
		list->depth = item->depth;
	return true;
}

struct statement *syntax_statement(struct syntax *syntax, enum statement_kind kind,
				   struct location where, struct word subject, struct expr *expr)
{
	struct statement *statement = syntax_new(syntax, sizeof(*statement));

	statement->kind = kind;
	statement->where = where;
	statement->subject = subject;
	statement->expr = expr;
	return statement;
}

void syntax_scenario_begin(struct syntax *syntax, struct text title, struct location where)
{
	struct scenario *scenario = syntax_new(syntax, sizeof(*scenario));

	scenario->title = title.bytes;
	scenario->where = where;
	scenario->damaged = !title.length;
	if (syntax->last_scenario)
		syntax->last_scenario->next = scenario;
	else
		syntax->file->scenarios = scenario;
	syntax->scenario = syntax->last_scenario = scenario;
	syntax->last_cite = NULL;
	syntax->last_decl = NULL;
	syntax->covers = syntax->tags = (struct word_list){ 0 };
}

void syntax_scenario_end(struct syntax *syntax)
{
	if (!syntax->scenario)
		return;
	syntax->scenario->covers = syntax->covers.first;
	syntax->scenario->tags = syntax->tags.first;
	syntax->scenario = NULL;
}

struct decl *syntax_decl(struct syntax *syntax, enum decl_kind kind, struct location where,
			 struct word name, struct expr *expr)
{
	struct decl *decl = syntax_new(syntax, sizeof(*decl));

	decl->kind = kind;
	decl->where = where;
	decl->name = name;
	decl->expr = expr;
	return decl;
}

void syntax_decl_add(struct syntax *syntax, struct decl *decl)
{
	/* What stands in a block that is no scenario was only read for its errors. */
	if (!syntax->scenario)
		return;
	if (syntax->last_decl)
		syntax->last_decl->next = decl;
	else
		syntax->scenario->decls = decl;
	syntax->last_decl = decl;
}

void syntax_cite(struct syntax *syntax, struct word kind, struct text document, struct text place,
		 struct location where)
{
	struct cite *cite = syntax_new(syntax, sizeof(*cite));

	cite->kind = kind.text;
	cite->document = document.bytes;
	cite->place = place.bytes;
	cite->where = where;
	if (!syntax->scenario)
		return;
	if (syntax->last_cite)
		syntax->last_cite->next = cite;
	else
		syntax->scenario->cites = cite;
	syntax->last_cite = cite;
}

const char *syntax_title(struct syntax *syntax, struct text text, struct location where)
{
	uint32_t code = 0;
	size_t bytes;

	if (!text.length)
		syntax_complain(syntax, where, NULL, "this text must not be empty");
	for (size_t i = 0; i < text.length; i += bytes) {
		bytes = utf8_decode(text.bytes + i, text.length - i, &code);
		if (bytes && utf8_width(code) >= 0)
			continue;
		syntax_complain(syntax, where, NULL,
				"this text must be one line that can be printed");
		break;
	}
	return text.bytes;
}
