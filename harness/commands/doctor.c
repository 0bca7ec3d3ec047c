// SPDX-License-Identifier: MIT
/* `ipcdrill doctor`: what this machine can do for the engine, and what every probe says. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "option.h"
#include "platform.h"
#include "sandbox.h"
#include "shortage.h"
#include "symbols.h"
#include "worker.h"

/* What probes with an argument are shown for: the settings that scenarios of IPC meet. */
static const struct {
	const char *probe;
	const char *argument;
} examples[] = {
	{ "sysctl", "fs.pipe-max-size" },
	{ "sysctl", "fs.pipe-user-pages-soft" },
	{ "sysctl", "fs.mqueue.msg_max" },
	{ "sysctl", "fs.mqueue.queues_max" },
	{ "sysctl", "kernel.msgmax" },
	{ "sysctl", "kernel.msgmni" },
	{ "sysctl", "kernel.shmmni" },
	{ "sysctl", "net.core.somaxconn" },
	{ "sysctl", "net.core.wmem_default" },
	{ "sysctl", "net.unix.max_dgram_qlen" },
	{ "syscall", "close_range" },
	{ "syscall", "epoll_pwait2" },
	{ "syscall", "futex_waitv" },
	{ "syscall", "io_uring_setup" },
	{ "syscall", "memfd_create" },
	{ "syscall", "mq_open" },
	{ "syscall", "msgget" },
	{ "syscall", "pidfd_getfd" },
	{ "syscall", "semtimedop" },
	{ "syscall", "shmget" },
};

static void print_tiers(void)
{
	struct tier tiers[TIERS_MAX];
	size_t count = platform_tiers(tiers);

	for (size_t i = 0; i < count; i++)
		printf("%-10s  %-14s  %s\n", tiers[i].need, tiers[i].grade, tiers[i].detail);
}

struct errand {
	int answer[2];
};

static int look_around(void *context)
{
	const struct errand *errand = context;
	struct shortages shortages;

	worker_allow_descriptors();
	shortages_find(&shortages);
	return write(errand->answer[1], &shortages, sizeof(shortages)) != sizeof(shortages);
}

/* True if somebody in such a sandbox has said what is lacking there. */
static bool ask_in_sandbox(enum sandbox_grade grade, struct shortages *shortages)
{
	struct sandbox_options options = { .grade = grade, .network = true };
	struct errand errand;
	char reason[160];
	bool told = false;
	pid_t pid;

	if (pipe2(options.life, O_CLOEXEC))
		return false;
	if (!pipe2(errand.answer, O_CLOEXEC)) {
		pid = sandbox_start(&options, look_around, &errand, reason, sizeof(reason));
		close(errand.answer[1]);
		told = pid > 0 &&
		       read(errand.answer[0], shortages, sizeof(*shortages)) == sizeof(*shortages);
		close(errand.answer[0]);
		if (pid > 0)
			waitpid(pid, NULL, 0);
	}
	close(options.life[0]);
	close(options.life[1]);
	return told;
}

/* Where tests would run; if nobody can be started there, here. */
static void find_shortages(struct shortages *shortages)
{
	if (!ask_in_sandbox(SANDBOX_FULL, shortages) && !ask_in_sandbox(SANDBOX_NONE, shortages))
		shortages_find(shortages);
}

/* "what uses fcntl, dup3 and fails with EINVAL" */
static void print_use(const struct footing *footing)
{
	const char *error = symbol_name(SYMBOL_ERRNO, footing->error);
	bool is_for_all = !strcmp(footing->users[0], "*");

	for (size_t i = 0; !is_for_all && i < FOOTING_USERS_MAX && footing->users[i]; i++)
		printf("%s %s", i ? "," : "what uses", footing->users[i]);
	if (!footing->is_vital)
		printf("%s fails", is_for_all ? "what" : " and");
	if (footing->error)
		printf(" with %s", error);
}

static void print_shortage(const struct shortage *shortage)
{
	char text[200];

	shortage_say(shortage, text, sizeof(text));
	printf("%-10s  %-14s  %s: ", "footing", "lacking", text);
	print_use(shortage->footing);
	printf(" is skipped\n");
}

static void print_footing(void)
{
	struct shortages shortages;

	find_shortages(&shortages);
	for (size_t i = 0; i < shortages.count; i++)
		print_shortage(&shortages.list[i]);
	if (!shortages.count)
		printf("%-10s  %-14s  %s\n", "footing", "full",
		       "no limit is below what scenarios reckon with");
}

/* The value is printed as `requires` would write it, so that it can be copied from here. */
static void print_value(const struct value *value)
{
	char text[24] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (out) {
		value_print(out, value, SYMBOL_PLAIN);
		fclose(out);
	}
	printf("  %-10s", text);
}

static void print_finding(const struct probe *probe, const char *argument)
{
	struct finding finding;
	char label[80];

	if (argument)
		snprintf(label, sizeof(label), "%s(\"%s\")", probe->name, argument);
	else
		snprintf(label, sizeof(label), "%s", probe->name);
	probe->look(argument, &finding);
	printf("%-34s", label);
	print_value(&finding.value);
	printf("  %s\n", finding.reason);
}

static void print_examples(const struct probe *probe)
{
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++)
		if (!strcmp(examples[i].probe, probe->name))
			print_finding(probe, examples[i].argument);
}

static void print_probes(void)
{
	size_t count;
	const struct probe *probes = probe_all(&count);

	for (size_t i = 0; i < count; i++) {
		if (probes[i].argument)
			print_examples(&probes[i]);
		else
			print_finding(&probes[i], NULL);
	}
}

static const char usage[] =
	"usage: ipcdrill doctor [--probes]\n"
	"\n"
	"Tries what this machine can do for the engine, and prints how well each need is met:\n"
	"  sandbox    full, none            what a scenario can break outside of itself\n"
	"  blocked    syscall, stat, time   how it is known that a call is asleep\n"
	"  injection  full, notify, errno, ptrace, none   how calls can be made to fail\n"
	"  timing     parallel, unpinned, one processor   what can truly run at once\n"
	"  footing    full, or a line for each limit that is lower than scenarios reckon with:\n"
	"             what fails for want of it is skipped\n"
	"\n"
	"  --probes   also print every probe that `requires` can ask: name, value and reason;\n"
	"             those with an argument are shown for the usual ones\n"
	"  --help, --version\n";

enum { OPTION_PROBES = OPTION_LONG };

static const struct option options[] = {
	{ "probes", no_argument, NULL, OPTION_PROBES },
	{ 0 },
};

static int run(int argc, char **argv)
{
	bool probes = false;
	int option;

	while ((option = option_next(argc, argv, options)) != OPTION_END) {
		if (option == OPTION_BAD)
			return EXIT_USAGE;
		probes = true;
	}
	if (optind < argc) {
		complain("doctor", "takes no arguments, but was given '%s'", argv[optind]);
		return EXIT_USAGE;
	}
	print_tiers();
	print_footing();
	if (probes) {
		putchar('\n');
		print_probes();
	}
	return EXIT_PASSED;
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = "find out what this machine can do",
	.usage = usage,
	.run = run,
};
