// SPDX-License-Identifier: MIT
/*
 * A trial is looked at only when nothing happens in it; what is seen decides, not how long it took.
 * Two looks that are alike, with everybody asleep for ever, and no call or output in between:
 * nobody of them will ever wake another.
 */
#include "inject_trial.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"

enum {
	FIRST_PAUSE_NS = 2 * 1000 * 1000, /* without a sign of life, before the first look */
	BETWEEN_NS = 10 * 1000 * 1000, /* between two looks that may decide */
	LONGEST_PAUSE_NS = 64 * 1000 * 1000, /* while somebody computes */
};

/* Past the limit by this, the warden no longer believes that we look. */
#define OVERDUE_NS INT64_C(1000000000)

enum { TRIAL_POLLFDS_MAX = INJECT_POLLFDS_MAX + 3 };

#define FNV_BASIS UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

static int open_captures(struct inject_trial *trial, struct warden_order *order)
{
	for (int i = 0; i < 2; i++)
		trial->captures[i] = (struct capture){ .fd = -1, .digest = FNV_BASIS };
	for (int i = 0; i < 2; i++) {
		int ends[2];

		if (pipe2(ends, O_CLOEXEC))
			return -errno;
		/* Only ours: the program's end is as it would be anywhere. */
		fcntl(ends[0], F_SETFL, O_NONBLOCK);
		trial->captures[i].fd = ends[0];
		order->stdio[1 + i] = ends[1];
	}
	return 0;
}

static void close_captures(struct inject_trial *trial)
{
	for (int i = 0; i < 2; i++) {
		if (trial->captures[i].fd >= 0)
			close(trial->captures[i].fd);
		trial->captures[i].fd = -1;
	}
}

static void be_patient(struct inject_trial *trial)
{
	trial->was_asleep = false;
	trial->pause_ns = FIRST_PAUSE_NS;
	trial->look_at_ns = clock_now_ns() + FIRST_PAUSE_NS;
}

enum tree_trouble trial_start(struct inject_trial *trial, const struct trial_setting *setting,
			      int *error)
{
	struct warden_order order = {
		.path = setting->program->path,
		.argv = setting->program->argv,
		.environment = environ,
		.stdio = { setting->nothing, -1, -1 },
		.apart = true,
		.mask = &setting->mask,
	};
	enum tree_trouble trouble = TREE_NO_PROCESS;

	trial->deadline = deadline_in(setting->limit_ns);
	order.end_ns = trial->deadline.at_ns + OVERDUE_NS;
	*error = open_captures(trial, &order);
	if (!*error)
		trouble = tree_start(&trial->tree, order, error);
	for (int i = 1; i < 3; i++) {
		if (order.stdio[i] >= 0)
			close(order.stdio[i]);
	}
	if (trouble) {
		close_captures(trial);
		return trouble;
	}
	trial->root = trial->tree.warden.pid;
	trial->crowd = (struct crowd){ .roots = &trial->root,
				       .root_count = 1,
				       .excluded = &trial->root,
				       .excluded_count = 1 };
	be_patient(trial);
	return TREE_STARTED;
}

static size_t list_pollfds(const struct inject_trial *trial, struct pollfd *fds)
{
	size_t count = tree_pollfds(&trial->tree, fds, INJECT_POLLFDS_MAX);

	for (int i = 0; i < 2; i++) {
		if (trial->captures[i].fd >= 0)
			fds[count++] = (struct pollfd){ .fd = trial->captures[i].fd,
							.events = POLLIN };
	}
	return count;
}

static int64_t next_look_ns(const struct inject_trial *trial)
{
	int64_t next_ns = tree_deadline_ns(&trial->tree);

	if (trial->look_at_ns < next_ns)
		next_ns = trial->look_at_ns;
	return trial->deadline.at_ns < next_ns ? trial->deadline.at_ns : next_ns;
}

