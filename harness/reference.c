// SPDX-License-Identifier: MIT
/* The reference, one section for each table that the language is made of. */
#include "reference.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "call.h"
#include "diag.h"
#include "fault.h"
#include "mechanism.h"
#include "plan.h"

/* Each prints its members whose name this is, or all of them with a heading, and says how many. */
struct section {
	size_t (*print)(FILE *out, const char *name);
	const char *(*next)(size_t index);	/* names, for spelling suggestions; NULL at the end */
};

static bool is_wanted(const char *wanted, const char *name)
{
	return !wanted || !strcmp(wanted, name);
}

static void print_options(FILE *out, const struct mechanism_option *option)
{
	for (; option && option->name; option++) {
		fprintf(out, "  - `%s=", option->name);
		for (size_t i = 0; option->is_word && option->words[i]; i++)
			fprintf(out, "%s%s", i ? "|" : "", option->words[i]);
		fprintf(out, "`: %s", option->summary);
		if (option->is_word)
			fprintf(out, "; left out: %s", option->words[option->fallback]);
		else if (option->fallback)
			fprintf(out, "; left out: %" PRId64, option->fallback);
		fputc('\n', out);
	}
}

static void print_mechanism(FILE *out, const struct mechanism *mechanism)
{
	static const struct {
		unsigned form;
		const char *written;
	} forms[] = {
		{ FORM_NAMED, "" }, { FORM_FROM_TO, " from w to r" }, { FORM_BETWEEN, " between a and b" },
		{ FORM_HELD_BY, " held by a, b" },
	};
	const char *separator = " ";

	fprintf(out, "- `%s`: %s, %s. Written", mechanism->name, mechanism->summary, mechanism->man);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!(mechanism->forms & forms[i].form))
			continue;
		fprintf(out, "%s`channel c: %s%s`", separator, mechanism->name, forms[i].written);
		separator = ", ";
	}
	fputs(".\n", out);
	print_options(out, mechanism->options);
}

static size_t print_mechanisms(FILE *out, const char *name)
{
	size_t count = 0;

	if (!name)
		fputs("## Mechanisms\n\n", out);
	for (size_t i = 0; mechanisms[i]; i++) {
		if (!is_wanted(name, mechanisms[i]->name))
			continue;
		print_mechanism(out, mechanisms[i]);
		count++;
	}
	return count;
}

static const char *next_mechanism(size_t index)
{
	return mechanisms[index] ? mechanisms[index]->name : NULL;
}

static void print_parameters(FILE *out, const struct call *call)
{
	for (size_t i = 0; i < call_parameter_count(call); i++) {
		const struct parameter *parameter = &call->parameters[i];

		fprintf(out, "%s%s%s", i ? ", " : "", parameter->name, parameter->optional ? "?" : "");
	}
}

static void print_call(FILE *out, const struct call *call)
{
	static const char *const results[] = {
		[RESULT_STATUS] = " = 0",	  [RESULT_NUMBER] = " = NUMBER", [RESULT_FD] = " = DESCRIPTOR",
		[RESULT_BYTES] = " = BYTES", [RESULT_NEVER] = "",
	};

	fprintf(out, "- `%s(", call->name);
	print_parameters(out, call);
	fprintf(out, ")%s`", results[call->result]);
	for (size_t i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++)
		fprintf(out, "%s`%s`", i ? ", " : " with ", call->outs[i]);
	fprintf(out, ": %s, %s\n", call->summary, call->flags & CALL_QUESTION ? "a question to the endpoint" : call->man);
}

static void print_heading(FILE *out, const char *family)
{
	fputs("\n### ", out);
	for (; *family; family++)
		fputc(*family == '_' ? ' ' : *family, out);
	fputs("\n\n", out);
}

static size_t print_calls(FILE *out, const char *name)
{
	size_t count = 0;

	if (!name)
		fputs("\n## Calls\n\nArguments in their order, or by name; one marked `?` may be left out. `via=libc` makes a call "
		     "through the C\nlibrary where it has a system call of its own.\n", out);
	for (size_t f = 0; call_families[f]; f++) {
		if (!name)
			print_heading(out, call_families[f]->name);
		for (size_t i = 0; i < call_families[f]->count; i++) {
			if (!is_wanted(name, call_families[f]->calls[i].name))
				continue;
			print_call(out, &call_families[f]->calls[i]);
			count++;
		}
	}
	return count;
}

