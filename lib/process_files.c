// SPDX-License-Identifier: MIT
/* A small table of descriptors, a row a thread. */
#include "process_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void close_row(struct process_files_of *row)
{
	for (int i = 0; row->tid && i < PROCESS_FILE_KINDS; i++) {
		if (row->fds[i] >= 0)
			close(row->fds[i]);
	}
	row->tid = 0;
}

static struct process_files_of *row_of(struct process_files *files, pid_t tid)
{
	struct process_files_of *row = &files->of[tid & (PROCESS_FILES_MAX - 1)];

	if (row->tid == tid)
		return row;
	close_row(row);
	row->tid = tid;
	for (int i = 0; i < PROCESS_FILE_KINDS; i++)
		row->fds[i] = -1;
	return row;
}

/* The thread's own io: that of its process adds up all threads (proc_pid_io(5)). */
static int open_file(struct process_files_of *row, enum process_file which)
{
	static const char *const names[] = {
		[PROCESS_SYSCALL] = "/proc/%d/syscall",
		[PROCESS_IO] = "/proc/%d/task/%d/io",
		[PROCESS_MEMORY] = "/proc/%d/mem",
	};
	char path[64];

	snprintf(path, sizeof(path), names[which], row->tid, row->tid);
	if (row->fds[which] >= 0)
		close(row->fds[which]);
	row->fds[which] = open(path, (which == PROCESS_MEMORY ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	return row->fds[which] < 0 ? -errno : 0;
}

/*
 * An open file may be that of an earlier image, or of an earlier thread of this number; a new one
 * is not.
 */
ssize_t process_files_read(struct process_files *files, pid_t tid, enum process_file which,
			   void *to, size_t size, uint64_t offset)
{
	struct process_files_of *row = row_of(files, tid);
	ssize_t length = row->fds[which] >= 0 ? pread(row->fds[which], to, size, (off_t)offset)
					      : -1;
	int err;

	if (length > 0)
		return length;
	err = open_file(row, which);
	if (err)
		return err;
	length = pread(row->fds[which], to, size, (off_t)offset);
	return length < 0 ? -errno : length;
}

int process_files_write(struct process_files *files, pid_t tid, const void *from, size_t size,
			uint64_t address)
{
	struct process_files_of *row = row_of(files, tid);

	if (row->fds[PROCESS_MEMORY] < 0)
		return -EBADF;
	return pwrite(row->fds[PROCESS_MEMORY], from, size, (off_t)address) == (ssize_t)size
		       ? 0
		       : -EFAULT;
}

static bool read_text(struct process_files *files, pid_t tid, enum process_file which, char *text,
		      size_t size)
{
	ssize_t length = process_files_read(files, tid, which, text, size - 1, 0);

	text[length > 0 ? length : 0] = '\0';
	return length > 0;
}

/* "number arg0 .. arg5 stack-pointer instruction-pointer" (proc_pid_syscall(5)). */
int process_stack_pointer(struct process_files *files, pid_t tid, uint64_t *stack_pointer)
{
	char text[256];
	char *field = text;

	if (!read_text(files, tid, PROCESS_SYSCALL, text, sizeof(text)) || *text == '-')
		return -ESRCH;
	if (*text == 'r')
		return -EAGAIN;
	for (int i = 0; i < 7 && field; i++) {
		field = strchr(field, ' ');
		field += field != NULL;
	}
	*stack_pointer = field ? strtoull(field, NULL, 16) : 0;
	return field ? 0 : -EPROTO;
}

static int64_t number_after(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at ? strtoll(at + strlen(name), NULL, 10) : -1;
}

struct bytes_moved process_bytes_moved(struct process_files *files, pid_t tid)
{
	char text[512];

	if (!read_text(files, tid, PROCESS_IO, text, sizeof(text)))
		return (struct bytes_moved){ -1, -1 };
	return (struct bytes_moved){ number_after(text, "rchar:"), number_after(text, "wchar:") };
}

void process_files_close(struct process_files *files)
{
	for (size_t i = 0; i < PROCESS_FILES_MAX; i++)
		close_row(&files->of[i]);
}
