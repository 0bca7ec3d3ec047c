// SPDX-License-Identifier: MIT
/* Kinds of descriptors: a rule about one of them hits that one and no other. */
#include <pty.h>
#include <stdio.h>

#include "checks.h"
#include "inject_fixture.h"

enum { FDS = 7 };

static int fds[FDS];

static const struct kind {
	enum descriptor_kind kind;
	const char *name;
	const char *hits;	/* x: the write to that descriptor fails */
} kinds[] = {
	{ DESCRIPTOR_FIFO, "fifo", "x......" },	     { DESCRIPTOR_PIPE, "pipe", ".x....." },
	{ DESCRIPTOR_SOCKET, "socket", "..x...." },  { DESCRIPTOR_FILE, "file", "...x..." },
	{ DESCRIPTOR_TERMINAL, "terminal", "....x.." }, { DESCRIPTOR_DEVICE, "device", ".....x." },
	{ DESCRIPTOR_DIRECTORY, "directory", "......x" },
};

static void write_to_all(struct shared *shared)
{
	for (int i = 0; i < FDS; i++)
		shared->text[i] = write(fds[i], "x", 1) < 0 && errno == EXDEV ? 'x' : '.';
}

static void open_all(void)
{
	char name[] = "/tmp/ipcdrill-kinds-XXXXXX", path[64];
	int ends[2];

	ck_assert_ptr_nonnull(mkdtemp(name));
	snprintf(path, sizeof(path), "%s/fifo", name);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	fds[0] = open(path, O_RDWR | O_CLOEXEC);
	unlink(path);
	fds[6] = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rmdir(name);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	fds[1] = ends[1];
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
	fds[2] = ends[1];
	fds[3] = memfd_create("kinds", MFD_CLOEXEC);
	ck_assert_int_eq(openpty(&ends[0], &fds[4], NULL, NULL, NULL), 0);
	fds[5] = open("/dev/null", O_WRONLY | O_CLOEXEC);
	for (int i = 0; i < FDS; i++)
		ck_assert_int_ge(fds[i], 0);
}

START_TEST(test_kind)
{
	struct inject_rule rule = rule_on("write", HIT_ENTRY, "errno", EXDEV);

	open_all();
	rule.where.kind = kinds[_i].kind;
	run(&rule, 1, write_to_all);
	EXITED_WELL();
	ck_assert_str_eq(fixture.shared->text, kinds[_i].hits);
	ck_assert_str_eq(descriptor_kind_name(kinds[_i].kind), kinds[_i].name);
	finish_fixture();
}
END_TEST

static void look_at_all(struct shared *shared)
{
	struct stat status;

	for (int i = 0; i < FDS; i++)
		shared->text[i] = fstat(fds[i], &status) < 0 && errno == EXDEV ? 'x' : '.';
	shared->got[0] = outcome(lstat("/", &status));
	shared->got[1] = outcome(fstatat(AT_FDCWD, "/", &status, 0));
}

/* However the C library makes it: with an empty path it is about a descriptor. */
START_TEST(test_fstat_is_about_a_descriptor)
{
	struct inject_rule rule = rule_on("fstat", HIT_ENTRY, "errno", EXDEV);

	open_all();
	rule.where.kind = kinds[_i].kind;
	run(&rule, 1, look_at_all);
	EXITED_WELL();
	ck_assert_str_eq(fixture.shared->text, kinds[_i].hits);
	ck_assert_int_eq(fixture.shared->got[0], 0);
	finish_fixture();
}
END_TEST

START_TEST(test_family_of_stat)
{
	static const char *const names[] = { "lstat", "fstatat", "stat" };
	struct inject_rule rule = rule_on(names[_i], HIT_ENTRY, "errno", EXDEV);

	rule.where.path = "/";
	run(&rule, 1, look_at_all);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[1], -EXDEV);
	if (_i != 1)
		ck_assert_int_eq(fixture.shared->got[0], -EXDEV);
	finish_fixture();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_kind, 0, sizeof(kinds) / sizeof(*kinds));
	tcase_add_loop_test(tcase, test_fstat_is_about_a_descriptor, 0,
			    sizeof(kinds) / sizeof(*kinds));
	tcase_add_loop_test(tcase, test_family_of_stat, 0, 3);
}

int main(void)
{
	return checks_run_case("inject_kinds", fill);
}
