// SPDX-License-Identifier: MIT
/*
 * After the steps: ends what still runs, removes what is there, and says what should not have been.
 */
#include <string.h>
#include <unistd.h>

#include "leak.h"
#include "leak_account.h"
#include "makings.h"
#include "runner.h"
#include "sandbox.h"

enum { SAID_MAX = 3 };

static bool owned(void *context, const char *name)
{
	const struct plan *plan = context;

	for (size_t i = 0; i < plan->scratch_count; i++) {
		if (!strcmp(plan->scratch[i], name))
			return true;
	}
	return false;
}

static void report_left(struct runner *runner, int left, const char *text)
{
	if (left > 0)
		runner_event_text(runner, EVENT_LEFT_BEHIND, -1, "%s", text);
}

/* Ids of another namespace would be those of strangers in ours. */
static bool leaves_namespaces(const struct plan *plan)
{
	static const char *const calls[] = { "unshare", "setns" };

	for (size_t i = 0; i < plan->action_count; i++) {
		for (size_t c = 0; c < sizeof(calls) / sizeof(calls[0]); c++) {
			if (!strcmp(plan->actions[i].call->name, calls[c]))
				return true;
		}
	}
	return false;
}

/* Where others use the same IPC namespace: nothing but what a call of this run has made. */
static int clear_private(char *text, size_t size)
{
	struct leak_account account = leak_account_open(text, size, SAID_MAX);

	makings_clear(&account);
	makings_reset(false);
	return leak_account_close(&account);
}

void runner_expect_makings(const struct runner *runner)
{
	makings_reset(!leaves_namespaces(runner->plan));
}

/* As the init of a sandbox we have an IPC namespace of our own. */
static int clear_ipc(const struct runner *runner, char *text, size_t size)
{
	if (getpid() == 1)
		return leak_clear_ipc(SANDBOX_QUEUES, runner->options->directory_fd, text, size);
	return clear_private(text, size);
}

bool runner_clear(struct runner *runner, int lowest_fd)
{
	char text[200] = "";
	bool all_ended = !stage_clear(runner->stage);
	bool clean = all_ended;
	int left;

	runner_release_channels(runner);
	for (size_t i = 0; i < runner->channels_made; i++)
		channel_destroy(&runner->channels[i]);
	left = leak_clear_directory(runner->options->directory_fd, owned, (void *)runner->plan,
				    text, sizeof(text));
	if (left < 0) {
		runner_broken(runner, "cannot clear", "the directory", left);
		clean = false;
	}
	report_left(runner, left, text);
	left = clear_ipc(runner, text, sizeof(text));
	/*
	 * Whoever still lives has segments attached that are removed already: they end with this
	 * sandbox.
	 */
	if (all_ended)
		report_left(runner, left, text);
	if (leak_lowest_fd() != lowest_fd) {
		runner_event_text(runner, EVENT_BROKEN, -1, "the driver kept a descriptor");
		clean = false;
	}
	return clean;
}
