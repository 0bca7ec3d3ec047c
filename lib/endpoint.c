// SPDX-License-Identifier: MIT
/* The driver's side of its endpoints: starting, telling, collecting, reaping. */
#include "endpoint.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "actor.h"
#include "endpoint_timer.h"
#include "grandchild.h"
#include "listener.h"
#include "process.h"

static void reset(struct endpoint *endpoint, unsigned index)
{
	*endpoint = (struct endpoint){
		.state = ENDPOINT_BUSY,
		.index = index,
		.pidfd = -1,
		.syscall_fd = -1,
		.command = 1,
	};
}

/* Ready for somebody to become this endpoint: command 1 is "set yourself up". */
static void expect(struct stage *stage, unsigned index)
{
	control_reset(&stage->control, index);
	reset(&stage->endpoints[index], index);
	atomic_store(&control_page(&stage->control, index)->command, 1);
}

bool endpoint_is_program(const struct stage *stage, unsigned index)
{
	return stage->cast->programs && stage->cast->programs[index];
}

static void drop_streams(struct endpoint *endpoint)
{
	if (endpoint->has_streams)
		streams_close(&endpoint->streams);
	endpoint->has_streams = false;
}

/* Of the process before it only the history keeps something. */
static int renew_streams(struct stage *stage, unsigned index)
{
	struct endpoint *endpoint = &stage->endpoints[index];
	int err;

	if (!endpoint_is_program(stage, index))
		return 0;
	err = streams_open(&endpoint->streams, stage->cast->programs[index]->is_written_to);
	endpoint->has_streams = !err;
	return err;
}

static int unstarted(struct endpoint *endpoint, int err)
{
	drop_streams(endpoint);
	endpoint->state = ENDPOINT_ABSENT;
	return err;
}

int endpoint_start(struct stage *stage, unsigned index, bool hold)
{
	struct endpoint *endpoint = &stage->endpoints[index];
	pid_t pid;
	int err;

	drop_streams(endpoint);
	expect(stage, index);
	err = renew_streams(stage, index);
	if (err)
		return unstarted(endpoint, err);
	pid = fork();
	if (pid < 0)
		return unstarted(endpoint, -errno);
	if (!pid)
		actor_main(stage, index, hold);
	if (endpoint->has_streams)
		streams_started(&endpoint->streams);
	endpoint->pid = pid;
	endpoint->is_child = true;
	err = listener_open(stage, index, pid);
	if (err) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		return unstarted(endpoint, err);
	}
	return 0;
}

static void command(struct stage *stage, unsigned index, uint32_t action)
{
	struct endpoint *endpoint = &stage->endpoints[index];
	struct control_page *page = control_page(&stage->control, index);

	endpoint->state = ENDPOINT_BUSY;
	endpoint->command++;
	page->action = action;
	atomic_store(&page->command, endpoint->command);
	futex_wake(&page->command);
}

void endpoint_command(struct stage *stage, unsigned index, unsigned action)
{
	struct endpoint *endpoint = &stage->endpoints[index];

	endpoint->action = &stage->cast->actions[action];
	if (endpoint->action->child >= 0)
		expect(stage, (unsigned)endpoint->action->child);
	command(stage, index, action);
}

void endpoint_exit(struct stage *stage, unsigned index, int status)
{
	stage->endpoints[index].action = NULL;
	stage->endpoints[index].killed = true;
	control_page(&stage->control, index)->exit_status = status;
	command(stage, index, ACTION_EXIT);
}

void endpoint_execute(struct stage *stage, unsigned index, const char *path)
{
	struct endpoint *endpoint = &stage->endpoints[index];

	snprintf(control_area(&stage->control, index), AREA_SIZE, "%s", path);
	endpoint->action = NULL;
	stage->has_programs = true;
	command(stage, index, ACTION_EXECUTE);
}

bool endpoint_is_unborn(const struct stage *stage, unsigned index)
{
	const struct endpoint *endpoint = &stage->endpoints[index];
	struct control_page *page = control_page(&stage->control, index);

	return endpoint->state == ENDPOINT_BUSY && !endpoint->pid && !atomic_load(&page->is_born) &&
	       !atomic_load(&page->pid);
}

