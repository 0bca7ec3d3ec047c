// SPDX-License-Identifier: MIT
/* Who belongs to a program. */
#include "kin.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "process.h"

static bool is_among(const struct crowd_thread *threads, size_t count, pid_t pid)
{
	for (size_t i = 0; i < count; i++) {
		if (threads[i].pid == pid)
			return true;
	}
	return false;
}

static bool is_endpoint(const struct stage *stage, pid_t pid)
{
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		const struct endpoint *endpoint = &stage->endpoints[i];

		if (endpoint->pid == pid && endpoint->state != ENDPOINT_ABSENT &&
		    endpoint->state != ENDPOINT_DEAD)
			return true;
	}
	return false;
}

/* Parents come first, so kinship is passed on. */
static bool is_kin(const struct stage *stage, unsigned index, const struct crowd *crowd,
		   size_t kin_count, const struct crowd_thread *thread)
{
	if (is_endpoint(stage, thread->pid))
		return thread->pid == stage->endpoints[index].pid;
	if (is_among(crowd->threads, kin_count, thread->pid) ||
	    is_among(crowd->threads, kin_count, thread->parent))
		return true;
	return thread->parent == getpid() &&
	       process_has_variable(thread->pid, PROGRAM_MARK, stage->cast->names[index]);
}

int kin_look(const struct stage *stage, unsigned index, struct crowd *crowd)
{
	size_t kin_count = 0;
	int err;

	crowd->whole = true;
	err = crowd_look(crowd);
	if (err)
		return err;
	for (size_t i = 0; i < crowd->count; i++) {
		if (is_kin(stage, index, crowd, kin_count, &crowd->threads[i]))
			crowd->threads[kin_count++] = crowd->threads[i];
	}
	crowd->count = kin_count;
	crowd->busy = NULL;
	return 0;
}

int kin_continue(const struct stage *stage, unsigned index)
{
	struct crowd crowd = { 0 };
	int err = kin_look(stage, index, &crowd);

	for (size_t i = 0; !err && i < crowd.count; i++) {
		const struct crowd_thread *thread = &crowd.threads[i];

		if (thread->state == 'T' && thread->tid == thread->pid &&
		    thread->pid != stage->endpoints[index].pid)
			kill(thread->pid, SIGCONT);
	}
	crowd_free(&crowd);
	return err;
}

/* How many are still there. */
static size_t kill_once(const struct stage *stage, unsigned index, const struct crowd *crowd)
{
	const struct endpoint *endpoint = &stage->endpoints[index];
	size_t alive = 0;

	for (size_t i = 0; i < crowd->count; i++) {
		const struct crowd_thread *thread = &crowd->threads[i];

		if (thread->pid == endpoint->pid && is_endpoint(stage, thread->pid)) {
			kill(thread->pid, SIGKILL);
			continue;
		}
		if (thread->state == 'Z' && thread->parent == getpid())
			waitpid(thread->pid, NULL, WNOHANG);
		else if (!kill(thread->pid, SIGKILL))
			alive++;
	}
	return alive;
}

int kin_kill(const struct stage *stage, unsigned index, const struct deadline *deadline)
{
	struct crowd crowd = { .give_up_ns = crowd_patience_ns(deadline) };
	int err;

	/* Who dies cannot fork any more, but may have just before: so until nobody is found. */
	for (;;) {
		err = kin_look(stage, index, &crowd);
		if (err || !kill_once(stage, index, &crowd))
			break;
		if (deadline_passed(deadline)) {
			err = -ETIMEDOUT;
			break;
		}
		sched_yield();
	}
	crowd_free(&crowd);
	return err;
}
