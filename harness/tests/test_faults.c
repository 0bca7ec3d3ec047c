// SPDX-License-Identifier: MIT
/* Faults in plans: rules, triggers, filters, and what can never be carried out. */
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "checks.h"
#include "complained.h"

#define WRITES       "run {\na: write(c, \"x\")\na: write(c, \"x\")\nb: close(c) = 0\n}\n"
#define FRAME(fault) "channel c: pipe from a to b\nendpoint a, b\n" fault "\n" WRITES

static const struct plan_fault *only_fault(struct resolved *resolved, const char *text)
{
	resolve_well(resolved, BODY, text);
	ck_assert_uint_eq(resolved->suite.plans[0]->fault_count, 1);
	return &resolved->suite.plans[0]->faults[0];
}

START_TEST(test_rule)
{
	struct resolved resolved;
	const struct plan_fault *fault =
		only_fault(&resolved, FRAME("fault f on a: exit write|writev(c, size >= 1) nth "
					    "2..3 -> errno EIO, stop optional"));
	const struct inject_rule *rule = &fault->rule;

	ck_assert_str_eq(fault->name, "f");
	ck_assert_int_eq(fault->endpoint, 0);
	ck_assert_uint_eq(fault->channel_count, 1);
	ck_assert_int_eq(rule->point, HIT_EXIT);
	ck_assert_uint_eq(rule->number_count, 2);
	ck_assert_int_eq(rule->numbers[0], SYS_write);
	ck_assert_int_eq(rule->numbers[1], SYS_writev);
	ck_assert_uint_eq(rule->where.size_min, 1);
	ck_assert_int_eq(rule->trigger.kind, TRIGGER_NTH);
	ck_assert_uint_eq(rule->trigger.first, 2);
	ck_assert_uint_eq(rule->trigger.last, 3);
	ck_assert(rule->trigger.optional);
	ck_assert_uint_eq(rule->effect_count, 2);
	ck_assert_int_eq(rule->effects[0].operand, EIO);
	ck_assert_str_eq(rule->effects[1].fault->name, "stop");
	release(&resolved);
}
END_TEST

static const struct {
	const char *condition;
	struct inject_where where;
} conditions[] = {
	{ "size == 7", { .size_min = 7, .size_max = 7 } },
	{ "size < 8", { .size_max = 7 } },
	{ "size <= 8", { .size_max = 8 } },
	{ "size > 8", { .size_min = 9 } },
	{ "kind == socket", { .kind = DESCRIPTOR_SOCKET } },
	{ "kind == fifo", { .kind = DESCRIPTOR_FIFO } },
	{ "kind == pipe", { .kind = DESCRIPTOR_PIPE } },
	{ "path ~ \"*.log\"", { .path = "*.log" } },
	{ "any", { .path = NULL } },
};

START_TEST(test_condition)
{
	struct resolved resolved;
	const struct inject_where *want = &conditions[_i].where;
	const struct inject_where *got;
	char text[300];

	snprintf(text, sizeof(text), FRAME("fault f on a: entry write(%s) -> stop"),
		 conditions[_i].condition);
	got = &only_fault(&resolved, text)->rule.where;
	ck_assert_uint_eq(got->size_min, want->size_min);
	ck_assert_uint_eq(got->size_max, want->size_max);
	ck_assert_uint_eq(got->kind, want->kind);
	ck_assert_pstr_eq(got->path, want->path);
	release(&resolved);
}
END_TEST

/* One of the two writes, the same for the same seed; over all seeds each is chosen. */
START_TEST(test_any)
{
	bool chosen[3] = { false };

	for (int seed = 0; seed < 20; seed++) {
		struct resolved resolved;
		const struct trigger *trigger;
		char text[300];

		snprintf(text, sizeof(text),
			 FRAME("fault f on a: entry write(c) nth any(%d) -> stop"), seed);
		trigger = &only_fault(&resolved, text)->rule.trigger;
		ck_assert_uint_eq(trigger->first, trigger->last);
		ck_assert_uint_eq(trigger->first, trigger_any((uint64_t)seed, 2));
		chosen[trigger->first] = true;
		release(&resolved);
	}
	ck_assert(chosen[1] && chosen[2]);
}
END_TEST