/* A fork that failed, or was never made, leaves nobody to wait for. */
static void drop_unborn(struct stage *stage, const struct endpoint *parent)
{
	if (parent->action && parent->action->child >= 0 &&
	    endpoint_is_unborn(stage, (unsigned)parent->action->child))
		stage->endpoints[parent->action->child].state = ENDPOINT_ABSENT;
}

bool stage_note_lack(struct stage *stage, int err)
{
	bool is_lack = err == -EMFILE || err == -ENFILE || err == -ENOMEM;

	if (is_lack && !stage->watch_error)
		stage->watch_error = err;
	return is_lack;
}

bool endpoint_completed(struct stage *stage, unsigned index)
{
	struct endpoint *endpoint = &stage->endpoints[index];
	struct control_page *page = control_page(&stage->control, index);

	if (endpoint->state != ENDPOINT_BUSY)
		return false;
	/* Not executed, it would still hold its end, and say why. */
	if (endpoint->has_streams && streams_executed(&endpoint->streams)) {
		endpoint->state = ENDPOINT_RUNNING;
		return true;
	}
	if (atomic_load(&page->done) != endpoint->command)
		return false;
	if (!endpoint->pid) {
		endpoint->pid = atomic_load(&page->pid);
		endpoint->pidfd = (int)syscall(SYS_pidfd_open, endpoint->pid, 0);
		/*
		 * Without it nobody would ever tell of its death; a kernel that has none is asked
		 * through /proc.
		 */
		if (endpoint->pidfd < 0)
			stage_note_lack(stage, -errno);
	}
	if (endpoint->action && action_arms_timer(endpoint->action))
		endpoint->timer_armed = true;
	drop_unborn(stage, endpoint);
	grandchild_note(stage, &page->result);
	endpoint->state = ENDPOINT_READY;
	return true;
}

static void forget(struct endpoint *endpoint)
{
	if (endpoint->pidfd >= 0)
		close(endpoint->pidfd);
	if (endpoint->syscall_fd >= 0)
		close(endpoint->syscall_fd);
	endpoint->pidfd = endpoint->syscall_fd = -1;
}

static bool child_died(const struct endpoint *endpoint, int *status)
{
	/*
	 * One that a fault has stopped at the exit of a call is reported as stopped, whether asked
	 * for or not.
	 */
	return waitpid(endpoint->pid, status, WNOHANG) == endpoint->pid && !WIFSTOPPED(*status);
}

bool endpoint_died(struct stage *stage, unsigned index)
{
	struct endpoint *endpoint = &stage->endpoints[index];

	if (endpoint->state == ENDPOINT_ABSENT || endpoint->state == ENDPOINT_DEAD ||
	    !endpoint->pid)
		return false;
	if (endpoint->is_child ? !child_died(endpoint, &endpoint->status)
			       : !grandchild_died(stage, endpoint, &endpoint->status))
		return false;
	forget(endpoint);
	listeners_process_died(stage, endpoint->pid);
	drop_unborn(stage, endpoint);
	endpoint->state = ENDPOINT_DEAD;
	/*
	 * Reaped, its number may mean somebody else; the zombie of another's child is still that
	 * parent's to wait for.
	 */
	if (endpoint->is_child)
		atomic_store(&control_page(&stage->control, index)->pid, 0);
	return true;
}

int stage_clear(struct stage *stage)
{
	int err;

	if (!stage->cast)
		return 0;
	/*
	 * kill(2) of all spares us, and nobody escapes by forking: a fork fails while a signal is
	 * pending.
	 */
	if (getpid() == 1)
		kill(-1, SIGKILL);
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++)
		endpoint_signal(stage, i, SIGKILL);
	/* To find them takes descriptors, and these may have been the last. */
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		if (stage->endpoints[i].state != ENDPOINT_ABSENT)
			forget(&stage->endpoints[i]);
	}
	err = process_end_children();
	listeners_close(stage);
	crowd_free(&stage->crowd);
	stage->has_programs = false;
	stage->watch_error = 0;
	for (unsigned i = 0; i < stage->cast->endpoint_count; i++) {
		drop_streams(&stage->endpoints[i]);
		stage->endpoints[i].state = ENDPOINT_ABSENT;
	}
	return err;
}
