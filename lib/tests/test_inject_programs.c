// SPDX-License-Identifier: MIT
/*
 * Programs of every make: each call of every process of theirs is counted, and fails exactly where
 * it should.
 */
#include <stdio.h>

#include "checks.h"
#include "compile_fixture.h"
#include "inject_fixture.h"

enum { EACH = 100, EVERY = 10, NOBODY = 65534 };

/* As in programs/caller.c. */
struct tally {
	int failed[2];
	int done;
	int other;
};

static char directory[] = "/tmp/ipcdrill-programs-XXXXXX";
static char program[64], tally_path[64];
static const char *way;
static struct tally *tally;

static void prepare(void)
{
	int fd;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	chmod(directory, 0755);
	snprintf(program, sizeof(program), "%s/caller", directory);
	snprintf(tally_path, sizeof(tally_path), "%s/tally", directory);
	fd = open(tally_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	fchmod(fd, 0666);
	ck_assert_int_eq(ftruncate(fd, sizeof(*tally)), 0);
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ck_assert_ptr_ne(tally, MAP_FAILED);
	close(fd);
}

static void clean_up(void)
{
	munmap(tally, sizeof(*tally));
	unlink(tally_path);
	unlink(program);
	rmdir(directory);
}

static void become_program(struct shared *shared)
{
	(void)shared;
	execl(program, program, way, tally_path, (char *)NULL);
	_exit(127);
}

static void fill_rules(struct inject_rule rules[2])
{
	rules[0] = every(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), EVERY);
	rules[1] = every(rule_on("lseek", HIT_EXIT, "errno", EXDEV), EVERY);
	rules[0].watches_handlers = rules[1].watches_handlers = true;
}

static void run_way(void)
{
	struct inject_rule rules[2];
	const uint64_t calls = EACH;

	fill_rules(rules);
	run(rules, 2, become_program);
	EXITED_WELL();
	ck_assert_int_gt(tally->done, 0);
	for (int i = 0; i < 2; i++) {
		ck_assert_uint_eq(rules[i].trigger.count, calls * (uint64_t)tally->done);
		ck_assert_uint_eq(rules[i].trigger.fired, rules[i].trigger.count / EVERY);
		ck_assert_int_eq(tally->failed[i], (int)rules[i].trigger.fired);
	}
	ck_assert_uint_eq(fixture.refused, 0);
	while (waitpid(-1, NULL, 0) > 0)
		;	/* orphans, which came to us */
	finish_fixture();
}

static const struct make {
	const char *way;
	const char *flags;
	int done;
	int other;
} makes[] = {
	{ "plainly", "", 1, 0 },	{ "plainly", "-static", 1, 0 },
	{ "threads", "-pthread", 3, 0 }, { "threads", "-pthread -static", 3, 0 },
	{ "children", "", 3, 0 },	{ "spawn", "", 3, 0 },
	{ "filter", "", 1, ENOTTY },	{ "deadly", "", 1, 0 },
	{ "listener", "", 1, EBUSY },	{ "closed", "", 1, 0 },
	{ "daemon", "", 1, 0 },		{ "deaf", "", 1, 0 },
};

START_TEST(test_every_make_of_program)
{
	const struct make *make = &makes[_i];

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prepare();
	ck_assert(compile("caller.c", make->flags, program));
	way = make->way;
	run_way();
	ck_assert_int_eq(tally->done, make->done);
	ck_assert_int_eq(tally->other, make->other);
	clean_up();
}
END_TEST

START_TEST(test_32_bit_program)
{
	struct inject_rule rules[2];

	prepare();
	if (!compile("caller32.c", WITHOUT_LIBRARY_32, program)) {
		fprintf(stderr,
			"test_32_bit_program: skipped: this compiler makes no 32-bit programs\n");
		clean_up();
		return;
	}
	fill_rules(rules);
	way = "";
	run(rules, 2, become_program);
	ck_assert(WIFEXITED(fixture.status));
	ck_assert_uint_eq(rules[0].trigger.count, EACH);
	ck_assert_uint_eq(rules[1].trigger.count, EACH);
	ck_assert_int_eq(WEXITSTATUS(fixture.status), 2 * EACH / EVERY);
	finish_fixture();
	clean_up();
}
END_TEST

static int run_bare(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		if (setgid(NOBODY) || setuid(NOBODY))
			_exit(98);
		become_program(NULL);
	}
	waitpid(pid, &status, 0);
	return status;
}

/* What it gains without rules, it does not gain under them. */
START_TEST(test_set_uid_programs_lose_their_privileges)
{
	struct inject_rule rules[2];

	if (geteuid())
		return;		/* only root can make one for root */
	prepare();
	ck_assert(compile("caller.c", "", program));
	ck_assert_int_eq(chmod(program, 04755), 0);
	way = "who";
	ck_assert_int_eq(run_bare(), 0);
	if (tally->other == 1) {
		memset(tally, 0, sizeof(*tally));
		fill_rules(rules);
		fixture.run_as = NOBODY;
		run(rules, 2, become_program);
		EXITED_WELL();
		ck_assert_int_eq(tally->other, NOBODY + 1);
		ck_assert_uint_eq(rules[0].trigger.count, EACH);
		finish_fixture();
	}
	clean_up();
}
END_TEST

static const enum hit_point points[] = { HIT_ENTRY, HIT_EXIT };

START_TEST(test_whoever_ignores_signals_is_killed_all_the_same)
{
	struct inject_rule rule = nth(rule_on("lseek", points[_i], "kill", SIGKILL), 50);

	prepare();
	ck_assert(compile("caller.c", "", program));
	way = "deaf";
	run(&rule, 1, become_program);
	KILLED_BY(SIGKILL);
	ck_assert_uint_eq(rule.trigger.count, 50);
	finish_fixture();
	clean_up();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_every_make_of_program, 0,
			    (int)(sizeof(makes) / sizeof(*makes)));
	tcase_add_test(tcase, test_32_bit_program);
	tcase_add_test(tcase, test_set_uid_programs_lose_their_privileges);
	tcase_add_loop_test(tcase, test_whoever_ignores_signals_is_killed_all_the_same, 0, 2);
}

int main(void)
{
	return checks_run_case("inject_programs", fill);
}