static const struct {
	const char *fault;
	bool is_static;
} filters[] = {
	{ FRAME("fault f on a: entry write() -> errno EIO optional"), true },
	{ FRAME("fault f on a: entry write() -> errno EIO"), false },
	/* What is open at the other end of a descriptor no filter can see. */
	{ FRAME("fault f on a: entry write(c) -> errno EIO optional"), false },
};

/* Only whoever has faults has a filter; what need not be counted is left to the kernel. */
START_TEST(test_filter)
{
	struct resolved resolved;
	const struct plan_fault *fault = only_fault(&resolved, filters[_i].fault);
	const struct plan *plan = resolved.suite.plans[0];

	ck_assert_int_eq(fault->rule.is_static, filters[_i].is_static);
	ck_assert_uint_gt(plan->filters[0].length, 0);
	ck_assert_int_eq(plan->filters[0].has_listener, !filters[_i].is_static);
	ck_assert_uint_eq(plan->filters[1].length, 0);
	release(&resolved);
}
END_TEST

#define OBJECTS(fault) \
	"channel m: sysv_msg\nchannel q: posix_mq\nchannel u: unix_dgram from a to b\nchannel f: fifo\n" \
	"endpoint a, b\n" fault "\nrun {\na: semop(5, 1) = EINVAL\nb: recv(u, 8) blocks\n" \
	"a: msgctl(m, IPC_RMID)\na: mq_open(q, O_RDWR)\na: open(f, O_RDWR)\n}\n"

#define STREAM(fault, steps) \
	"channel c: unix_stream between a and b\nendpoint a, b\n" fault "\nrun {\n" steps \
	"\nb: close(c) = 0\n}\n"

