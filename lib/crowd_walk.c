// SPDX-License-Identifier: MIT
/* Walks the tree of processes in /proc. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "crowd_call.h"

#define ONE_LOOK_NS INT64_C(1000000000)

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

static bool has_child(const struct crowd *crowd, pid_t pid)
{
	for (size_t i = 0; i < crowd->count; i++) {
		if (crowd->threads[i].parent == pid && crowd->threads[i].pid != pid &&
		    crowd->threads[i].state != 'Z')
			return true;
	}
	return false;
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
	if (!tasks && errno != ENOENT && errno != ESRCH)
		return -errno;
	/* Or hidden from us: see hidepid in proc(5). */
	if (!tasks && kill(pid, 0) && errno == ESRCH)
		crowd_missed(crowd);
	if (!tasks)
		return 0;
	while (!err && !is_enough(crowd) && (entry = readdir(tasks))) {
		pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (tid <= 0)
			continue;
		if (!skip)
			err = crowd_look_at(crowd, pid, tid);
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
		struct crowd_status status = { 0 };

		if (pid <= 0 || is_queued(queue, pid))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/status", pid);
		if (crowd_read_text(path, text, sizeof(text)) <= 0)
			continue;
		crowd_parse_status(text, &status);
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
		if (crowd->give_up_ns && clock_now_ns() > crowd->give_up_ns) {
			crowd->mood = CROWD_BUSY;
			break;
		}
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

		if (thread->state != 'D' || thread->is_held || thread->is_busy ||
		    has_child(crowd, thread->pid))
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

int64_t crowd_patience_ns(const struct deadline *deadline)
{
	const int64_t soon_ns = clock_now_ns() + ONE_LOOK_NS;

	return deadline->at_ns > soon_ns ? deadline->at_ns : soon_ns;
}

void crowd_free(struct crowd *crowd)
{
	free(crowd->threads);
	crowd->threads = NULL;
	crowd->count = crowd->capacity = 0;
	crowd->busy = NULL;
}
