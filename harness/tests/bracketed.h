/* SPDX-License-Identifier: MIT */
/*
 * For tests of the parser: expressions as text with every bracket they could have, so that it shows
 * what binds what.
 */
#ifndef IPCDRILL_TEST_BRACKETED_H
#define IPCDRILL_TEST_BRACKETED_H

#include <stdio.h>
#include <stdlib.h>

#include "checks.h"
#include "scenario.h"

static void print_list(FILE *out, const struct expr *list);

static const char *const operators[] = {
	[OPERATOR_ADD] = "+",       [OPERATOR_SUBTRACT] = "-", [OPERATOR_MULTIPLY] = "*",
	[OPERATOR_REMAINDER] = "%", [OPERATOR_OR_BITS] = "|",  [OPERATOR_AND] = "&&",
	[OPERATOR_OR] = "||",       [OPERATOR_EQUAL] = "==",   [OPERATOR_UNEQUAL] = "!=",
	[OPERATOR_LESS] = "<",      [OPERATOR_GREATER] = ">",  [OPERATOR_AT_MOST] = "<=",
	[OPERATOR_AT_LEAST] = ">=", [OPERATOR_MATCHES] = "~",  [OPERATOR_NEGATE] = "-",
	[OPERATOR_NOT] = "!",
};

static void print(FILE *out, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_INT:
	case EXPR_TIME:
	case EXPR_VERSION:
		fprintf(out, "%s%lld",
			expr->kind == EXPR_TIME      ? "t"
			: expr->kind == EXPR_VERSION ? "v"
						     : "",
			(long long)expr->number);
		return;
	case EXPR_STRING: fprintf(out, "'%s'", expr->bytes); return;
	case EXPR_NAME: fputs(expr->bytes, out); return;
	case EXPR_CALL:
		fprintf(out, "%s(", expr->bytes);
		print_list(out, expr->list);
		fputs(")", out);
		return;
	case EXPR_NAMED:
		fprintf(out, "%s=", expr->bytes);
		print(out, expr->left);
		return;
	case EXPR_SET:
		fputs("{", out);
		print_list(out, expr->list);
		fputs("}", out);
		return;
	case EXPR_MEMBER:
		print(out, expr->left);
		fprintf(out, ".%s", expr->bytes);
		return;
	case EXPR_UNARY:
		fprintf(out, "[%s", operators[expr->op]);
		print(out, expr->left);
		fputs("]", out);
		return;
	case EXPR_RANGE:
	case EXPR_BINARY:
		fputs("[", out);
		print(out, expr->left);
		fprintf(out, " %s ", expr->kind == EXPR_RANGE ? ".." : operators[expr->op]);
		print(out, expr->right);
		fputs("]", out);
		return;
	}
	abort();
}

static void print_list(FILE *out, const struct expr *list)
{
	for (const struct expr *item = list; item; item = item->next) {
		print(out, item);
		if (item->next)
			fputs(" ", out);
	}
}

static void expect_list(const struct expr *list, const char *want)
{
	char *got = NULL;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	print_list(out, list);
	fclose(out);
	ck_assert_str_eq(got, want);
	free(got);
}

#endif