void trials_wait(struct inject_trial *const *trials, size_t count)
{
	struct pollfd *fds = calloc(count * TRIAL_POLLFDS_MAX + 1, sizeof(*fds));
	struct deadline deadline = { INT64_MAX };
	struct timespec left;
	size_t used = 0;
	int64_t left_ns;

	if (!fds)
		abort();
	for (size_t i = 0; i < count; i++) {
		int64_t next_ns = next_look_ns(trials[i]);

		used += list_pollfds(trials[i], fds + used);
		if (next_ns < deadline.at_ns)
			deadline.at_ns = next_ns;
	}
	fds[used++] = (struct pollfd){ .fd = interrupt_fd(), .events = POLLIN };
	left_ns = deadline_left_ns(&deadline);
	left = (struct timespec){ left_ns / 1000000000, left_ns % 1000000000 };
	ppoll(fds, used, &left, NULL);
	free(fds);
}

/* True if anything came. */
static bool drain(struct capture *capture)
{
	char bytes[16384];
	bool any = false;
	ssize_t length;

	while (capture->fd >= 0 && (length = read(capture->fd, bytes, sizeof(bytes))) != 0) {
		if (length < 0)
			return any;
		for (ssize_t i = 0; i < length; i++)
			capture->digest = (capture->digest ^ (unsigned char)bytes[i]) * FNV_PRIME;
		capture->length += (uint64_t)length;
		any = true;
	}
	if (capture->fd >= 0)
		close(capture->fd);
	capture->fd = -1;
	return any;
}

static bool drain_all(struct inject_trial *trial)
{
	bool any = drain(&trial->captures[0]);

	return drain(&trial->captures[1]) || any;
}

static bool finish(struct inject_trial *trial, enum trial_end end)
{
	trial->end = end;
	if (atomic_load(&trial->tree.warden.board->has_ended))
		trial->status = atomic_load(&trial->tree.warden.board->status);
	else
		trial->status = SIGKILL;
	trial->exec_error = tree_exec_error(&trial->tree);
	tree_end(&trial->tree);
	drain_all(trial);
	close_captures(trial);
	crowd_free(&trial->crowd);
	return true;
}

/* Who waits for a delay of ours is not asleep for ever. */
static bool looks_hung(struct inject_trial *trial)
{
	return !crowd_look(&trial->crowd) && trial->crowd.mood == CROWD_ASLEEP &&
	       !crowd_waits_for_time(&trial->crowd) && tree_deadline_ns(&trial->tree) == INT64_MAX;
}

static bool is_hung(struct inject_trial *trial)
{
	const uint64_t before = trial->digest;
	const bool was_asleep = trial->was_asleep;

	trial->was_asleep = looks_hung(trial);
	trial->digest = trial->crowd.digest;
	if (was_asleep && trial->was_asleep && before == trial->digest &&
	    !tree_serve(&trial->tree) && !drain_all(trial)) {
		crowd_describe(&trial->crowd, trial->asleep, sizeof(trial->asleep));
		return true;
	}
	if (trial->was_asleep)
		trial->pause_ns = BETWEEN_NS;
	else if (trial->pause_ns < LONGEST_PAUSE_NS)
		trial->pause_ns *= 2;
	trial->look_at_ns = clock_now_ns() + trial->pause_ns;
	return false;
}

bool trial_step(struct inject_trial *trial)
{
	bool any = tree_serve(&trial->tree);

	any |= drain_all(trial);
	if (tree_is_done(&trial->tree))
		return finish(trial, atomic_load(&trial->tree.warden.board->is_overdue)
					     ? TRIAL_LATE
					     : TRIAL_ENDED);
	if (any)
		be_patient(trial);
	else if (clock_now_ns() >= trial->look_at_ns && is_hung(trial))
		return finish(trial, TRIAL_HUNG);
	if (deadline_passed(&trial->deadline))
		return finish(trial, TRIAL_LATE);
	return false;
}

void trial_abandon(struct inject_trial *trial)
{
	finish(trial, TRIAL_RUNNING);
}

bool trial_same_output(const struct inject_trial *a, const struct inject_trial *b)
{
	for (int i = 0; i < 2; i++) {
		if (a->captures[i].length != b->captures[i].length ||
		    a->captures[i].digest != b->captures[i].digest)
			return false;
	}
	return true;
}