static const struct complaint_case refusals[] = {
	{ BODY, OBJECTS("fault x on a: entry semop(m) -> stop"),
	  "9:1 fault x can never fire: no argument of semop() says that it is about m, a sysv_msg | "
	  "leave the channel out, or name other calls\n" },
	{ BODY, OBJECTS("fault x on a: entry shmget(m) -> stop"),
	  "9:1 fault x can never fire: no argument of shmget() says that it is about m, a sysv_msg | "
	  "leave the channel out, or name other calls\n" },
	{ BODY, OBJECTS("fault x on a: entry mq_receive(u) -> stop"),
	  "9:1 fault x can never fire: no argument of mq_receive() says that it is about u, a "
	  "unix_dgram | leave the channel out, or name other calls\n" },
	{ BODY, OBJECTS("fault x on a: entry mq_open(f) -> stop"),
	  "9:1 fault x can never fire: no argument of mq_open() says that it is about f, a fifo | "
	  "leave the channel out, or name other calls\n" },
	{ BODY, OBJECTS("fault x on a: entry msgctl|semop(m) -> stop"), "" },
	{ BODY, OBJECTS("fault x on a: entry mq_open|read(q) -> stop"), "" },
	{ BODY, FRAME("fault f on a: exit write(c) -> short 1"),
	  "6:32 short is possible at the entry of a call only\n" },
	{ BODY, FRAME("fault f on a: entry close(c) -> short 1"),
	  "6:1 fault f cannot be carried out: this call moves no bytes that could be fewer\n" },
	{ BODY, FRAME("fault f on a: entry recv(c) -> stop"),
	  "6:1 fault f can never fire: c is a pipe, and recv() is for sockets\n" },
	{ BODY, FRAME("fault f on a: entry recv|send(kind == pipe) -> stop"),
	  "6:1 fault f cannot be carried out: it can never fire: this call is for sockets only\n" },
	{ BODY, FRAME("fault f on a: entry write(c) nth 3 -> stop"),
	  "6:1 fault f can never fire: it waits for call 3, and the steps of a make 2 | every fault "
	  "must fire\n" },
	{ BODY, FRAME("fault f on a: exit write() every 3 -> stop"),
	  "6:1 fault f can never fire: it waits for call 3, and the steps of a make 2 | every fault "
	  "must fire\n" },
	{ BODY, FRAME("fault f on a: entry write(c) nth 3 -> stop optional"), "" },
	{ BODY, FRAME("fault f on a: entry write(c) nth 2..9 -> stop"), "" },
	{ BODY, OBJECTS("fault x on b: entry recv() -> short 1"),
	  "9:1 fault x cannot be carried out: a message is transferred whole or not at all: what is "
	  "cut off would be lost\n" },
	{ BODY, STREAM("fault x on a: entry sendmsg() -> short 1", "a: sendmsg(c, \"xy\", fds=c)"),
	  "6:1 fault x cannot be carried out: ancillary data cannot be sent or received on behalf of "
	  "another process\n" },
	{ BODY,
	  STREAM("fault x on a: entry sendmsg() -> short 1",
		 "a: sendmsg(c, \"xy\", fds=c)\na: sendmsg(c, \"xy\") = 1"),
	  "" },
	{ BODY, FRAME("fault f on a: entry getpid(c) -> stop"),
	  "6:1 fault f can never fire: no argument of getpid() says that it is about c, a pipe | "
	  "leave the channel out, or name other calls\n" },
	{ BODY, FRAME("fault f on a: entry semop|futex(c) -> stop"),
	  "6:1 fault f can never fire: no argument of semop() says that it is about c, a pipe | "
	  "leave the channel out, or name other calls\n" },
	{ BODY,
	  "channel c: unix_dgram from a to b\nendpoint a, b\nfault f on b: entry recv(c) -> short "
	  "1\n" WRITES,
	  "6:1 fault f cannot be carried out: a message is transferred whole or not at all: what "
	  "is cut off would be lost\n" },
	{ BODY, FRAME("fault f on a: entry write(size == 0) -> stop"),
	  "6:27 no call has such a size | for example: size > 4096, or size == 1\n" },
	{ BODY, FRAME("fault f on a: entry write(size > 5, size < 6) -> stop"),
	  "6:37 no size is at least 6 and at most 5 | all conditions must hold; write a rule for "
	  "each size\n" },
	{ BODY, FRAME("fault f on a: entry write() -> kill SIGCONT"),
	  "6:37 SIGCONT kills nobody | to only send it: signal, at the entry of a call\n" },
	{ BODY, FRAME("fault f on a: entry write() -> errno EIO, short 1"),
	  "6:43 a call fails, or is cut short, only once\n" },
	{ BODY, FRAME("fault f on a: entry write() nth any -> stop"),
	  "6:33 any() takes a seed, and among how many calls it chooses | write nth any(SEED), or "
	  "nth any(SEED, CALLS)\n" },
	{ BODY, FRAME("fault f on a: entry write(kind == pip) -> stop"),
	  "6:27 a descriptor has no such kind | did you mean pipe?\n" },
	{ BODY, FRAME("fault f on a: entry write(path == \"x\") -> stop"),
	  "6:27 a path is compared with a pattern | for example: path ~ \"*.log\"\n" },
	{ BODY, FRAME("fault f on a: entry handled() -> stop"),
	  "6:21 handled() is no system call, so nothing can fail in it | name a system call\n" },
	{ BODY, FRAME("fault f on a: entry write() nth -1 -> stop"),
	  "6:33 this is no number of a call | calls count from 1: nth 1, nth 2..4\n" },
	{ BODY, FRAME("fault f on a: entry write() nth any() -> stop"),
	  "6:33 any() takes a seed, and among how many calls it chooses | write nth any(SEED), or "
	  "nth any(SEED, CALLS)\n" },
	{ BODY,
	  "channel c: pipe from a to b\nendpoint a, b, d\nfault f on d: entry write() -> stop\n"
	  "run {\na: fork(d)\nd: write(c, \"x\")\nb: close(c) = 0\n}\n",
	  "6:12 d is made by a fork, so it has the faults of its parent "
	  "| name its parent: a fault counts the calls of a process and of all that it forks\n" },
};

START_TEST(test_refusal)
{
	struct resolved resolved;

	resolve_form(&resolved, refusals[_i].form, refusals[_i].text);
	expect_complaints(&resolved, refusals[_i].want);
	release(&resolved);
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_rule);
	tcase_add_loop_test(tcase, test_condition, 0, sizeof(conditions) / sizeof(*conditions));
	tcase_add_test(tcase, test_any);
	tcase_add_loop_test(tcase, test_filter, 0, sizeof(filters) / sizeof(*filters));
	tcase_add_loop_test(tcase, test_refusal, 0, sizeof(refusals) / sizeof(*refusals));
}

int main(void)
{
	return checks_run_case("faults", fill);
}
