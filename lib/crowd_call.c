// SPDX-License-Identifier: MIT
/* In which of their calls can time wake the sleepers? And how to say what they do. */
#include "crowd_call.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "inject.h"
#include "inject_arch.h"
#include "shape.h"

/* A 64-bit program may make 32-bit calls, but then it is one that wants to be puzzling. */
static bool is_compat(pid_t pid)
{
	unsigned char ident[EI_NIDENT] = { 0 };
	char path[40];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return false;
	if (read(fd, ident, sizeof(ident)) != sizeof(ident))
		ident[EI_CLASS] = ELFCLASSNONE;
	close(fd);
	return ident[EI_CLASS] == ELFCLASS32 && sizeof(void *) == 8;
}

void crowd_translate(struct crowd_thread *thread, uint64_t stack_pointer)
{
	/* Few 64-bit programs have a stack as low as that: the others need not be asked. */
	thread->is_compat = thread->own_number >= 0 && stack_pointer < UINT32_MAX &&
			    is_compat(thread->pid);
	if (thread->is_compat)
		thread->number = arch_native_number(AUDIT_ARCH_I386, thread->own_number);
}

enum timing {
	ALWAYS, /* it is about time */
	IF_POINTER, /* the argument points to a timeout */
	IF_POSITIVE, /* the argument is a number of milliseconds */
	IF_FUTEX_POINTER, /* the same as IF_POINTER, of the operations that take one */
};

/* Calls that time may end. */
static const struct {
	int number;
	enum timing timing;
	int argument;
} timed_calls[] = {
	{ SYS_nanosleep, ALWAYS, 0 },           { SYS_clock_nanosleep, ALWAYS, 0 },
	{ SYS_restart_syscall, ALWAYS, 0 }, /* what is resumed with it, has a timeout */
	{ SYS_ppoll, IF_POINTER, 2 },           { SYS_pselect6, IF_POINTER, 4 },
	{ SYS_epoll_pwait, IF_POSITIVE, 3 },    { SYS_futex, IF_FUTEX_POINTER, 3 },
	{ SYS_rt_sigtimedwait, IF_POINTER, 2 }, { SYS_semtimedop, IF_POINTER, 3 },
	{ SYS_mq_timedsend, IF_POINTER, 4 },    { SYS_mq_timedreceive, IF_POINTER, 4 },
	{ SYS_recvmmsg, IF_POINTER, 4 },        { SYS_io_getevents, IF_POINTER, 4 },
#ifdef SYS_poll
	{ SYS_poll, IF_POSITIVE, 2 },           { SYS_select, IF_POINTER, 4 },
	{ SYS_epoll_wait, IF_POSITIVE, 3 },
#endif
#ifdef SYS_io_pgetevents
	{ SYS_io_pgetevents, IF_POINTER, 4 },
#endif
#ifdef SYS_io_uring_enter
	/* what was submitted may have a timeout, and nobody tells */
	{ SYS_io_uring_enter, ALWAYS, 0 },
#endif
#ifdef SYS_epoll_pwait2
	{ SYS_epoll_pwait2, IF_POINTER, 3 },
#endif
#ifdef SYS_futex_waitv
	{ SYS_futex_waitv, IF_POINTER, 3 },
#endif
#ifdef SYS_futex_wait
	{ SYS_futex_wait, IF_POINTER, 4 },
#endif
};

/* Other operations use the argument for something else. */
static bool futex_takes_timeout(uint64_t operation)
{
	switch ((int)operation & FUTEX_CMD_MASK) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
	case FUTEX_WAIT_REQUEUE_PI:
	case FUTEX_LOCK_PI:
	case 13: return true; /* FUTEX_LOCK_PI2, Linux 5.14 */
	default: return false;
	}
}

static bool has_timeout(const struct crowd_thread *thread)
{
	for (size_t i = 0; i < sizeof(timed_calls) / sizeof(*timed_calls); i++) {
		uint64_t argument = thread->arguments[timed_calls[i].argument];

		if (timed_calls[i].number != thread->number)
			continue;
		switch (timed_calls[i].timing) {
		case ALWAYS: return true;
		case IF_POINTER: return argument;
		case IF_POSITIVE: return (int)argument >= 0;
		case IF_FUTEX_POINTER: return argument && futex_takes_timeout(thread->arguments[1]);
		}
	}
	return false;
}

/* SO_RCVTIMEO or SO_SNDTIMEO: in either direction, for few sockets have but one of them. */
static bool has_socket_timeout(const struct crowd_thread *thread)
{
	static const int options[] = { SO_RCVTIMEO, SO_SNDTIMEO };
	const struct shape *shape = shape_find(thread->number);
	bool found = false;
	int fd;

	if (shape->fd < 0)
		return false;
	fd = crowd_borrow(thread, (int)thread->arguments[shape->fd]);
	if (fd < 0)
		return shape->kind == SHAPE_OF_SOCKETS && (fd == -ENOSYS || fd == -EPERM);
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		struct timeval limit = { 0 };
		socklen_t size = sizeof(limit);

		found |= !getsockopt(fd, SOL_SOCKET, options[i], &limit, &size) &&
			 (limit.tv_sec || limit.tv_usec);
	}
	close(fd);
	return found;
}

