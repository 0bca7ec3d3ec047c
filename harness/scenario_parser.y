/* SPDX-License-Identifier: MIT */
/*
 * The grammar of scenario files, version 1. Brackets, blocks, keywords and ends of lines come
 * sorted out from syntax_filter.c; nodes are made in syntax_tree.c. Names of calls, mechanisms,
 * verbs and effects are only words here.
 *
 * An error is followed by the end of its line or by a block, which is read for its own errors.
 * The word `optional` at the end of a fault says that it need not fire.
 *
 * Two texts can be parsed: a file, and what follows `fault NAME on NAME:` in one, which then begins
 * with RULE_ALONE.
 */
%require "3.8"
%define api.pure full
%define api.prefix {syntax_}
%define api.token.prefix {TOKEN_}
%define api.value.type {union syntax_value}
%define api.location.type {struct location}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param { struct syntax *syntax }

%code requires {
#include "syntax.h"
}

%code {
#include "syntax_actions.h"
}

%token NL "end of line" BLOCK_OPEN "'{'" BLOCK_CLOSE "'}'" SET_OPEN "a set" SET_CLOSE "'}' of a set"
%token <text> NAME "a name" WORD "an id" STRING "a string"
%token <number> INT "a number" TIME "a duration" VERSION "a version"
%token EQUAL "'=='" UNEQUAL "'!='" AT_MOST "'<='" AT_LEAST "'>='" AND_ALSO "'&&'" OR_ELSE "'||'"
%token ARROW "'->'" DOTS "'..'"
%token IPCDRILL "'ipcdrill'" SCENARIO "'scenario'"
%token CITE "'cite'" COVERS "'covers'" TAGS "'tags'" REQUIRES "'requires'" TIMEOUT "'timeout'"
%token ACROSS "'across'" CHANNEL "'channel'" ENDPOINT "'endpoint'" LET "'let'" FAULT "'fault'"
%token DEVIATES "'deviates'" RUN "'run'" RACE "'race'" INVARIANT "'invariant'" OUTCOME "'outcome'"
%token DO "'do'" AWAIT "'await'" CHECK "'check'" REPEAT "'repeat'"
%token ALLOW "'allow'" FORBID "'forbid'" WITNESS "'witness'"
%token <text> IN "'in'" FROM "'from'" TO "'to'" BETWEEN "'between'" AND "'and'" HELD "'held'"
%token <text> BY "'by'" ON "'on'" ENTRY "'entry'" EXIT "'exit'" NTH "'nth'" EVERY "'every'"
%token <text> AS "'as'" WITH "'with'" RESUMES "'resumes'" BLOCKS "'blocks'" OPTIONAL "'optional'"
/* Made up, before the text of a rule that stands alone. */
%token RULE_ALONE "a rule"
/* Never read: it only makes messages say what stands there. */
%token A_CALL "a call"

/* Unlike in C, '|' binds tighter than comparisons: flags == A | B. */
%left OR_ELSE
%left AND_ALSO
%nonassoc EQUAL UNEQUAL '<' '>' AT_MOST AT_LEAST '~'
%nonassoc DOTS
%left '|'
%left '+' '-'
%left '*' '%'
%precedence '!' NEGATIVE
%precedence '.'

%type <text> plain_name any_name title text
%type <word> name subject
%type <words> names ids calls
%type <expr> expr duration argument call bound_call effect
%type <exprs> exprs arguments argument_list effect_list
%type <ends> ends
%type <decl> declaration block_declaration rule
%type <number> point outcome_kind
%type <trigger> trigger
%type <effects> effects
%type <statement> statement action order
%type <statements> block statements
%type <tail> tail result
%type <binding> binding
%type <bindings> bindings with
%type <outcome> outcome
%type <outcomes> outcomes outcome_block

%%

text_as_a_whole:
	file
|	RULE_ALONE rule[alone] NL { syntax->rule = $alone; }
|	RULE_ALONE error NL	{ yyerrok; }
;

file:
	header items
;

header:
	IPCDRILL version NL
|	IPCDRILL error NL	{ yyerrok; }
|	%empty {
		syntax_complain(syntax, (struct location){ 1, 1, 2 }, NULL,
				"%sthe first line must be 'ipcdrill 1', the language's version",
				syntax->begun ? "" : "nothing in this file: ");
	}
;

version:
	INT			{ if (!syntax_version_is_known(syntax, $INT, @$)) YYACCEPT; }
|	VERSION			{ if (!syntax_version_is_known(syntax, 0, @$)) YYACCEPT; }
;

items:
	%empty
|	items scenario
|	items error NL		{ yyerrok; }
|	items error open declarations close { syntax_scenario_end(syntax); }
;

scenario:
	SCENARIO title		{ syntax_scenario_begin(syntax, $title, @title); }
	open declarations close	{ syntax_scenario_end(syntax); }
