// SPDX-License-Identifier: MIT
/* By /proc, by the endpoint's own word, and by what faults do to it. */
#include "look.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "listener.h"
#include "process.h"

/*
 * READY endpoints sleep in the futex of their control page; restart_syscall(2) is any sleep resumed
 * after a stop.
 */
static bool sleeps_in_place(const struct endpoint *endpoint, long number)
{
	if (number == SYS_restart_syscall)
		return true;
	if (endpoint->state == ENDPOINT_READY)
		return number == SYS_futex;
	return endpoint->action && call_may_sleep_in(endpoint->action->call, number);
}

/* 0 if it is gone, or cannot be looked at: if that is for want of descriptors, the stage knows. */
static char state_of(struct stage *stage, const struct endpoint *endpoint)
{
	char state;

	errno = 0;
	state = process_state(endpoint->pid);
	if (!state)
		stage_note_lack(stage, -errno);
	return state;
}

static bool asleep_by_stat(struct stage *stage, const struct endpoint *endpoint, char *text)
{
	const struct control_page *page = control_page(&stage->control, endpoint->index);
	char state = state_of(stage, endpoint);

	text[0] = state;
	text[1] = '\0';
	if (state != 'S' && state != 'T')
		return false;
	return endpoint->state == ENDPOINT_READY || atomic_load(&page->inside) == endpoint->command;
}

/* fd: or the -errno of its opening. */
static ssize_t read_syscall(int fd, char *text, size_t size)
{
	ssize_t length;

	if (fd < 0)
		return fd;
	length = pread(fd, text, size, 0);
	return length < 0 ? -errno : length;
}

/* Who dies may sleep on the way, where nothing interrupts it, and shows its last call meanwhile. */
static bool seems_to_die(struct stage *stage, const struct endpoint *endpoint)
{
	switch (state_of(stage, endpoint)) {
	case 'S':
	case 'T':
	case 't': return false;
	default: return true;
	}
}

static bool asleep_by_syscall(struct stage *stage, struct endpoint *endpoint, char *text,
			      size_t size)
{
	ssize_t length;
	char *end;
	long number;

	if (endpoint->syscall_fd < 0)
		endpoint->syscall_fd = process_open_syscall(endpoint->pid);
	length = read_syscall(endpoint->syscall_fd, text, size - 1);
	/* Of another user, it shows its state only. */
	endpoint->veiled = length == -EPERM || length == -EACCES;
	if (endpoint->veiled)
		return asleep_by_stat(stage, endpoint, text);
	if (length <= 0) {
		stage_note_lack(stage, (int)length);
		return false;
	}
	text[length] = '\0';
	text[strcspn(text, "\n")] = '\0';
	number = strtol(text, &end, 10);
	return end != text && sleeps_in_place(endpoint, number) &&
	       !(stage->cast->has_deaths && seems_to_die(stage, endpoint));
}

/* In the hands of a fault; then the call that it shows says nothing. */
static bool is_held(struct stage *stage, struct endpoint *endpoint, const struct hit *hit,
		    char *text, size_t size)
{
	switch (hit->wait) {
	case HIT_GATE:
	case HIT_DESCRIPTOR:
		snprintf(text, size, "%s",
			 hit->wait == HIT_GATE ? "held by a fault" : "its call would block");
		return true;
	case HIT_RESTART:
		endpoint->stopped = state_of(stage, endpoint) == 'T';
		return endpoint->stopped;
	case HIT_TIME:
	case HIT_CALLER: /* not of endpoints: they see to their exits themselves */
	case HIT_OVER: return false;
	}
	abort();
}

/* A fault at the exit of its call has it wait for the driver, or stopped. */
static bool is_in_aftermath(struct stage *stage, struct endpoint *endpoint, char *text, size_t size)
{
	switch (atomic_load(&control_page(&stage->control, endpoint->index)->aftermath.state)) {
	case AFTERMATH_AT_GATE:
		snprintf(text, size, "held by a fault after its call");
		return state_of(stage, endpoint) == 'S';
	case AFTERMATH_STOPPING:
		endpoint->stopped = state_of(stage, endpoint) == 'T';
		return endpoint->stopped;
	default: return false;
	}
}

bool look_asleep(enum settle_grade grade, struct stage *stage, struct endpoint *endpoint,
		 char *text, size_t size)
{
	const struct hit *hit;

	text[0] = '\0';
	/* Its parent is looked at as well; one that makes the fork is not asleep. */
	if (endpoint_is_unborn(stage, endpoint->index))
		return true;
	if (!endpoint->pid || endpoint->killed)
		return false;
	if (endpoint->stopped)
		return state_of(stage, endpoint) == 'T';
	hit = stage->listeners ? listeners_held(stage, endpoint->pid) : NULL;
	if (hit)
		return is_held(stage, endpoint, hit, text, size);
	if (stage->listeners && is_in_aftermath(stage, endpoint, text, size))
		return true;
	switch (grade) {
	case SETTLE_SYSCALL: return asleep_by_syscall(stage, endpoint, text, size);
	case SETTLE_STAT: return asleep_by_stat(stage, endpoint, text);
	case SETTLE_TIME:
		return endpoint->state == ENDPOINT_READY ||
		       atomic_load(&control_page(&stage->control, endpoint->index)->inside) ==
			       endpoint->command;
	}
	abort();
}

bool look_is_held(const struct stage *stage, unsigned endpoint)
{
	return stage->listeners &&
	       (listeners_held(stage, stage->endpoints[endpoint].pid) ||
		atomic_load(&control_page(&stage->control, endpoint)->aftermath.state) !=
			AFTERMATH_NONE);
}
