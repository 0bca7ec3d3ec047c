// SPDX-License-Identifier: MIT
/* Walking directories for scenario files, and naming what is found. */
#include "scenario_paths.h"

#include <errno.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

static const char suffix[] = ".drill";

static bool has_suffix(const char *name)
{
	size_t length = strlen(name), wanted = strlen(suffix);

	return length > wanted && !strcmp(name + length - wanted, suffix);
}

/* What follows `directory` and a slash in `place`; NULL: it is not below. */
static const char *below(const char *place, const char *directory)
{
	size_t length = strlen(directory);

	if (length == 1)	/* the root directory */
		return place + 1;
	return !strncmp(place, directory, length) && place[length] == '/' ? place + length + 1
									  : NULL;
}

/*
 * The directory's real name and the file's own: a link among the scenarios keeps the name it has
 * there.
 */
static char *place_of(const char *path)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	char *directory = name == path ? strdup(".") : strndup(path, (size_t)(name - path));
	char *real = directory ? realpath(directory, NULL) : NULL;
	size_t size = real ? strlen(real) + strlen(name) + 2 : 0;
	char *place = real ? malloc(size) : NULL;

	if (place)
		snprintf(place, size, "%s/%s", strcmp(real, "/") ? real : "", name);
	free(real);
	free(directory);
	return place;
}

/*
 * The same from wherever it is started for what lies in the project's suite or in a directory
 * called scenarios; anything else is named from the working directory, or else from the root.
 */
static const char *inside_suite(const struct scenario_paths *paths, const char *place)
{
	static const char parent[] = "/scenarios/";
	const char *inside = paths->root ? below(place, paths->root) : NULL;
	char *directory;

	if (inside)
		return inside;
	for (const char *found = strstr(place, parent); found; found = strstr(found + 1, parent))
		inside = found + strlen(parent);
	if (inside)
		return inside;
	directory = getcwd(NULL, 0);
	if (directory)
		inside = below(place, directory);
	free(directory);
	return inside ? inside : place + 1;
}

static char *id_base_of(const struct scenario_paths *paths, const char *place)
{
	const char *inside = inside_suite(paths, place);
	size_t length = strlen(inside);

	return strndup(inside, has_suffix(inside) ? length - strlen(suffix) : length);
}

static bool is_there(const struct scenario_paths *paths, const char *place)
{
	for (size_t i = 0; i < paths->count; i++) {
		if (!strcmp(paths->items[i].place, place))
			return true;
	}
	return false;
}

static void free_path(struct scenario_path *item)
{
	free(item->path);
	free(item->place);
	free(item->id_base);
}

static int add_file(struct scenario_paths *paths, const char *path, char *reason, size_t size)
{
	struct scenario_path item = { .place = place_of(path) };
	struct scenario_path *items;
	int err;

	paths->met++;
	if (item.place && is_there(paths, item.place)) {
		free_path(&item);
		return 0;
	}
	items = item.place ? reallocarray(paths->items, paths->count + 1, sizeof(*items)) : NULL;
	if (items) {
		paths->items = items;
		item.path = strdup(path);
		item.id_base = id_base_of(paths, item.place);
	}
	if (item.path && item.id_base) {
		items[paths->count++] = item;
		return 0;
	}
	err = -errno;
	snprintf(reason, size, "%s: %s", path, strerror(errno));
	free_path(&item);
	return err;
}

static int by_name(const FTSENT **left, const FTSENT **right)
{
	return strcmp((*left)->fts_name, (*right)->fts_name);
}

static bool is_left_out(const FTSENT *entry)
{
	return entry->fts_level > 0 &&
	       (entry->fts_name[0] == '.' ||
		(entry->fts_info == FTS_D && !strcmp(entry->fts_name, "selftest")));
}

