// SPDX-License-Identifier: MIT
/* Texts of a command line to rules. */
#include "inject_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "suite.h"
#include "value.h"

static char *name_calls(const struct decl *decl)
{
	struct draft draft;

	draft_open(&draft);
	for (const struct word *word = decl->calls; word; word = word->next)
		fprintf(draft.out, "%s%s", word == decl->calls ? "" : "|", word->text);
	return draft_take(&draft);
}

/* The kernel would carry it out at the program's own execve(2) already. */
static void keep_counted(struct inject_rule *rule)
{
	int numbers[INJECT_CALLS_MAX];
	size_t count = inject_calls("execve", numbers, INJECT_CALLS_MAX);

	for (size_t i = 0; i < rule->number_count && count; i++) {
		if (rule->numbers[i] == numbers[0])
			rule->is_blind = false;
	}
}

/* The texts are those of scenario_rule_parse(). */
static bool add(struct inject_rules *rules, const char *name, const char *before, const char *text,
		const char *after, struct diag *diag)
{
	struct inject_rule *rule = &rules->rules[rules->count];
	struct rule_text *kept = &rules->texts[rules->count];
	const struct decl *decl;

	if (rules->count == RULES_MAX) {
		diag_error(diag, NULL, (struct location){ 0 }, NULL, "more than %d rules",
			   RULES_MAX);
		return false;
	}
	snprintf(kept->name, sizeof(kept->name), "%s", name);
	rules->count++;
	kept->text = text;
	decl = scenario_rule_parse(&kept->file, kept->name, before, text, after, diag);
	if (!decl || !resolve_alone(&rules->memory, &kept->file, decl, rule, diag))
		return false;
	rule->name = kept->name;
	rule->watches_handlers = true;
	kept->calls = name_calls(decl);
	keep_counted(rule);
	return true;
}

bool inject_rules_add(struct inject_rules *rules, const char *text, struct diag *diag)
{
	char name[20];

	snprintf(name, sizeof(name), "rule %zu", rules->count + 1);
	return add(rules, name, "", text, "", diag);
}

/* Where "read|write" is no list of names; NULL: nowhere. */
static const char *find_stranger(const char *at)
{
	static const char blanks[] = " \t\n";

	for (;; at++) {
		const char *name = at += strspn(at, blanks);

		while (isalnum((unsigned char)*at) || *at == '_')
			at++;
		if (at == name)
			return at;
		at += strspn(at, blanks);
		if (*at != '|')
			return *at ? at : NULL;
	}
}

bool inject_rules_add_calls(struct inject_rules *rules, const char *name, const char *calls,
			    struct diag *diag)
{
	const char *stranger = find_stranger(calls);
	const struct source source = { .path = (char *)name,
				       .text = (char *)calls,
				       .length = strlen(calls) };
	struct location where = { .line = 1 };

	if (!stranger)
		return add(rules, name, "entry ", calls, "() -> kill", diag);
	where.column = (int)(stranger - calls) + 1;
	where.end_column = where.column + 1;
	diag_error(diag, &source, where, "for example: read|write|open",
		   "here stand names of system calls, and no more");
	return false;
}

/* Whether each fires is what the sweep tells. */
static bool are_effects_only(const struct scenario_file *file, const struct decl *decl,
			     struct diag *diag)
{
	const struct expr *last = decl->effects;
	const char *word;
	int column;

	if (!decl->optional)
		return true;
	while (last->next)
		last = last->next;
	word = strstr(file->source.text + last->where.end_column - 1, "optional");
	column = (int)(word - file->source.text) + 1;
	diag_error(diag, &file->source,
		   (struct location){ 1, column, column + (int)strlen("optional") },
		   "leave it out: a point that is not reached is in the table",
		   "optional is for rules");
	return false;
}

/* A sweep tries each of them alone, so they may contradict each other. */
static size_t resolve_each(const struct scenario_file *file, const struct decl *decl,
			   struct inject_effect *effects, struct diag *diag)
{
	struct suite memory = { 0 };
	size_t count = 0;
	bool good = true;

	for (const struct expr *effect = decl->effects; effect; effect = effect->next, count++) {
		struct inject_rule rule = { 0 };
		struct expr alone = *effect;
		struct decl one = *decl;

		if (count == INJECT_EFFECTS_MAX) {
			diag_error(diag, &file->source, effect->where,
				   "leave some for another sweep",
				   "these are too many effects: there can be %d at once",
				   INJECT_EFFECTS_MAX);
			good = false;
			break;
		}
		alone.next = NULL;
		one.effects = &alone;
		good &= resolve_alone(&memory, file, &one, &rule, diag);
		effects[count] = rule.effects[0];
	}
	suite_free(&memory);
	return good ? count : 0;
}

/* As part of a rule about a call with which anything can be done. */
size_t inject_effects_read(const char *name, const char *text, enum hit_point point,
			   struct inject_effect *effects, struct diag *diag)
{
	const char *before = point == HIT_ENTRY ? "entry write() -> " : "exit write() -> ";
	struct scenario_file file = { 0 };
	const struct decl *decl = scenario_rule_parse(&file, name, before, text, "", diag);
	size_t count = 0;

	if (decl)
		count = resolve_each(&file, decl, effects, diag);
	if (decl && !are_effects_only(&file, decl, diag))
		count = 0;
	scenario_file_free(&file);
	return count;
}

void inject_rules_free(struct inject_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		scenario_file_free(&rules->texts[i].file);
		free(rules->texts[i].calls);
		rules->texts[i].calls = NULL;
	}
	suite_free(&rules->memory);
	rules->count = 0;
}

static void print_operand(FILE *out, const struct inject_effect *effect)
{
	struct value time = value_time(effect->operand);

	switch (effect->fault->operand) {
	case FAULT_TAKES_NOTHING: return;
	case FAULT_TAKES_ERRNO:
		fputc(' ', out);
		symbol_print(out, SYMBOL_ERRNO, effect->operand);
		return;
	case FAULT_TAKES_SIGNAL:
		/* What everybody expects anyway. */
		if (effect->operand == effect->fault->fallback)
			return;
		fputc(' ', out);
		symbol_print(out, SYMBOL_SIGNAL, effect->operand);
		return;
	case FAULT_TAKES_TIME:
		fputc(' ', out);
		value_print(out, &time, SYMBOL_PLAIN);
		return;
	case FAULT_TAKES_BYTES:
	case FAULT_TAKES_GATE: fprintf(out, " %lld", (long long)effect->operand); return;
	}
	abort();
}

void inject_effects_text(const struct inject_effect *effects, size_t count, char *text, size_t size)
{
	FILE *out = fmemopen(text, size, "w");

	if (!out)
		abort();
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "%s%s", i ? ", " : "", effects[i].fault->name);
		print_operand(out, &effects[i]);
	}
	fclose(out);
	text[size - 1] = '\0';
}
