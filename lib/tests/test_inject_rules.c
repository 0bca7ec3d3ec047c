// SPDX-License-Identifier: MIT
/* What rules match, and what no program can walk past. */
#include <sys/socket.h>

#include "checks.h"
#include "inject_fixture.h"

static int fds[4];

static void write_everywhere(struct shared *shared)
{
	static const size_t sizes[] = { 1, 10, 100, 1000 };
	static char text[1000];

	for (int fd = 0; fd < 4; fd++) {
		for (int s = 0; s < 4; s++)
			shared->got[fd * 4 + s] = write(fds[fd], text, sizes[s]) < 0 &&
						  errno == EXDEV;
	}
}

/* Two pipes, a socket, a file; `wanted` has an x for each write that must have failed. */
static void expect_writes(struct inject_rule *rule, const char *wanted)
{
	run(rule, 1, write_everywhere);
	EXITED_WELL();
	for (int i = 0; i < 16; i++)
		ck_assert_msg(fixture.shared->got[i] == (wanted[i] == 'x'), "write %d of %s", i,
			      wanted);
	finish_fixture();
}

static struct inject_object object_of(int fd)
{
	struct stat status;

	ck_assert_int_eq(fstat(fd, &status), 0);
	return (struct inject_object){ .device = status.st_dev, .inode = status.st_ino };
}