/*
 * Timers of timer_create(2). Where the kernel does not list them, there are none as far as we know.
 */
static bool has_timers(pid_t pid)
{
	char path[40];
	bool found;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/timers", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	found = read(fd, (char[1]){ 0 }, 1) == 1;
	close(fd);
	return found;
}

/* "it_value: (0, 0)": not armed (proc_pid_fdinfo(5)). */
static bool is_armed(pid_t pid, const char *fd_name)
{
	char path[64], text[512];
	long seconds = 0, nanoseconds = 0;
	const char *value;
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%.10s", pid, fd_name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[length > 0 ? length : 0] = '\0';
	value = strstr(text, "\nit_value:");
	return !value || sscanf(value, "\nit_value: (%ld, %ld)", &seconds, &nanoseconds) != 2 ||
	       seconds || nanoseconds;
}

static bool has_timerfd(pid_t pid)
{
	static const char timerfd[] = "anon_inode:[timerfd]";
	struct dirent *entry;
	char path[40], link[64];
	bool found = false;
	DIR *fds;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	fds = opendir(path);
	while (fds && !found && (entry = readdir(fds)))
		found = readlinkat(dirfd(fds), entry->d_name, link, sizeof(link)) ==
				sizeof(timerfd) - 1 &&
			!memcmp(link, timerfd, sizeof(timerfd) - 1) && is_armed(pid, entry->d_name);
	if (fds)
		closedir(fds);
	return found;
}

static bool thread_waits_for_time(const struct crowd_thread *thread)
{
	const uint64_t alarm_bit = UINT64_C(1) << (SIGALRM - 1);

	if (thread->is_held || thread->state == 'Z' || thread->state == 'X' ||
	    thread->state == 'T' || thread->state == 't')
		return false;
	/*
	 * Nobody lists the timers of alarm(2) and setitimer(2), but who sets one mostly wants to
	 * live through it.
	 */
	return thread->own_number == CROWD_UNKNOWN_CALL ||
	       (thread->caught | thread->blocked) & alarm_bit || has_timeout(thread) ||
	       has_socket_timeout(thread);
}

bool crowd_waits_for_time(const struct crowd *crowd)
{
	for (size_t i = 0; i < crowd->count; i++) {
		const struct crowd_thread *thread = &crowd->threads[i];

		if (thread_waits_for_time(thread))
			return true;
		if (thread->tid == thread->pid && thread->state != 'Z' &&
		    (has_timers(thread->pid) || has_timerfd(thread->pid)))
			return true;
	}
	return false;
}

static void say_call(FILE *out, const struct crowd_thread *thread)
{
	const char *name = thread->number >= 0 ? inject_call_name(thread->number) : NULL;

	if (name)
		fprintf(out, "asleep in %s", name);
	else if (thread->own_number >= 0)
		fprintf(out, "asleep in %s %d",
			thread->is_compat ? "32-bit system call" : "system call",
			thread->own_number);
	else
		fputs("asleep", out);
	/* The first argument of most calls that block; the others are addresses. */
	if (name && shape_find(thread->number)->fd == 0)
		fprintf(out, "(%d)", (int)thread->arguments[0]);
}

static void say_thread(FILE *out, const struct crowd_thread *thread)
{
	fprintf(out, "%s (pid %d", thread->name, thread->pid);
	if (thread->tid != thread->pid)
		fprintf(out, ", thread %d", thread->tid);
	fputs(") is ", out);
	if (thread->is_held) {
		fputs("held by a fault", out);
		return;
	}
	switch (thread->state) {
	case 'T': fputs("stopped", out); return;
	case 't': fputs("being traced", out); return;
	default:
		if (thread->is_busy)
			fputs("running", out);
		else
			say_call(out, thread);
	}
}

void crowd_describe(const struct crowd *crowd, char *text, size_t size)
{
	FILE *out = fmemopen(text, size, "w");
	const char *separator = "";
	size_t used;

	text[0] = '\0';
	if (!out)
		return;
	for (size_t i = 0; i < crowd->count; i++) {
		if (crowd->threads[i].state == 'Z' || crowd->threads[i].state == 'X')
			continue;
		fputs(separator, out);
		say_thread(out, &crowd->threads[i]);
		separator = ", ";
	}
	fclose(out);
	text[size - 1] = '\0';
	used = strlen(text);
	if (used >= size - 2 && size > 4)
		memcpy(text + size - 4, "...", 4);
}
