// SPDX-License-Identifier: MIT
/* Which files are found, in which order, and what they are called. */
#include "checks.h"
#include "loaded.h"
#include "scenario_paths.h"

static struct scenario_paths paths;
static char reason[4200];

static void add(const char *path)
{
	ck_assert_msg(!scenario_paths_add(&paths, path, reason, sizeof(reason)), "%s", reason);
}

/* "id path\n" for each, in order. */
static void expect(const char *want)
{
	char *got = NULL;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	for (size_t i = 0; i < paths.count; i++)
		fprintf(out, "%s %s\n", paths.items[i].id_base, paths.items[i].path);
	fclose(out);
	ck_assert_str_eq(got, want);
	free(got);
	scenario_paths_close(&paths);
}

static void make_tree(void)
{
	ck_assert_int_eq(
		system("mkdir -p scenarios/b/selftest scenarios/.git a; touch scenarios/z.drill scenarios/b.drill "
		       "scenarios/b/one.drill scenarios/b/notes scenarios/b/.drill scenarios/b/selftest/f.drill "
		       "scenarios/.git/g.drill a/x.drill a/plain"),
		0);
}

START_TEST(test_directory)
{
	make_tree();
	add("scenarios//");
	expect("b/one scenarios/b/one.drill\nb scenarios/b.drill\nz scenarios/z.drill\n");
}
END_TEST

START_TEST(test_named)
{
	make_tree();
	add("scenarios/b/selftest");
	add("scenarios/.git/g.drill");
	add("a/plain");
	add("a");
	expect("b/selftest/f scenarios/b/selftest/f.drill\n.git/g scenarios/.git/g.drill\na/plain a/plain\n"
	       "a/x a/x.drill\n");
}
END_TEST

START_TEST(test_twice)
{
	make_tree();
	add("a/x.drill");
	add("./a/../a/x.drill");
	add("a");
	expect("a/x a/x.drill\n");
}
END_TEST

START_TEST(test_outside)
{
	char *want = NULL;

	make_tree();
	ck_assert_int_eq(chdir("scenarios"), 0);
	ck_assert_int_gt(asprintf(&want, "%s/a/x ../a/x.drill\nz z.drill\n", directory + 1), 0);
	add("../a/x.drill");
	add("z.drill");
	expect(want);
	free(want);
}
END_TEST

START_TEST(test_root)
{
	make_tree();
	setenv("IPCDRILL_SCENARIOS", "a", 1);
	ck_assert_int_eq(scenario_paths_open(&paths, reason, sizeof(reason)), 0);
	ck_assert_ptr_nonnull(paths.root);
	add("a/x.drill");
	expect("x a/x.drill\n");
	setenv("IPCDRILL_SCENARIOS", "a/x.drill", 1);
	ck_assert_int_eq(scenario_paths_open(&paths, reason, sizeof(reason)), -ENOENT);
	ck_assert_ptr_nonnull(strstr(reason, "IPCDRILL_SCENARIOS=a/x.drill"));
	ck_assert_ptr_null(paths.root);
}
END_TEST

START_TEST(test_unusable)
{
	make_tree();
	ck_assert_int_eq(scenario_paths_add(&paths, "scenarios/.git/h", reason, sizeof(reason)),
			 -ENOENT);
	ck_assert_str_eq(reason, "scenarios/.git/h: No such file or directory");
	ck_assert_int_eq(mkdir("empty", 0700), 0);
	ck_assert_int_eq(scenario_paths_add(&paths, "empty/", reason, sizeof(reason)), -ENOENT);
	ck_assert_str_eq(reason, "empty: no scenario files (*.drill) in this directory");
	ck_assert_uint_eq(paths.count, 0);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, test_directory);
	tcase_add_test(tcase, test_named);
	tcase_add_test(tcase, test_twice);
	tcase_add_test(tcase, test_outside);
	tcase_add_test(tcase, test_root);
	tcase_add_test(tcase, test_unusable);
}

int main(void)
{
	return checks_run_case("scenario_paths", fill);
}
