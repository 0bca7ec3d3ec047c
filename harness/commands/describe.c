// SPDX-License-Identifier: MIT
/* ipcdrill describe: the reference of mechanisms, calls, faults, facts and probes, from the tables that are used. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "call.h"
#include "command.h"
#include "diag.h"
#include "fault.h"
#include "mechanism.h"
#include "option.h"
#include "plan.h"

static const struct option options[] = {
	{ NULL, 0, NULL, 0 },
};

/* Each prints its members whose name this is, or all of them with a heading, and says how many. */
struct section {
	size_t (*print)(const char *name);
	const char *(*next)(size_t index);	/* names, for spelling suggestions; NULL at the end */
};

static bool is_wanted(const char *wanted, const char *name)
{
	return !wanted || !strcmp(wanted, name);
}

static void print_options(const struct mechanism_option *option)
{
	for (; option && option->name; option++) {
		printf("  - `%s=", option->name);
		for (size_t i = 0; option->is_word && option->words[i]; i++)
			printf("%s%s", i ? "|" : "", option->words[i]);
		printf("`: %s", option->summary);
		if (option->is_word)
			printf("; left out: %s", option->words[option->fallback]);
		else if (option->fallback)
			printf("; left out: %" PRId64, option->fallback);
		putchar('\n');
	}
}

static void print_mechanism(const struct mechanism *mechanism)
{
	static const struct {
		unsigned form;
		const char *written;
	} forms[] = {
		{ FORM_NAMED, "" }, { FORM_FROM_TO, " from w to r" }, { FORM_BETWEEN, " between a and b" },
		{ FORM_HELD_BY, " held by a, b" },
	};
	const char *separator = " ";

	printf("- `%s`: %s, %s. Written", mechanism->name, mechanism->summary, mechanism->man);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!(mechanism->forms & forms[i].form))
			continue;
		printf("%s`channel c: %s%s`", separator, mechanism->name, forms[i].written);
		separator = ", ";
	}
	puts(".");
	print_options(mechanism->options);
}

static size_t print_mechanisms(const char *name)
{
	size_t count = 0;

	if (!name)
		puts("## Mechanisms\n");
	for (size_t i = 0; mechanisms[i]; i++) {
		if (!is_wanted(name, mechanisms[i]->name))
			continue;
		print_mechanism(mechanisms[i]);
		count++;
	}
	return count;
}

static const char *next_mechanism(size_t index)
{
	return mechanisms[index] ? mechanisms[index]->name : NULL;
}

static void print_parameters(const struct call *call)
{
	for (size_t i = 0; i < call_parameter_count(call); i++) {
		const struct parameter *parameter = &call->parameters[i];

		printf("%s%s%s", i ? ", " : "", parameter->name, parameter->optional ? "?" : "");
	}
}

static void print_call(const struct call *call)
{
	static const char *const results[] = {
		[RESULT_STATUS] = " = 0",	  [RESULT_NUMBER] = " = NUMBER", [RESULT_FD] = " = DESCRIPTOR",
		[RESULT_BYTES] = " = BYTES", [RESULT_NEVER] = "",
	};

	printf("- `%s(", call->name);
	print_parameters(call);
	printf(")%s`", results[call->result]);
	for (size_t i = 0; i < CALL_OUTS_MAX && call->outs[i]; i++)
		printf("%s`%s`", i ? ", " : " with ", call->outs[i]);
	printf(": %s, %s\n", call->summary, call->flags & CALL_QUESTION ? "a question to the endpoint" : call->man);
}

static void print_heading(const char *family)
{
	fputs("\n### ", stdout);
	for (; *family; family++)
		putchar(*family == '_' ? ' ' : *family);
	fputs("\n\n", stdout);
}