;

title:
	text
|	error			{ $$ = syntax_text(syntax, "", 0); }
;

/* Shown to people as it is. */
text:
	STRING			{ $$ = $1; syntax_title(syntax, $1, @1); }
;

open:
	BLOCK_OPEN NL		{ yyerrok; }
;

close:
	BLOCK_CLOSE NL
|	BLOCK_CLOSE error NL	{ yyerrok; }
;

declarations:
	%empty
|	declarations cite NL
|	declarations declaration NL { syntax_decl_add(syntax, $declaration); }
|	declarations block_declaration { syntax_decl_add(syntax, $block_declaration); }
|	declarations error NL	{ yyerrok; }
|	declarations error block
;

cite:
	CITE name text[document] { syntax_cite(syntax, $name, $document, no_text, @$); }
|	CITE name text[document] text[place] { syntax_cite(syntax, $name, $document, $place, @$); }
|	COVERS ids		{ syntax_words_join(&syntax->covers, $ids); }
|	TAGS ids		{ syntax_words_join(&syntax->tags, $ids); }
;

ids:
	WORD			{ $$ = no_words; ADD_WORD($$, syntax_word($1, @1)); }
|	ids ',' WORD		{ $$ = $1; ADD_WORD($$, syntax_word($3, @3)); }
;

declaration:
	REQUIRES exprs		{ $$ = DECL(REQUIRES, no_word, $exprs.first); }
|	INVARIANT exprs		{ $$ = DECL(INVARIANT, no_word, $exprs.first); }
|	TIMEOUT duration	{ $$ = DECL(TIMEOUT, no_word, $duration); }
|	ENDPOINT name '=' expr	{ $$ = DECL(PROGRAM, $name, $expr); }
|	LET name '=' expr	{ $$ = DECL(LET, $name, $expr); }
|	ACROSS name IN exprs ends {
		$$ = DECL(ACROSS, $name, $exprs.first);
		$$->ends = $ends;
	}
|	CHANNEL name ':' expr ends {
		$$ = DECL(CHANNEL, $name, $expr);
		$$->ends = $ends;
	}
|	ENDPOINT names {
		$$ = DECL(ENDPOINTS, no_word, NULL);
		$$->words = $names.first;
	}
|	DEVIATES expr text {
		$$ = DECL(DEVIATES, no_word, $expr);
		$$->text = $text.bytes;
	}
|	FAULT name[fault] ON name[endpoint] ':' rule {
		$$ = $rule;
		$$->where = @$;
		$$->name = $fault;
		$$->endpoint = $endpoint;
	}
;

rule:
	point calls '(' arguments ')' trigger ARROW effects {
		$$ = DECL(FAULT, no_word, NULL);
		$$->point = (enum fault_point)$point;
		$$->calls = $calls.first;
		$$->arguments = $arguments.first;
		$$->nth = $trigger.nth;
		$$->every = $trigger.every;
		$$->effects = $effects.list.first;
		$$->optional = $effects.optional;
	}
;

duration:
	TIME			{ $$ = LEAF(TIME); $$->number = $1; }
;

point:
	ENTRY			{ $$ = POINT_ENTRY; }
|	EXIT			{ $$ = POINT_EXIT; }
;

calls:
	name			{ $$ = no_words; ADD_WORD($$, $name); }
|	calls '|' name		{ $$ = $1; ADD_WORD($$, $name); }
;

trigger:
	%empty			{ $$ = (struct trigger){ 0 }; }
|	NTH expr		{ $$ = (struct trigger){ .nth = $expr }; }
|	EVERY INT {
		if ($INT < 1)
			syntax_complain(syntax, @INT, NULL, "'every' needs a number of at least 1");
		$$ = (struct trigger){ .every = $INT };
	}
;

effects:
	effect_list		{ $$ = (struct effects){ $1, false }; }
|	effect_list OPTIONAL	{ $$ = (struct effects){ $1, true }; }
;

effect_list:
	effect			{ $$ = no_exprs; ADD_EXPR($$, $1); }
|	effect_list ',' effect	{ $$ = $1; ADD_EXPR($$, $3); }
;

/* An EXPR_CALL of no or one argument. */
effect:
	any_name		{ $$ = NAMED(CALL, $1); }
|	any_name expr {
		struct expr_list operand = { 0 };

		syntax_exprs_add(syntax, &operand, $2);
		MADE($$ = LISTED(CALL, $1, operand));
	}
;

ends:
	%empty			{ $$ = (struct ends){ .kind = ENDS_NONE }; }
|	FROM names[w] TO names[r] { $$ = (struct ends){ ENDS_FROM_TO, @$, $w.first, $r.first }; }
|	BETWEEN names[a] AND names[b] {
		$$ = (struct ends){ ENDS_BETWEEN, @$, $a.first, $b.first };
	}
