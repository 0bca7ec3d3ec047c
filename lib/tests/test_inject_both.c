// SPDX-License-Identifier: MIT
/* Calls that are about two descriptors, or two paths: a rule may mean either. */
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include "checks.h"
#include "inject_fixture.h"

static int file, pipes[2], pair[2];

static void copy_around(struct shared *shared)
{
	off_t start = 0;
	loff_t from = 0, to = 20;

	shared->got[0] = sendfile(pair[0], file, &start, 5) < 0 && errno == EXDEV;
	from = 0;
	shared->got[1] = splice(file, &from, pipes[1], NULL, 5, 0) < 0 && errno == EXDEV;
	from = 0;
	shared->got[2] = copy_file_range(file, &from, file, &to, 6, 0) < 0 && errno == EXDEV;
	shared->got[3] = rename("/tmp/ipcdrill-both.none", "/tmp/ipcdrill-both.new") < 0 &&
			 errno == EXDEV;
	shared->got[4] = link("/tmp/ipcdrill-both.none", "/tmp/ipcdrill-both.old") < 0 &&
			 errno == EXDEV;
	shared->got[5] = symlink("/tmp/ipcdrill-both.new", "/nowhere/ipcdrill-both.sym") < 0 &&
			 errno == EXDEV;
	shared->got[6] = posix_fallocate(file, 0, 10) == EXDEV;
	shared->got[7] = mmap(NULL, 10, PROT_READ, MAP_PRIVATE, file, 0) == MAP_FAILED &&
			 errno == EXDEV;
}

/* An x for each that must fail. */
static void expect(struct inject_rule *rule, const char *wanted)
{
	char got[9] = "";

	run(rule, 1, copy_around);
	EXITED_WELL();
	for (int i = 0; i < 8; i++)
		got[i] = fixture.shared->got[i] ? 'x' : '.';
	ck_assert_str_eq(got, wanted);
	finish_fixture();
}

static struct inject_rule rule_on_all(void)
{
	static const char *const names[] = { "sendfile", "splice",  "copy_file_range", "rename",
					     "link",     "symlink", "fallocate",       "mmap" };
	struct inject_rule rule = rule_on(names[0], HIT_ENTRY, "errno", EXDEV);

	for (size_t i = 1; i < sizeof(names) / sizeof(*names); i++)
		rule.number_count += inject_calls(names[i], rule.numbers + rule.number_count,
						  INJECT_CALLS_MAX - rule.number_count);
	return rule;
}

START_TEST(test_either_is_meant)
{
	struct inject_rule rule;

	ck_assert_int_eq(pipe2(pipes, O_CLOEXEC), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	file = open("/tmp/ipcdrill-both.log", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, "0123456789", 10), 10);

	rule = rule_on_all();
	expect(&rule, "xxxxxxxx");
	rule = rule_on_all();
	rule.where.kind = DESCRIPTOR_FILE;
	expect(&rule, "xxx...xx");
	rule.where.kind = DESCRIPTOR_SOCKET;
	expect(&rule, "x.......");
	rule.where.kind = DESCRIPTOR_PIPE;
	expect(&rule, ".x......");
	/* One thing must be all of that: the pipe has no such path. */
	rule.where.path = "*.log";
	expect(&rule, "........");
	rule.where.kind = DESCRIPTOR_OTHER;
	expect(&rule, "xxx...xx");
	rule.where.path = "*-both.new";
	expect(&rule, "...x....");
	rule.where.path = "*-both.old";
	expect(&rule, "....x...");
	rule.where.path = "*-both.none";
	expect(&rule, "...xx...");
	rule.where.path = "*-both.sym";
	expect(&rule, ".....x..");
	rule.where.path = NULL;
	rule.where.size_min = 6;
	expect(&rule, "..x.....");
	unlink("/tmp/ipcdrill-both.log");
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_either_is_meant);
}

int main(void)
{
	return checks_run_case("inject_both", fill);
}