static size_t print_calls(const char *name)
{
	size_t count = 0;

	if (!name)
		puts("\n## Calls\n\nArguments in their order, or by name; one marked `?` may be left out. `via=libc` makes a call "
		     "through the C\nlibrary where it has a system call of its own.");
	for (size_t f = 0; call_families[f]; f++) {
		if (!name)
			print_heading(call_families[f]->name);
		for (size_t i = 0; i < call_families[f]->count; i++) {
			if (!is_wanted(name, call_families[f]->calls[i].name))
				continue;
			print_call(&call_families[f]->calls[i]);
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

static void print_fault(const struct fault *fault)
{
	static const char *const operands[] = {
		[FAULT_TAKES_NOTHING] = "", [FAULT_TAKES_ERRNO] = " ERROR", [FAULT_TAKES_BYTES] = " BYTES",
		[FAULT_TAKES_TIME] = " DURATION", [FAULT_TAKES_SIGNAL] = " SIGNAL", [FAULT_TAKES_GATE] = " GATE",
	};

	printf("- `%s%s`, at the %s: %s\n", fault->name, operands[fault->operand],
	       fault->points == FAULT_AT_ENTRY ? "entry" :
	       fault->points == FAULT_AT_EXIT  ? "exit" :
						 "entry or the exit",
	       fault->summary);
}

static size_t print_faults(const char *name)
{
	size_t count = 0;

	if (!name)
		puts("\n## Effects of faults\n");
	for (size_t i = 0; faults[i]; i++) {
		if (!is_wanted(name, faults[i]->name))
			continue;
		print_fault(faults[i]);
		count++;
	}
	return count;
}

static const char *next_fault(size_t index)
{
	return faults[index] ? faults[index]->name : NULL;
}

static size_t print_facts(const char *name)
{
	size_t total, count = 0;
	const struct fact *facts = fact_all(&total);

	if (!name)
		puts("\n## Facts for `check`\n");
	for (size_t i = 0; i < total; i++) {
		if (!is_wanted(name, facts[i].name))
			continue;
		printf("- `%s(c)`: %s\n", facts[i].name, facts[i].summary);
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

static size_t print_probes(const char *name)
{
	size_t total, count = 0;
	const struct probe *probes = probe_all(&total);

	if (!name)
		puts("\n## Probes for `requires`, `let` and `deviates`\n");
	for (size_t i = 0; i < total; i++) {
		if (!is_wanted(name, probes[i].name))
			continue;
		printf("- `%s%s`: %s", probes[i].name, probes[i].argument ? "(...)" : "", probes[i].summary);
		if (probes[i].argument)
			printf("; takes %s", probes[i].argument);
		putchar('\n');
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

static bool describe_one(const char *command, const char *name)
{
	struct place place = { 0 };
	const char *nearest;
	size_t count = 0;

	for (int i = 0; i < SECTION_COUNT; i++)
		count += sections[i].print(name);
	if (count)
		return true;
	nearest = diag_nearest(name, next_name, &place);
	if (nearest)
		complain(command, "there is no '%s'; did you mean %s?", name, nearest);
	else
		complain(command, "there is no '%s'; ipcdrill describe lists everything", name);
	return false;
}

static int describe(int argc, char **argv)
{
	enum exit_status status = EXIT_PASSED;

	if (option_next(argc, argv, options) != OPTION_END)
		return EXIT_USAGE;
	if (optind == argc) {
		puts("# Reference\n\nWhat this version of the language knows, as `ipcdrill describe` prints it.\n");
		for (int i = 0; i < SECTION_COUNT; i++)
			sections[i].print(NULL);
	}
	for (int i = optind; i < argc; i++) {
		if (!describe_one(argv[0], argv[i]))
			status = EXIT_USAGE;
	}
	return status;
}

const struct command command_describe = {
	.name = "describe",
	.summary = "the reference of mechanisms, calls, effects, facts and probes",
	.usage =
"usage: ipcdrill describe [NAME...]\n"
"\n"
"Prints what a mechanism, a call, an effect of faults, a fact or a probe is, and what it takes; without a NAME, the whole\n"
"reference, as doc/reference.md has it.\n"
"\n"
"      --help, --version\n"
"\n"
"Exit status: 0, or 2 if there is no such NAME.\n",
	.run = describe,
};
