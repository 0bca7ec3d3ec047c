// SPDX-License-Identifier: MIT
/* Rules of a command line: what they become, and what is said of those that cannot be. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "checks.h"
#include "inject_rules.h"

static struct inject_rules rules;
static struct diag diag;

static const struct inject_rule *add(const char *text)
{
	ck_assert_msg(inject_rules_add(&rules, text, &diag), "%s", text);
	return &rules.rules[rules.count - 1];
}

static void release(void)
{
	inject_rules_free(&rules);
	diag_free(&diag);
}

START_TEST(test_parts_of_a_rule)
{
	const struct inject_rule *rule = add(
		"exit read|recv(path ~ \"*.s\", size > 4096, kind == socket) nth 2..4 -> "
		"errno EIO, delay 20ms, kill SIGTERM");

	ck_assert_str_eq(rule->name, "rule 1");
	ck_assert_int_eq(rule->point, HIT_EXIT);
	ck_assert_uint_eq(rule->number_count, 2);
	ck_assert_int_eq(rule->numbers[1], SYS_recvfrom);
	ck_assert_str_eq(rule->where.path, "*.s");
	ck_assert_uint_eq(rule->where.size_min, 4097);
	ck_assert_uint_eq(rule->where.kind, DESCRIPTOR_SOCKET);
	ck_assert_int_eq(rule->trigger.kind, TRIGGER_NTH);
	ck_assert_uint_eq(rule->trigger.last, 4);
	ck_assert_uint_eq(rule->effect_count, 3);
	ck_assert(!rule->trigger.optional && !rule->is_blind);
	ck_assert_str_eq(rules.texts[0].calls, "read|recv");
	release();
}
END_TEST

START_TEST(test_any_system_call)
{
	ck_assert_int_eq(add("entry keyctl() -> errno ENOKEY")->numbers[0], SYS_keyctl);
	ck_assert_int_eq(add("entry bpf() every 3 -> kill")->numbers[0], SYS_bpf);
	ck_assert_str_eq(rules.rules[1].name, "rule 2");
	release();
}
END_TEST

START_TEST(test_optional_need_not_be_counted)
{
	ck_assert(add("entry write() -> errno EIO optional")->is_blind);
	/* The program's own execve(2) would fail. */
	ck_assert(!add("entry execve() -> errno EIO optional")->is_blind);
	release();
}
END_TEST

START_TEST(test_any_chooses_among_those_that_are_named)
{
	uint64_t chosen = add("entry write() nth any(7, 10) -> kill")->trigger.first;

	ck_assert_uint_ge(chosen, 1);
	ck_assert_uint_le(chosen, 10);
	ck_assert_uint_eq(add("entry write() nth any(7, 10) -> kill")->trigger.first, chosen);
	release();
}
END_TEST

START_TEST(test_who_may_live_may_be_told)
{
	ck_assert_uint_eq(add("entry write() -> kill SIGTERM, stop, errno EIO")->effect_count, 3);
	ck_assert_uint_eq(add("entry write() -> signal SIGUSR1, delay 1ms, kill")->effect_count, 3);
	ck_assert_str_eq(add("entry write(path ~ \"x\", path ~ \"x\") -> kill")->where.path, "x");
	ck_assert_uint_eq(add("entry exit_group() -> kill")->effect_count, 1);
	release();
}
END_TEST

START_TEST(test_all_calls_are_named)
{
	static const char calls[] =
		"sched_get_priority_max|sched_get_priority_min|sched_rr_get_interval|"
		"sched_getscheduler|sched_setscheduler|sched_getparam|sched_setparam|"
		"sched_getaffinity|sched_setaffinity|process_vm_readv|process_vm_writev|"
		"inotify_add_watch|inotify_rm_watch|inotify_init1|timerfd_settime|"
		"timerfd_gettime|timerfd_create|name_to_handle_at|open_by_handle_at|"
		"perf_event_open|fanotify_init|fanotify_mark|clock_getres|clock_settime|write|"
		"read";

	ck_assert(inject_rules_add_calls(&rules, "t", calls, &diag));
	ck_assert_str_eq(rules.texts[0].calls, calls);
	release();
}
END_TEST

START_TEST(test_too_many)
{
	for (int i = 0; i < RULES_MAX; i++)
		add("entry write() -> kill");
	ck_assert(!inject_rules_add(&rules, "entry write() -> kill", &diag));
	release();
}
END_TEST

