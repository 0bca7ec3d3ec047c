// SPDX-License-Identifier: MIT
/* The directory is cleared and nothing else; what is reported is what was there. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks.h"
#include "leak.h"

static char base[] = "/tmp/ipcdrill-test.XXXXXX";
static int base_fd = -1;	/* what the fixture made, and alone may clear; -1: nothing */
static int directory_fd;

static bool is_owned(void *context, const char *name)
{
	return context && !strcmp(context, name);
}

/* Works in a directory below another, so that something outside can be looked at. */
static void enter_directory(void)
{
	strcpy(base + sizeof(base) - sizeof("XXXXXX"), "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(base));
	base_fd = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_gt(base_fd, 2);
	ck_assert_int_eq(fchdir(base_fd), 0);
	ck_assert_int_eq(mkdir("ipcdrill", 0700), 0);
	ck_assert_int_eq(chdir("ipcdrill"), 0);
	directory_fd = open(".", O_RDONLY | O_DIRECTORY);
	ck_assert_int_gt(directory_fd, 2);
}

static void leave_directory(void)
{
	char text[100];

	/*
	 * Never what merely happens to be above the working directory: a set-up that failed left us
	 * anywhere.
	 */
	if (base_fd < 0)
		return;
	leak_clear_directory(base_fd, is_owned, NULL, text, sizeof(text));
	close(base_fd);
	close(directory_fd);
	base_fd = directory_fd = -1;
	ck_assert_int_eq(chdir("/"), 0);
	rmdir(base);
}

static void make_file(const char *path)
{
	int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);

	ck_assert_int_gt(fd, 2);
	close(fd);
}

static void make_directory(const char *path)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void make_fifo(const char *path)
{
	ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void make_socket(const char *path)
{
	ck_assert_int_eq(mknod(path, S_IFSOCK | 0600, 0), 0);
}

static void make_symlink(const char *path)
{
	ck_assert_int_eq(symlink("nowhere", path), 0);
}

static bool exists(const char *path)
{
	struct stat status;

	return !lstat(path, &status);
}

START_TEST(an_empty_directory_is_clean)
{
	char text[100] = "left over";

	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text, sizeof(text)), 0);
	ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(each_kind_is_named_and_removed)
{
	static const struct {
		const char *name;
		void (*make)(const char *name);
		const char *text;
	} things[] = {
		{ "f", make_file, "file 'f'" },
		{ "d", make_directory, "directory 'd'" },
		{ "p", make_fifo, "fifo 'p'" },
		{ "s", make_socket, "socket 's'" },
		{ "l", make_symlink, "symlink 'l'" },
		{ "a'b\n\\", make_file, "file 'a\\x27b\\x0a\\x5c'" },
	};
	char text[100];

	for (size_t i = 0; i < sizeof(things) / sizeof(*things); i++) {
		things[i].make(things[i].name);
		ck_assert(exists(things[i].name));
		ck_assert_int_eq(
			leak_clear_directory(directory_fd, is_owned, NULL, text, sizeof(text)), 1);
		ck_assert_str_eq(text, things[i].text);
		ck_assert(!exists(things[i].name));
	}
}
END_TEST

START_TEST(owned_names_are_removed_and_not_counted)
{
	char text[100];

	make_file("journal");
	ck_assert_int_eq(
		leak_clear_directory(directory_fd, is_owned, "journal", text, sizeof(text)), 0);
	ck_assert_str_eq(text, "");
	ck_assert(!exists("journal"));
	/* Only directly in the directory: what is deeper is not counted at all. */
	ck_assert_int_eq(mkdir("d", 0700), 0);
	make_file("d/journal");
	make_file("d/other");
	ck_assert_int_eq(
		leak_clear_directory(directory_fd, is_owned, "journal", text, sizeof(text)), 1);
	ck_assert_str_eq(text, "directory 'd'");
}
END_TEST

START_TEST(many_names_are_counted_and_a_few_are_said)
{
	char text[100], name[20];
	int count = 1000;

	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		make_file(name);
	}
	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text, sizeof(text)),
			 count);
	ck_assert_ptr_nonnull(strstr(text, " and 996 more"));
	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text, sizeof(text)), 0);
}
END_TEST

START_TEST(a_short_text_is_cut_and_ended)
{
	char text[8] = "1234567";

	make_file("a-rather-long-name");
	make_file("another");
	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text, 6), 2);
	ck_assert_str_eq(text, "file ");
	ck_assert_int_eq(text[6], '7');
	make_file("a");
	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, NULL, 0), 1);
}
END_TEST

/*
 * Links lead only to what this test made: should they be followed one day, that is all there is to
 * lose.
 */
