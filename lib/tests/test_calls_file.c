// SPDX-License-Identifier: MIT
/* Names of files, FIFOs and directories, and what is told about them. */
#include <stdio.h>
#include <sys/stat.h>

#include "checks.h"
#include "directory_fixture.h"
#include "trial.h"

static void make_file(int _i, const char *name)
{
	int fd = OPENS("open", STRING(name), INT(O_WRONLY | O_CREAT | O_TRUNC), INT(0640));

	RETURNS(5, "write", INT(fd), BYTES("hello"));
	RETURNS(0, "close", INT(fd));
}

START_TEST(test_stat_tells_about_a_file)
{
	int fd;

	make_file(_i, "told");
	RETURNS(0, "link", BYTES("told"), BYTES("twice"));
	RETURNS(0, "stat", BYTES("told"));
	GAVE("stat", "size", 5);
	GAVE("stat", "mode", 0640);
	GAVE("stat", "type", S_IFREG);
	GAVE("stat", "nlink", 2);
	GAVE("stat", "uid", getuid());
	ck_assert_int_gt(trial_number("stat", "ino"), 0);
	fd = OPENS("open", BYTES("told"), INT(O_RDONLY));
	RETURNS(0, "unlink", BYTES("told"));
	RETURNS(0, "unlink", BYTES("twice"));
	RETURNS(0, "fstat", INT(fd));
	GAVE("fstat", "nlink", 0);
	FAILS(ENOENT, "stat", BYTES("told"));
	GAVE_NO("stat", "size");
	FAILS(EBADF, "fstat", INT(-1));
}
END_TEST

START_TEST(test_lstat_does_not_follow)
{
	RETURNS(0, "symlink", BYTES("nowhere"), BYTES("pointer"));
	FAILS(ENOENT, "stat", BYTES("pointer"));
	RETURNS(0, "lstat", BYTES("pointer"));
	GAVE("lstat", "type", S_IFLNK);
	RETURNS(0, "unlink", BYTES("pointer"));
}
END_TEST

START_TEST(test_fifos)
{
	RETURNS(0, "umask", INT(0));
	RETURNS(0, "mkfifo", BYTES("fifo"), INT(0622));
	RETURNS(0, "stat", BYTES("fifo"));
	GAVE("stat", "type", S_IFIFO);
	GAVE("stat", "mode", 0622);
	FAILS(EEXIST, "mknod", BYTES("fifo"), INT(S_IFIFO | 0600));
	FAILS(ENXIO, "open", BYTES("fifo"), INT(O_WRONLY | O_NONBLOCK));
	RETURNS(0, "unlink", BYTES("fifo"));
	RETURNS(0, "mknod", BYTES("fifo"), INT(S_IFIFO | 0600));
	RETURNS(0, "unlink", BYTES("fifo"));
}
END_TEST

START_TEST(test_renaming)
{
	make_file(_i, "a");
	RETURNS(0, "rename", BYTES("a"), BYTES("b"));
	FAILS(ENOENT, "rename", BYTES("a"), BYTES("b"));
	make_file(_i, "a");
	FAILS(EEXIST, "renameat2", INT(AT_FDCWD), BYTES("a"), INT(AT_FDCWD), BYTES("b"),
	      INT(RENAME_NOREPLACE));
	RETURNS(0, "linkat", INT(AT_FDCWD), BYTES("a"), INT(AT_FDCWD), BYTES("c"));
	RETURNS(0, "unlink", BYTES("a"));
	RETURNS(0, "unlink", BYTES("b"));
	RETURNS(0, "unlink", BYTES("c"));
}
END_TEST

START_TEST(test_permissions_and_lengths)
{
	int fd;

	RETURNS(0, "mkdir", BYTES("d"), INT(0700));
	FAILS(EEXIST, "mkdir", BYTES("d"));
	RETURNS(0, "rmdir", BYTES("d"));
	make_file(_i, "f");
	RETURNS(0, "chmod", BYTES("f"), INT(0400));
	fd = OPENS("open", BYTES("f"), INT(O_RDONLY));
	RETURNS(0, "fchmod", INT(fd), INT(0600));
	RETURNS(0, "truncate", BYTES("f"), INT(1));
	RETURNS(0, "fstat", INT(fd));
	GAVE("fstat", "mode", 0600);
	GAVE("fstat", "size", 1);
	RETURNS(0, "access", BYTES("f"), INT(F_OK));
	FAILS(ENOENT, "access", BYTES("g"), INT(F_OK));
	RETURNS(0, "unlink", BYTES("f"));
	MAKE("umask", INT(027));
	RETURNS(027, "umask", INT(022));
}
END_TEST

START_TEST(test_overlong_paths_reach_the_kernel)
{
	static char path[5000];

	memset(path, 'x', sizeof(path) - 1);
	FAILS(ENAMETOOLONG, "unlink", STRING(path));
}
END_TEST

/* The umask is not ours to know. */
static void clear_umask(void)
{
	umask(0);
}

static void fill(TCase *tcase)
{
	tcase_add_unchecked_fixture(tcase, enter_directory, leave_directory);
	tcase_add_checked_fixture(tcase, clear_umask, NULL);
	tcase_add_loop_test(tcase, test_stat_tells_about_a_file, 0, 2);
	tcase_add_loop_test(tcase, test_lstat_does_not_follow, 0, 2);
	tcase_add_loop_test(tcase, test_fifos, 0, 2);
	tcase_add_loop_test(tcase, test_renaming, 0, 2);
	tcase_add_loop_test(tcase, test_permissions_and_lengths, 0, 2);
	tcase_add_loop_test(tcase, test_overlong_paths_reach_the_kernel, 0, 2);
}

int main(void)
{
	return checks_run_case("calls_file", fill);
}
