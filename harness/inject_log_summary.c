// SPDX-License-Identifier: MIT
/* What became of each rule. */
#include <inttypes.h>
#include <sys/wait.h>

#include "inject_log.h"
#include "json_write.h"
#include "option.h"

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static void print_rule(const struct inject_rule *rule, const struct tally *tally, FILE *out)
{
	const struct trigger *trigger = &rule->trigger;

	if (rule->is_static)
		fputs("left to the kernel, which does not count", out);
	else if (!trigger->fired)
		fprintf(out, "never fired, %" PRIu64 " call%s matched", trigger->count,
			plural(trigger->count));
	else
		fprintf(out, "fired at %" PRIu64 " of %" PRIu64 " call%s: %s%s", trigger->fired,
			trigger->count, plural(trigger->count), tally->first ? tally->first : "?",
			trigger->fired > 1 ? ", ..." : "");
	fputc('\n', out);
}

void inject_log_summary(const struct inject_log *log, FILE *out, const char *prefix, bool is_all)
{
	for (size_t i = 0; i < log->rules->count; i++) {
		if (!is_all && !trigger_is_satisfied(&log->rules->rules[i].trigger))
			continue;
		fprintf(out, "%s%s: ", prefix, log->rules->rules[i].name);
		print_rule(&log->rules->rules[i], &log->tallies[i], out);
	}
}

static struct json_object *rule_object(const struct inject_log *log, size_t index)
{
	const struct inject_rule *rule = &log->rules->rules[index];
	const struct tally *tally = &log->tallies[index];
	struct json_object *object = json_object_new_object();

	json_add_text(object, "type", "rule");
	json_add_number(object, "rule", index + 1);
	json_add_text(object, "text", log->rules->texts[index].text);
	json_add_flag(object, "optional", rule->trigger.optional);
	json_add_flag(object, "counted", !rule->is_static);
	json_add_number(object, "calls", tally->seen);
	json_add_number(object, "matched", rule->trigger.count);
	json_add_number(object, "fired", rule->trigger.fired);
	json_add_number(object, "refused", tally->refused);
	return object;
}

void inject_log_summary_json(const struct inject_log *log, FILE *out, int status)
{
	struct json_object *object = json_object_new_object();

	for (size_t i = 0; i < log->rules->count; i++)
		json_write_line(out, rule_object(log, i));
	json_add_text(object, "type", "end");
	if (WIFSIGNALED(status))
		json_add_signal(object, WTERMSIG(status));
	else
		json_add_number(object, "status", (uint64_t)WEXITSTATUS(status));
	json_write_line(out, object);
}

/*
 * Why a rule did not do what it was given for; NULL: it did. In a text of ours, valid until the
 * next call.
 */
static const char *explain(const struct inject_log *log, size_t index)
{
	static char text[300];
	const struct trigger *trigger = &log->rules->rules[index].trigger;
	const struct tally *tally = &log->tallies[index];
	const char *calls = log->rules->texts[index].calls;

	if (log->rules->rules[index].is_static)
		return NULL;
	if (tally->refused && tally->refused == trigger->fired && !trigger->optional) {
		snprintf(text, sizeof(text), "was never carried out: %s", tally->refusal);
		return text;
	}
	if (trigger_is_satisfied(trigger))
		return NULL;
	if (!tally->seen)
		snprintf(text, sizeof(text), "never fired: %s was never called", calls);
	else if (!trigger->count)
		snprintf(text, sizeof(text),
			 "never fired: %s was called %" PRIu64
			 " time%s, never as the rule wants it",
			 calls, tally->seen, plural(tally->seen));
	else if (trigger->overruled)
		snprintf(text, sizeof(text),
			 "never fired: another rule had decided what comes of the call of %s that it "
			 "waits for",
			 calls);
	else
		snprintf(text, sizeof(text),
			 "never fired: %" PRIu64 " call%s of %s matched (of %" PRIu64
			 " made), and it waits for call %" PRIu64,
			 trigger->count, plural(trigger->count), calls, tally->seen,
			 trigger->first);
	return text;
}

bool inject_log_is_satisfied(const struct inject_log *log, const char *command)
{
	bool satisfied = true;

	for (size_t i = 0; i < log->rules->count; i++) {
		const char *why = explain(log, i);

		if (!why)
			continue;
		complain(command, "%s '%s' %s", log->rules->rules[i].name,
			 log->rules->texts[i].text, why);
		satisfied = false;
	}
	return satisfied;
}
