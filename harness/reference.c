// SPDX-License-Identifier: MIT
/* The reference, one section for each table that the language is made of. */
#include "reference.h"

#include <inttypes.h>
#include <string.h>

#include "call.h"
#include "diag.h"
#include "fault.h"
#include "mechanism.h"
#include "plan.h"

/* Permissions are written in octal. */
static bool is_mode(const struct mechanism_option *option)
{
	return !strcmp(option->name, "mode");
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
		else if (option->fallback && !option->fits)
			fprintf(out,
				is_mode(option) ? "; left out: %#" PRIo64
						: "; left out: %" PRId64,
				option->fallback);
		fputc('\n', out);
	}
}

static const char *mechanism_at(size_t index)
{
	return mechanisms[index] ? mechanisms[index]->name : NULL;
}

static void print_mechanism(FILE *out, size_t index)
{
	static const struct {
		unsigned form;
		const char *written;
	} forms[] = {
		{ FORM_NAMED, "" },
		{ FORM_FROM_TO, " from w to r" },
		{ FORM_BETWEEN, " between a and b" },
		{ FORM_HELD_BY, " held by a, b" },
	};
	const struct mechanism *mechanism = mechanisms[index];
	const char *separator = " ";

	fprintf(out, "- `%s`: %s, %s. Written", mechanism->name, mechanism->summary,
		mechanism->man);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!(mechanism->forms & forms[i].form))
			continue;
		fprintf(out, "%s`channel c: %s%s`", separator, mechanism->name, forms[i].written);
		separator = ", ";
	}
	fputs(".\n", out);
	print_options(out, mechanism->options);
}

/* The calls of all families are numbered through; NULL at the end. */
static const struct call *find_call(size_t index, const struct call_family *const **family)
{
	for (*family = call_families; **family; (*family)++) {
		if (index < (**family)->count)
			return &(**family)->calls[index];
		index -= (**family)->count;
	}
	return NULL;
}

static const char *call_at(size_t index)
{
	const struct call_family *const *family;
	const struct call *call = find_call(index, &family);

	return call ? call->name : NULL;
}

static void print_parameters(FILE *out, const struct call *call)
{
	for (size_t i = 0; i < call_parameter_count(call); i++) {
		const struct parameter *parameter = &call->parameters[i];

		fprintf(out, "%s%s%s", i ? ", " : "", parameter->name,
			parameter->optional ? "?" : "");
	}
}

static void print_call(FILE *out, size_t index)
{
	static const char *const results[] = {
		[RESULT_STATUS] = " = 0",      [RESULT_NUMBER] = " = NUMBER",
		[RESULT_FD] = " = DESCRIPTOR", [RESULT_BYTES] = " = BYTES",
		[RESULT_NEVER] = "",
	};
	const struct call_family *const *family;
	const struct call *call = find_call(index, &family);

	fprintf(out, "- `%s(", call->name);
	print_parameters(out, call);
	fprintf(out, ")%s`", results[call->result]);
	for (size_t i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++)
		fprintf(out, "%s`%s`", i ? ", " : " with ", call->outs[i]);
	fprintf(out, ": %s, %s\n", call->summary,
		call->flags & CALL_QUESTION ? "a question to the endpoint" : call->man);
}

static void print_family(FILE *out, size_t index)
{
	const struct call_family *const *family;

	if (find_call(index, &family) != (*family)->calls)
		return;
	fputs("\n### ", out);
	for (const char *letter = (*family)->name; *letter; letter++)
		fputc(*letter == '_' ? ' ' : *letter, out);
	fputs("\n\n", out);
}

static const char *fault_at(size_t index)
{
	return faults[index] ? faults[index]->name : NULL;
}

static void print_fault(FILE *out, size_t index)
{
	static const char *const operands[] = {
		[FAULT_TAKES_NOTHING] = "",       [FAULT_TAKES_ERRNO] = " ERROR",
		[FAULT_TAKES_BYTES] = " BYTES",   [FAULT_TAKES_TIME] = " DURATION",
		[FAULT_TAKES_SIGNAL] = " SIGNAL", [FAULT_TAKES_GATE] = " GATE",
	};
	const struct fault *fault = faults[index];

	fprintf(out, "- `%s%s`, at the %s: %s\n", fault->name, operands[fault->operand],
	       fault->points == FAULT_AT_ENTRY ? "entry" :
	       fault->points == FAULT_AT_EXIT  ? "exit" :
						 "entry or the exit",
	       fault->summary);
}

static const char *fact_at(size_t index)
{
	size_t count;
	const struct fact *facts = fact_all(&count);

	return index < count ? facts[index].name : NULL;
}

static void print_fact(FILE *out, size_t index)
{
	size_t count;
	const struct fact *fact = &fact_all(&count)[index];

	fprintf(out, "- `%s(c)`: %s\n", fact->name, fact->summary);
}

static const char *probe_at(size_t index)
{
	size_t count;
	const struct probe *probes = probe_all(&count);

	return index < count ? probes[index].name : NULL;
}

static void print_probe(FILE *out, size_t index)
{
	size_t count;
	const struct probe *probe = &probe_all(&count)[index];

	fprintf(out, "- `%s%s`: %s", probe->name, probe->argument ? "(...)" : "", probe->summary);
	if (probe->argument)
		fprintf(out, "; takes %s", probe->argument);
	fputc('\n', out);
}

static const struct section {
	const char *heading;
	const char *(*name_at)(size_t index);	/* NULL at the end */
	void (*print)(FILE *out, size_t index);
	/* what stands above it among all; or NULL */
	void (*precede)(FILE *out, size_t index);
} sections[] = {
	{ "## Mechanisms\n", mechanism_at, print_mechanism, NULL },
	{ "\n## Calls\n\n"
	  "Arguments in their order, or by name; one marked `?` may be left out. `via=libc` makes a call through the C\n"
	  "library where it has a system call of its own.",
	  call_at, print_call, print_family },
	{ "\n## Effects of faults\n", fault_at, print_fault, NULL },
	{ "\n## Facts for `check`\n", fact_at, print_fact, NULL },
	{ "\n## Probes for `requires`, `let` and `deviates`\n", probe_at, print_probe, NULL },
};

enum { SECTION_COUNT = sizeof(sections) / sizeof(sections[0]) };

static size_t print_section(FILE *out, const struct section *section, const char *wanted)
{
	size_t count = 0;
	const char *name;

	if (!wanted)
		fprintf(out, "%s\n", section->heading);
	for (size_t i = 0; (name = section->name_at(i)); i++) {
		if (wanted && strcmp(wanted, name) != 0)
			continue;
		if (!wanted && section->precede)
			section->precede(out, i);
		section->print(out, i);
		count++;
	}
	return count;
}

size_t reference_print(FILE *out, const char *name)
{
	size_t count = 0;

	for (int i = 0; i < SECTION_COUNT; i++)
		count += print_section(out, &sections[i], name);
	return count;
}

struct place {
	size_t section, index;
};

static const char *next_name(void *context)
{
	struct place *place = context;

	while (place->section < SECTION_COUNT) {
		const char *name = sections[place->section].name_at(place->index++);

		if (name)
			return name;
		place->section++;
		place->index = 0;
	}
	return NULL;
}

const char *reference_nearest(const char *name)
{
	struct place place = { 0 };

	return diag_nearest(name, next_name, &place);
}
