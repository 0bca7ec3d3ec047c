// SPDX-License-Identifier: MIT
/* Programs: found or not and why, executed or not and why. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "program.h"

static char directory[] = "/tmp/test_program.XXXXXX";
static char first[64], second[64];
static const char *const directories[] = { first, second, NULL };

static void make(const char *path, const char *text, mode_t mode)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	ck_assert_int_eq(chmod(path, mode), 0);
}

static void set_up(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert_int_eq(chdir(directory), 0);
	ck_assert(!mkdir("first", 0755) && !mkdir("second", 0755) && !mkdir("second/sub", 0755));
	snprintf(first, sizeof(first), "%s/first", directory);
	snprintf(second, sizeof(second), "%s/second", directory);
	make("first/both", "#!/bin/sh\nexit 1\n", 0755);
	make("second/both", "#!/bin/sh\nexit 2\n", 0755);
	make("first/text", "text\n", 0644);
	make("second/text", "#!/bin/sh\n", 0755);
	make("second/only", "#!/bin/sh\n", 0755);
	make("second/lost", "#!/no/such/interpreter -x\n", 0755);
	make("second/formless", "nothing of the kind\n", 0755);
	make("second/empty", "", 0755);
	make("second/suid", "#!/bin/sh\n", 04755);
	ck_assert_int_eq(chmod("second/suid", 04755), 0);
}

static void tear_down(void)
{
	char command[80];

	ck_assert_int_eq(chdir("/"), 0);
	snprintf(command, sizeof(command), "/bin/rm -r %s", directory);
	ck_assert_int_eq(system(command), 0);
}

static const struct {
	const char *name;
	int err;
	const char *found; /* below the directory; or the reason, of which this is part */
} names[] = {
	{ "./both", 0, "first/both" },
	{ "././both", 0, "first/both" },
	{ "./only", 0, "second/only" },
	{ "../second/both", 0, "first/../second/both" },
	/* The nearest one is meant, even if it cannot be executed. */
	{ "./text", -EACCES, "first/text is not executable" },
	{ "./sub", -EISDIR, "second/sub is a directory" },
	{ "./neither", -ENOENT, "./neither is neither in " },
	{ "/no/such/file", -ENOENT, "/no/such/file: No such file or directory" },
	{ "/", -EISDIR, "/ is a directory" },
	{ "both", 0, "second/both" },
	{ "text", 0, "second/text" },
	{ "neither", -ENOENT, "there is no neither in PATH" },
	{ "sub", -EISDIR, "second/sub is a directory" },
};

START_TEST(test_find)
{
	const struct program program = { .name = names[_i].name, .directories = directories };
	char path[200] = "", reason[300] = "", want[200];

	/* A text that comes first in PATH does not hide the program behind it. */
	snprintf(want, sizeof(want), "%s/nowhere:%s:%s", directory, second, first);
	setenv("PATH", want, 1);
	ck_assert_int_eq(program_find(&program, path, sizeof(path), reason, sizeof(reason)),
			 names[_i].err);
	snprintf(want, sizeof(want), "%s/%s", directory, names[_i].found);
	if (names[_i].err)
		ck_assert_msg(strstr(reason, names[_i].found) != NULL, "%s", reason);
	else
		ck_assert_str_eq(path, want);
}
END_TEST

START_TEST(test_text_does_not_hide_program)
{
	const struct program program = { .name = "text", .directories = directories };
	char path[200] = "", reason[300] = "", want[200];

	snprintf(want, sizeof(want), "%s:%s", first, second);
	setenv("PATH", want, 1);
	ck_assert_int_eq(program_find(&program, path, sizeof(path), reason, sizeof(reason)), 0);
	ck_assert_str_eq(path + strlen(path) - strlen("second/text"), "second/text");
	setenv("PATH", first, 1);
	ck_assert_int_eq(program_find(&program, path, sizeof(path), reason, sizeof(reason)),
			 -EACCES);
}
END_TEST

START_TEST(test_privilege)
{
	char text[60];

	ck_assert_ptr_null(program_privilege("second/only", text, sizeof(text)));
	ck_assert_ptr_null(program_privilege("second/none", text, sizeof(text)));
	ck_assert_ptr_nonnull(program_privilege("second/suid", text, sizeof(text)));
	ck_assert_msg(strstr(text, "set-uid") == text, "%s", text);
}
END_TEST

static const struct {
	const char *path;
	int err;
	const char *reason;
} failures[] = {
	{ "second/lost", -ENOENT, "second/lost: its interpreter /no/such/interpreter is missing" },
	{ "second/formless", -ENOEXEC,
	  "second/formless is no program, and no script with #! either" },
	{ "second/empty", -ENOEXEC, "second/empty is no program, and no script with #! either" },
	{ "first/text", -EACCES, "cannot execute first/text: Permission denied" },
};

START_TEST(test_execute_fails)
{
	const struct program program = { .name = "x", .directories = directories };
	struct environment environment = { 0 };
	char reason[120];

	ck_assert_int_eq(program_execute(&program, "s", failures[_i].path, &environment, reason,
					 sizeof(reason)),
			 failures[_i].err);
	ck_assert_str_eq(reason, failures[_i].reason);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, test_find, 0, sizeof(names) / sizeof(*names));
	tcase_add_test(tcase, test_text_does_not_hide_program);
	tcase_add_test(tcase, test_privilege);
	tcase_add_loop_test(tcase, test_execute_fails, 0, sizeof(failures) / sizeof(*failures));
}

int main(void)
{
	return checks_run_case("program", fill);
}