static const struct {
	const char *rule, *message, *help;
} mistakes[] = {
	{ "entry wriet() -> kill", "1:7: error: there is no system call wriet",
	  "did you mean write?" },
	{ "entry keyctll() -> kill", "1:7: error: there is no system call keyctll",
	  "did you mean keyctl?" },
	{ "entry handled() -> kill", "1:7: error: there is no system call handled", NULL },
	{ "entry write() -> errno ENOSPX", "1:24: error: unknown name ENOSPX",
	  "did you mean ENOSPC?" },
	{ "entry write() -> signal SIGUSR3", "1:25: error: unknown name SIGUSR3", NULL },
	{ "entry write() -> killl", "1:18: error: unknown effect killl", "did you mean kill?" },
	{ "entry write(kind == pipe, kind == fifo) -> kill",
	  "1:27: error: no descriptor is a pipe and a fifo", "write a rule for each kind" },
	{ "entry write(path ~ \"\") -> kill",
	  "1:20: error: the pattern for a path is empty, and no path is", "path ~ \"*\"" },
	{ "entry write(kind == fiffo) -> kill", "1:13: error: a descriptor has no such kind",
	  "did you mean fifo?" },
	{ "entry write(req) -> kill",
	  "1:13: error: there is no channel req here: channels are declared in scenarios", NULL },
	{ "entry write() -> hold g",
	  "1:18: error: nobody would open the gate: hold is for scenarios", NULL },
	{ "entry write() nth 0 -> kill", "1:19: error: this is no number of a call", NULL },
	{ "entry write() nth any(1) -> kill",
	  "1:19: error: nobody knows how many calls the program makes: say among how many to "
	  "choose",
	  NULL },
	{ "entry write() nth any -> kill",
	  "1:19: error: any() takes a seed, and among how many calls it chooses",
	  "= write nth any(SEED, CALLS)" },
	{ "entry write(size > 5, size < 3) -> kill",
	  "1:23: error: no size is at least 6 and at most 2", "all conditions must hold" },
	{ "entry write() -> errno SIGKILL",
	  "1:24: error: errno takes an error such as ENOSPC, not SIGKILL, a signal", NULL },
	{ "entry write() -> errno O_RDWR",
	  "1:24: error: errno takes an error such as ENOSPC, not O_RDWR, a number", NULL },
	{ "entry write() -> kill EIO", "1:23: error: kill takes a signal, not EIO, an error",
	  NULL },
	{ "entry write() -> delay -5ms",
	  "1:24: error: delay takes a duration such as 20ms, not -5ms", NULL },
	{ "entry write() -> short 1.5",
	  "1:24: error: short takes a number of bytes, at least 1, not 1.5", NULL },
	{ "entry write() -> short \"x\"",
	  "1:24: error: short takes a number of bytes, at least 1, not a string", NULL },
	{ "entry write() -> short 0",
	  "1:24: error: short takes a number of bytes, at least 1, not 0", NULL },
	{ "entry write() -> kill, stop",
	  "1:24: error: nothing comes of stop where the caller is killed", "a rule for each" },
	{ "entry write() -> errno EIO, delay 1ms, kill, signal SIGUSR1",
	  "1:40: error: nothing comes of errno where the caller is killed", "a rule for each" },
	{ "exit write() -> kill SIGKILL, errno EIO",
	  "1:31: error: nothing comes of errno where the caller is killed", "a rule for each" },
	{ "entry write() -> short 1, kill",
	  "1:27: error: nothing comes of short where the caller is killed", "a rule for each" },
	{ "entry write(path ~ \"*.a\", kind == file, path ~ \"b*\") -> kill",
	  "1:41: error: there is another pattern for the path already", "a rule for each" },
	{ "entry getpid|getppid|getuid|geteuid|getgid|getegid|gettid|umask|sync|acct|mlock|munlock|"
	  "mlockall|munlockall|setsid|getsid|getpgid|setpgid|personality|times|uname|sysinfo|"
	  "getrusage|swapon|swapoff|capget|capset|syslog|vhangup|madvise|mq_open|accept() -> kill",
	  "1:241: error: these are too many calls: there can be 32 at once",
	  "counts once for each system call" },
	{ "entry exit_group() -> errno EIO",
	  "1:1: error: this cannot be carried out: this call does not return, so nobody expects it "
	  "to",
	  NULL },
	{ "entry read|exit() -> errno EIO",
	  "1:1: error: this cannot be carried out: this call does not return, so nobody expects it "
	  "to",
	  NULL },
	{ "exit write() -> short 3", "1:17: error: short is possible at the entry of a call only",
	  NULL },
	{ "entry openat() -> short 3",
	  "1:1: error: this cannot be carried out: this call moves no bytes that could be fewer",
	  NULL },
	{ "entry mq_send() -> short 3",
	  "1:1: error: this cannot be carried out: a message is transferred whole or not at all: "
	  "what is cut off would be lost",
	  NULL },
	{ "entry splice() -> short 3",
	  "1:1: error: this cannot be carried out: cutting this call short is not supported: it "
	  "cannot be made on behalf of another process",
	  NULL },
	{ "entry close(size > 3) -> kill",
	  "1:1: error: this cannot be carried out: it can never fire: this call moves no bytes, so "
	  "it has no size",
	  NULL },
	{ "entry getpid(kind == fifo) -> kill",
	  "1:1: error: this cannot be carried out: it can never fire: this call is about no "
	  "descriptor, so there is no "
	  "kind of it",
	  NULL },
	{ "entry getpid(path ~ \"x\") -> kill",
	  "1:1: error: this cannot be carried out: it can never fire: this call is about no path "
	  "and no descriptor",
	  NULL },
};