|	HELD BY names		{ $$ = (struct ends){ ENDS_HELD_BY, @$, $names.first, NULL }; }
;

block_declaration:
	RUN block {
		$$ = DECL(RUN, no_word, NULL);
		$$->where = @1;
		$$->body = $block.first;
	}
|	RACE expr block {
		$$ = DECL(RACE, no_word, $expr);
		$$->where = @1;
		$$->body = $block.first;
	}
|	OUTCOME outcome_block {
		$$ = DECL(OUTCOME, no_word, NULL);
		$$->where = @1;
		$$->outcomes = $outcome_block.first;
	}
|	OUTCOME error outcome_block {
		$$ = DECL(OUTCOME, no_word, NULL);
		$$->where = @1;
		$$->outcomes = $outcome_block.first;
	}
;

outcome_block:
	open outcomes close	{ $$ = $outcomes; }
;

outcomes:
	%empty			{ $$ = (struct outcome_list){ 0 }; }
|	outcomes outcome NL	{ $$ = $1; APPEND($$, $2); }
|	outcomes error NL	{ $$ = $1; yyerrok; }
|	outcomes error block	{ $$ = $1; }
;

outcome:
	outcome_kind text ':' expr {
		$$ = syntax_new(syntax, sizeof(*$$));
		$$->kind = (enum outcome_kind)$1;
		$$->title = $text.bytes;
		$$->condition = $expr;
		$$->where = @$;
	}
;

outcome_kind:
	ALLOW			{ $$ = OUTCOME_ALLOW; }
|	FORBID			{ $$ = OUTCOME_FORBID; }
|	WITNESS			{ $$ = OUTCOME_WITNESS; }
;

block:
	open statements close	{ $$ = $statements; }
;

statements:
	%empty			{ $$ = (struct statement_list){ 0 }; }
|	statements statement	{ $$ = $1; APPEND($$, $2); }
;

statement:
	action NL
|	order NL
|	REPEAT expr AS name block {
		$$ = STATEMENT(REPEAT, $name, $expr);
		$$->where = syntax_span(@REPEAT, @name);
		$$->body = $block.first;
	}
|	error NL {
		$$ = STATEMENT(DAMAGED, no_word, NULL);
		yyerrok;
	}
|	error block {
		$$ = STATEMENT(DAMAGED, no_word, NULL);
		$$->body = $block.first;
	}
;

order:
	DO name			{ $$ = STATEMENT(DO, $name, NULL); }
|	DO name exprs {
		$$ = STATEMENT(DO, $name, NULL);
		$$->arguments = $exprs.first;
	}
|	AWAIT name expr		{ $$ = STATEMENT(AWAIT, $name, $expr); }
|	CHECK expr		{ $$ = STATEMENT(CHECK, no_word, $expr); }
;

action:
	subject call tail {
		$$ = STATEMENT(CALL, $subject, $call);
		$$->tail = $tail;
	}
|	subject plain_name '=' bound_call tail {
		$$ = STATEMENT(CALL, $subject, $bound_call);
		$$->bind = syntax_word($plain_name, @plain_name);
		$$->tail = $tail;
	}
|	subject RESUMES result {
		$$ = STATEMENT(RESUMES, $subject, NULL);
		$$->tail = $result;
	}
|	subject BLOCKS		{ $$ = STATEMENT(BLOCKS, $subject, NULL); }
|	subject EXIT result {
		$$ = STATEMENT(EXIT, $subject, NULL);
		$$->tail = $result;
	}
|	subject A_CALL		{ $$ = NULL; YYERROR; }
;

subject:
	NAME ':'		{ $$ = syntax_word($NAME, @NAME); }
;

tail:
	result
|	BLOCKS			{ $$ = (struct tail){ .kind = TAIL_BLOCKS, .where = @$ }; }
;

result:
	%empty			{ $$ = (struct tail){ .kind = TAIL_NONE, .where = @$ }; }
|	'=' expr with		{ $$ = (struct tail){ TAIL_VALUE, @$, $expr, $with.first }; }
|	IN expr with		{ $$ = (struct tail){ TAIL_SET, @$, $expr, $with.first }; }
;

with:
	%empty			{ $$ = (struct binding_list){ 0 }; }
|	WITH bindings		{ $$ = $bindings; }
;

bindings:
	binding			{ $$ = (struct binding_list){ $1, $1 }; }
|	bindings ',' binding	{ $$ = $1; APPEND($$, $3); }
;

binding:
	name '=' expr {
		$$ = syntax_new(syntax, sizeof(*$$));
		$$->name = $name;
		$$->want = $expr;
	}
|	name AS name[bind] {
		$$ = syntax_new(syntax, sizeof(*$$));
		$$->name = $1;
		$$->bind = $bind.text;
		$$->bind_where = $bind.where;
	}
