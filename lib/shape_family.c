// SPDX-License-Identifier: MIT
/* The names that C libraries give to other calls. */
#include <string.h>

#include "call_numbers.h"
#include "shape.h"

/* What glibc and musl call when a program says `name`: found with strace, and in their sources. */
static const struct alias {
	const char *name;
	int numbers[5];		/* ends with 0 unless full: no name means only number 0, read */
} aliases[] = {
	{ "recv", { SYS_recvfrom } },
	{ "send", { SYS_sendto } },
	{ "pread", { SYS_pread64 } },
	{ "pwrite", { SYS_pwrite64 } },
	{ "semop", { SYS_semop, SYS_semtimedop } },
	{ "mq_send", { SYS_mq_timedsend } },
	{ "mq_receive", { SYS_mq_timedreceive } },
	{ "waitpid", { SYS_wait4 } },
	{ "wait", { SYS_wait4 } },
	{ "accept", { SYS_accept, SYS_accept4 } },
	{ "sigaction", { SYS_rt_sigaction } },
	{ "sigprocmask", { SYS_rt_sigprocmask } },
	{ "sigsuspend", { SYS_rt_sigsuspend } },
	{ "sigtimedwait", { SYS_rt_sigtimedwait } },
	{ "sigwaitinfo", { SYS_rt_sigtimedwait } },
	{ "sigpending", { SYS_rt_sigpending } },
	{ "pselect", { SYS_pselect6 } },
	{ "sigqueue", { SYS_rt_sigqueueinfo } },
	{ "exit", { SYS_exit, SYS_exit_group } },
	{ "sleep", { SYS_nanosleep, SYS_clock_nanosleep } },
	{ "nanosleep", { SYS_nanosleep, SYS_clock_nanosleep } },
	{ "fstat", { SYS_fstat, SYS_newfstatat, SYS_statx } },
	{ "fstatat", { SYS_newfstatat, SYS_statx } },
	{ "open", { SYS_open, SYS_openat, SYS_openat2, SYS_creat } },
	{ "pipe", { SYS_pipe, SYS_pipe2 } },
	{ "fork", { SYS_fork, SYS_clone, SYS_clone3 } },
	{ "poll", { SYS_poll, SYS_ppoll } },
	{ "select", { SYS_select, SYS_pselect6 } },
	{ "dup2", { SYS_dup2, SYS_dup3 } },
	{ "unlink", { SYS_unlink, SYS_unlinkat } },
	{ "mkdir", { SYS_mkdir, SYS_mkdirat } },
	{ "rename", { SYS_rename, SYS_renameat, SYS_renameat2 } },
	{ "stat", { SYS_stat, SYS_newfstatat, SYS_statx } },
	{ "lstat", { SYS_lstat, SYS_newfstatat, SYS_statx } },
	{ "epoll_create", { SYS_epoll_create, SYS_epoll_create1 } },
	{ "epoll_wait", { SYS_epoll_wait, SYS_epoll_pwait } },
	{ "eventfd", { SYS_eventfd, SYS_eventfd2 } },
	{ "signalfd", { SYS_signalfd, SYS_signalfd4 } },
#if SYS_open != CALL_NOT_HERE
	{ "pause", { SYS_pause, SYS_rt_sigsuspend } },
#else /* where there is such a call, nothing else is meant by its name */
	{ "pause", { SYS_ppoll, SYS_rt_sigsuspend } },
	{ "creat", { SYS_openat } },
	{ "vfork", { SYS_clone, SYS_clone3 } },
	{ "alarm", { SYS_setitimer } },
	{ "getpgrp", { SYS_getpgid } },
	{ "access", { SYS_faccessat } },
	{ "chmod", { SYS_fchmodat } },
	{ "chown", { SYS_fchownat } },
	{ "lchown", { SYS_fchownat } },
	{ "link", { SYS_linkat } },
	{ "symlink", { SYS_symlinkat } },
	{ "readlink", { SYS_readlinkat } },
	{ "rmdir", { SYS_unlinkat } },
	{ "mknod", { SYS_mknodat } },
	{ "utimes", { SYS_utimensat } },
	{ "inotify_init", { SYS_inotify_init1 } },
#endif
};

size_t shape_family(const char *name, int *numbers, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++) {
		if (strcmp(aliases[i].name, name))
			continue;
		for (size_t n = 0; n < 5 && count < max && aliases[i].numbers[n]; n++) {
			if (aliases[i].numbers[n] != CALL_NOT_HERE)
				numbers[count++] = aliases[i].numbers[n];
		}
	}
	return count;
}
