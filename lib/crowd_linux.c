// SPDX-License-Identifier: MIT
/* Walks the tree of processes in /proc. */
#include "crowd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "crowd_call.h"

/* Processes to look at, each once. */
struct queue {
	pid_t *pids;
	size_t count;
	size_t capacity;
	size_t next;
};

static bool is_queued(const struct queue *queue, pid_t pid)
{
	for (size_t i = 0; i < queue->count; i++) {
		if (queue->pids[i] == pid)
			return true;
	}
	return false;
}

static int enqueue(struct queue *queue, pid_t pid)
{
	if (is_queued(queue, pid))
		return 0;
	if (queue->count == queue->capacity) {
		size_t capacity = queue->capacity ? 2 * queue->capacity : 64;
		pid_t *grown = realloc(queue->pids, capacity * sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		queue->pids = grown;
		queue->capacity = capacity;
	}
	queue->pids[queue->count++] = pid;
	return 0;
}

static ssize_t read_text(const char *path, char *text, size_t size)
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

/* The fields of a status file that matter. */
struct status {
	char name[16];
	char state;
	pid_t parent;
	uint64_t caught, blocked;
	uint64_t switches;
};

static uint64_t field(const char *text, const char *label, int base)
{
	const char *at = strstr(text, label);

	return at ? strtoull(at + strlen(label), NULL, base) : 0;
}

static void parse_status(const char *text, struct status *status)
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
		crowd->digest = (crowd->digest ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
}

/* "number arg0 .. arg5 stack-pointer instruction-pointer" (proc_pid_syscall(5)), "-1 ..." outside of calls. */
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
 * A parent in vfork(2) sleeps as if for a disk, until its child executes something: that is waiting for somebody. Before
 * it has that child, it does sleep for the kernel.
 */
static bool may_wait_for_vfork(const struct crowd_thread *thread)
{
	uint64_t flags = thread->arguments[0];

#ifdef SYS_vfork
	if (thread->number == SYS_vfork)
		return true;
#endif
	if (thread->number == SYS_clone3 && !crowd_read(thread, thread->arguments[0], &flags, sizeof(flags)))
		return false;
	return (thread->number == SYS_clone || thread->number == SYS_clone3) && flags & CLONE_VFORK;
}

static bool has_child(const struct crowd *crowd, pid_t pid)
{
	for (size_t i = 0; i < crowd->count; i++) {
		if (crowd->threads[i].parent == pid && crowd->threads[i].pid != pid && crowd->threads[i].state != 'Z')
			return true;
	}
	return false;
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
		/* Outside of any call: a page is on its way. The kernel's own threads for io_uring only look like that. */
		return is_running ||
		       (thread->own_number == CROWD_NO_CALL && strncmp(thread->name, "iou-", strlen("iou-")) != 0);
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

/*
 * The call first, the number of times it was switched to then: both the same at the next look, and it cannot have run
 * in between, since it would have had to be switched to. Who is gone by now is no error.
 */
static int look_at_thread(struct crowd *crowd, pid_t pid, pid_t tid)
{
	char path[64], call[256], text[4096];
	struct status status = { 0 };
	struct crowd_thread *thread;
	bool is_told, is_running;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", pid, tid);
	is_told = read_text(path, call, sizeof(call)) > 0;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", pid, tid);
	if (read_text(path, text, sizeof(text)) <= 0)
		return 0;
	parse_status(text, &status);
	thread = add_thread(crowd);
	if (!thread)
		return -ENOMEM;
	*thread = (struct crowd_thread){ .pid = pid, .tid = tid, .parent = status.parent, .state = status.state,
					 .number = CROWD_UNKNOWN_CALL, .own_number = CROWD_UNKNOWN_CALL,
					 .caught = status.caught, .blocked = status.blocked };
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

static int enqueue_listed(struct queue *queue, const char *path)
{
	FILE *file = fopen(path, "re");
	int err = 0;
	int pid;

	if (!file)
		return errno == ENOENT || errno == ESRCH ? 0 : -errno;
	while (!err && fscanf(file, "%d", &pid) == 1)
		err = enqueue(queue, pid);
	fclose(file);
	return err;
}

static bool is_excluded(const struct crowd *crowd, pid_t pid)
{
	for (size_t i = 0; i < crowd->excluded_count; i++) {
		if (crowd->excluded[i] == pid)
			return true;
	}
	return false;
}

static bool is_enough(const struct crowd *crowd)
{
	return crowd->mood == CROWD_BUSY && !crowd->whole;
}

/* Its threads and, where the kernel lists them, the children of each. */
static int look_at_process(struct crowd *crowd, struct queue *queue, pid_t pid, bool skip)
{
	struct dirent *entry;
	char path[64];
	DIR *tasks;
	int err = 0;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	tasks = opendir(path);
	if (!tasks)
		return errno == ENOENT || errno == ESRCH ? 0 : -errno;
	while (!err && !is_enough(crowd) && (entry = readdir(tasks))) {
		pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (tid <= 0)
			continue;
		if (!skip)
			err = look_at_thread(crowd, pid, tid);
		snprintf(path, sizeof(path), "/proc/%d/task/%d/children", pid, tid);
		if (!err)
			err = enqueue_listed(queue, path);
	}
	closedir(tasks);
	return err;
}

/* Without CONFIG_PROC_CHILDREN: everybody whose parent is in the queue. */
static int enqueue_children_of_all(struct queue *queue)
{
	struct dirent *entry;
	DIR *proc = opendir("/proc");
	int err = 0;

	if (!proc)
		return -errno;
	while (!err && (entry = readdir(proc))) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
		char path[64], text[4096];
		struct status status = { 0 };

		if (pid <= 0 || is_queued(queue, pid))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/status", pid);
		if (read_text(path, text, sizeof(text)) <= 0)
			continue;
		parse_status(text, &status);
		if (is_queued(queue, status.parent))
			err = enqueue(queue, pid);
	}
	closedir(proc);
	return err;
}

static int walk(struct crowd *crowd, struct queue *queue, bool lists_children)
{
	const pid_t self = getpid();
	pid_t pid;
	int err = 0;

	while (!err && !is_enough(crowd)) {
		if (queue->next == queue->count && !lists_children)
			err = enqueue_children_of_all(queue);
		if (err || queue->next == queue->count)
			break;
		pid = queue->pids[queue->next++];
		err = look_at_process(crowd, queue, pid, pid == self || is_excluded(crowd, pid));
	}
	return err;
}

static void find_busy(struct crowd *crowd)
{
	for (size_t i = 0; i < crowd->count && !is_enough(crowd); i++) {
		struct crowd_thread *thread = &crowd->threads[i];

		if (thread->state != 'D' || thread->is_held || thread->is_busy || has_child(crowd, thread->pid))
			continue;
		thread->is_busy = true;
		crowd->mood = CROWD_BUSY;
	}
	for (size_t i = 0; i < crowd->count && !crowd->busy; i++) {
		if (crowd->threads[i].is_busy)
			crowd->busy = &crowd->threads[i];
	}
}

int crowd_look(struct crowd *crowd)
{
	struct queue queue = { 0 };
	int err = 0;

	crowd->mood = CROWD_NOBODY;
	crowd->digest = UINT64_C(0xcbf29ce484222325);
	crowd->count = 0;
	crowd->busy = NULL;
	/* An empty directory would make every answer "nobody". */
	if (access("/proc/self/task", F_OK))
		return -errno;
	if (!crowd->roots)
		err = enqueue(&queue, getpid());
	for (size_t i = 0; i < crowd->root_count && !err; i++)
		err = enqueue(&queue, crowd->roots[i]);
	if (!err)
		err = walk(crowd, &queue, !access("/proc/thread-self/children", F_OK));
	find_busy(crowd);
	free(queue.pids);
	return err;
}

void crowd_free(struct crowd *crowd)
{
	free(crowd->threads);
	crowd->threads = NULL;
	crowd->count = crowd->capacity = 0;
	crowd->busy = NULL;
}

void crowd_signal(const struct crowd *crowd, int signal)
{
	for (size_t i = 0; i < crowd->count; i++) {
		if (crowd->threads[i].pid == crowd->threads[i].tid)
			kill(crowd->threads[i].pid, signal);
	}
}
