// SPDX-License-Identifier: MIT
/* The probe `syscall`: a child makes the call with arguments that cannot do anything. */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "platform_probes.h"
#include "symbols.h"

struct candidate {
	const char *name;
	long number;
	long arguments[6];
};

#define NONE_OF_IT { -1, -1, -1, -1, -1, -1 }
#define TRY(name) { #name, SYS_##name, NONE_OF_IT }
#define TRY_WITH(name, ...) { #name, SYS_##name, { __VA_ARGS__ } }

static const struct candidate candidates[] = {
#include "platform_syscalls_table.h"
};

/* The one being tried: read by the child only, which is a copy of us. */
static const struct candidate *tried;

static void make_call(struct attempt *attempt)
{
	const long *a = tried->arguments;

	errno = 0;
	attempt->number = syscall(tried->number, a[0], a[1], a[2], a[3], a[4], a[5]);
	attempt->error = attempt->number < 0 ? errno : 0;
}

static const struct candidate *candidate_find(const char *name)
{
	for (size_t i = 0; i < sizeof(candidates) / sizeof(candidates[0]); i++)
		if (!strcmp(candidates[i].name, name))
			return &candidates[i];
	return NULL;
}

/* What a call of the right name answers to nonsense proves that it is there. */
static void judge_answer(const struct attempt *attempt, struct finding *finding)
{
	const char *error = symbol_name(SYMBOL_ERRNO, attempt->error);

	if (attempt->error == ENOSYS)
		finding_say(finding, 0, "the kernel has no %s: ENOSYS", tried->name);
	else if (attempt->error == EPERM)
		finding_say(finding, 0, "%s is refused here: EPERM", tried->name);
	else if (*attempt->reason && attempt->error != ETIMEDOUT)
		finding_say(finding, 0, "%s cannot be used: %s", tried->name, attempt->reason);
	else if (*attempt->reason)
		finding_say(finding, 1, "%s exists: it waits", tried->name);
	else
		finding_say(finding, 1, "%s exists: nonsense is answered with %s", tried->name,
			    attempt->error && error ? error : "success");
}

void look_syscall(const char *argument, struct finding *finding)
{
	struct attempt attempt;

	*finding = (struct finding){ .value = { .kind = VALUE_NONE } };
	tried = argument ? candidate_find(argument) : NULL;
	if (!tried) {
		snprintf(finding->reason, sizeof(finding->reason),
			 "%.60s is not a system call that can be asked for",
			 argument ? argument : "nothing");
		return;
	}
	platform_try(make_call, &attempt);
	judge_answer(&attempt, finding);
}