START_TEST(symlinks_are_not_followed)
{
	char text[100];

	make_file("../outside");
	ck_assert_int_eq(mkdir("../elsewhere", 0700), 0);
	make_file("../elsewhere/kept");
	ck_assert_int_eq(symlink("../outside", "l"), 0);
	ck_assert_int_eq(symlink("../elsewhere", "m"), 0);
	ck_assert_int_eq(mkdir("d", 0700), 0);
	ck_assert_int_eq(symlink("../../elsewhere", "d/n"), 0);
	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text, sizeof(text)), 3);
	ck_assert(exists("../outside"));
	ck_assert(exists("../elsewhere/kept"));
	ck_assert(!exists("d"));
}
END_TEST

START_TEST(directories_without_permission_are_removed)
{
	char text[100];

	/* Only for an ordinary user can a mode stand in the way. */
	if (!getuid()) {
		ck_assert_int_eq(chmod("..", 0711), 0);
		ck_assert_int_eq(chmod(".", 0777), 0);
		ck_assert_int_eq(seteuid(65534), 0);
	}
	ck_assert_int_eq(mkdir("closed", 0700), 0);
	make_file("closed/f");
	ck_assert_int_eq(chmod("closed", 0), 0);
	ck_assert_int_eq(mkdir("readonly", 0700), 0);
	make_file("readonly/f");
	ck_assert_int_eq(chmod("readonly", 0500), 0);
	ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text, sizeof(text)), 2);
	ck_assert(!exists("closed"));
	ck_assert(!exists("readonly"));
	ck_assert_int_eq(seteuid(getuid()), 0);
}
END_TEST

static void dig(int depth)
{
	for (int i = 0; i < depth; i++) {
		ck_assert_int_eq(mkdir("d", 0700), 0);
		ck_assert_int_eq(chdir("d"), 0);
	}
	make_file("bottom");
	ck_assert_int_eq(fchdir(directory_fd), 0);
}

START_TEST(what_is_deep_is_removed_as_well)
{
	const int depths[] = { 64, 65, 66, 1000 };
	char text[100];

	for (size_t i = 0; i < sizeof(depths) / sizeof(*depths); i++) {
		dig(depths[i]);
		make_file("other");
		ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text,
						      sizeof(text)),
				 2);
		ck_assert_ptr_nonnull(strstr(text, "file 'other'"));
		ck_assert_ptr_nonnull(strstr(text, "directory 'd'"));
		/* Nothing at all. */
		ck_assert_int_eq(leak_clear_directory(directory_fd, is_owned, NULL, text,
						      sizeof(text)),
				 0);
	}
}
END_TEST

START_TEST(what_is_no_directory_is_an_error)
{
	char text[100];
	int fd;

	make_file("f");
	fd = open("f", O_RDONLY);
	ck_assert_int_eq(leak_clear_directory(fd, is_owned, NULL, text, sizeof(text)), -ENOTDIR);
	close(fd);
	ck_assert_int_eq(leak_clear_directory(fd, is_owned, NULL, text, sizeof(text)), -EBADF);
	fd = open(".", O_PATH);
	ck_assert_int_eq(leak_clear_directory(fd, is_owned, NULL, text, sizeof(text)), -EBADF);
}
END_TEST

START_TEST(a_directory_that_is_not_ours_is_never_cleared)
{
	char text[100];
	int fd;

	ck_assert_int_eq(mkdir("theirs", 0700), 0);
	make_file("theirs/precious");
	fd = open("theirs", O_RDONLY | O_DIRECTORY);
	ck_assert_int_eq(leak_clear_directory(fd, is_owned, NULL, text, sizeof(text)), -EPERM);
	ck_assert_int_eq(access("theirs/precious", F_OK), 0);
	close(fd);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_checked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_test(tcase, an_empty_directory_is_clean);
	tcase_add_test(tcase, each_kind_is_named_and_removed);
	tcase_add_test(tcase, owned_names_are_removed_and_not_counted);
	tcase_add_test(tcase, many_names_are_counted_and_a_few_are_said);
	tcase_add_test(tcase, a_short_text_is_cut_and_ended);
	tcase_add_test(tcase, symlinks_are_not_followed);
	tcase_add_test(tcase, directories_without_permission_are_removed);
	tcase_add_test(tcase, what_is_deep_is_removed_as_well);
	tcase_add_test(tcase, what_is_no_directory_is_an_error);
	tcase_add_test(tcase, a_directory_that_is_not_ours_is_never_cleared);
}

int main(void)
{
	return checks_run_case("leak", fill);
}