;

expr:
	INT			{ $$ = LEAF(INT); $$->number = $1; }
|	duration
|	VERSION			{ $$ = LEAF(VERSION); $$->number = $1; }
|	STRING			{ $$ = NAMED(STRING, $1); }
|	any_name		{ $$ = NAMED(NAME, $1); }
|	call
|	SET_OPEN SET_CLOSE	{ $$ = LEAF(SET); }
|	SET_OPEN exprs SET_CLOSE { MADE($$ = LISTED(SET, no_text, $exprs)); }
|	'(' expr[inner] ')'	{ $$ = $inner; }
|	expr[left] '.' any_name	{ MADE($$ = WRAP(MEMBER, $any_name, $left)); }
|	expr[a] DOTS expr[b] {
		MADE($$ = syntax_pair(syntax, EXPR_RANGE, OPERATOR_ADD, $a, $b, @$));
	}
|	'-' expr[of] %prec NEGATIVE { MADE($$ = UNARY(NEGATE, $of)); }
|	'!' expr[of]		{ MADE($$ = UNARY(NOT, $of)); }
|	expr[a] '*' expr[b]	{ MADE($$ = BINARY(MULTIPLY, $a, $b)); }
|	expr[a] '%' expr[b]	{ MADE($$ = BINARY(REMAINDER, $a, $b)); }
|	expr[a] '+' expr[b]	{ MADE($$ = BINARY(ADD, $a, $b)); }
|	expr[a] '-' expr[b]	{ MADE($$ = BINARY(SUBTRACT, $a, $b)); }
|	expr[a] '|' expr[b]	{ MADE($$ = BINARY(OR_BITS, $a, $b)); }
|	expr[a] EQUAL expr[b]	{ MADE($$ = BINARY(EQUAL, $a, $b)); }
|	expr[a] UNEQUAL expr[b]	{ MADE($$ = BINARY(UNEQUAL, $a, $b)); }
|	expr[a] '<' expr[b]	{ MADE($$ = BINARY(LESS, $a, $b)); }
|	expr[a] '>' expr[b]	{ MADE($$ = BINARY(GREATER, $a, $b)); }
|	expr[a] AT_MOST expr[b]	{ MADE($$ = BINARY(AT_MOST, $a, $b)); }
|	expr[a] AT_LEAST expr[b] { MADE($$ = BINARY(AT_LEAST, $a, $b)); }
|	expr[a] '~' expr[b]	{ MADE($$ = BINARY(MATCHES, $a, $b)); }
|	expr[a] AND_ALSO expr[b] { MADE($$ = BINARY(AND, $a, $b)); }
|	expr[a] OR_ELSE expr[b]	{ MADE($$ = BINARY(OR, $a, $b)); }
;

call:
	any_name '(' arguments ')' { MADE($$ = LISTED(CALL, $1, $arguments)); }
;

bound_call:
	plain_name '(' arguments ')' { MADE($$ = LISTED(CALL, $1, $arguments)); }
|	A_CALL			{ $$ = NULL; YYERROR; }
;

arguments:
	%empty			{ $$ = no_exprs; }
|	argument_list
;

argument_list:
	argument		{ $$ = no_exprs; ADD_EXPR($$, $1); }
|	argument_list ',' argument { $$ = $1; ADD_EXPR($$, $3); }
;

argument:
	expr
|	any_name '=' expr	{ MADE($$ = WRAP(NAMED, $1, $3)); }
;

exprs:
	expr			{ $$ = no_exprs; ADD_EXPR($$, $1); }
|	exprs ',' expr		{ $$ = $1; ADD_EXPR($$, $3); }
;

names:
	name			{ $$ = no_words; ADD_WORD($$, $1); }
|	names ',' name		{ $$ = $1; ADD_WORD($$, $3); }
;

name:
	any_name		{ $$ = syntax_word($1, @1); }
;

/* Keywords are names wherever they cannot mean anything else. */
any_name:
	plain_name | RESUMES | BLOCKS | EXIT
;

plain_name:
	NAME | IN | FROM | TO | BETWEEN | AND | HELD | BY | ON | ENTRY | NTH | EVERY | AS | WITH
;

%%

static int yyreport_syntax_error(const yypcontext_t *context, struct syntax *syntax)
{
	yysymbol_kind_t symbols[YYNTOKENS];
	const char *names[YYNTOKENS];
	int count = yypcontext_expected_tokens(context, symbols, YYNTOKENS);

	if (count < 0)
		return count;
	for (int i = 0; i < count; i++)
		names[i] = symbols[i] == YYSYMBOL_SET_CLOSE ? "'}'" : yysymbol_name(symbols[i]);
	syntax_unexpected(syntax, *yypcontext_location(context), names, count);
	return 0;
}
