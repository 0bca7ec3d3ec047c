// SPDX-License-Identifier: MIT
/*
 * Calls that 32-bit programs make under other names, or folded into one, and arguments that lie
 * otherwise.
 */
#include <sys/socket.h>

#include "checks.h"
#include "compile_fixture.h"
#include "inject_fixture.h"

/* By the places of programs/compat32.c, from 1; 0: it makes no such call. */
static const struct renamed {
	const char *call;
	int number;
	int place;
} renamed[] = {
	{ "send", SYS_sendto, 1 },
	{ "semop", SYS_semop, 4 },
	{ "semctl", SYS_semctl, 5 },
	{ "msgsnd", SYS_msgsnd, 6 },
	{ "fcntl", SYS_fcntl, 7 },
	{ "lseek", SYS_lseek, 8 },
	{ "mmap", SYS_mmap, 9 },
	{ "fstat", SYS_fstat, 10 },
	{ "semtimedop", SYS_semtimedop, 11 },
	{ "futex", SYS_futex, 12 },
	{ "waitpid", SYS_wait4, 13 },
	{ "connect", SYS_connect, 0 },
	{ "bind", SYS_bind, 0 },
	{ "recvmsg", SYS_recvmsg, 0 },
};

enum { RENAMED = sizeof(renamed) / sizeof(*renamed) };

static char program[] = "/tmp/ipcdrill-compat-XXXXXX";

static void become_program(struct shared *shared)
{
	(void)shared;
	execl(program, program, (char *)NULL);
	_exit(127);
}

static bool make_program(const char *source)
{
	int fd = mkstemp(program);

	ck_assert_int_ge(fd, 0);
	close(fd);
	if (compile(source, WITHOUT_LIBRARY_32, program))
		return true;
	fprintf(stderr, "test_inject_compat: skipped: this compiler makes no 32-bit programs\n");
	unlink(program);
	return false;
}

static struct inject_rule rule_about(const struct renamed *call)
{
	struct inject_rule rule = rule_on(call->call, HIT_ENTRY, "errno", EXDEV);

	rule.numbers[0] = call->number;
	rule.number_count = 1;
	return rule;
}

START_TEST(test_rule_finds_its_call)
{
	struct inject_rule rule = rule_about(&renamed[_i]);

	if (!make_program("compat32.c"))
		return;
	run(&rule, 1, become_program);
	ck_assert(WIFEXITED(fixture.status));
	ck_assert_int_eq(WEXITSTATUS(fixture.status), renamed[_i].place);
	ck_assert_uint_eq(rule.trigger.count, renamed[_i].place != 0);
	finish_fixture();
	unlink(program);
}
END_TEST

/* Both numbers of recv(2), the old one and the one of recvfrom(2). */
START_TEST(test_recv)
{
	struct inject_rule rule = rule_on("recv", HIT_ENTRY, "errno", EXDEV);

	if (!make_program("compat32.c"))
		return;
	run(&rule, 1, become_program);
	ck_assert_uint_eq(rule.trigger.count, 2);
	ck_assert_int_eq(WEXITSTATUS(fixture.status), 255);
	finish_fixture();
	unlink(program);
}
END_TEST

/* What one of the folding calls stands for is not what the same number stands for in the other. */
START_TEST(test_each_is_itself)
{
	struct inject_rule rules[RENAMED];

	if (!make_program("compat32.c"))
		return;
	for (size_t i = 0; i < RENAMED; i++)
		rules[i] = nth(rule_about(&renamed[i]), 1000);
	run(rules, RENAMED, become_program);
	ck_assert(WIFEXITED(fixture.status));
	ck_assert_int_eq(WEXITSTATUS(fixture.status), 0);
	for (size_t i = 0; i < RENAMED; i++)
		ck_assert_msg(rules[i].trigger.count == (renamed[i].place != 0), "%s: %llu",
			      renamed[i].call, (unsigned long long)rules[i].trigger.count);
	finish_fixture();
	unlink(program);
}
END_TEST

static void become_program_with_descriptors(struct shared *shared)
{
	int fds[3] = { memfd_create("big", 0) };

	socketpair(AF_UNIX, SOCK_STREAM, 0, fds + 1);
	/* Away from where they go. */
	for (int i = 0; i < 3; i++)
		fds[i] = fcntl(fds[i], F_DUPFD, 100);
	for (int i = 0; i < 3; i++)
		dup2(fds[i], 3 + i);
	become_program(shared);
}

START_TEST(test_short_transfers)
{
	static const char *const names[] = { "pread",   "pwrite",  "preadv", "pwritev",
					     "sendmsg", "recvmsg", "send" };
	struct inject_rule rules[7];

	if (!make_program("short32.c"))
		return;
	for (size_t i = 0; i < 7; i++)
		rules[i] = rule_on(names[i], HIT_ENTRY, "short", 2);
	run(rules, 7, become_program_with_descriptors);
	ck_assert(WIFEXITED(fixture.status));
	ck_assert_str_eq(fixture.refusal, "");
	ck_assert_int_eq(WEXITSTATUS(fixture.status), 8);
	finish_fixture();
	unlink(program);
}
END_TEST

static void fill(TCase *tcase)
{
#ifdef __x86_64__
	tcase_add_loop_test(tcase, test_rule_finds_its_call, 0, RENAMED);
	tcase_add_test(tcase, test_recv);
	tcase_add_test(tcase, test_each_is_itself);
	tcase_add_test(tcase, test_short_transfers);
#else
	(void)tcase;
#endif
}

int main(void)
{
	return checks_run_case("inject_compat", fill);
}
