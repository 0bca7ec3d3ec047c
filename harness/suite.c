// SPDX-License-Identifier: MIT
/* From paths to tests. */
#include "suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "option.h"
#include "output.h"
#include "scenario_paths.h"

/*
 * The project's suite as seen from here: shorter in messages if it lies below the working
 * directory.
 */
static const char *shown_root(const struct scenario_paths *paths)
{
	char *directory = getcwd(NULL, 0);
	size_t length = directory ? strlen(directory) : 0;
	bool below = length && !strncmp(paths->root, directory, length) &&
		     paths->root[length] == '/';

	free(directory);
	return below ? paths->root + length + 1 : paths->root;
}

/* False if a path could not be used; each that cannot is complained about. */
static bool find_files(struct scenario_paths *found, const char *command, char *const *paths,
		       size_t count)
{
	char reason[4200];
	bool good = true;
	int err = scenario_paths_open(found, reason, sizeof(reason));

	if (err && !count) {
		complain(command, "%s", reason);
		return false;
	}
	if (!count && scenario_paths_add(found, shown_root(found), reason, sizeof(reason))) {
		complain(command, "%s", reason);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (scenario_paths_add(found, paths[i], reason, sizeof(reason))) {
			complain(command, "%s", reason);
			good = false;
		}
	}
	return good;
}

/* False if the file cannot be read. */
static bool load_file(struct suite *suite, const char *command, const struct scenario_path *path,
		      struct diag *diag)
{
	struct scenario_file *file = calloc(1, sizeof(*file));
	int err = file ? scenario_file_read(file, path->path, diag) : -ENOMEM;

	if (err) {
		complain(command, "%s: %s", path->path, strerror(-err));
		free(file);
		return false;
	}
	suite->files[suite->file_count++] = file;
	resolve_file(suite, file, path->id_base, diag);
	return true;
}

static int by_id(const void *left, const void *right)
{
	const struct plan *const *a = left, *const *b = right;

	return strcmp((*a)->id, (*b)->id);
}

/* History hangs on ids: two tests of one name would be taken for one. */
static bool ids_differ(const struct suite *suite, const char *command)
{
	size_t size = suite->plan_count * sizeof(*suite->plans);
	const struct plan **plans = malloc(size + 1);
	bool good = true;

	if (!plans)
		abort();
	if (size)
		memcpy(plans, suite->plans, size);
	qsort(plans, suite->plan_count, sizeof(*plans), by_id);
	for (size_t i = 1; i < suite->plan_count; i++) {
		const struct plan *a = plans[i - 1], *b = plans[i];

		if (strcmp(a->id, b->id))
			continue;
		complain(command, "two tests have the id %s: %s:%d and %s:%d", a->id,
			 a->file->source.path, a->scenario->where.line, b->file->source.path,
			 b->scenario->where.line);
		good = false;
	}
	free(plans);
	return good;
}

enum exit_status suite_load(struct suite *suite, const char *command, char *const *paths,
			    size_t count)
{
	struct scenario_paths found = { 0 };
	struct diag diag = { 0 };
	bool good = find_files(&found, command, paths, count);

	suite->files = calloc(found.count + 1, sizeof(*suite->files));
	if (!suite->files)
		abort();
	for (size_t i = 0; i < found.count; i++)
		good &= load_file(suite, command, &found.items[i], &diag);
	diag_print(&diag, stderr, output_colour(stderr), 0);
	good = good && !diag.count && ids_differ(suite, command);
	diag_free(&diag);
	scenario_paths_close(&found);
	return good ? EXIT_PASSED : EXIT_USAGE;
}

void suite_free(struct suite *suite)
{
	for (size_t i = 0; i < suite->file_count; i++) {
		scenario_file_free(suite->files[i]);
		free(suite->files[i]);
	}
	free(suite->files);
	free(suite->plans);
	if (suite->has_memory)
		obstack_free(&suite->memory, NULL);
	memset(suite, 0, sizeof(*suite));
}

struct id_walk {
	const struct suite *suite;
	size_t next;
};

static const char *next_id(void *context)
{
	struct id_walk *walk = context;

	return walk->next < walk->suite->plan_count ? walk->suite->plans[walk->next++]->id : NULL;
}

const char *suite_nearest_id(const struct suite *suite, const char *id)
{
	struct id_walk walk = { .suite = suite };

	return diag_nearest(id, next_id, &walk);
}