START_TEST(test_mistakes)
{
	char *got = NULL, *want = NULL;
	size_t size;
	FILE *out = open_memstream(&got, &size);

	ck_assert(!inject_rules_add(&rules, mistakes[_i].rule, &diag));
	ck_assert_uint_eq(diag.count, 1);
	diag_print(&diag, out, false, 0);
	fclose(out);
	ck_assert_int_gt(asprintf(&want, "rule 1:%s\n", mistakes[_i].message), 0);
	ck_assert_msg(!strncmp(got, want, strlen(want)), "%s\nbut wanted\n%s", got, want);
	if (mistakes[_i].help)
		ck_assert_ptr_nonnull(strstr(got, mistakes[_i].help));
	free(got);
	free(want);
	release();
}
END_TEST

START_TEST(test_effects_alone)
{
	struct inject_effect effects[INJECT_EFFECTS_MAX];
	char text[100];

	ck_assert_uint_eq(inject_effects_read(
				  "t", "errno EINTR, short 1, delay 20ms, kill, kill SIGTERM, stop",
				  HIT_ENTRY, effects, &diag),
			  6);
	inject_effects_text(effects, 6, text, sizeof(text));
	ck_assert_str_eq(text, "errno EINTR, short 1, delay 20ms, kill, kill SIGTERM, stop");
	ck_assert_uint_eq(inject_effects_read("t", "short 1", HIT_EXIT, effects, &diag), 0);
	ck_assert_uint_eq(inject_effects_read("t", "", HIT_ENTRY, effects, &diag), 0);
	ck_assert_uint_eq(inject_effects_read("t", "kil", HIT_ENTRY, effects, &diag), 0);
	ck_assert_uint_eq(inject_effects_read("t", "kill optional", HIT_ENTRY, effects, &diag), 0);
	release();
	/* None is left out in silence. */
	ck_assert_uint_eq(inject_effects_read("t", "stop, stop, stop, stop, stop, stop, stop, stop",
					      HIT_ENTRY, effects, &diag),
			  INJECT_EFFECTS_MAX);
	ck_assert_uint_eq(inject_effects_read("t",
					      "stop, stop, stop, stop, stop, stop, stop, stop, stop",
					      HIT_ENTRY, effects, &diag),
			  0);
	ck_assert_uint_eq(diag.count, 1);
	release();
}
END_TEST

static void fill(TCase *tcase)
{
	tcase_add_test(tcase, test_parts_of_a_rule);
	tcase_add_test(tcase, test_any_system_call);
	tcase_add_test(tcase, test_optional_need_not_be_counted);
	tcase_add_test(tcase, test_any_chooses_among_those_that_are_named);
	tcase_add_test(tcase, test_who_may_live_may_be_told);
	tcase_add_test(tcase, test_all_calls_are_named);
	tcase_add_test(tcase, test_too_many);
	tcase_add_loop_test(tcase, test_mistakes, 0, sizeof(mistakes) / sizeof(mistakes[0]));
	tcase_add_test(tcase, test_effects_alone);
}

int main(void)
{
	return checks_run_case("inject_rules", fill);
}
