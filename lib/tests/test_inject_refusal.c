// SPDX-License-Identifier: MIT
/* Rules that are refused, and why; and their neighbours, which are not. */
#include "checks.h"
#include "inject_fixture.h"

static const struct refused {
	const char *call;
	enum hit_point point;
	const char *fault;
	int64_t operand;
	unsigned nature;
	const char *words;	/* NULL: fine */
} table[] = {
	{ "read", HIT_ENTRY, "short", 1, 0, NULL },
	{ "recv", HIT_ENTRY, "short", 1, 0, NULL },
	{ "recv", HIT_ENTRY, "short", 1, INJECT_MESSAGES, "whole or not at all" },
	{ "sendmsg", HIT_ENTRY, "short", 1, INJECT_ANCILLARY, "ancillary" },
	{ "sendmsg", HIT_ENTRY, "errno", EIO, INJECT_ANCILLARY, NULL },
	{ "mq_receive", HIT_ENTRY, "short", 1, INJECT_MESSAGES, "whole or not at all" },
	{ "mq_send", HIT_ENTRY, "short", 1, 0, "whole or not at all" },
	{ "msgsnd", HIT_ENTRY, "short", 1, 0, "whole or not at all" },
	{ "msgrcv", HIT_ENTRY, "short", 1, 0, "whole or not at all" },
	{ "recvmmsg", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "splice", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "sendfile", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "process_vm_readv", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "process_vm_writev", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "sendmmsg", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "tee", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "vmsplice", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "copy_file_range", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "getrandom", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "preadv2", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "pwritev2", HIT_ENTRY, "short", 1, 0, "not supported" },
	{ "read", HIT_ENTRY, "short", 1, INJECT_ANCILLARY, NULL },
	{ "getppid", HIT_ENTRY, "short", 1, 0, "moves no bytes" },
	{ "read", HIT_ENTRY, "short", 0, 0, "operand" },
	{ "read", HIT_EXIT, "short", 1, 0, "entry only" },
	{ "read", HIT_EXIT, "signal", SIGUSR1, 0, "entry only" },
	{ "read", HIT_EXIT, "kill", SIGKILL, 0, NULL },
	{ "getppid", HIT_EXIT, "kill", SIGKILL, 0, NULL },
	{ "semop", HIT_EXIT, "kill", SIGKILL, 0, NULL },
	{ "sendmsg", HIT_EXIT, "kill", SIGKILL, INJECT_ANCILLARY, NULL },
	{ "recv", HIT_EXIT, "kill", SIGKILL, INJECT_MESSAGES, NULL },
	{ "connect", HIT_EXIT, "stop", 0, 0, NULL },
	{ "exit", HIT_ENTRY, "errno", EIO, 0, "does not return" },
	{ "exit_group", HIT_ENTRY, "errno", EIO, 0, "does not return" },
	{ "exit_group", HIT_ENTRY, "errno", EIO, INJECT_DELEGATED, "does not return" },
	{ "exit_group", HIT_ENTRY, "kill", SIGKILL, 0, NULL },
	{ "exit_group", HIT_ENTRY, "stop", 0, 0, NULL },
	{ "exit_group", HIT_EXIT, "errno", EIO, 0, "never returns" },
	{ "exit", HIT_EXIT, "stop", 0, 0, "never returns" },
	{ "exit_group", HIT_EXIT, "stop", 0, 0, "never returns" },
	{ "rt_sigreturn", HIT_EXIT, "stop", 0, 0, "never returns" },
	{ "execve", HIT_EXIT, "kill", SIGKILL, 0, NULL },
	{ "execve", HIT_EXIT, "errno", EIO, 0, "once it has succeeded" },
	{ "execveat", HIT_EXIT, "errno", EIO, 0, "once it has succeeded" },
	{ "execve", HIT_EXIT, "errno", EIO, INJECT_DELEGATED, NULL },
	{ "semop", HIT_ENTRY, "kill", SIGKILL, 0, NULL },
	{ "io_uring_setup", HIT_ENTRY, "errno", EPERM, 0, "refused io_uring" },
	{ "io_uring_register", HIT_ENTRY, "errno", EPERM, 0, "refused io_uring" },
	{ "io_uring_enter", HIT_EXIT, "kill", SIGKILL, INJECT_DELEGATED, "refused io_uring" },
	{ "read", HIT_ENTRY, "errno", 5000, 0, "operand" },
	{ "read", HIT_ENTRY, "kill", 99, 0, "operand" },
	{ "read", HIT_ENTRY, "stop", 1, 0, "operand" },
};

