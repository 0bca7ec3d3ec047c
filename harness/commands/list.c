// SPDX-License-Identifier: MIT
/* ipcdrill list: the tests there are, by their stable ids. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "json_write.h"
#include "option.h"
#include "selection.h"
#include "suite.h"
#include "visible.h"

enum { OPTION_JSON = OPTION_LONG, OPTION_ONLY, OPTION_TAG };

static const struct option options[] = {
	{ "json", no_argument,       NULL, OPTION_JSON },
	{ "only", required_argument, NULL, OPTION_ONLY },
	{ "tag",  required_argument, NULL, OPTION_TAG },
	{ NULL, 0, NULL, 0 },
};

static struct json_object *list_of_words(const struct word *words)
{
	struct json_object *list = json_object_new_array();

	for (; words; words = words->next)
		json_object_array_add(list, json_object_new_string(words->text));
	return list;
}

static struct json_object *list_of_cites(const struct cite *cites)
{
	struct json_object *list = json_object_new_array();

	for (; cites; cites = cites->next) {
		struct json_object *object = json_object_new_object();

		json_add_text(object, "kind", cites->kind);
		json_add_text(object, "document", cites->document);
		json_add_text(object, "place", cites->place);
		json_object_array_add(list, object);
	}
	return list;
}

static const struct decl *next_across(const struct decl *decl)
{
	while (decl && decl->kind != DECL_ACROSS)
		decl = decl->next;
	return decl;
}

/* Where in an id its parameters begin, with this one: at a bracket, and paths may have others. */
static const char *find_parameters(const char *id, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = strchr(id, '['); at; at = strchr(at + 1, '[')) {
		if (!strncmp(at + 1, name, length) && at[1 + length] == '=')
			return at;
	}
	return NULL;
}

/* The comma or bracket behind a value, which may itself hold some: in strings, and in pairs. */
static const char *value_end(const char *at)
{
	bool in_string = false;
	int depth = 0;

	for (; *at; at++) {
		if (in_string && *at == '\\' && at[1])
			at++;
		else if (*at == '"')
			in_string = !in_string;
		else if (!in_string && !depth && strchr(",]", *at))
			break;
		else if (!in_string)
			depth += !!strchr("({[", *at) - !!strchr(")}]", *at);
	}
	return at;
}

/* The values that are part of the id, by the names that the scenario declares. */
static struct json_object *parameters_of(const struct plan *plan)
{
	struct json_object *parameters = json_object_new_object();
	const struct decl *decl = next_across(plan->scenario->decls);
	const char *at = decl ? find_parameters(plan->id, decl->name.text) : NULL;

	for (; at && *at && decl; decl = next_across(decl->next)) {
		const char *value = at + 1 + strlen(decl->name.text) + 1;

		at = value_end(value);
		json_add(parameters, decl->name.text, json_text(value, (size_t)(at - value)));
	}
	return parameters;
}

static struct json_object *describe(const struct plan *plan)
{
	struct json_object *object = json_object_new_object();

	json_add_text(object, "id", plan->id);
	json_add_text(object, "title", plan->scenario->title);
	json_add_text(object, "file", plan->file->source.path);
	json_add_number(object, "line", (uint64_t)plan->scenario->where.line);
	json_add(object, "tags", list_of_words(plan->scenario->tags));
	json_add(object, "covers", list_of_words(plan->scenario->covers));
	json_add(object, "cites", list_of_cites(plan->scenario->cites));
	json_add(object, "parameters", parameters_of(plan));
	return object;
}

static void print_json(const struct suite *suite, const struct selection *selection)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < selection->count; i++)
		json_object_array_add(list, describe(suite->plans[selection->order[i]]));
	json_write_pretty(stdout, list);
}

static void print_ids(const struct suite *suite, const struct selection *selection)
{
	for (size_t i = 0; i < selection->count; i++) {
		visible_text(stdout, suite->plans[selection->order[i]]->id);
		putchar('\n');
	}
}

/* EXIT_PASSED or EXIT_USAGE. */
static enum exit_status read_options(int argc, char **argv, struct selection *selection, bool *json)
{
	for (;;) {
		switch (option_next(argc, argv, options)) {
		case OPTION_JSON:
			*json = true;
			break;
		case OPTION_ONLY:
			selection_add_pattern(selection, optarg);
			break;
		case OPTION_TAG:
			selection_add_tag(selection, optarg);
			break;
		case OPTION_END:
			return EXIT_PASSED;
		default:
			return EXIT_USAGE;
		}
	}
}

static int list(int argc, char **argv)
{
	struct suite suite = { 0 };
	struct selection selection = { 0 };
	bool json = false;
	enum exit_status status = read_options(argc, argv, &selection, &json);

	if (!status)
		status = suite_load(&suite, argv[0], argv + optind, (size_t)(argc - optind));
	if (!status)
		status = selection_apply(&selection, &suite, argv[0]);
	if (!status && json)
		print_json(&suite, &selection);
	else if (!status)
		print_ids(&suite, &selection);
	selection_close(&selection);
	suite_free(&suite);
	return (int)status;
}

const struct command command_list = {
	.name = "list",
	.summary = "list tests by their ids",
	.usage =
"usage: ipcdrill list [OPTION...] [PATH...]\n"
"\n"
"Lists the tests in files and directories; without a PATH, in the suite that belongs to this program. Ids are stable:\n"
"the path without its suffix, /title if the file holds several scenarios, [name=value,...] for parameters.\n"
"\n"
"      --json               an array of objects: id, title, file, line, tags, covers, cites, parameters\n"
"      --only PATTERN       only tests whose id matches; * is any text, ? any character; may be repeated\n"
"      --tag TAG            only tests whose scenario has this tag; may be repeated\n"
"      --help, --version\n"
"\n"
"Exit status: 0, or 2 for bad usage or a bad scenario file.\n",
	.run = list,
};
