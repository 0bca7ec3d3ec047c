// SPDX-License-Identifier: MIT
/* What /proc tells of one thread. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call_numbers.h"
#include "crowd_call.h"

ssize_t crowd_read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t length;

	text[0] = '\0';
	if (fd < 0)
		return -errno;
	length = read(fd, text, size - 1);
	if (length < 0)
		length = -errno;
	else
		text[length] = '\0';
	close(fd);
	return length;
}

static uint64_t field(const char *text, const char *label, int base)
{
	const char *at = strstr(text, label);

	return at ? strtoull(at + strlen(label), NULL, base) : 0;
}

void crowd_parse_status(const char *text, struct crowd_status *status)
{
	const char *state = strstr(text, "\nState:\t");

	sscanf(text, "Name: %15[^\n]", status->name);
	status->state = state ? state[strlen("\nState:\t")] : 0;
	status->parent = (pid_t)field(text, "\nPPid:", 10);
	status->caught = field(text, "\nSigCgt:", 16);
	status->blocked = field(text, "\nSigBlk:", 16);
	status->switches = field(text, "\nvoluntary_ctxt_switches:", 10) +
			   field(text, "\nnonvoluntary_ctxt_switches:", 10);
}

/* FNV-1a. */
static void digest(struct crowd *crowd, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		crowd->digest = (crowd->digest ^ ((const unsigned char *)bytes)[i]) *
				UINT64_C(0x100000001b3);
}

/*
 * "number arg0 .. arg5 stack-pointer instruction-pointer" (proc_pid_syscall(5)), "-1 ..." outside
 * of calls.
 */
static void parse_syscall(const char *text, struct crowd_thread *thread)
{
	uint64_t stack_pointer;
	char *end;

	thread->own_number = thread->number = (int)strtol(text, &end, 10);
	if (thread->own_number < 0)
		return;
	for (int i = 0; i < 6; i++)
		thread->arguments[i] = strtoull(end, &end, 16);
	stack_pointer = strtoull(end, &end, 16);
	crowd_translate(thread, stack_pointer);
}

/*
 * A parent in vfork(2) sleeps as if for a disk, until its child executes something: that is waiting
 * for somebody. Before it has that child, it does sleep for the kernel.
 */
static bool may_wait_for_vfork(const struct crowd_thread *thread)
{
	uint64_t flags = thread->arguments[0];

	if (thread->number == SYS_vfork)
		return true;
	if (thread->number == SYS_clone3 &&
	    !crowd_read(thread, thread->arguments[0], &flags, sizeof(flags)))
		return false;
	return (thread->number == SYS_clone || thread->number == SYS_clone3) && flags & CLONE_VFORK;
}

static bool is_dead(const struct crowd_thread *thread)
{
	return thread->state == 'Z' || thread->state == 'X' || thread->state == 'x';
}

static bool looks_busy(const struct crowd_thread *thread, bool is_running)
{
	switch (thread->state) {
	case 'Z':
	case 'X':
	case 'x':
	case 'T':
	case 't':
	case 'I':
	case 'P': return false;
	case 'D': return !may_wait_for_vfork(thread);
	case 'S':
		/*
		 * Outside of any call: a page is on its way. The kernel's own threads for io_uring
		 * only look like that.
		 */
		return is_running || (thread->own_number == CROWD_NO_CALL &&
				      strncmp(thread->name, "iou-", strlen("iou-")) != 0);
	default: return true;
	}
}

static bool is_busy(const struct crowd *crowd, struct crowd_thread *thread, bool is_running)
{
	enum crowd_hold hold = crowd->held ? crowd->held(crowd->context, thread->tid) : CROWD_FREE;

	thread->is_held = hold != CROWD_FREE;
	return thread->is_held ? hold == CROWD_HELD_BUSY : looks_busy(thread, is_running);
}

static struct crowd_thread *add_thread(struct crowd *crowd)
{
	if (crowd->count == crowd->capacity) {
		size_t capacity = crowd->capacity ? 2 * crowd->capacity : 64;
		struct crowd_thread *grown = realloc(crowd->threads, capacity * sizeof(*grown));

		if (!grown)
			return NULL;
		crowd->threads = grown;
		crowd->capacity = capacity;
	}
	crowd->threads[crowd->count] = (struct crowd_thread){ 0 };
	return &crowd->threads[crowd->count++];
}

void crowd_missed(struct crowd *crowd)
{
	crowd->mood = CROWD_BUSY;
}

/*
 * The call first, the number of times it was switched to then: both the same at the next look, and
 * it cannot have run in between, since it would have had to be switched to. Who is gone by now is
 * no error.
 */
int crowd_look_at(struct crowd *crowd, pid_t pid, pid_t tid)
{
	static char text[CROWD_STATUS_MAX];
	char path[64], call[256];
	struct crowd_status status = { 0 };
	struct crowd_thread *thread;
	bool is_told, is_running;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", pid, tid);
	is_told = crowd_read_text(path, call, sizeof(call)) > 0;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", pid, tid);
	if (crowd_read_text(path, text, sizeof(text)) <= 0) {
		crowd_missed(crowd);
		return 0;
	}
	crowd_parse_status(text, &status);
	thread = add_thread(crowd);
	if (!thread)
		return -ENOMEM;
	*thread = (struct crowd_thread){ .pid = pid,
					 .tid = tid,
					 .parent = status.parent,
					 .state = status.state,
					 .number = CROWD_UNKNOWN_CALL,
					 .own_number = CROWD_UNKNOWN_CALL,
					 .caught = status.caught,
					 .blocked = status.blocked };
	memcpy(thread->name, status.name, sizeof(thread->name));
	is_running = is_told && *call == 'r';
	if (is_told && !is_running)
		parse_syscall(call, thread);
	thread->is_busy = is_busy(crowd, thread, is_running);
	if (thread->is_busy)
		crowd->mood = CROWD_BUSY;
	else if (!is_dead(thread) && crowd->mood == CROWD_NOBODY)
		crowd->mood = CROWD_ASLEEP;
	digest(crowd, &tid, sizeof(tid));
	digest(crowd, &status.state, sizeof(status.state));
	digest(crowd, &status.switches, sizeof(status.switches));
	digest(crowd, call, strlen(call));
	return 0;
}