START_TEST(test_conditions)
{
	struct inject_rule plain = rule_on("write", HIT_ENTRY, "errno", EXDEV), rule;
	int pipes[4], pair[2], file;

	ck_assert_int_eq(pipe2(pipes, O_CLOEXEC) | pipe2(pipes + 2, O_CLOEXEC), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	file = open("/tmp/ipcdrill-rules.log", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	ck_assert_int_ge(file, 0);
	fds[0] = pipes[1], fds[1] = pipes[3], fds[2] = pair[0], fds[3] = file;

	rule = plain;
	expect_writes(&rule, "xxxxxxxxxxxxxxxx");
	rule = plain;
	rule.where.object_count = 1;
	rule.where.objects[0] = object_of(pipes[3]);
	expect_writes(&rule, "....xxxx........");
	rule.where.objects[0] = object_of(pair[0]);
	expect_writes(&rule, "........xxxx....");
	rule = plain;
	rule.where.kind = DESCRIPTOR_PIPE;
	expect_writes(&rule, "xxxxxxxx........");
	rule.where.size_min = 10;
	rule.where.size_max = 100;
	expect_writes(&rule, ".xx..xx.........");
	rule = plain;
	rule.where.path = "*.log";
	expect_writes(&rule, "............xxxx");
	rule.where.path = "/tmp/ipcdrill-r*";
	expect_writes(&rule, "............xxxx");
	rule.where.path = "/etc/*";
	expect_writes(&rule, "................");
	unlink("/tmp/ipcdrill-rules.log");
}
END_TEST

static void open_some(struct shared *shared)
{
	chdir("/etc");
	shared->got[0] = open("/etc/passwd", O_RDONLY) < 0;
	shared->got[1] = open("passwd", O_RDONLY) < 0;
	shared->got[2] = open("/etc/group", O_RDONLY) < 0;
	shared->got[3] = syscall(SYS_open, "passwd", O_RDONLY) < 0;
}

START_TEST(test_paths)
{
	static const char *const patterns[] = { "passwd", "/etc/p*", "*passwd", "/usr/*" };
	static const char *const wanted[] = { ".x.x", "xx.x", "xx.x", "...." };
	struct inject_rule rule = rule_on("open", HIT_ENTRY, "errno", ENOSPC);

	rule.where.path = patterns[_i];
	run(&rule, 1, open_some);
	EXITED_WELL();
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(fixture.shared->got[i], wanted[_i][i] == 'x');
	finish_fixture();
}
END_TEST

#if defined(__x86_64__)
static long call_as_32_bit(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory", "r8", "r9", "r10", "r11");
	return result;
}

enum { GETPPID_32 = 64, WRITE_32 = 4 };

static void call_both_ways(struct shared *shared)
{
	shared->got[0] = call_as_32_bit(GETPPID_32, 0, 0, 0);
	shared->got[1] = syscall(SYS_getppid) < 0 ? -errno : 0;
	shared->got[2] = call_as_32_bit(GETPPID_32, 0, 0, 0);
	shared->got[3] = syscall(SYS_io_uring_setup, 1, NULL) < 0 ? -errno : 0;
}

START_TEST(test_nobody_walks_past)
{
	struct inject_rule rule = nth(rule_on("getppid", HIT_ENTRY, "errno", EXDEV), 3);

	run(&rule, 1, call_both_ways);
	EXITED_WELL();
	ck_assert_int_eq(fixture.shared->got[0], getpid());
	ck_assert_int_eq(fixture.shared->got[1], 0);
	ck_assert_int_eq(fixture.shared->got[2], -EXDEV);
	ck_assert_int_eq(fixture.shared->got[3], -ENOSYS);
	finish_fixture();
}
END_TEST

static void call_as_x32(struct shared *shared)
{
	shared->got[0] = syscall(0x40000000 | SYS_getppid);
	shared->got[1] = 1;
}

START_TEST(test_another_machine_is_killed)
{
	struct inject_rule rule = rule_on("getppid", HIT_ENTRY, "errno", EXDEV);

	rule.is_blind = _i;
	run(&rule, 1, call_as_x32);
	KILLED_BY(SIGSYS);
	finish_fixture();
}
END_TEST
#endif

START_TEST(test_names)
{
	int numbers[INJECT_CALLS_MAX];

	ck_assert_uint_eq(inject_calls("read", numbers, INJECT_CALLS_MAX), 1);
	ck_assert_int_eq(numbers[0], SYS_read);
	ck_assert_uint_eq(inject_calls("recv", numbers, INJECT_CALLS_MAX), 1);
	ck_assert_int_eq(numbers[0], SYS_recvfrom);
	ck_assert_uint_eq(inject_calls("semop", numbers, INJECT_CALLS_MAX), 2);
	ck_assert_uint_eq(inject_calls("no_such_call", numbers, INJECT_CALLS_MAX), 0);
	ck_assert_str_eq(inject_call_name(SYS_recvfrom), "recvfrom");
	ck_assert_ptr_null(inject_call_name(99999));
	ck_assert_ptr_null(fault_find("no_such_fault"));
	for (const struct fault *const *fault = faults; *fault; fault++)
		ck_assert_ptr_eq(fault_find((*fault)->name), *fault);
}
END_TEST

START_TEST(test_static_only_where_nobody_counts)
{
	struct inject_rule rules[3] = {
		rule_on("getppid", HIT_ENTRY, "errno", EXDEV),
		rule_on("getpid", HIT_ENTRY, "errno", EXDEV),
		rule_on("getpid", HIT_ENTRY, "delay", 1),
	};
	struct inject_filter filter;

	rules[0].is_blind = rules[1].is_blind = true;
	ck_assert_int_eq(inject_compile(rules, 3, &filter), 0);
	ck_assert(rules[0].is_static && !rules[1].is_static && filter.has_listener);
	inject_filter_free(&filter);
	rules[0].is_blind = false;
	ck_assert_int_eq(inject_compile(rules, 1, &filter), 0);
	ck_assert(!rules[0].is_static);
	inject_filter_free(&filter);
	rules[0].is_blind = true;
	rules[0].where.size_min = 1;
	ck_assert_int_eq(inject_compile(rules, 1, &filter), 0);
	ck_assert(!rules[0].is_static);
	inject_filter_free(&filter);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_conditions);
	tcase_add_loop_test(tcase, test_paths, 0, 4);
#if defined(__x86_64__)
	tcase_add_test(tcase, test_nobody_walks_past);
	tcase_add_loop_test(tcase, test_another_machine_is_killed, 0, 2);
#endif
	tcase_add_test(tcase, test_names);
	tcase_add_test(tcase, test_static_only_where_nobody_counts);
}

int main(void)
{
	return checks_run_case("inject_rules", fill);
}
