// SPDX-License-Identifier: MIT
/* Hits while they happen. What a call is about can only be seen while its thread is held. */
#include "inject_log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "inject_tree.h"
#include "inject_words.h"
#include "json_write.h"
#include "process_paths.h"

enum { CALL_TEXT_MAX = 300, END_TEXT_MAX = 200 };

/* One that fired, and is not over. */
struct hit_note {
	struct hit_note *next;
	pid_t tid;
	char program[20];
	char call[CALL_TEXT_MAX];
	uint64_t rules; /* a bit each */
	uint64_t counts[RULES_MAX]; /* which of its calls this is */
};

static struct inject_log *log_of(void *context)
{
	struct inject_tree *tree = context;

	return tree->context;
}

static size_t index_of(const struct inject_log *log, const struct inject_rule *rule)
{
	return (size_t)(rule - log->rules->rules);
}

static bool has_number(const struct inject_rule *rule, int number)
{
	for (size_t i = 0; i < rule->number_count; i++) {
		if (rule->numbers[i] == number)
			return true;
	}
	return false;
}

void inject_log_called(void *context, const struct hit *hit)
{
	struct inject_log *log = log_of(context);

	for (size_t i = 0; i < log->rules->count; i++)
		log->tallies[i].seen += has_number(&log->rules->rules[i], hit->number);
}

static struct hit_note **find_note(struct inject_log *log, pid_t tid)
{
	struct hit_note **at = &log->notes;

	while (*at && (*at)->tid != tid)
		at = &(*at)->next;
	return at;
}

static void note_fired(struct inject_log *log, const struct inject_rule *rule,
		       const struct hit *hit)
{
	struct hit_note *note = *find_note(log, hit->tid);
	size_t index = index_of(log, rule);

	if (!note) {
		note = calloc(1, sizeof(*note));
		if (!note)
			abort();
		note->next = log->notes;
		log->notes = note;
		note->tid = hit->tid;
		process_name(hit->tid, note->program, sizeof(note->program));
		inject_words_call(hit, note->call, sizeof(note->call));
	}
	note->rules |= UINT64_C(1) << index;
	note->counts[index] = rule->trigger.count;
}

static bool has_rule(const struct hit_note *note, size_t index)
{
	return note->rules >> index & 1;
}

static void print_line(const struct inject_log *log, const struct hit_note *note, const char *end)
{
	const char *separator = " (";
	char effects[200];

	fprintf(log->out, "%d %s %s = %s", note->tid, note->program, note->call, end);
	for (size_t i = 0; i < log->rules->count; i++) {
		const struct inject_rule *rule = &log->rules->rules[i];

		if (!has_rule(note, i))
			continue;
		inject_effects_text(rule->effects, rule->effect_count, effects, sizeof(effects));
		fprintf(log->out, "%s%s, call %" PRIu64 ": %s", separator, rule->name,
			note->counts[i], effects);
		separator = "; ";
	}
	fputs(")\n", log->out);
}

static void print_object(const struct inject_log *log, const struct hit_note *note, const char *end)
{
	struct json_object *object = json_object_new_object(), *rules = json_object_new_array();

	for (size_t i = 0; i < log->rules->count; i++) {
		struct json_object *rule;

		if (!has_rule(note, i))
			continue;
		rule = json_object_new_object();
		json_add_number(rule, "rule", i + 1);
		json_add_number(rule, "call", note->counts[i]);
		json_object_array_add(rules, rule);
	}
	json_add_text(object, "type", "hit");
	json_add_number(object, "pid", (uint64_t)note->tid);
	json_add_text(object, "program", note->program);
	json_add_text(object, "call", note->call);
	json_add_text(object, "result", end);
	json_add(object, "rules", rules);
	json_write_line(log->out, object);
}

/* "write(4</tmp/x.log>, 4096) = -1 ENOSPC (...) in prog (pid 1234)" */
static void keep_first(struct tally *tally, const struct hit_note *note, const char *end)
{
	if (!tally->first && asprintf(&tally->first, "%s = %s, in %s (%d)", note->call, end,
				      note->program, note->tid) < 0)
		abort();
}

static void note_over(struct inject_log *log, enum inject_what what, const struct hit *hit)
{
	struct hit_note **at = find_note(log, hit->tid), *note = *at;
	char end[END_TEXT_MAX];

	if (!note)
		return;
	inject_words_end(hit, end, sizeof(end));
	for (size_t i = 0; i < log->rules->count; i++) {
		if (!has_rule(note, i))
			continue;
		keep_first(&log->tallies[i], note, end);
		log->tallies[i].refused += what == INJECT_REFUSED;
		if (what == INJECT_REFUSED && !log->tallies[i].refusal)
			log->tallies[i].refusal = strdup(hit->refusal);
	}
	if (log->out && log->json)
		print_object(log, note, end);
	else if (log->out)
		print_line(log, note, end);
	if (log->out)
		fflush(log->out);
	*at = note->next;
	free(note);
}

void inject_log_noted(void *context, enum inject_what what, const struct inject_rule *rule,
		      const struct hit *hit)
{
	struct inject_log *log = log_of(context);

	switch (what) {
	case INJECT_FIRED: note_fired(log, rule, hit); return;
	case INJECT_DONE:
	case INJECT_REFUSED: note_over(log, what, hit); return;
	}
	abort();
}

void inject_log_free(struct inject_log *log)
{
	for (size_t i = 0; i < RULES_MAX; i++) {
		free(log->tallies[i].first);
		free(log->tallies[i].refusal);
	}
	while (log->notes) {
		struct hit_note *next = log->notes->next;

		free(log->notes);
		log->notes = next;
	}
	*log = (struct inject_log){ 0 };
}