START_TEST(test_refusals)
{
	const struct refused *refused = &table[_i];
	struct inject_rule rule = rule_on(refused->call, refused->point, refused->fault,
					  refused->operand);
	const char *why = inject_refusal(&rule, refused->nature);

	if (!refused->words)
		ck_assert_msg(!why, "%s %s: %s", refused->call, refused->fault, why);
	else
		ck_assert_msg(why && strstr(why, refused->words), "%s %s: %s", refused->call,
			      refused->fault, why ? why : "fine");
}
END_TEST

static const struct {
	const char *call;
	struct inject_where where;
	const char *words;	/* NULL: fine */
} wheres[] = {
	{ "read", { .size_max = 3, .kind = DESCRIPTOR_PIPE, .path = "*" }, NULL },
	{ "recv", { .kind = DESCRIPTOR_SOCKET }, NULL },
	{ "recv", { .kind = DESCRIPTOR_PIPE }, "for sockets only" },
	{ "getppid", { .size_min = 3 }, "no size" },
	{ "getppid", { .size_max = 3 }, "no size" },
	{ "getppid", { .kind = DESCRIPTOR_PIPE }, "about no descriptor" },
	{ "getppid", { .path = "*" }, "about no path" },
};

START_TEST(test_what_no_call_has)
{
	struct inject_rule rule = rule_on(wheres[_i].call, HIT_ENTRY, "errno", EIO);
	const char *why;

	rule.where = wheres[_i].where;
	why = inject_refusal(&rule, 0);
	if (!wheres[_i].words)
		ck_assert_msg(!why, "%s: %s", wheres[_i].call, why);
	else
		ck_assert_msg(why && strstr(why, wheres[_i].words), "%s: %s", wheres[_i].call,
			      why ? why : "fine");
}
END_TEST

START_TEST(test_half_a_rule)
{
	struct inject_rule rule = rule_on("read", HIT_ENTRY, "errno", EIO), without = rule;
	struct inject_rule never = nth(rule, 0);

	ck_assert_ptr_null(inject_refusal(&rule, 0));
	without.effect_count = 0;
	ck_assert_str_eq(inject_refusal(&without, 0), "a fault needs a call, and an effect");
	without = rule;
	without.number_count = 0;
	ck_assert_str_eq(inject_refusal(&without, 0), "a fault needs a call, and an effect");
	ck_assert_str_eq(inject_refusal(&never, 0),
			 "calls are counted from 1, and a range goes upwards");
}
END_TEST

START_TEST(test_messages_have_sizes)
{
	static const char *const names[] = { "mq_send", "mq_receive", "msgsnd", "msgrcv",
					     "splice" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct inject_rule rule = rule_on(names[i], HIT_ENTRY, "kill", SIGKILL);

		rule.where.size_min = 3;
		ck_assert_ptr_null(inject_refusal(&rule, 0));
	}
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_loop_test(tcase, test_refusals, 0, (int)(sizeof(table) / sizeof(*table)));
	tcase_add_loop_test(tcase, test_what_no_call_has, 0,
			    (int)(sizeof(wheres) / sizeof(*wheres)));
	tcase_add_test(tcase, test_half_a_rule);
	tcase_add_test(tcase, test_messages_have_sizes);
}

int main(void)
{
	return checks_run_case("inject_refusal", fill);
}