static const char *next_call(size_t index)
{
	for (size_t f = 0; call_families[f]; f++) {
		if (index < call_families[f]->count)
			return call_families[f]->calls[index].name;
		index -= call_families[f]->count;
	}
	return NULL;
}

static void print_fault(FILE *out, const struct fault *fault)
{
	static const char *const operands[] = {
		[FAULT_TAKES_NOTHING] = "", [FAULT_TAKES_ERRNO] = " ERROR", [FAULT_TAKES_BYTES] = " BYTES",
		[FAULT_TAKES_TIME] = " DURATION", [FAULT_TAKES_SIGNAL] = " SIGNAL", [FAULT_TAKES_GATE] = " GATE",
	};

	fprintf(out, "- `%s%s`, at the %s: %s\n", fault->name, operands[fault->operand],
	       fault->points == FAULT_AT_ENTRY ? "entry" :
	       fault->points == FAULT_AT_EXIT  ? "exit" :
						 "entry or the exit",
	       fault->summary);
}

static size_t print_faults(FILE *out, const char *name)
{
	size_t count = 0;

	if (!name)
		fputs("\n## Effects of faults\n\n", out);
	for (size_t i = 0; faults[i]; i++) {
		if (!is_wanted(name, faults[i]->name))
			continue;
		print_fault(out, faults[i]);
		count++;
	}
	return count;
}

static const char *next_fault(size_t index)
{
	return faults[index] ? faults[index]->name : NULL;
}

static size_t print_facts(FILE *out, const char *name)
{
	size_t total, count = 0;
	const struct fact *facts = fact_all(&total);

	if (!name)
		fputs("\n## Facts for `check`\n\n", out);
	for (size_t i = 0; i < total; i++) {
		if (!is_wanted(name, facts[i].name))
			continue;
		fprintf(out, "- `%s(c)`: %s\n", facts[i].name, facts[i].summary);
		count++;
	}
	return count;
}

static const char *next_fact(size_t index)
{
	size_t total;
	const struct fact *facts = fact_all(&total);

	return index < total ? facts[index].name : NULL;
}

static size_t print_probes(FILE *out, const char *name)
{
	size_t total, count = 0;
	const struct probe *probes = probe_all(&total);

	if (!name)
		fputs("\n## Probes for `requires`, `let` and `deviates`\n\n", out);
	for (size_t i = 0; i < total; i++) {
		if (!is_wanted(name, probes[i].name))
			continue;
		fprintf(out, "- `%s%s`: %s", probes[i].name, probes[i].argument ? "(...)" : "", probes[i].summary);
		if (probes[i].argument)
			fprintf(out, "; takes %s", probes[i].argument);
		fputc('\n', out);
		count++;
	}
	return count;
}

static const char *next_probe(size_t index)
{
	size_t total;
	const struct probe *probes = probe_all(&total);

	return index < total ? probes[index].name : NULL;
}

static const struct section sections[] = {
	{ print_mechanisms, next_mechanism }, { print_calls, next_call }, { print_faults, next_fault },
	{ print_facts, next_fact },	      { print_probes, next_probe },
};

enum { SECTION_COUNT = sizeof(sections) / sizeof(sections[0]) };

struct place {
	size_t section, index;
};

static const char *next_name(void *context)
{
	struct place *place = context;

	while (place->section < SECTION_COUNT) {
		const char *name = sections[place->section].next(place->index++);

		if (name)
			return name;
		place->section++;
		place->index = 0;
	}
	return NULL;
}

size_t reference_print(FILE *out, const char *name)
{
	size_t count = 0;

	for (int i = 0; i < SECTION_COUNT; i++)
		count += sections[i].print(out, name);
	return count;
}

const char *reference_nearest(const char *name)
{
	struct place place = { 0 };

	return diag_nearest(name, next_name, &place);
}