/* One entry of the walk. 0 or -errno with a reason. */
static int visit(struct scenario_paths *paths, FTS *walk, FTSENT *entry, char *reason, size_t size)
{
	struct stat status;

	if (is_left_out(entry)) {
		fts_set(walk, entry, FTS_SKIP);
		return 0;
	}
	switch (entry->fts_info) {
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		snprintf(reason, size, "%s: %s", entry->fts_path, strerror(entry->fts_errno));
		return -entry->fts_errno;
	case FTS_SL:
	case FTS_SLNONE:
		if (!has_suffix(entry->fts_name) ||
		    (!stat(entry->fts_accpath, &status) && S_ISDIR(status.st_mode)))
			return 0;
		return add_file(paths, entry->fts_path, reason, size);
	case FTS_F:
	case FTS_DEFAULT:
		return has_suffix(entry->fts_name) ? add_file(paths, entry->fts_path, reason, size)
						   : 0;
	default:
		return 0;
	}
}

static int add_directory(struct scenario_paths *paths, char *path, char *reason, size_t size)
{
	char *roots[] = { path, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	size_t before = paths->met;
	FTSENT *entry = NULL;
	int err = 0;

	while (walk && !err && (errno = 0, entry = fts_read(walk)))
		err = visit(paths, walk, entry, reason, size);
	if (!err && !entry && errno) {
		err = -errno;
		snprintf(reason, size, "%s: %s", path, strerror(errno));
	}
	if (walk)
		fts_close(walk);
	if (!err && paths->met == before) {
		err = -ENOENT;
		snprintf(reason, size, "%s: no scenario files (*%s) in this directory", path,
			 suffix);
	}
	return err;
}

int scenario_paths_add(struct scenario_paths *paths, const char *path, char *reason, size_t size)
{
	struct stat status;
	size_t length = strlen(path);
	char *copy;
	int err;

	if (stat(path, &status)) {
		err = -errno;
		snprintf(reason, size, "%s: %s", length ? path : "''", strerror(-err));
		return err;
	}
	if (!S_ISDIR(status.st_mode))
		return add_file(paths, path, reason, size);
	while (length > 1 && path[length - 1] == '/')
		length--;
	copy = strndup(path, length);
	if (!copy)
		return -ENOMEM;
	err = add_directory(paths, copy, reason, size);
	free(copy);
	return err;
}

static bool is_directory(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/* Where the binary stands tells which suite is its own: build/, PREFIX/bin/ or build/sanitize/. */
static char *root_of_binary(void)
{
	static const char *const roots[] = { "../scenarios", "../share/ipcdrill/scenarios",
					     "../../scenarios" };
	const char *started_as = (const char *)getauxval(AT_EXECFN);
	char *binary = started_as ? realpath(started_as, NULL) : NULL;
	char *root = NULL;

	if (!binary)
		return NULL;
	*strrchr(binary, '/') = '\0';
	for (size_t i = 0; !root && i < sizeof(roots) / sizeof(roots[0]); i++) {
		char *candidate = NULL;

		if (asprintf(&candidate, "%s/%s", binary, roots[i]) < 0)
			break;
		if (is_directory(candidate))
			root = realpath(candidate, NULL);
		free(candidate);
	}
	free(binary);
	return root;
}

int scenario_paths_open(struct scenario_paths *paths, char *reason, size_t size)
{
	const char *named = getenv("IPCDRILL_SCENARIOS");

	memset(paths, 0, sizeof(*paths));
	if (!named || !named[0]) {
		paths->root = root_of_binary();
		if (paths->root)
			return 0;
		snprintf(reason, size,
			 "no suite belongs to this binary; name files or set IPCDRILL_SCENARIOS");
		return -ENOENT;
	}
	if (is_directory(named))
		paths->root = realpath(named, NULL);
	if (paths->root)
		return 0;
	snprintf(reason, size, "IPCDRILL_SCENARIOS=%s: not a directory that can be read", named);
	return -ENOENT;
}

void scenario_paths_close(struct scenario_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		free_path(&paths->items[i]);
	free(paths->items);
	free(paths->root);
	memset(paths, 0, sizeof(*paths));
}
